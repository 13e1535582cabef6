"""Ballots on paper: two witnesses, the same choice twice, and the record says who they were."""

from typing import Any

import pytest

from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from apps.deliberation.models import Ballot, PaperBallot, Round
from apps.deliberation.selectors import papers, visible_tally
from apps.deliberation.services import close_round, discard_paper, enter_on_paper, pause_round
from apps.partnerships.actors import Actor, pseudonym
from apps.record import selectors as record
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    return lismorrow.open(lismorrow.propose())


def enter(by: Actor, round: Round, of: Actor, choice: str = "for", **more: Any) -> Any:
    assert of.seat is not None
    return enter_on_paper(by=by, round=round, item=round.items.get().id, seat=of.seat.id, choice=choice, **more)


def test_two_witnesses_who_read_the_same_cast_the_ballot_and_stand_in_its_entry(
    lismorrow: Lismorrow, round: Round
) -> None:
    first = enter(lismorrow.orla, round, lismorrow.pat)
    assert first.receipt is None
    assert not Ballot.objects.exists()
    second = enter(lismorrow.colm, round, lismorrow.pat)
    assert second.receipt is not None
    cast = record.entries(lismorrow.log, types=["ballot.cast"])[-1]
    assert cast.data["means"] == "paper"
    assert cast.data["witnesses"] == [
        str(pseudonym(lismorrow.log, lismorrow.people[name])) for name in ("Orla", "Colm")
    ]
    assert (Ballot.objects.get().choice, PaperBallot.objects.exists()) == ("for", False)
    community = next(part for part in visible_tally(lismorrow.orla, round)[0].turnout if part.group == "C")
    assert (community.voted, community.seats) == (1, 2)


def test_entries_that_differ_record_nothing_until_both_have_looked_again(lismorrow: Lismorrow, round: Round) -> None:
    enter(lismorrow.orla, round, lismorrow.pat, "for")
    with pytest.raises(Conflict, match="not the same"):
        enter(lismorrow.colm, round, lismorrow.pat, "against")
    assert not Ballot.objects.exists()
    assert enter(lismorrow.colm, round, lismorrow.pat, "for").receipt


def test_one_person_is_not_two_witnesses_and_nobody_witnesses_themselves(lismorrow: Lismorrow, round: Round) -> None:
    enter(lismorrow.orla, round, lismorrow.pat)
    with pytest.raises(Conflict, match="second witness"):
        enter(lismorrow.orla, round, lismorrow.pat)
    with pytest.raises(Conflict, match="your own seat"):
        enter(lismorrow.pat, round, lismorrow.pat)


def test_who_does_not_belong_here_witnesses_nothing(lismorrow: Lismorrow, round: Round) -> None:
    with pytest.raises(Refusal):
        enter(lismorrow.stan, round, lismorrow.pat)


def test_an_observers_paper_and_an_unknown_question_or_choice_are_refused(lismorrow: Lismorrow, round: Round) -> None:
    with pytest.raises(NotAllowed, match="no vote"):
        enter(lismorrow.orla, round, lismorrow.tomasz)
    with pytest.raises(Invalid):
        enter(lismorrow.orla, round, lismorrow.pat, "perhaps")
    other = lismorrow.open(lismorrow.propose(code="M5"))
    assert lismorrow.pat.seat is not None
    with pytest.raises(NotFound):
        enter_on_paper(
            by=lismorrow.orla, round=other, item=round.items.get().id, seat=lismorrow.pat.seat.id, choice="for"
        )
    assert not PaperBallot.objects.exists()


def test_no_paper_is_entered_while_the_round_is_paused_and_what_waits_at_closing_is_no_vote(
    lismorrow: Lismorrow, round: Round
) -> None:
    enter(lismorrow.orla, round, lismorrow.pat)
    pause_round(by=lismorrow.orla, round=round)
    with pytest.raises(Conflict, match="not open"):
        enter(lismorrow.orla, round, lismorrow.samira)
    close_round(by=lismorrow.orla, round=round)
    assert not PaperBallot.objects.exists()
    assert not Ballot.objects.exists()


def test_an_entry_can_be_taken_back_by_who_made_it_and_by_the_convenor_alone(
    lismorrow: Lismorrow, round: Round
) -> None:
    ballot = enter(lismorrow.colm, round, lismorrow.pat).waiting
    with pytest.raises(NotAllowed):
        discard_paper(by=lismorrow.ify, ballot=ballot)
    discard_paper(by=lismorrow.colm, ballot=ballot)
    assert not papers(lismorrow.orla, round).exists()
    assert [entry.type for entry in record.entries(lismorrow.log)][-2:] == ["paper.entered", "paper.discarded"]


def test_what_stands_on_a_waiting_paper_is_shown_to_nobody(lismorrow: Lismorrow, round: Round) -> None:
    enter(lismorrow.orla, round, lismorrow.pat)
    assert "choice" in papers(lismorrow.orla, round).get().get_deferred_fields()
    entered = record.entries(lismorrow.log, types=["paper.entered"])[0]
    assert entered.data == {"item": str(round.items.get().id), "group": "C", "means": "paper"}
