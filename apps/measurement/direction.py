"""Reading direction: per desired outcome what is wanted from above, what grew from practice, and how they hang together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from apps.deliberation.models import Decision
from apps.frameworks.models import Edition, Element, Framework
from apps.frameworks.selectors import elements
from apps.measurement.domain.alignment import Naming, Summary, from_practice, is_evidence, summarise
from apps.measurement.models import Alignment, Need, Noticing
from apps.partnerships.selectors import group_kinds

ELEMENTS = 2000


@dataclass(frozen=True)
class Item:
    """Something from above or from practice: a measure, or (`need`) a need without a measure."""

    id: UUID
    title: str
    need: Need | None = None


@dataclass(frozen=True)
class Direction:
    """One desired outcome with both sides, what groups say of how they hang together, and what matters to whom."""

    outcome: Element
    above: Sequence[Item]
    practice: Sequence[Item]
    links: Sequence[Alignment]
    matters: Mapping[UUID, Sequence[Mapping[str, Any]]]
    summary: Summary

    def between(self, above: UUID, practice: UUID) -> list[Alignment]:
        """What groups say about one pair."""
        return [link for link in self.links if (link.above, link.practice) == (above, practice)]


def directions(framework: Framework) -> list[Direction]:
    """Every desired outcome of a framework, in six queries however many there are."""
    found = list(elements(framework)[:ELEMENTS])
    outcomes = [one for one in found if one.kind == "outcome"]
    measures = [one for one in found if one.kind == "measure"]
    practice = _from_practice(framework, measures)
    needs = list(framework.needs.select_related("words").filter(withdrawn_seq=None))
    links = list(framework.alignments.select_related("reason"))
    matters = _matters(framework)
    return [_direction(outcome, measures, practice, needs, links, matters) for outcome in outcomes]


def noticings(framework: Framework, element: UUID) -> QuerySet[Noticing]:
    """What practice noticed of one measure, the earliest first."""
    return framework.noticings.select_related("words").filter(element=element)


def first_naming(framework: Framework, element: UUID) -> Naming | None:
    """The first plan or edition that names an element; none yet: None."""
    named = (
        Edition.objects.filter(framework=framework, state__contains=[{"id": str(element)}]).order_by("number").first()
    )
    if named is None:
        return None
    return Naming(named.number, named.effective_from or named.published_at.date())


def shows_practice(framework: Framework, noticing: Noticing) -> bool:
    """Whether what was noticed is evidence that the measure grew from practice."""
    return is_evidence(noticing.observed_on, first_naming(framework, noticing.element))


def _direction(
    outcome: Element,
    measures: Sequence[Element],
    practice: frozenset[UUID],
    needs: Sequence[Need],
    links: Sequence[Alignment],
    matters: Mapping[UUID, Sequence[Mapping[str, Any]]],
) -> Direction:
    mine = [
        one for one in measures if one.parent_id == outcome.id or str(outcome.id) in (one.fields.get("serves") or [])
    ]
    above = [Item(need.id, need.words.body or "(removed)", need) for need in needs if need.outcome == outcome.id]
    above += [Item(one.id, f"{one.code} {one.title}") for one in mine if one.id not in practice]
    below = [Item(one.id, f"{one.code} {one.title}") for one in mine if one.id in practice]
    sides = {item.id for item in above}, {item.id for item in below}
    here = [link for link in links if link.above in sides[0] and link.practice in sides[1]]
    told = [(str(link.above), str(link.practice), link.relation) for link in here]
    summary = summarise({str(id) for id in sides[0]}, {str(id) for id in sides[1]}, told)
    return Direction(outcome, above, below, here, matters, summary)


def _from_practice(framework: Framework, measures: Sequence[Element]) -> frozenset[UUID]:
    """Measures in whose beginning practice had a part, as the first act on each says."""
    kinds = group_kinds(framework.partnership)
    first: dict[UUID, Mapping[str, Any]] = {}
    ids = [one.id for one in measures]
    for element, told in (
        Decision.objects.filter(element__in=ids, adopted=True).order_by("seq").values_list("element", "act")
    ):
        first.setdefault(element, told or {})
    return frozenset(element for element, told in first.items() if from_practice(told, kinds))


def _matters(framework: Framework) -> dict[UUID, Sequence[Mapping[str, Any]]]:
    """What was last said of each measure, as far as enough people said something."""
    found: dict[UUID, Sequence[Mapping[str, Any]]] = {}
    for pulse in framework.pulses.exclude(closed_seq=None).order_by("seq"):
        if pulse.result:
            found[pulse.element] = pulse.result
    return found
