"""The life of a round: its rule is registered, it is drafted, opened and closed. What follows is done by readers of the record."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from apps.common.errors import Conflict, Invalid, NotFound
from apps.common.texts import clean_line
from apps.consensus import parse_rule
from apps.deliberation.models import Ballot, RegisteredRule, Round, RoundItem, RoundState, Secrecy
from apps.deliberation.rules import require_state
from apps.frameworks.models import ElementVersion, Framework
from apps.frameworks.services import lock
from apps.partnerships.actors import CLOCK, Actor
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import seats_by_group
from apps.proposals.models import Proposal, ProposalVersion
from apps.proposals.selectors import current_version
from apps.proposals.services import put_in_round
from apps.record.act import Act, act

ITEMS_AT_MOST = 200
KINDS = {"majority", "consensus", "consent", "rating"}
"""Rules that say yes or no to each item; those that select among alternatives follow."""


def register_rule(*, by: Actor, framework: Framework, title: str, document: Mapping[str, Any]) -> RegisteredRule:
    """Register a decision rule: from now on it has a hash and cannot be edited, only succeeded by another."""
    require_convenor(by)
    title = clean_line("title", title, 120)
    rule = parse_rule(document)
    strangers = set(rule.deciding) - set(seats_by_group(by.partnership))
    if strangers:
        names = ", ".join(sorted(strangers))
        raise Invalid(
            "rule.unknown_group", f"The rule names groups that do not decide here: {names}.", {"groups.deciding": names}
        )
    if rule.kind not in KINDS:
        raise Invalid(
            "rule.selection",
            "Rules that select among alternatives cannot be used in rounds yet.",
            {"method.kind": rule.kind},
        )
    with act(by=by.by, log=by.log) as a:
        id = uuid4()
        data = {"rule": str(id), "title": title, "document": dict(document), "rule_hash": rule.hash}
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
    proposals: Sequence[Proposal],
    advisory: bool = False,
    binding: bool = False,
    secrecy: str = Secrecy.BLIND,
    effective: date | None = None,
    closes_at: datetime | None = None,
    review_on: date | None = None,
) -> Round:
    """Prepare a round on proposals under a registered rule. Nothing is fixed before it opens.

    `advisory`: a poll that decides nothing. `binding`: a no to confirming an element ends or reopens it. `effective`: the
    day from which it counts (none: the day of the decision). `review_on`: by when dissent calls a review.
    """
    require_convenor(by)
    title = clean_line("title", title, 200)
    if secrecy not in Secrecy.values:
        raise Invalid("round.secrecy", "A round is open, or private until closing.", {"secrecy": "open or blind"})
    _check_agenda(framework, rule, proposals)
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
            drafted_at=a.at,
        )
        RoundItem.objects.bulk_create(
            [RoundItem(round=round, proposal=proposal, order=order) for order, proposal in enumerate(proposals)]
        )
        a.add(
            "round.drafted", {"title": title, "rule_hash": rule.hash}, on={"round": round.id, "framework": framework.id}
        )
    return round


def open_round(*, by: Actor, round: Round) -> Round:
    """Open a round: the versions voted on, the rule and the roll are fixed now, and the record says so."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        framework = lock(round.framework_id)
        round = lock_round(round.id)
        require_state(round, RoundState.DRAFT, "This round has been opened already.")
        if round.closes_at is not None and round.closes_at <= a.at:
            raise Conflict("round.over", "The time at which this round closes has passed: set a later one.")
        if round.effective is not None and round.effective < by.partnership.today(a.at):
            raise Conflict("round.backdated", "Nothing takes effect before it is decided: choose a later day.")
        items = [_fix_version(item) for item in round.items.select_related("proposal").order_by("order")]
        entry = a.add("round.opened", _opening(round, items), on={"round": round.id, "framework": framework.id})
        round.state, round.opened_at, round.opened_seq = RoundState.OPEN, a.at, entry.seq
        round.opened_on = by.partnership.today(a.at)
        round.save(update_fields=["state", "opened_at", "opened_on", "opened_seq"])
    return round


def close_round(*, by: Actor, round: Round) -> Round:
    """Close a round by hand."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        return _close(a, round.id)


def close_due(round_id: UUID, log: UUID) -> None:
    """Close a round whose time has come: the clock's act."""
    with act(by=CLOCK, log=log) as a:
        round = lock_round(round_id)
        if round.state == RoundState.OPEN and round.closes_at is not None and round.closes_at <= a.at:
            _close(a, round_id)


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


def _close(a: Act, round_id: UUID) -> Round:
    round = lock_round(round_id)
    require_state(round, RoundState.OPEN, "This round is not open.")
    ballots = Ballot.objects.filter(round=round).count()
    a.add(
        "round.closed",
        {"ballots": ballots},
        on={"round": round.id, "framework": round.framework_id},
        because=round.opened_seq,
    )
    round.state, round.closed_at = RoundState.CLOSED, a.at
    round.save(update_fields=["state", "closed_at"])
    return round


def _opening(round: Round, items: Sequence[RoundItem]) -> dict[str, Any]:
    agenda = [
        {"item": str(item.id), "proposal": str(item.proposal_id), "version": str(item.version_id)} for item in items
    ]
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
    return data | {key: value.isoformat() for key, value in extras.items() if value}


def _fix_version(item: RoundItem) -> RoundItem:
    version = current_version(item.proposal)
    _refuse_stale(item.proposal, version)
    put_in_round(item.proposal)
    item.version = version
    item.save(update_fields=["version"])
    return item


def _refuse_stale(proposal: Proposal, version: ProposalVersion) -> None:
    """A field that has been decided since the proposal was written must be looked at again before it is voted on."""
    since = ElementVersion.objects.filter(element=proposal.element, number__gt=version.base).values_list(
        "changed", flat=True
    )
    clash = sorted({field for changed in since for field in changed} & set(version.patch))
    if clash:
        fields = ", ".join(clash)
        raise Conflict(
            "proposal.stale_base",
            f"'{proposal.code}' has changed since this proposal was written: {fields}. Revise it first.",
        )


def _check_agenda(framework: Framework, rule: RegisteredRule, proposals: Sequence[Proposal]) -> None:
    if not proposals or len(proposals) > ITEMS_AT_MOST:
        raise Invalid(
            "round.agenda", f"A round votes on 1 to {ITEMS_AT_MOST} proposals.", {"proposals": "choose at least one"}
        )
    if len({proposal.id for proposal in proposals}) < len(proposals):
        raise Invalid("round.agenda", "The same proposal stands on the agenda twice.", {"proposals": "twice"})
    if rule.framework_id != framework.id or any(proposal.framework_id != framework.id for proposal in proposals):
        raise NotFound("proposal.foreign", "Rule and proposals must belong to this framework.")
    if any(proposal.state != "tabled" for proposal in proposals):
        raise Conflict("proposal.not_tabled", "Only proposals that are on the table can be voted on.")
