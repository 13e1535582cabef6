"""The room of a round: who comes in, what is heard, what a vote brings."""

from datetime import datetime, timedelta
from time import monotonic
from uuid import uuid4

import pytest

from apps.common import clock
from apps.deliberation.models import Ballot, Round
from apps.deliberation.services import close_round
from apps.live.room import PACE
from apps.record import selectors as record
from tests.live.rooms import entered, here, turnout
from tests.people import Lismorrow

pytestmark = [pytest.mark.usefixtures("live"), pytest.mark.django_db(transaction=True)]


async def test_who_comes_in_hears_where_things_stand(lismorrow: Lismorrow, round: Round) -> None:
    async with entered(round.id, lismorrow.people["Ify"]) as ify:
        hello, state = await ify.next(), await ify.next()
    size = record.size(lismorrow.log)
    assert abs(datetime.fromisoformat(hello.pop("now")) - clock.now()) < timedelta(minutes=1)
    assert hello == {"t": "hello", "version": 1, "at": size, "audience": "member"}
    assert (state["t"], state["at"]) == ("state", size)
    assert state["round"]["status"] == "open"
    assert turnout(state) == {"A": 0, "P": 0, "F": 0, "T": 0, "C": 0, "U": 0}
    assert state["results"] == []


@pytest.mark.parametrize(
    ("name", "audience"),
    [("Orla", "facilitator"), ("Tomasz", "auditor"), ("Ify", "member"), ("Stan", "public"), (None, "public")],
)
async def test_each_belongs_to_an_audience(lismorrow: Lismorrow, round: Round, name: str | None, audience: str) -> None:
    async with entered(round.id, lismorrow.people[name] if name else None) as guest:
        assert (await guest.next())["audience"] == audience


async def test_a_vote_is_answered_with_a_receipt_and_moves_turnout_for_everybody(
    lismorrow: Lismorrow, round: Round
) -> None:
    item = round.items.get().id
    async with entered(round.id, lismorrow.people["Ify"]) as ify, entered(round.id) as stranger:
        await stranger.hear("state")
        answer = await ify.vote(item)
        assert answer["t"] == "receipt"
        receipt = answer["receipt"]
        assert record.entry(lismorrow.log, receipt["seq"]).leaf_hash().hex() == receipt["leaf_hash"]
        state = await stranger.hear("state", lambda frame: turnout(frame)["F"] == 1)
        assert state["at"] == receipt["seq"] + 1
    assert Ballot.objects.get().choice == "for"


async def test_nobody_else_hears_the_receipt_or_the_choice(lismorrow: Lismorrow, round: Round) -> None:
    async with entered(round.id, lismorrow.people["Ify"]) as ify, entered(round.id, lismorrow.people["Orla"]) as orla:
        await orla.hear("state")
        answer = await ify.vote(round.items.get().id, "against")
        await orla.hear("state", lambda frame: turnout(frame)["F"] == 1)
        heard = str(orla.all)
    assert "against" not in heard
    assert answer["receipt"]["leaf_hash"] not in heard
    assert answer["receipt"]["salt"] not in heard


async def test_the_same_key_counts_once_and_gives_the_same_receipt(lismorrow: Lismorrow, round: Round) -> None:
    item, key = round.items.get().id, uuid4()
    async with entered(round.id, lismorrow.people["Ify"]) as ify:
        first, again = await ify.vote(item, key=key), await ify.vote(item, key=key)
    assert first["receipt"]["seq"] == again["receipt"]["seq"]
    assert Ballot.objects.count() == 1


async def test_a_refused_vote_says_why_and_harms_no_neighbour(lismorrow: Lismorrow, round: Round) -> None:
    item = round.items.get().id
    people = lismorrow.people
    async with entered(round.id, people["Ify"]) as ify, entered(round.id, people["Tomasz"]) as tomasz:
        refusal, receipt = await tomasz.vote(item), await ify.vote(item)
        unknown = await ify.vote(uuid4())
        strange = await ify.vote(item, "perhaps")
    assert (refusal["t"], refusal["code"]) == ("refused", "seat.no_vote")
    assert receipt["t"] == "receipt"
    assert (unknown["code"], strange["t"]) == ("item.unknown", "refused")
    assert Ballot.objects.count() == 1


async def test_who_is_not_signed_in_watches_and_cannot_vote(round: Round) -> None:
    async with entered(round.id) as stranger:
        assert (await stranger.vote(round.items.get().id))["code"] == "person.not_signed_in"


