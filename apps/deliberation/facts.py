"""Gathers, from rows, the plain facts out of which the domain makes the act of a history."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from apps.deliberation.domain.acts import Consultation, Offered, Proposed, Setting
from apps.deliberation.models import Decision, RoundItem
from apps.frameworks.domain.fields import parts_of
from apps.frameworks.models import Element, Framework
from apps.frameworks.selectors import years_since_start
from apps.partnerships.selectors import group_kinds
from apps.proposals.domain.working_days import working_days
from apps.proposals.models import Proposal
from apps.proposals.selectors import offers, standing_objections


def setting(framework: Framework, effective: date) -> Setting:
    """Groups, plan and time of an act that takes effect on a day."""
    return Setting(
        kinds=group_kinds(framework.partnership),
        plan_sealed=framework.sealed_at is not None,
        t=years_since_start(framework, effective),
        on=effective.isoformat(),
    )


def proposed(proposal: Proposal, parts: Sequence[str], until: date) -> Proposed:
    """What led to an act that rests on a proposal. `until` is the day on which the window for offers ended at the latest."""
    end = min(proposal.offers_until, until) if proposal.offers_until else None
    return Proposed(
        action=proposal.action,
        parts=list(parts),
        sponsors=proposal.sponsors,
        window_days=working_days(proposal.offers_from, end) if end else 0,
        offers=[
            _offered(proposal, offer.group.key, offer.patch, offer.taken_patch, offer.state)
            for offer in offers(proposal)
        ],
        slot=proposal.slot,
    )


def parts_set(element: UUID, kind: str, fields: Sequence[str]) -> list[str]:
    """The parts that these fields belong to; of an element that is confirmed or retired as a whole, every part it has."""
    known = Element.objects.filter(id=element).first()
    keys = list(fields) or (list(known.fields) if known else [])
    return sorted(parts_of(kind, keys))


def is_first(element: UUID) -> bool:
    """Whether nothing has been adopted on this element yet."""
    return not Decision.objects.filter(element=element, adopted=True).exists()


def consultation(proposal: Proposal | None, element: UUID, today: date) -> Consultation:
    """What went before an imposition: polls, failed votes, objections, and who had asked for it."""
    items = list(
        RoundItem.objects.select_related("round")
        .filter(proposal__element=element, outcome__gt="")
        .order_by("tallied_seq")
    )
    last = items[-1] if items else None
    against = (
        {key for key, group in (last.result or {}).get("groups", {}).items() if _is_against(group)} if last else set()
    )
    failed = [
        item for item in items if not item.round.advisory and item.outcome not in {"agreed", "agreed_with_reservations"}
    ]
    asked = sorted({key for item in failed for key in item.proposal.sponsors if _is_practice(item.proposal, key)})
    if proposal is not None:
        against |= {objection.group.key for objection in standing_objections(proposal)}
    return Consultation(
        notice=proposal is not None and proposal.offers_from < today,
        polled=any(item.round.advisory for item in items),
        objecting=sorted(against),
        bound=_bound(proposal, element),
        asked_by=asked,
    )


def _offered(
    proposal: Proposal, group: str, patch: dict[str, object], taken: dict[str, object] | None, state: str
) -> Offered:
    return Offered(
        group=group,
        parts=frozenset(parts_of(proposal.kind, patch)),
        taken=frozenset(parts_of(proposal.kind, taken or {})),
        answered=state != "offered",
    )


def _is_against(group: dict[str, object]) -> bool:
    counts = group.get("counts")
    if not isinstance(counts, dict):
        return False
    no = sum(int(counts.get(key, 0)) for key in ("against", "object", "block"))
    return no > sum(int(counts.get(key, 0)) for key in ("for", "consent", "stand_aside"))


def _is_practice(proposal: Proposal, key: str) -> bool:
    kind = group_kinds(proposal.framework.partnership).get(key)
    return kind in {"frontline", "managers", "community", "users"}


def _bound(proposal: Proposal | None, element: UUID) -> list[str]:
    """Groups that collect the data or are measured by it, as the element's own fields say."""
    known = Element.objects.filter(id=element).first()
    fields = dict(known.fields) if known else {}
    if proposal is not None:
        fields |= proposal.versions.get(number=proposal.number).patch
    return sorted({*(fields.get("collectors") or []), *(fields.get("measured") or [])})
