"""Everything the page of a framework shows, fetched in one trip: its elements with where they stand, and what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, Func, QuerySet
from django.db.models.functions import JSONObject

from apps.common.trips import at_once
from apps.deliberation.models import FieldState, RegisteredRule, Round
from apps.deliberation.selectors import rounds_listed, rules
from apps.frameworks.models import Edition, Element, Framework, Slot
from apps.frameworks.selectors import editions, elements
from apps.pages.present.words import listed
from apps.proposals.models import Offer, Proposal, ProposalVersion
from apps.proposals.selectors import OPEN, named, proposals
from apps.provenance.models import Verdict
from apps.provenance.selectors import standing_verdicts

ELEMENTS_SHOWN = 1000
LISTED = 50
PLACES = 200
WORDS: Mapping[str, str] = {
    "agreed": "agreed",
    "imposed": "set by one party",
    "inherited": "in force from before",
    "open": "open again",
    "contested": "under discussion",
}


@dataclass(frozen=True)
class Frame:
    """A framework as its page needs it. `verdicts` and `standing` are by element; `standing` counts fields by where they stand."""

    groups: Mapping[str, str]
    elements: Sequence[Element]
    verdicts: Mapping[UUID, Verdict]
    standing: Mapping[UUID, Mapping[str, int]]
    proposals: Sequence[Proposal]
    rounds: Sequence[Round]
    rules: Sequence[RegisteredRule]
    slots: Sequence[Slot]
    editions: Sequence[Edition]


def frame_of(framework: Framework) -> Frame:
    """One query, however large the framework."""
    groups, found, scored, states, wished, offered, tabled, held, registered, slots, published = at_once(
        framework.partnership.groups.values("key", "name"),
        elements(framework)[:ELEMENTS_SHOWN],
        marked(standing_verdicts(framework)),
        FieldState.objects.filter(element__in=elements(framework).values("id")).values("element", "field", "state"),
        _wished(framework),
        _offered(framework),
        named(proposals(framework)).filter(state__in=OPEN)[:LISTED],
        rounds_listed(framework)[:LISTED],
        rules(framework).defer("document")[:LISTED],
        framework.slots.all()[:PLACES],
        editions(framework).order_by("-number").defer("state")[:LISTED],
    )
    return Frame(
        groups={group["key"]: group["name"] for group in groups},
        elements=found,
        verdicts={verdict.element: with_marks(verdict) for verdict in scored},
        standing=_standing(states, [*wished, *offered]),
        proposals=tabled,
        rounds=held,
        rules=registered,
        slots=slots,
        editions=published,
    )


def marked(found: QuerySet[Verdict]) -> QuerySet[Verdict]:
    """Verdicts with no more of their documents than where they stand and stood."""
    marks = JSONObject(origin=F("document__origin"), current=F("document__current"), status=F("document__status"))
    return found.defer("document").annotate(marks=marks)


def with_marks(verdict: Verdict) -> Verdict:
    """A verdict that `marked` fetched, for those who read its document."""
    verdict.document = verdict.marks  # type: ignore[attr-defined]
    return verdict


def standing_words(counts: Mapping[str, int]) -> str:
    """8 fields agreed, 1 set by one party and 2 under discussion."""
    told = [f"{counts[state]} {words}" for state, words in WORDS.items() if counts.get(state)]
    return listed(told)


def _wished(framework: Framework) -> QuerySet[Any, Any]:
    """Fields for which a change is proposed, by element."""
    found = ProposalVersion.objects.filter(
        proposal__framework=framework,
        proposal__state__in=OPEN,
        proposal__action="change",
        number=F("proposal__number"),
    )
    return _fields(found.values(about=F("proposal__element")))


def _offered(framework: Framework) -> QuerySet[Any, Any]:
    """Fields for which a change is offered to a proposal that would change them."""
    found = Offer.objects.filter(
        proposal__framework=framework,
        proposal__state__in=OPEN,
        proposal__action="change",
        state="offered",
    )
    return _fields(found.order_by().values(about=F("proposal__element")))


def _fields(found: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    plain: QuerySet[Any, Any] = found.order_by().annotate(one=Func(F("fields"), function="unnest"))
    return plain.distinct()


def _standing(states: Sequence[Mapping[str, Any]], wished: Sequence[Mapping[str, Any]]) -> dict[UUID, dict[str, int]]:
    """How many fields of each element stand how. What somebody wants otherwise is under discussion, however it was set."""
    contested = {(UUID(row["about"]), row["one"]) for row in wished}
    fields = {(row["element"], row["field"]): row["state"] for row in states} | dict.fromkeys(contested, "contested")
    counts: dict[UUID, dict[str, int]] = {}
    for (element, _), state in fields.items():
        mine = counts.setdefault(element, {})
        mine[state] = mine.get(state, 0) + 1
    return counts
