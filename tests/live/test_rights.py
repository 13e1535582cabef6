"""Who gets into a room, and who has to leave it."""

from datetime import timedelta
from time import monotonic
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from apps.accounts.models import ApiToken
from apps.common import clock
from apps.deliberation.models import Ballot, Round
from apps.live import consumers, hub
from apps.partnerships.models import Visibility
from apps.partnerships.services import assign_seat, give_role, vacate_seat
from tests.live.rooms import Guest, bearer, entered, here
from tests.people import Lismorrow

pytestmark = [pytest.mark.usefixtures("live"), pytest.mark.django_db(transaction=True)]
HERE = (b"origin", b"http://testserver")


@pytest.fixture
def members_only(lismorrow: Lismorrow) -> None:
    lismorrow.partnership.visibility = Visibility.MEMBERS
    lismorrow.partnership.save()


def session_of(lismorrow: Lismorrow, name: str) -> tuple[bytes, bytes]:
    client = Client()
    client.force_login(lismorrow.people[name])
    return b"cookie", f"sessionid={client.cookies['sessionid'].value}".encode()


async def turned_away(guest: Guest) -> tuple[str, int]:
    """The code of the refusal, and that of the close."""
    assert await guest.knock()
    refusal, closed = await guest.next(), await guest.next()
    await guest.leave()
    return refusal["code"], closed["code"]


@pytest.mark.parametrize("name", ["Stan", None])
@pytest.mark.usefixtures("members_only")
async def test_a_foreign_room_looks_like_none(lismorrow: Lismorrow, round: Round, name: str | None) -> None:
    headers = [bearer(lismorrow.people[name])] if name else []
    foreign = Guest(round.id, *headers)
    none = Guest(uuid4(), *headers)
    assert (await turned_away(foreign))[1] == (await turned_away(none))[1] == 4404
    assert foreign.all[0]["message"].endswith("sign in to see yours.")


async def test_an_address_without_a_room_has_no_door() -> None:
    guest = Guest("everything")
    assert not await guest.knock()


async def test_a_session_opens_the_room(lismorrow: Lismorrow, round: Round) -> None:
    async with entered(round.id, None, session_of(lismorrow, "Ify"), HERE) as ify:
        assert (await ify.next())["audience"] == "member"
        assert (await ify.vote(round.items.get().id))["t"] == "receipt"


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        (b"https://evil.example", b"testserver"),
        (b"null", b"testserver"),
        (b"http://testserver:81", b"testserver"),
        (b"http://evil.example", b"evil.example"),
    ],
)
async def test_a_foreign_page_gets_no_socket(lismorrow: Lismorrow, round: Round, origin: bytes, host: bytes) -> None:
    guest = Guest(round.id, session_of(lismorrow, "Ify"), (b"origin", origin), host=host)
    assert not await guest.knock()
    assert guest.closed == 4403


async def test_a_token_can_come_as_a_subprotocol(lismorrow: Lismorrow, round: Round) -> None:
    token = ApiToken.make(lismorrow.people["Ify"], "a test")
    guest = Guest(round.id, HERE, offers=("negotiator.v1", f"bearer.{token}"))
    assert await guest.knock()
    assert guest.subprotocol == "negotiator.v1"
    assert (await guest.next())["audience"] == "member"
    await guest.leave()


async def test_a_token_that_is_not_known_or_has_ended_is_refused(lismorrow: Lismorrow, round: Round) -> None:
    ended = ApiToken.make(lismorrow.people["Ify"], "ended", ends_at=clock.now() - timedelta(days=1))
    for token in ("no such token", ended):
        guest = Guest(round.id, (b"authorization", f"Bearer {token}".encode()))
        assert await turned_away(guest) == ("token.unknown", 4401)


