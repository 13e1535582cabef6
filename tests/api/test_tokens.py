"""Tokens: one's own, and those with which the convenor of a demonstration acts for people it has invented."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import ApiToken, Person
from apps.common import clock
from apps.partnerships.models import Holding
from apps.partnerships.selectors import pseudonyms
from apps.record import selectors as record
from tests.api.caller import Caller, Said
from tests.people import Lismorrow, found_lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def stan(db: None) -> Person:
    return Person.objects.create_user(email="stan@example.org", name="Stan")


def _session(person: Person, **more: Any) -> Client:
    client = Client(**more)
    client.force_login(person)
    return client


def _make(client: Client, **body: Any) -> Any:
    return client.post("/api/me/tokens/", {"label": "my script", **body}, content_type="application/json")


def test_a_token_made_in_a_session_opens_the_api_until_it_is_taken_back(stan: Person) -> None:
    client = _session(stan)
    made = _make(client, days=3).json()
    program = Caller(token=made["token"])
    assert program("me")["name"] == "Stan"
    (listed,) = program("list_tokens")["items"]
    assert (listed["id"], listed["label"]) == (made["id"], "my script")
    assert "token" not in listed
    assert program("revoke_token", token_id=made["id"]).status == 204
    assert program("me").code == "token.unknown"


def test_only_a_digest_is_kept(stan: Person) -> None:
    token = _make(_session(stan)).json()["token"]
    kept = ApiToken.objects.get(person=stan)
    assert kept.digest == ApiToken.digest_of(token)
    assert token not in str(vars(kept))


def test_a_token_ends(stan: Person) -> None:
    token = _make(_session(stan), days=1).json()["token"]
    with clock.moved_to(datetime.now(UTC) + timedelta(days=1, seconds=1)):
        assert Caller(token=token)("me").code == "token.unknown"


def test_a_token_of_somebody_who_has_been_barred_opens_nothing(stan: Person) -> None:
    caller = Caller(stan)
    Person.objects.update(is_active=False)
    assert caller("me").code == "token.unknown"


def test_a_token_cannot_make_tokens(stan: Person) -> None:
    said = Caller(stan)("make_token", label="another")
    assert (said.status, said.code) == (403, "token.by_token")


def test_nobody_takes_back_the_token_of_another(stan: Person) -> None:
    other = Person.objects.create_user(name="Other")
    ApiToken.make(other, "theirs")
    theirs = ApiToken.objects.get(person=other)
    assert Caller(stan)("revoke_token", token_id=theirs.id).code == "token.unknown"
    assert ApiToken.objects.filter(id=theirs.id).exists()


def test_a_session_needs_the_page_s_own_mark(stan: Person) -> None:
    answer = _make(_session(stan, enforce_csrf_checks=True))
    assert (answer.status_code, answer.json()["code"]) == (403, "request.forged")
    assert not ApiToken.objects.exists()


def test_making_tokens_is_bounded(stan: Person) -> None:
    client = _session(stan)
    answers = [_make(client) for _ in range(31)]
    assert {answer.status_code for answer in answers[:30]} == {201}
    assert (answers[30].status_code, answers[30].json()["code"]) == (429, "request.too_often")
    assert int(answers[30].headers["Retry-After"]) > 0


class Demonstration:
    """A partnership founded by Orla over the API, in which she invents people."""

    def __init__(self, *, demo: bool = True) -> None:
        self.orla = Caller(Person.objects.create_user(email="orla@council.example", name="Orla"))
        self.about = self.orla("found_partnership", name="A rehearsal", demo=demo).body
        self.id = self.about["id"]
        group = self.orla("add_group", partnership=self.id, key="C", name="C", kind="community", seats=4).body
        self.free = [seat["id"] for seat in group["seats"]]

    def seat(self, **who: str) -> str:
        """Seat somebody; the member's id."""
        given = self.orla("assign_seat", partnership=self.id, seat=self.free.pop(), **who)
        return str(given["member"]["member"])

    def token_for(self, member: str, by: Caller | None = None) -> Said:
        return (by or self.orla)("make_member_token", partnership=self.id, member=member)


def test_the_convenor_of_a_demonstration_acts_for_the_people_it_invents(db: None) -> None:
    demo = Demonstration()
    for who in ({"name": "Samira"}, {"name": "Pat", "email": "pat@example.org"}):
        made = demo.token_for(demo.seat(**who))
        assert made.status == 201
        assert Caller(token=made["token"])("me")["name"] == who["name"]
        assert datetime.fromisoformat(made["ends_at"]) <= datetime.now(UTC) + timedelta(days=1)


