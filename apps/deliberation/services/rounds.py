"""The life of a round: its rule is registered, it is drafted, opened and closed. What follows is done by readers of the record."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from apps.common.errors import Conflict, Invalid, NotFound
from apps.common.texts import clean_line
from apps.consensus import parse_rule
from apps.deliberation.domain.course import read_plan
from apps.deliberation.domain.sealing import new_key
from apps.deliberation.leaving import seats_out
from apps.deliberation.models import Ballot, RegisteredRule, Round, RoundKey, RoundState, Secrecy
from apps.deliberation.papers import require_papers
from apps.deliberation.rules import require_state
from apps.deliberation.services.agendas import Question, check_agenda, check_names, fix_agenda, write_agenda
from apps.deliberation.simulating import Votes, try_rule
from apps.deliberation.speaking import clear_floor, leave_phase
from apps.frameworks.models import Framework
from apps.frameworks.services import lock
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import seats_by_group
from apps.proposals.models import Proposal
from apps.record.act import Act, act


def register_rule(
    *, by: Actor, framework: Framework, title: str, document: Mapping[str, Any], tried_on: Votes | None = None
) -> RegisteredRule:
    """Register a decision rule: from now on it has a hash and cannot be edited, only succeeded by another.

    `tried_on`: the votes the rule was tried on before; what it made of them is kept with it in the record.
    """
    require_convenor(by)
    title = clean_line("title", title, 120)
    rule = parse_rule(document)
    strangers = set(rule.deciding) - set(seats_by_group(by.partnership))
    if strangers:
        names = ", ".join(sorted(strangers))
        raise Invalid(
            "rule.unknown_group", f"The rule names groups that do not decide here: {names}.", {"groups.deciding": names}
        )
    if not rule.deciding:
        raise Invalid(
            "rule.nobody_decides",
            "Say in groups.deciding which groups decide: what they choose is counted group by group.",
            {"groups.deciding": "is missing"},
        )
    check_names(rule)
    with act(by=by.by, log=by.log) as a:
        id = uuid4()
        data: dict[str, Any] = {
            "rule": str(id),
            "title": title,
            "document": dict(document),
            "rule_hash": rule.hash,
        }
        if tried_on is not None:
            data["simulation"] = try_rule(by, framework, rule, tried_on).to_entry()
        entry = a.add("rule.registered", data, on={"framework": framework.id})
        return RegisteredRule.objects.create(
            id=id,
            framework=framework,
            title=title,
            document=dict(document),
            hash=rule.hash,
            seq=entry.seq,
            registered_at=a.at,
        )


def draft_round(
    *,
    by: Actor,
    framework: Framework,
    title: str,
    rule: RegisteredRule,
    proposals: Sequence[Proposal] = (),
    questions: Sequence[Question] = (),
    advisory: bool = False,
    binding: bool = False,
    secrecy: str = Secrecy.BLIND,
    effective: date | None = None,
    closes_at: datetime | None = None,
    review_on: date | None = None,
    plan: Sequence[Mapping[str, Any]] = (),
    follows: Round | None = None,
) -> Round:
    """Prepare a round on proposals under a registered rule. Nothing is fixed before it opens.

    Under a rule that selects, each of `questions` says which proposal each of the rule's alternatives stands for.
    `advisory`: a poll that decides nothing. `binding`: a no to confirming an element ends or reopens it. `effective`: the
    day from which it counts (none: the day of the decision). `review_on`: by when dissent calls a review. `plan`: the
    phases before the vote. `follows`: the round that this one takes up again.
    """
    require_convenor(by)
    title = clean_line("title", title, 200)
    stages = [stage.to_json() for stage in read_plan(plan)]
    if secrecy not in Secrecy.values:
        raise Invalid(
            "round.secrecy",
            "A round is open, private until closing, or secret.",
            {"secrecy": ", ".join(Secrecy.values)},
        )
    check_agenda(framework, rule, proposals, questions)
    with act(by=by.by, log=by.log) as a:
        round = Round.objects.create(
            framework=framework,
            title=title,
            rule=rule,
            advisory=advisory,
            binding=binding,
            secrecy=secrecy,
            effective=effective,
            closes_at=closes_at,
            review_on=review_on,
            plan=stages,
            follows=follows,
            number=follows.number + 1 if follows else 1,
            drafted_at=a.at,
        )
        write_agenda(round, proposals, questions)
        data: dict[str, Any] = {"title": title, "rule_hash": rule.hash, "number": round.number}
        data |= {"plan": stages} if stages else {}
        data |= {"follows": str(follows.id)} if follows else {}
        a.add("round.drafted", data, on={"round": round.id, "framework": framework.id})
    return round


def open_round(*, by: Actor, round: Round) -> Round:
    """Open a round for the vote, whatever phases were planned before: versions, rule and roll are fixed now, and the record
    says so."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        lock(round.framework_id)
        return begin_vote(a, lock_round(round.id))