@pytest.mark.usefixtures("members_only")
async def test_who_loses_the_seat_leaves_a_room_for_members(lismorrow: Lismorrow, round: Round) -> None:
    people = lismorrow.people
    async with entered(round.id, people["Ify"]) as ify, entered(round.id, people["Ruth"]) as ruth:
        await ify.hear("state")
        vacate_seat(by=lismorrow.orla, seat=lismorrow.ify.require_seat())
        assert (await ify.hear("refused"))["code"] == "partnership.unknown"
        assert (await ify.hear("closed"))["code"] == 4404
        lismorrow.propose(code="M6")
        await ruth.hear(
            "entries", lambda frame: frame["items"][-1:] and frame["items"][-1]["type"] == "proposal.submitted"
        )
        assert await ify.line.receive_nothing(timeout=0.3)


async def test_who_loses_the_seat_may_watch_a_public_room_and_votes_no_more(lismorrow: Lismorrow, round: Round) -> None:
    async with entered(round.id, lismorrow.people["Ify"]) as ify:
        await ify.hear("state", lambda frame: bool(here(frame)))
        vacate_seat(by=lismorrow.orla, seat=lismorrow.ify.require_seat())
        assert (await ify.vote(round.items.get().id))["code"] == "seat.none"
        await ify.hear("state", lambda frame: not here(frame))
    assert not Ballot.objects.exists()


async def test_who_takes_the_seat_votes_at_once(lismorrow: Lismorrow, round: Round) -> None:
    seat = lismorrow.ify.require_seat()
    async with entered(round.id, lismorrow.people["Stan"]) as stan:
        await stan.hear("hello")
        vacate_seat(by=lismorrow.orla, seat=seat)
        assign_seat(by=lismorrow.orla, seat=seat, name="Stan", email="stan@example.org")
        await stan.hear("state", lambda frame: here(frame) == {"F": 1})
        assert (await stan.vote(round.items.get().id))["t"] == "receipt"


async def test_a_role_given_changes_the_audience(lismorrow: Lismorrow, round: Round) -> None:
    async with entered(round.id, lismorrow.people["Ruth"]) as ruth:
        await ruth.hear("hello")
        give_role(by=lismorrow.orla, role="convenor", email="ruth@example.org")
        await ruth.hear("entries", lambda frame: [item["type"] for item in frame["items"]] == ["role.given"])
        lismorrow.propose(code="M6")
        await ruth.hear("entries", lambda frame: [item["type"] for item in frame["items"]] == ["proposal.submitted"])


async def test_who_has_signed_out_is_noticed(
    lismorrow: Lismorrow, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "LOOK_AGAIN_EVERY", 0.2)
    token = ApiToken.make(lismorrow.people["Ify"], "a test")
    async with entered(round.id, None, (b"authorization", f"Bearer {token}".encode())) as ify:
        await ify.hear("hello")
        ApiToken.objects.all().delete()
        assert (await ify.hear("refused"))["code"] == "token.unknown"
        assert (await ify.hear("closed"))["code"] == 4401


async def test_a_session_that_has_ended_is_noticed(
    lismorrow: Lismorrow, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "LOOK_AGAIN_EVERY", 0.2)
    async with entered(round.id, None, session_of(lismorrow, "Ify"), HERE) as ify, entered(round.id) as stranger:
        await ify.hear("hello")
        Session.objects.all().delete()
        assert (await ify.hear("refused"))["code"] == "person.signed_out"
        assert (await ify.hear("closed"))["code"] == 4401
        await stranger.say({"t": "ping"})
        await stranger.hear("pong")


async def test_who_opens_sockets_again_and_again_waits_and_is_refused(
    lismorrow: Lismorrow, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consumers, "HELD", 0.3)
    header = bearer(lismorrow.people["Ify"])
    refused = []
    for _ in range(40):
        guest, began = Guest(round.id, header), monotonic()
        await guest.knock()
        if (await guest.next()).get("code") == "socket.too_often":
            refused.append(monotonic() - began)
        await guest.leave()
    assert 0 < len(refused) <= 10
    assert min(refused) >= 0.3
    async with entered(round.id, lismorrow.people["Ruth"]) as ruth:
        assert (await ruth.next())["t"] == "hello"
