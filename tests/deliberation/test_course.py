"""A round on its way to the vote, and what interrupts it: every move stands in the record with who or what caused it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed, Refusal
from apps.deliberation.models import Round, RoundState
from apps.deliberation.services import (
    Cast,
    announce_round,
    cast_one,
    draft_round,
    extend_round,
    move_on,
    open_round,
    pause_round,
    register_rule,
    reopen_round,
    resume_round,
)
from apps.deliberation.tasks import tick
from apps.proposals.services import withdraw_proposal
from apps.record import selectors as record
from tests.people import MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db
PLAN = [{"phase": "clarify", "minutes": 10}, {"phase": "amend", "minutes": 20}]
ALL_FOR = dict.fromkeys(("gareth", "moira", "colm", "ify", "ruth", "samira", "pat", "jamie", "margaret"), "for")


def drafted(lismorrow: Lismorrow, plan: Any = PLAN, **more: Any) -> Round:
    rule = register_rule(
        by=lismorrow.orla, framework=lismorrow.framework, title="Every group", document=MAJORITY_OF_EVERY_GROUP
    )
    return draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="Loneliness",
        rule=rule,
        proposals=[lismorrow.propose()],
        plan=plan,
        **more,
    )


def said(lismorrow: Lismorrow, *types: str) -> list[tuple[str, dict[str, str], dict[str, Any]]]:
    return [(entry.type, dict(entry.by), dict(entry.data)) for entry in record.entries(lismorrow.log, types=types)]


def later(round: Round, minutes: float) -> None:
    """Let the deadlines of a round be that much nearer, as if time had passed."""
    round.refresh_from_db()
    for name in ("starts_at", "phase_until", "closes_at"):
        moment = getattr(round, name)
        if moment is not None:
            setattr(round, name, moment - timedelta(minutes=minutes))
    round.save()
    tick()
    round.refresh_from_db()


def vote(lismorrow: Lismorrow, round: Round) -> None:
    cast_one(Cast(lismorrow.people["Ify"], round.id, round.items.get().id, "for", uuid4()))


def test_the_clock_leads_an_announced_round_through_its_phases_to_the_vote_and_closes_it(lismorrow: Lismorrow) -> None:
    round = drafted(lismorrow, closes_at=clock.now() + timedelta(hours=5))
    announce_round(by=lismorrow.orla, round=round, starts_at=clock.now() + timedelta(minutes=5))
    later(round, 4)
    assert round.state == RoundState.ANNOUNCED
    seen = []
    for _ in range(4):
        later(round, 60)
        seen.append((round.state, round.phase))
    assert seen == [("talking", "clarify"), ("talking", "amend"), ("open", ""), ("open", "")]
    later(round, 61)
    assert round.state == RoundState.CLOSED
    moves = said(lismorrow, "round.announced", "phase.begun", "round.opened", "round.closed")
    assert [type for type, _, _ in moves] == [
        "round.announced",
        "phase.begun",
        "phase.begun",
        "round.opened",
        "round.closed",
    ]
    assert [by for _, by, _ in moves[1:]] == [{"system": "clock"}] * 4


def test_by_hand_a_phase_may_end_early_and_pressing_twice_moves_once(lismorrow: Lismorrow) -> None:
    round = drafted(lismorrow)
    assert move_on(by=lismorrow.orla, round=round, leaving="").phase == "clarify"
    assert move_on(by=lismorrow.orla, round=round, leaving="clarify").phase == "amend"
    with pytest.raises(Conflict, match="moved on"):
        move_on(by=lismorrow.orla, round=round, leaving="clarify")
    assert move_on(by=lismorrow.orla, round=round).state == RoundState.OPEN
    with pytest.raises(Conflict, match="vote has begun"):
        move_on(by=lismorrow.orla, round=round)


def test_the_vote_may_be_opened_past_the_phases_that_are_left(lismorrow: Lismorrow) -> None:
    round = drafted(lismorrow)
    move_on(by=lismorrow.orla, round=round)
    assert open_round(by=lismorrow.orla, round=round).phase == ""


def test_nobody_votes_while_a_round_is_talked_about_or_paused(lismorrow: Lismorrow) -> None:
    round = move_on(by=lismorrow.orla, round=drafted(lismorrow))
    with pytest.raises(Refusal, match="not open"):
        vote(lismorrow, round)
    open_round(by=lismorrow.orla, round=round)
    vote(lismorrow, round)
    pause_round(by=lismorrow.orla, round=round)
    with pytest.raises(Refusal, match="not open"):
        vote(lismorrow, round)
    resume_round(by=lismorrow.orla, round=round)
    vote(lismorrow, round)


def test_a_pause_takes_no_time_from_a_phase_or_a_vote(lismorrow: Lismorrow) -> None:
    closing = clock.now() + timedelta(hours=5)
    round = move_on(by=lismorrow.orla, round=drafted(lismorrow, closes_at=closing))
    pause_round(by=lismorrow.orla, round=round)
    later(round, 60)
    assert round.phase == "clarify"  # its time is over, but it is paused
    Round.objects.filter(id=round.id).update(
        phase_until=clock.now() + timedelta(minutes=3),
        closes_at=closing,
        paused_at=clock.now() - timedelta(minutes=30),
    )
    resume_round(by=lismorrow.orla, round=round)
    round.refresh_from_db()
    assert round.phase_until is not None
    assert round.closes_at is not None
    assert timedelta(minutes=32) < round.phase_until - clock.now() < timedelta(minutes=33, seconds=1)
    assert timedelta(minutes=29) < round.closes_at - closing < timedelta(minutes=31)


def test_time_is_added_and_never_taken_away(lismorrow: Lismorrow) -> None:
    round = move_on(by=lismorrow.orla, round=drafted(lismorrow))
    assert round.phase_until is not None
    longer = round.phase_until + timedelta(minutes=15)
    assert extend_round(by=lismorrow.orla, round=round, until=longer).phase_until == longer
    with pytest.raises(Invalid, match="later than"):
        extend_round(by=lismorrow.orla, round=round, until=longer - timedelta(minutes=1))
    assert said(lismorrow, "round.extended")[0][2] == {"until": longer.isoformat()}


def test_what_a_round_did_not_decide_is_taken_up_again_and_the_record_knows_from_where(lismorrow: Lismorrow) -> None:
    first = open_round(by=lismorrow.orla, round=drafted(lismorrow))
    with pytest.raises(Conflict, match="after it has been counted"):
        reopen_round(by=lismorrow.orla, round=first)
    lismorrow.decide(first, **{**ALL_FOR, "moira": "against"})
    first.refresh_from_db()
    second = reopen_round(by=lismorrow.orla, round=first)
    assert (second.number, second.follows_id, second.plan) == (2, first.id, first.plan)
    assert [item.proposal_id for item in second.items.all()] == [item.proposal_id for item in first.items.all()]
    assert said(lismorrow, "round.drafted")[-1][2]["follows"] == str(first.id)
    lismorrow.decide(open_round(by=lismorrow.orla, round=second), **ALL_FOR)
    second.refresh_from_db()
    with pytest.raises(Conflict, match="on the table any more"):
        reopen_round(by=lismorrow.orla, round=second)


def test_what_the_clock_cannot_do_pauses_the_round_and_says_why(lismorrow: Lismorrow) -> None:
    round = drafted(lismorrow, plan=[])
    announce_round(by=lismorrow.orla, round=round, starts_at=clock.now() + timedelta(minutes=5))
    proposal = round.items.get().proposal
    assert proposal is not None
    withdraw_proposal(by=lismorrow.gareth, proposal=proposal, reason="We think again.")
    later(round, 10)
    later(round, 10)
    assert (round.state, round.paused_at is not None) == (RoundState.ANNOUNCED, True)
    paused = said(lismorrow, "round.paused")
    assert len(paused) == 1
    assert paused[0][2]["why"]


def test_only_the_convenor_moves_a_round(lismorrow: Lismorrow) -> None:
    round = drafted(lismorrow)
    for move in (announce_round, move_on, pause_round, resume_round, reopen_round):
        with pytest.raises(NotAllowed):
            move(by=lismorrow.ify, round=round)
    with pytest.raises(NotAllowed):
        extend_round(by=lismorrow.ify, round=round, until=clock.now() + timedelta(hours=1))


def test_what_makes_no_sense_is_refused_and_changes_nothing(lismorrow: Lismorrow) -> None:
    round = drafted(lismorrow)
    size = record.size(lismorrow.log)
    with pytest.raises(Invalid):
        announce_round(by=lismorrow.orla, round=round, starts_at=clock.now() - timedelta(minutes=1))
    for move in (pause_round, resume_round):
        with pytest.raises(Conflict):
            move(by=lismorrow.orla, round=round)
    assert record.size(lismorrow.log) == size
    announce_round(by=lismorrow.orla, round=round)
    with pytest.raises(Conflict, match="announced already"):
        announce_round(by=lismorrow.orla, round=round)