def test_the_record_says_that_such_a_token_was_made(db: None) -> None:
    demo = Demonstration()
    member = demo.seat(name="Samira")
    demo.token_for(member)
    last = record.entries(demo.about["log"])[-1]
    assert (last.type, last.data["holder"], last.by["person"]) == (
        "member_token.made",
        member,
        demo.about["you"]["member"],
    )


def test_outside_demonstrations_nobody_acts_for_others(db: None) -> None:
    partnership = Demonstration(demo=False)
    said = partnership.token_for(partnership.seat(name="Samira"))
    assert (said.status, said.code) == (409, "token.not_demo")


def test_nobody_but_the_convenor_gets_such_a_token(db: None) -> None:
    demo = Demonstration()
    member, pat = demo.seat(name="Samira"), demo.seat(name="Pat")
    for by in (Caller(token=demo.token_for(pat)["token"]), Caller(Person.objects.create_user(name="Stan"))):
        assert demo.token_for(member, by).code == "role.not_convenor"
    assert demo.token_for(member, Caller()).status == 401


def _refused(demo: Demonstration, member: str) -> bool:
    said = demo.token_for(member)
    return (said.status, said.code) == (403, "token.not_yours") and not ApiToken.objects.exclude(
        label="a test"
    ).exists()


def test_not_for_somebody_with_an_address_of_their_own(db: None) -> None:
    demo = Demonstration()
    for address in ("samira@tenants.example", "pat@evilexample.org", "jo@example.org.uk"):
        assert _refused(demo, demo.seat(name="Somebody", email=address))


def test_not_for_somebody_who_sits_in_a_real_partnership_or_another_demonstration(lismorrow: Lismorrow) -> None:
    demo = Demonstration()
    assert _refused(demo, demo.seat(email="ify@example.org"))
    other = Demonstration.__new__(Demonstration)
    vars(other).update(vars(demo))
    other.about = other.orla("found_partnership", name="Second", demo=True).body
    other.id = other.about["id"]
    group = other.orla("add_group", partnership=other.id, key="C", name="C", kind="community", seats=2).body
    other.free = [seat["id"] for seat in group["seats"]]
    demo.seat(name="Pat", email="pat.of.both@example.org")
    assert _refused(other, other.seat(email="pat.of.both@example.org"))


def test_not_even_after_they_have_left_there(lismorrow: Lismorrow) -> None:
    demo = Demonstration()
    Holding.objects.filter(person=lismorrow.people["Ify"]).update(until=datetime.now(UTC))
    assert _refused(demo, demo.seat(email="ify@example.org"))


def test_not_for_somebody_who_has_signed_in(db: None) -> None:
    demo = Demonstration()
    member = demo.seat(name="Samira", email="samira@example.org")
    _session(Person.objects.get(email="samira@example.org"))
    assert _refused(demo, member)


def test_not_for_somebody_who_came_by_a_link(db: None) -> None:
    demo = Demonstration()
    link = demo.orla("invite_group", partnership=demo.id, key="C")["token"]
    joined = Caller()("accept_invitation", token=link, name="Samira").body
    ApiToken.objects.filter(label="joined by a link").delete()
    members = demo.orla("list_members", partnership=demo.id)["items"]
    member = next(each["member"] for each in members if each["seat"] == joined["seat"]["label"])
    assert _refused(demo, member)
    demo.orla("vacate_seat", partnership=demo.id, seat=joined["seat"]["id"])
    demo.seat(member=member)  # seating them again does not make them invented
    assert _refused(demo, member)


def test_not_for_somebody_whom_another_convenor_brought_in(db: None) -> None:
    demo = Demonstration()
    member = demo.seat(name="Samira")
    demo.orla("give_role", partnership=demo.id, role="convenor", email="second@council.example", name="Second")
    second = Caller(Person.objects.get(email="second@council.example"))
    said = demo.token_for(member, second)
    assert (said.status, said.code) == (403, "token.not_yours")


def test_not_for_oneself(db: None) -> None:
    demo = Demonstration()
    assert _refused(demo, demo.about["you"]["member"])


def test_the_convenor_of_one_demonstration_cannot_reach_into_another(db: None) -> None:
    theirs = found_lismorrow(demo=True)
    person = theirs.people["Ify"]
    member = pseudonyms(theirs.partnership, [person.id])[person.id]
    assert Demonstration().token_for(str(member)).code == "person.unknown"


def test_a_group_that_joins_by_a_link_gets_tokens_for_itself_only(
    cast: Mapping[str, Caller], lismorrow: Lismorrow
) -> None:
    cast["orla"]("add_group", partnership=lismorrow.partnership.id, key="Y", name="Young", kind="users", seats=1)
    link = cast["orla"]("invite_group", partnership=lismorrow.partnership.id, key="Y")["token"]
    joined = cast["stan"]("accept_invitation", token=link)
    assert (joined["token"], joined["seat"]["label"]) == (None, "Y1")
