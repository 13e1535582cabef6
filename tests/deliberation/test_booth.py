"""What ballots are checked against is kept between batches, and never outlives what it was read from."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from apps.common.errors import Refusal
from apps.deliberation.models import Ballot, Round
from apps.deliberation.services import Cast, booth, cast_one, close_round, raise_hand, say_whether_coming
from apps.partnerships.models import Pseudonym
from apps.partnerships.services import assign_seat, vacate_seat
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lismorrow(live_lismorrow: Lismorrow) -> Lismorrow:
    return live_lismorrow


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    return lismorrow.open(lismorrow.propose())


def vote(lismorrow: Lismorrow, round: Round, name: str) -> str:
    """`recorded`, or the code of the refusal."""
    cast = Cast(lismorrow.people[name], round.id, round.items.get().id, "for", uuid4())
    return answer_to(cast)


def answer_to(cast: Cast) -> str:
    try:
        cast_one(cast)
    except Refusal as refusal:
        return refusal.code
    return "recorded"


def test_who_has_lost_the_seat_votes_no_more_and_who_got_it_votes_at_once(lismorrow: Lismorrow, round: Round) -> None:
    seat = lismorrow.ify.require_seat()
    assert [vote(lismorrow, round, name) for name in ("Ify", "Stan")] == ["recorded", "seat.none"]
    vacate_seat(by=lismorrow.orla, seat=seat)
    assert vote(lismorrow, round, "Ify") == "seat.none"
    assign_seat(by=lismorrow.orla, seat=seat, name="Stan", email="stan@example.org")
    assert [vote(lismorrow, round, name) for name in ("Ify", "Stan")] == ["seat.none", "recorded"]


def test_ballots_of_others_in_between_do_not_hide_a_lost_seat(lismorrow: Lismorrow, round: Round) -> None:
    other = lismorrow.open(lismorrow.propose(code="M5"))
    assert vote(lismorrow, round, "Ify") == "recorded"
    vacate_seat(by=lismorrow.orla, seat=lismorrow.ify.require_seat())
    for _ in range(3):
        assert vote(lismorrow, other, "Ruth") == "recorded"
    assert vote(lismorrow, round, "Ify") == "seat.none"


def test_a_round_that_closes_takes_no_more_ballots(lismorrow: Lismorrow, round: Round) -> None:
    assert vote(lismorrow, round, "Ify") == "recorded"
    close_round(by=lismorrow.orla, round=round)
    assert vote(lismorrow, round, "Ify") == "round.not_open"


def test_between_two_batches_nothing_is_looked_up_again(lismorrow: Lismorrow, round: Round) -> None:
    vote(lismorrow, round, "Ify")
    cast = Cast(lismorrow.people["Ify"], round.id, round.items.get().id, "against", uuid4())
    with CaptureQueriesContext(connection) as asked:
        assert answer_to(cast) == "recorded"
    assert {query["sql"] for query in asked} <= {"BEGIN", "COMMIT"}
    assert Ballot.objects.count() == 2


def test_what_seats_say_around_the_vote_lets_nothing_be_read_anew(
    lismorrow: Lismorrow, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    vote(lismorrow, round, "Ify")
    raise_hand(by=lismorrow.ruth, round=round)
    say_whether_coming(by=lismorrow.samira, round=round, answer="apologies")
    monkeypatch.setattr(booth, "_read", lambda id: pytest.fail("read anew"))
    assert vote(lismorrow, round, "Ify") == "recorded"


def test_what_was_rolled_back_is_not_remembered(lismorrow: Lismorrow, round: Round) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        vacate_seat(by=lismorrow.orla, seat=lismorrow.ify.require_seat())
        assign_seat(by=lismorrow.orla, seat=lismorrow.partnership.groups.get(key="F").seats.get(), name="Stan",
                    email="stan@example.org")  # fmt: skip
        assert vote(lismorrow, round, "Stan") == "recorded"
        raise ZeroDivisionError
    assert [vote(lismorrow, round, name) for name in ("Stan", "Ify")] == ["seat.none", "recorded"]


def test_a_person_keeps_one_name_in_the_record_over_batches(lismorrow: Lismorrow, round: Round) -> None:
    for _ in range(3):
        vote(lismorrow, round, "Ify")
    assert Pseudonym.objects.filter(log=lismorrow.log, person=lismorrow.people["Ify"]).count() == 1
