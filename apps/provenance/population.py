"""The whole population: every decision of a partnership as one row, and what an auditor wants to know first.

Nothing is sampled and nothing left out: a row for everything that was decided, adopted or not, by whichever way.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Max, Min, OuterRef, Subquery
from django.db.models.functions import Greatest

from apps.deliberation.models import Decision
from apps.deliberation.reviews import Review, reviews_of
from apps.deliberation.selectors import visible_entries
from apps.frameworks.models import Element, Kind
from apps.partnerships.actors import Actor
from apps.partnerships.models import Partnership
from apps.partnerships.rules import require_reader
from apps.proposals.models import Offer
from apps.provenance.models import Verdict
from apps.record.models import Cosignature, Delivery, Entry, Log

TAKEN = ("accepted", "modified")


@dataclass(frozen=True)
class Decided:
    """One decision. `votes` are counts by group and choice; `concurring` and `groups` say how many groups agreed, of how many.

    `label_ni` and `label_pe` are where the element stands now, not what this decision alone would give.
    """

    entry: int
    decided_at: datetime
    effective: date
    framework: str
    code: str
    title: str
    kind: str
    way: str
    outcome: str
    adopted: bool
    parts: Sequence[str]
    round: str
    rule: str
    rule_hash: str
    votes: Mapping[str, Mapping[str, int]]
    concurring: int
    groups: int
    dissent: Sequence[str]
    mandate: str
    authority: str
    review_on: date | None
    days_late: int
    label_ni: str
    label_pe: str


@dataclass(frozen=True)
class Overview:
    """What stands first on an auditor's page. `labels` counts measures in force by imposed, mixed, negotiated.

    `is_complete`: its entries are numbered without a gap. `outside` is when somebody outside last signed or got a checkpoint.
    """

    measures: int
    labels: Mapping[str, int]
    decisions: int
    mandates: int
    overdue: Sequence[Review]
    coming: Sequence[Review]
    offered: int
    taken: int
    refused: int
    size: int
    is_complete: bool
    outside: datetime | None


def population(viewer: Actor) -> list[Decided]:
    """Every decision of the partnership, in the order in which they were made."""
    require_reader(viewer)
    late = {one.decision.id: one.days_late for one in reviews_of([viewer.partnership.id]) if one.decision is not None}
    here = viewer.partnership
    stands = _standing(here)
    elements = {element.id: element for element in Element.objects.filter(framework__partnership=here)}
    found = Decision.objects.filter(framework__partnership=here).order_by("seq").prefetch_related("dissents")
    related = ("framework", "mandate", "item__round__rule", "proposal")
    return [
        _row(one, elements.get(one.element), stands.get(one.element), late) for one in found.select_related(*related)
    ]


def overview(viewer: Actor) -> Overview:
    """The partnership in figures."""
    require_reader(viewer)
    here, log = viewer.partnership, viewer.log
    measures = Element.objects.filter(framework__partnership=here, kind=Kind.MEASURE, retired_at=None)
    ids = set(measures.values_list("id", flat=True))
    standing = _standing(here).values()
    reviews = [one for one in reviews_of([here.id]) if one.state.is_waiting]
    offers = Offer.objects.filter(proposal__framework__partnership=here, proposal__kind=Kind.MEASURE, counters=None)
    states = Counter(offers.exclude(state__in=["withdrawn", "replaced"]).values_list("state", flat=True))
    tried = visible_entries(viewer, log, types=["act.refused"])
    return Overview(
        measures=len(ids),
        labels=Counter(verdict.label_ni for verdict in standing if verdict.element in ids),
        decisions=Decision.objects.filter(framework__partnership=here).count(),
        mandates=here.mandates.count(),
        overdue=[one for one in reviews if one.days_late > 0],
        coming=sorted((one for one in reviews if one.days_late <= 0), key=lambda one: one.state.due),
        offered=states.total(),
        taken=sum(states[state] for state in TAKEN),
        refused=sum(entry.data["act"] == "imposition.made" for entry in tried),
        size=here.log.size,
        is_complete=_is_complete(here),
        outside=_last_outside(log),
    )


def _last_outside(log: UUID) -> datetime | None:
    """When a checkpoint of the log was last signed by a witness, or came through to somebody who keeps it."""
    signed = Cosignature.objects.filter(checkpoint__log=OuterRef("pk")).order_by("-at").values("at")[:1]
    kept = Delivery.objects.filter(keeper__log=OuterRef("pk"), what="checkpoint", came_through=True).order_by("-at")
    newest = Greatest(Subquery(signed), Subquery(kept.values("at")[:1]))
    found: datetime | None = Log.objects.annotate(outside=newest).values_list("outside", flat=True).get(id=log)
    return found


def _standing(partnership: Partnership) -> dict[UUID, Verdict]:
    """The verdict that stands on each element of a partnership."""
    newest = Verdict.objects.filter(framework__partnership=partnership).order_by("element", "-seq").distinct("element")
    return {verdict.element: verdict for verdict in newest.defer("document")}


def _row(
    decision: Decision,
    element: Element | None,
    verdict: Verdict | None,
    late: Mapping[UUID, int],
) -> Decided:
    item, mandate, proposal = decision.item, decision.mandate, decision.proposal
    groups = ((item.result if item else None) or {}).get("groups", {})
    return Decided(
        entry=decision.seq,
        decided_at=decision.decided_at,
        effective=decision.effective,
        framework=decision.framework.title,
        code=element.code if element else proposal.code if proposal else "",
        title=element.title if element else "",
        kind=element.kind if element else proposal.kind if proposal else "",
        way=decision.kind,
        outcome=decision.outcome,
        adopted=decision.adopted,
        parts=list((decision.act or {}).get("parts", [])),
        round=item.round.title if item else "",
        rule=item.round.rule.title if item else "",
        rule_hash=item.round.rule.hash if item else "",
        votes={key: dict(group.get("counts") or {}) for key, group in groups.items()},
        concurring=sum(bool(group.get("concurs")) for group in groups.values()),
        groups=len(groups),
        dissent=[dissent.group_key for dissent in decision.dissents.all()],
        mandate=mandate.code if mandate else "",
        authority=mandate.authority if mandate else "",
        review_on=decision.review_on,
        days_late=max(0, late.get(decision.id, 0)),
        label_ni=verdict.label_ni if verdict else "",
        label_pe=verdict.label_pe if verdict else "",
    )


def _is_complete(partnership: Partnership) -> bool:
    """Whether entries are numbered from 0 on without a gap, as many as the log's head says."""
    seen = Entry.objects.filter(log=partnership.log_id).aggregate(n=Count("seq"), first=Min("seq"), last=Max("seq"))
    size = partnership.log.size
    return (seen["n"], seen["first"], seen["last"]) == (size, 0 if size else None, size - 1 if size else None)
