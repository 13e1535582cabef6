"""Disagreement that stays with what was decided, and the reviews it calls."""

from datetime import timedelta

import pytest

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.deliberation.models import Decision, RenegotiationTrack
from apps.deliberation.register import register
from apps.deliberation.services import call_review, record_reservation
from apps.deliberation.tasks import review
from apps.proposals.services import raise_objection
from apps.record import selectors as record
from tests.once import told_once
from tests.people import MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db
FOUR_OF_SIX = MAJORITY_OF_EVERY_GROUP | {
    "groups": {"deciding": ["A", "P", "F", "T", "C", "U"], "composition": {"kind": "at_least", "n": 4}}
}


@told_once
def decision(lismorrow: Lismorrow) -> Decision:
    """M4, agreed against the community, with an objection of Colm's that was never taken back."""
    proposal = lismorrow.propose()
    raise_objection(by=lismorrow.colm, proposal=proposal, reason="Nobody collects it.")
    round = lismorrow.open(proposal, rule=FOUR_OF_SIX)
    lismorrow.decide(round, **(lismorrow.everybody("for") | {"samira": "against", "pat": "against"}))
    return Decision.objects.get()


def test_votes_objections_and_words_stay_with_what_stands(lismorrow: Lismorrow, decision: Decision) -> None:
    record_reservation(by=lismorrow.ify, decision=decision, words="Too much work.", kind="stand_aside")
    (found,) = register(lismorrow.framework)
    assert [(one.group_key, one.against) for one in found.dissents] == [("C", 2)]
    assert [one.group.key for one in found.objections] == ["P"]
    assert [(one.group.key, one.kind) for one in found.reservations] == [("F", "stand_aside")]
    assert register(lismorrow.framework, element=decision.element) == [found]


def test_a_group_calls_the_review_when_its_condition_has_come_about(lismorrow: Lismorrow, decision: Decision) -> None:
    made = record_reservation(by=lismorrow.samira, decision=decision, words="No.", condition="It takes over an hour.")
    with pytest.raises(NotAllowed):
        call_review(by=lismorrow.ify, reservation=made, reason="Me too.")
    call_review(by=lismorrow.pat, reservation=made, reason="It takes two: see the diary.")
    track = RenegotiationTrack.objects.get(element=decision.element)
    assert (track.opened_seq, track.open_parts) == (decision.seq, decision.act and decision.act["parts"])
    assert record.entries(lismorrow.log)[-1].type == "dissent.review_called"
    with pytest.raises(Conflict):
        call_review(by=lismorrow.pat, reservation=made, reason="Again.")


def test_the_clock_calls_reviews_on_their_day_once(lismorrow: Lismorrow, decision: Decision) -> None:
    day = clock.now().date() + timedelta(days=30)
    record_reservation(by=lismorrow.samira, decision=decision, words="No.", review_on=day)
    review()
    assert not RenegotiationTrack.objects.exists()
    decision.dissents.update(review_on=clock.now().date())
    for _ in range(2):
        review()
    assert [entry.type for entry in record.entries(lismorrow.log, types=["dissent.review_called"])] == [
        "dissent.review_called"
    ]
    assert RenegotiationTrack.objects.get().opened_seq == decision.seq


def test_what_does_not_stand_any_more_has_no_dissent(lismorrow: Lismorrow, decision: Decision) -> None:
    made = record_reservation(by=lismorrow.samira, decision=decision, words="No.", condition="If so.")
    gone = lismorrow.propose(action="retire", element=decision.element, patch={}, kind="", code="")
    lismorrow.decide(lismorrow.open(gone), **lismorrow.everybody("for"))
    again = lismorrow.propose(code="M5")
    with pytest.raises(Conflict):
        record_reservation(by=lismorrow.ify, decision=Decision.objects.get(proposal=gone), words="No.")
    assert made.decision == decision
    assert again.state == "tabled"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"kind": "anger"}, "reservation.kind"),
        ({"words": " "}, "text.required"),
        ({"review_on": clock.now().date()}, "reservation.day"),
    ],
)
def test_a_reservation_that_cannot_be_is_refused(
    lismorrow: Lismorrow, decision: Decision, asked: dict[str, str], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        record_reservation(by=lismorrow.ify, decision=decision, **({"words": "No."} | asked))  # type: ignore[arg-type]
    assert refused.value.code == code


def test_a_reservation_without_condition_is_called_by_nobody(lismorrow: Lismorrow, decision: Decision) -> None:
    made = record_reservation(by=lismorrow.ify, decision=decision, words="No.")
    with pytest.raises(Conflict):
        call_review(by=lismorrow.ify, reservation=made, reason="So.")
    with pytest.raises(NotAllowed):
        record_reservation(by=lismorrow.tomasz, decision=decision, words="No.")
