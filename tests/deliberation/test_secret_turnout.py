"""Who has voted in a secret round, as far as it may be told before the count."""

from datetime import date

import pytest

from apps.accounts.models import Person
from apps.deliberation.models import Ballot, PaperBallot, Round
from apps.deliberation.presenting.reading import missed
from apps.deliberation.selectors import visible_entries, visible_tally
from apps.deliberation.services import close_round
from apps.deliberation.services.paper import enter_on_paper
from apps.frameworks.services import create_framework
from apps.partnerships.actors import Actor
from apps.partnerships.services import add_group, assign_seat, found_partnership, give_role
from apps.record import selectors as record
from tests.deliberation.test_every_kind import document
from tests.deliberation.test_rounds import ALL_FOR
from tests.deliberation.test_secret_rounds import cast, item
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    return lismorrow.open(lismorrow.propose(), secrecy="secret")


def test_of_small_groups_nobody_is_told_how_many_have_voted_before_the_count(
    lismorrow: Lismorrow, round: Round
) -> None:
    lismorrow.vote(round, **ALL_FOR)
    for viewer in (lismorrow.ify, lismorrow.orla, lismorrow.tomasz, lismorrow.samira):
        (view,) = visible_tally(viewer, round)
        assert {part.voted for part in view.turnout} == {None}
        assert view.result is None
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    (view,) = visible_tally(lismorrow.orla, Round.objects.get())
    assert {part.group: part.voted for part in view.turnout} == {"A": 2, "P": 1, "F": 1, "T": 1, "C": 2, "U": 2}


def hall(**seats: int) -> Lismorrow:
    """A partnership in which groups of these sizes decide, each seat held by somebody of its name: `X1`, `X2`."""
    orla = Person.objects.create_user(email="orla@example.org", name="Orla")
    convenor, people = found_partnership(by=orla, name="Hall"), {"Orla": orla}
    for key, number in seats.items():
        group = add_group(by=convenor, key=key, name=f"Group {key}", kind="community", seats=number)
        for seat in group.seats.all():
            email = f"{seat.label}@example.org".lower()
            people[seat.label] = assign_seat(by=convenor, seat=seat, name=seat.label, email=email).person
    framework = create_framework(by=convenor, title="Hall", starts_on=date(2023, 10, 1))
    return Lismorrow(convenor.partnership, framework, people)


def opened_in(hall: Lismorrow, *groups: str) -> Round:
    rule = {**document("majority", {}), "groups": {"deciding": list(groups), "composition": {"kind": "all"}}}
    return hall.open(hall.propose(by=hall.orla), rule=rule, secrecy="secret")


def told(hall: Lismorrow, round: Round, viewer: Actor | None = None) -> tuple[dict[str, int], list[str]]:
    """The turnout that is told, of the groups of which any is; and the groups of the ballots that the record shows."""
    viewer = viewer or hall.orla
    (view,) = visible_tally(viewer, Round.objects.get(id=round.id))
    shown = [entry.data["group"] for entry in visible_entries(viewer, viewer.log) if entry.type == "ballot.cast"]
    assert shown == [entry.data["group"] for entry in visible_entries(viewer, viewer.log, types=["ballot.cast"])]
    return {part.group: part.voted for part in view.turnout if part.voted is not None}, shown


def test_a_group_is_told_of_from_its_fifth_seat_on() -> None:
    place = hall(X=7, Y=3, Z=3)
    round = opened_in(place, "X", "Y", "Z")
    for number in range(1, 5):
        cast(place, round, f"X{number}", "for")
    assert told(place, round) == ({}, [])
    cast(place, round, "X1", "against")
    assert told(place, round) == ({}, []), "a vote that was changed is no fifth seat"
    cast(place, round, "Y1", "for")
    cast(place, round, "X5", "for")
    assert told(place, round) == ({"X": 5}, ["X"] * 6)
    give_role(by=place.orla, role="auditor", email="y2@example.org")
    assert told(place, round, place.y2) == ({"X": 5}, ["X"] * 6)


def test_a_single_missing_number_is_never_left_to_be_worked_out() -> None:
    """The record's length tells how many ballots there are in all: with one group kept back, the others would tell of it."""
    place = hall(X=6, Y=6)
    round = opened_in(place, "X", "Y")
    for number in range(1, 6):
        cast(place, round, f"X{number}", "for")
        cast(place, round, "Y1", "for")
    assert told(place, round) == ({}, [])
    for number in range(2, 6):
        cast(place, round, f"Y{number}", "for")
    assert told(place, round)[0] == {"X": 5, "Y": 5}


def test_whoever_voted_sees_the_own_ballot_in_the_record(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.vote(round, ify="for", ruth="against")
    assert told(lismorrow, round, lismorrow.ify)[1] == ["F"]
    assert told(lismorrow, round, lismorrow.orla)[1] == told(lismorrow, round, lismorrow.tomasz)[1] == []


def test_between_closing_and_count_nothing_more_is_told(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.vote(round, ify="for")
    close_round(by=lismorrow.orla, round=round)
    assert told(lismorrow, round) == ({}, [])
    lismorrow.settle()
    assert told(lismorrow, round)[1] == ["F"]


def test_papers_that_would_tell_of_few_are_kept_back(lismorrow: Lismorrow, round: Round) -> None:
    seat = lismorrow.pat.require_seat().id
    enter_on_paper(by=lismorrow.orla, round=round, item=item(round), seat=seat, choice="for")
    assert not visible_entries(lismorrow.tomasz, lismorrow.log, types=["paper.entered"])
    assert "paper.entered" not in str(missed(lismorrow.tomasz, 0, record.size(lismorrow.log)))
    enter_on_paper(by=lismorrow.samira, round=round, item=item(round), seat=seat, choice="for")
    (ballot,) = Ballot.objects.all()
    assert (ballot.choice, PaperBallot.objects.exists()) == ("", False)
    lismorrow.decide(round)
    assert visible_entries(lismorrow.tomasz, lismorrow.log, types=["paper.entered"])
