"""The course of a round between its drafting and its vote, and what interrupts it: announced, phase by phase, paused,
extended, taken up again. Who or what moved it stands in the record.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from apps.common.errors import Conflict, Invalid, Refusal
from apps.deliberation.domain.course import DECIDE, following, read_plan
from apps.deliberation.models import RegisteredRule, Round, RoundState
from apps.deliberation.selectors import left_undecided
from apps.deliberation.services.rounds import begin_vote, close_in, draft_round, lock_round, open_round
from apps.deliberation.speaking import UNDER_WAY, leave_phase
from apps.frameworks.services import lock
from apps.partnerships.actors import CLOCK, Actor
from apps.partnerships.rules import require_convenor
from apps.record.act import Act, act

BEFORE_THE_VOTE = (RoundState.DRAFT, RoundState.ANNOUNCED, RoundState.TALKING)


def announce_round(*, by: Actor, round: Round, starts_at: datetime | None = None) -> Round:
    """Tell everybody that a round is coming, and when; the clock begins it then, without a time somebody does."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        round = lock_round(round.id)
        _require(round, (RoundState.DRAFT,), "round.announced", "This round has been announced already.")
        if starts_at is not None and starts_at <= a.at:
            raise _too_early("starts_at", "A round is announced for a time to come.")
        round.state, round.starts_at = RoundState.ANNOUNCED, starts_at
        round.save(update_fields=["state", "starts_at"])
        data = {} if starts_at is None else {"starts_at": starts_at.isoformat()}
        a.add("round.announced", data, on=_on(round))
    return round


def move_on(*, by: Actor, round: Round, leaving: str | None = None) -> Round:
    """Begin the next phase of a round, or its vote after the last one.

    `leaving` is the phase one has seen: if the round has moved on since, nothing happens and `Conflict` says so.
    """
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        lock(round.framework_id)
        round = lock_round(round.id)
        _require(round, BEFORE_THE_VOTE, "round.not_before_vote", "The vote has begun: there is no phase after it.")
        if leaving is not None and leaving != round.phase:
            raise Conflict("round.moved_on", "The round has moved on meanwhile. Look at where it stands now.")
        if round.paused_at is not None:
            raise Conflict("round.paused", "The round is paused: go on with it first.")
        return _begin_next(a, round)


def pause_round(*, by: Actor, round: Round) -> Round:
    """Stop the clock of a round: no votes, no phase ends, until it goes on."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        round = _lock_under_way(round)
        if round.paused_at is not None:
            raise Conflict("round.paused", "The round is paused already.")
        _pause(a, round)
    return round


def resume_round(*, by: Actor, round: Round) -> Round:
    """Go on with a paused round; what was left of its time is left still."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        round = lock_round(round.id)
        if round.paused_at is None:
            raise Conflict("round.not_paused", "The round is not paused.")
        lost = a.at - round.paused_at
        round.paused_at = None
        round.phase_until, round.closes_at = _later(round.phase_until, lost), _later(round.closes_at, lost)
        round.save(update_fields=["paused_at", "phase_until", "closes_at"])
        until = round.ends_at
        a.add("round.resumed", {} if until is None else {"until": until.isoformat()}, on=_on(round))
    return round


def extend_round(*, by: Actor, round: Round, until: datetime) -> Round:
    """Give the phase a round is in, or its vote, more time. Time is only added, never taken away."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        round = _lock_under_way(round)
        if until <= a.at or until <= (round.ends_at or a.at):
            raise _too_early("until", "More time ends later than the time there is now.")
        which = "closes_at" if round.state == RoundState.OPEN else "phase_until"
        setattr(round, which, until)
        round.save(update_fields=[which])
        a.add("round.extended", {"until": until.isoformat()}, on=_on(round))
    return round


def reopen_round(
    *, by: Actor, round: Round, rule: RegisteredRule | None = None, title: str = "", open: bool = False
) -> Round:
    """Draft the next round on what this one did not decide: same terms, and the record knows which it follows. What the groups
    said stands above its ballots.

    `rule` is another registered rule than before, such as consent after a rating; `title` another name. `open`: its vote begins
    at once.
    """
    require_convenor(by)
    if round.state != RoundState.TALLIED:
        raise Conflict("round.not_tallied", "A round is taken up again after it has been counted.")
    with transaction.atomic():
        lock(round.framework_id)
        left = left_undecided(round)
        if not left:
            raise Conflict("round.all_decided", "Nothing of this round is on the table any more.")
        again = draft_round(
            by=by,
            framework=round.framework,
            title=title or round.title,
            rule=rule or round.rule,
            proposals=[line.proposal for line in left if line.proposal is not None],
            questions=[
                {one.key: one.proposal for one in line.alternatives.all()} for line in left if line.proposal is None
            ],
            advisory=round.advisory,
            binding=round.binding,
            secrecy=round.secrecy,
            review_on=round.review_on,
            plan=round.plan,
            follows=round,
        )
        return open_round(by=by, round=again) if open else again


def act_when_due(round_id: UUID, log: UUID) -> None:
    """Do what the time of a round asks for: begin it, move it on, close it. The clock's act.

    What cannot be done (a text has been decided elsewhere meanwhile) pauses the round and says why, for its convenor.
    """
    try:
        with act(by=CLOCK, log=log) as a:
            lock(Round.objects.values_list("framework_id", flat=True).get(id=round_id))
            _act_when_due(a, lock_round(round_id))
    except Refusal as refusal:
        with act(by=CLOCK, log=log) as a:
            _pause(a, lock_round(round_id), refusal.code)


def _act_when_due(a: Act, round: Round) -> None:
    due = round.ends_at
    if round.paused_at is not None or due is None or due > a.at:
        return
    if round.state == RoundState.OPEN:
        close_in(a, round)
    elif round.state in BEFORE_THE_VOTE:
        _begin_next(a, round)


def _begin_next(a: Act, round: Round) -> Round:
    stage = following(read_plan(round.plan), round.phase)
    if stage.phase == DECIDE:
        return begin_vote(a, round)
    until, ready = stage.until(a.at), leave_phase(round)
    round.state, round.phase, round.phase_until = RoundState.TALKING, stage.phase, until
    round.save(update_fields=["state", "phase", "phase_until"])
    data = {"phase": stage.phase} | ({} if until is None else {"until": until.isoformat()})
    a.add("phase.begun", data | ready, on=_on(round))
    return round


def _pause(a: Act, round: Round, why: str = "") -> None:
    round.paused_at = a.at
    round.save(update_fields=["paused_at"])
    a.add("round.paused", {"why": why} if why else {}, on=_on(round))


def _lock_under_way(round: Round) -> Round:
    found = lock_round(round.id)
    _require(found, UNDER_WAY, "round.not_under_way", "This round is not under way.")
    return found


def _require(round: Round, states: tuple[RoundState, ...], code: str, sentence: str) -> None:
    if round.state not in states:
        raise Conflict(code, sentence)


def _later(moment: datetime | None, by: timedelta) -> datetime | None:
    return None if moment is None else moment + by


def _too_early(field: str, sentence: str) -> Invalid:
    return Invalid("round.too_early", sentence, {field: sentence})


def _on(round: Round) -> dict[str, UUID]:
    return {"round": round.id, "framework": round.framework_id}
