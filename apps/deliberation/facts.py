"""Gathers, from rows, the plain facts out of which the domain makes the act of a history."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from apps.deliberation.domain.acts import PRACTICE, Consultation, Offered, Proposed, Setting
from apps.deliberation.models import Decision, RoundAlternative, RoundItem
from apps.frameworks.domain.fields import parts_of
from apps.frameworks.models import Element, Framework
from apps.frameworks.selectors import years_since_start
from apps.partnerships.selectors import group_kinds
from apps.proposals.domain.working_days import working_days
from apps.proposals.models import Proposal
from apps.proposals.selectors import counting_offers, current_version, standing_objections


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
            _offered(proposal, offer.group.key, offer.fields, offer.taken_fields, offer.state)
            for offer in counting_offers(proposal)
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


def consultation(
    proposal: Proposal | None, element: UUID, kind: str, patch: Mapping[str, Any], today: date
) -> Consultation:
    """What went before an imposition: steps taken on the text that is imposed, votes and polls on the same parts since
    something was last decided on the element, objections, and who had asked for it.

    A poll on another text, by whomever, is heard as objection but is no consultation by the one who decides.
    """
    parts = parts_of(kind, patch)
    asked = [option for option in _undecided(element) if _parts_of(option) & parts]
    objecting = set(_against(asked[-1])) if asked else set()
    if proposal is not None:
        objecting |= {objection.group.key for objection in standing_objections(proposal)}
    return Consultation(
        notice=proposal is not None and proposal.offers_from < today,
        polled=proposal is not None
        and any(_item(one).round.advisory and one.proposal_id == proposal.id for one in asked),
        objecting=sorted(objecting),
        bound=_bound(element, proposal, patch),
        asked_by=sorted({key for one in asked if _parts_of(one) >= parts for key in _practice_behind(one)}),
    )


def went_before(proposal: Proposal | None, element: UUID, kind: str, patch: Mapping[str, Any]) -> list[int]:
    """The numbers of the entries that an imposition's method and objections rest on: the text put on the table, changes
    offered to it, objections, and votes and polls on the same parts since something was last decided."""
    parts = parts_of(kind, patch)
    found = {_item(option).tallied_seq for option in _undecided(element) if _parts_of(option) & parts}
    if proposal is not None:
        found |= {proposal.seq, *proposal.offers.values_list("seq", flat=True)}
        found |= set(standing_objections(proposal).values_list("seq", flat=True))
    return sorted(seq for seq in found if seq is not None)


Option = RoundItem | RoundAlternative


def _undecided(element: UUID) -> list[Option]:
    """What has been counted on an element, in polls or without agreement, since something was last adopted on it."""
    decided = Decision.objects.filter(element=element, adopted=True).aggregate(last=Max("seq"))["last"]
    since = -1 if decided is None else decided
    related = ("version", "proposal__framework__partnership")
    lines = RoundItem.objects.select_related("round", *related).filter(proposal__element=element, tallied_seq__gt=since)
    alternatives = RoundAlternative.objects.select_related("item__round", *related).filter(
        proposal__element=element, item__tallied_seq__gt=since
    )
    return sorted([*lines, *alternatives], key=lambda option: _item(option).tallied_seq or 0)


def _item(option: Option) -> RoundItem:
    return option if isinstance(option, RoundItem) else option.item


def _parts_of(option: Option) -> set[str]:
    return parts_of(option.proposal.kind, option.version.fields) if option.proposal and option.version else set()


def _against(option: Option) -> list[str]:
    """Groups in which more were against than for; in a question, those that alone would have kept what is in force."""
    groups = (_item(option).result or {}).get("groups", {})
    if isinstance(option, RoundItem):
        return [key for key, group in groups.items() if _is_against(group)]
    kept = [one.key for one in option.item.alternatives.all() if one.proposal_id is None]
    return [key for key, group in groups.items() if kept and group.get("winners") == kept]


def _practice_behind(option: Option) -> list[str]:
    """Groups close to practice that had tabled a proposal which then failed."""
    item = _item(option)
    if item.round.advisory or option.proposal is None or option.adopted:
        return []
    kinds = group_kinds(option.proposal.framework.partnership)
    return [key for key in option.proposal.sponsors if kinds.get(key) in PRACTICE]


def _offered(proposal: Proposal, group: str, fields: Sequence[str], taken: Sequence[str], state: str) -> Offered:
    return Offered(
        group=group,
        parts=frozenset(parts_of(proposal.kind, fields)),
        taken=frozenset(parts_of(proposal.kind, taken)),
        answered=state != "offered",
    )


def _is_against(group: dict[str, object]) -> bool:
    counts = group.get("counts")
    if not isinstance(counts, dict):
        return False
    no = sum(int(counts.get(key, 0)) for key in ("against", "object", "block"))
    return no > sum(int(counts.get(key, 0)) for key in ("for", "consent", "stand_aside"))


def _bound(element: UUID, proposal: Proposal | None, patch: Mapping[str, Any]) -> list[str]:
    """Groups that collect the data or are measured by it, as the element, the text on the table and what is imposed say."""
    known = Element.objects.filter(id=element).first()
    tabled = current_version(proposal).patch if proposal else {}
    sources = [known.fields if known else {}, tabled, patch]
    return sorted({key for fields in sources for name in ("collectors", "measured") for key in fields.get(name) or []})