def close_round(*, by: Actor, round: Round) -> Round:
    """Close a round by hand."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        return close_in(a, lock_round(round.id))


def begin_vote(a: Act, round: Round) -> Round:
    """Open a locked round for the vote inside an act. The framework is locked too."""
    if round.opened_seq is not None:
        raise Conflict("round.not_draft", "This round has been opened already.")
    if round.closes_at is not None and round.closes_at <= a.at:
        raise Conflict("round.over", "The time at which this round closes has passed: set a later one.")
    today = round.framework.partnership.today(a.at)
    if round.effective is not None and round.effective < today:
        raise Conflict("round.backdated", "Nothing takes effect before it is decided: choose a later day.")
    require_papers(round, today)
    opening = _opening(round, fix_agenda(round)) | leave_phase(round)
    entry = a.add("round.opened", opening, on={"round": round.id, "framework": round.framework_id})
    round.state, round.opened_at, round.opened_seq, round.opened_on = RoundState.OPEN, a.at, entry.seq, today
    round.phase, round.phase_until = "", None
    if round.secrecy == Secrecy.SECRET:
        RoundKey.objects.create(round=round, key=new_key())
    round.save(update_fields=["state", "opened_at", "opened_on", "opened_seq", "phase", "phase_until"])
    return round


def close_in(a: Act, round: Round) -> Round:
    """Close a locked round inside an act."""
    require_state(round, RoundState.OPEN, "This round is not open.")
    clear_floor(a, round)
    ballots = Ballot.objects.filter(round=round).count()
    on = {"round": round.id, "framework": round.framework_id}
    a.add("round.closed", {"ballots": ballots}, on=on, because=round.opened_seq)
    round.state, round.closed_at, round.paused_at = RoundState.CLOSED, a.at, None
    round.save(update_fields=["state", "closed_at", "paused_at"])
    round.papers.all().delete()  # what had no second witness was not a vote
    return round


def lock_round(id: UUID) -> Round:
    """Lock a round for an act."""
    found = (
        Round.objects.select_for_update(of=("self",), no_key=True)
        .select_related("rule", "framework__partnership")
        .filter(id=id)
        .first()
    )
    if found is None:
        raise NotFound("round.unknown", "There is no such round.")
    return found


def _opening(round: Round, agenda: list[dict[str, Any]]) -> dict[str, Any]:
    out = {str(item): seats for item, seats in seats_out(round).items()}
    data: dict[str, Any] = {
        "title": round.title,
        "rule_hash": round.rule.hash,
        "items": agenda,
        "secrecy": round.secrecy,
        "advisory": round.advisory,
        "binding": round.binding,
        "entitled": seats_by_group(round.framework.partnership),
    }
    extras = {"effective": round.effective, "closes_at": round.closes_at, "review_on": round.review_on}
    data |= {"out": out} if out else {}
    return data | {key: value.isoformat() for key, value in extras.items() if value}