async def test_the_result_is_heard_when_it_has_been_counted(lismorrow: Lismorrow, round: Round) -> None:
    async with entered(round.id) as stranger:
        await stranger.hear("state")
        lismorrow.vote(round, **lismorrow.everybody("for"))
        close_round(by=lismorrow.orla, round=round)
        closed = await stranger.hear("state", lambda frame: frame["round"]["status"] == "closed")
        assert closed["results"] == []
        lismorrow.settle()
        tallied = await stranger.hear("state", lambda frame: frame["round"]["status"] == "tallied")
    (result,) = tallied["results"]
    assert result["outcome"] == "agreed"
    community = next(row for row in result["rows"] if row["name"] == "Community")
    assert community["choices"][0] == {"kind": "for", "label": "for", "count": 2}
    assert community["threshold"] == 0.5


async def test_what_happens_is_heard_as_one_unbroken_row_of_entries(lismorrow: Lismorrow, round: Round) -> None:
    async with entered(round.id) as stranger:
        at = (await stranger.hear("hello"))["at"]
        lismorrow.propose(code="M5")
        lismorrow.vote(round, ify="for", ruth="for")
        close_round(by=lismorrow.orla, round=round)
        size = record.size(lismorrow.log)
        await stranger.hear("state", lambda frame: frame["at"] == size and frame["round"]["status"] == "closed")
    frames = [frame for frame in stranger.all if frame["t"] == "entries"]
    ends = [at, *(frame["to"] for frame in frames)]
    assert [frame["from"] for frame in frames] == ends[:-1]
    assert ends[-1] == size
    items = [item for frame in frames for item in frame["items"]]
    assert [item["type"] for item in items] == ["proposal.submitted", "round.closed"]
    assert items[0]["who"] == "Agency"


async def test_presence_is_told_by_group(lismorrow: Lismorrow, round: Round) -> None:
    async with entered(round.id, lismorrow.people["Samira"]) as samira:
        await samira.hear("state", lambda frame: here(frame) == {"C": 1})
        async with entered(round.id, lismorrow.people["Pat"]), entered(round.id):
            await samira.hear("state", lambda frame: here(frame) == {"C": 2})
        state = await samira.hear("state", lambda frame: here(frame) == {"C": 1})
    assert [group["group"] for group in state["present"]] == ["A", "P", "F", "T", "C", "U", "O"]
    assert state["present"][4] == {"group": "C", "name": "Community", "here": 1, "seats": 2, "needed": 0}


async def test_the_line_can_be_tried(round: Round) -> None:
    async with entered(round.id) as stranger:
        await stranger.say({"t": "ping"})
        assert await stranger.hear("pong") == {"t": "pong"}


async def test_many_votes_are_told_together(lismorrow: Lismorrow, round: Round) -> None:
    item = round.items.get().id
    async with entered(round.id, lismorrow.people["Ify"]) as ify, entered(round.id) as stranger:
        await stranger.hear("state")
        begun = monotonic()
        for choice in ("for", "against") * 15:
            assert (await ify.vote(item, choice))["t"] == "receipt"
        size = record.size(lismorrow.log)
        await stranger.hear("state", lambda frame: frame["at"] == size)
        broadcasts = (monotonic() - begun) / PACE
    states = [frame for frame in stranger.all if frame["t"] == "state"]
    assert len(states) <= broadcasts + 3


async def test_malformed_messages_are_refused_one_by_one_and_at_last_the_socket_is_closed(round: Round) -> None:
    async with entered(round.id) as stranger, entered(round.id) as other:
        await stranger.hear("state")
        for message in (b"bytes", "no JSON", {"t": "vote"}, {"t": "cast", "id": "mine"}):
            await stranger.say(message)
            refusal = await stranger.hear("refused")
            assert refusal["code"] == "frame.malformed"
        assert refusal["id"] == "mine"
        await stranger.say({"t": "ping"})
        await stranger.hear("pong")
        for _ in range(17):
            await stranger.say("no JSON")
        assert (await stranger.hear("closed"))["code"] == 4400
        await other.say({"t": "ping"})
        await other.hear("pong")


async def test_too_many_messages_wait_on_their_own_side(round: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.live.consumers.PAUSE", 0.01)
    async with entered(round.id) as stranger, entered(round.id) as other:
        for _ in range(70):
            await stranger.say({"t": "ping"})
        assert (await stranger.hear("refused"))["code"] == "frame.too_often"
        assert len([frame for frame in stranger.all if frame["t"] == "pong"]) >= 60
        await other.say({"t": "ping"})
        await other.hear("pong")
