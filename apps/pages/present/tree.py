"""A framework as a tree: mission, values, desired outcomes with their measures, each with its mark and headline."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.deliberation.reviews import reviews_of
from apps.frameworks.domain.coherence import check
from apps.frameworks.models import Element, Framework
from apps.frameworks.selectors import elements
from apps.pages.present.reviews import words_of
from apps.pages.present.values import figures_line
from apps.pages.present.verdicts import position_of
from apps.pages.shown import Position, Step
from apps.provenance.models import Verdict
from apps.provenance.selectors import verdicts

ELEMENTS_SHOWN = 1000
FINDINGS_SHOWN = 50


@dataclass(frozen=True)
class Node:
    """One element with what stands under it."""

    element: Element
    position: Position | None
    headline: str
    figures: str
    label: str
    children: Sequence["Node"] = field(default_factory=tuple)


@dataclass(frozen=True)
class Tree:
    """The framework in the order of its page. `measures` and `instruments` are those that stand under no outcome."""

    mission: Sequence[Node]
    values: Sequence[Node]
    outcomes: Sequence[Node]
    measures: Sequence[Node]
    instruments: Sequence[Node]
    all: Sequence[Node]

    @property
    def sections(self) -> list[tuple[str, Sequence[Node]]]:
        """The sections of the page that have something in them, with their headings."""
        found = (
            ("Mission", self.mission),
            ("Values", self.values),
            ("Desired outcomes and their measures", self.outcomes),
            ("Measures", self.measures),
        )
        return [(heading, nodes) for heading, nodes in found if nodes]


def tree_of(framework: Framework) -> Tree:
    """The elements in force as a tree: two queries."""
    found = sorted(elements(framework)[:ELEMENTS_SHOWN], key=in_order)
    by_id = {element.id: element for element in found}
    scored = verdicts(framework)
    under: dict[UUID | None, list[Element]] = {}
    for element in found:
        under.setdefault(_place(element, by_id), []).append(element)
    top = [_node(element, under, scored, 0) for element in under.get(None, [])]
    kinds = {
        kind: [node for node in top if node.element.kind == kind]
        for kind in ("mission", "value", "outcome", "measure", "instrument")
    }
    return Tree(
        kinds["mission"], kinds["value"], kinds["outcome"], kinds["measure"], kinds["instrument"], list(_every(top))
    )


def findings_of(framework: Framework, tree: Tree) -> list[Step]:
    """What does not fit together, each with the element it is about."""
    imposed = {str(node.element.id) for node in tree.all if node.label == "imposed"}
    found = check([_plain(node.element) for node in tree.all], imposed)[:FINDINGS_SHOWN]
    return [
        Step(finding.sentence, reverse("element", args=[finding.element]) if finding.element else "")
        for finding in found
    ]


def late_reviews(framework: Framework, tree: Tree) -> list[Step]:
    """Reviews that are overdue here, the longest first."""
    names = {node.element.id: f"{node.element.code} {node.element.title}" for node in tree.all}
    late = [
        review for review in reviews_of([framework.partnership_id]) if review.days_late > 0 and review.element in names
    ]
    return [
        Step(
            f"{names[review.element]}: {words_of(review.state)} Set under {review.mandate.code}.",
            reverse("element", args=[review.element]),
        )
        for review in late
        if review.element is not None
    ]


def _plain(element: Element) -> dict[str, Any]:
    """An element as the checks read it."""
    parent = str(element.parent_id) if element.parent_id else None
    return {
        "id": str(element.id),
        "kind": element.kind,
        "code": element.code,
        "parent": parent,
        "fields": element.fields,
    }


def _place(element: Element, by_id: Mapping[UUID, Element]) -> UUID | None:
    """Under which outcome it stands: its parent, else the first outcome it says it serves."""
    if element.parent_id in by_id and element.parent_id != element.id:
        return element.parent_id
    serves = [UUID(id) for id in element.fields.get("serves") or []]
    return next((id for id in serves if id in by_id and id != element.id), None)


def _node(
    element: Element, under: Mapping[UUID | None, Sequence[Element]], scored: Mapping[UUID, Verdict], depth: int
) -> Node:
    verdict = scored.get(element.id)
    children = [_node(child, under, scored, depth + 1) for child in under.get(element.id, [])] if depth < 20 else []
    measure = element.kind == "measure"
    headline = verdict.headline if verdict and measure else ""
    return Node(
        element,
        position_of(verdict),
        headline,
        figures_line(element.fields) if measure else "",
        verdict.label_ni if verdict else "",
        children,
    )


def _every(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _every(node.children)


def in_order(element: Element) -> tuple[tuple[bool, int, str], ...]:
    """M2 before M10, 1.2 before 1.10."""
    return in_order_of(element.code)


@lru_cache(maxsize=10_000)
def in_order_of(code: str) -> tuple[tuple[bool, int, str], ...]:
    """The same for a sign alone: its numbers count as numbers."""
    pieces = re.findall(r"[0-9]+|[^0-9]+", code)
    return tuple((not piece.isdigit(), int(piece) if piece.isdigit() else 0, piece) for piece in pieces)
