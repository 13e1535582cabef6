"""A framework as a tree: mission, values, desired outcomes with their measures, each with its mark and headline."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.deliberation.reviews import Review
from apps.frameworks.domain.coherence import check
from apps.frameworks.models import Element
from apps.pages.present.frame import Frame, standing_words
from apps.pages.present.reviews import words_of
from apps.pages.present.values import figures_line
from apps.pages.present.verdicts import position_of
from apps.pages.shown import Position, Step

FINDINGS_SHOWN = 50


@dataclass(frozen=True)
class Node:
    """One element with what stands under it; `level` is what this framework calls its level, `standing` says how its fields
    stand, `also` names further outcomes it counts for.
    """

    element: Element
    position: Position | None
    headline: str
    figures: str
    label: str
    url: str
    level: str = ""
    standing: str = ""
    also: Sequence[Step] = ()
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


@dataclass(frozen=True)
class _Shown:
    """What every node is made from."""

    frame: Frame
    levels: Sequence[str]
    by_id: Mapping[UUID, Element]

    def level(self, element: Element, depth: int) -> str:
        """What its level is called: as it says itself, else as the framework names this depth."""
        return str(element.fields.get("level") or "") or (self.levels[depth] if depth < len(self.levels) else "")

    def also(self, element: Element) -> list[Step]:
        """The outcomes it serves beside the one it stands under."""
        place = _place(element, self.by_id)
        serves = [self.by_id.get(UUID(id)) for id in element.fields.get("serves") or []]
        others = [one for one in serves if one is not None and one.id != place]
        return [Step(f"{one.code} {one.title}", reverse("element", args=[one.id])) for one in others]


def tree_of(frame: Frame, levels: Sequence[str] = ()) -> Tree:
    """The elements in force as a tree. `levels` are the names of the levels of outcomes, from the top."""
    found = sorted(frame.elements, key=in_order)
    by_id = {element.id: element for element in found}
    under: dict[UUID | None, list[Element]] = {}
    for element in found:
        under.setdefault(_place(element, by_id), []).append(element)
    shown = _Shown(frame, levels, by_id)
    top = [_node(element, under, shown, 0) for element in under.get(None, [])]
    kinds = {
        kind: [node for node in top if node.element.kind == kind]
        for kind in ("mission", "value", "outcome", "measure", "instrument")
    }
    return Tree(
        kinds["mission"], kinds["value"], kinds["outcome"], kinds["measure"], kinds["instrument"], list(_every(top))
    )


def findings_of(tree: Tree) -> list[Step]:
    """What does not fit together, each with the element it is about."""
    imposed = {str(node.element.id) for node in tree.all if node.label == "imposed"}
    found = check([_plain(node.element) for node in tree.all], imposed)[:FINDINGS_SHOWN]
    return [
        Step(finding.sentence, reverse("element", args=[finding.element]) if finding.element else "")
        for finding in found
    ]


def late_reviews(reviews: Iterable[Review], tree: Tree) -> list[Step]:
    """Those that are overdue here, the longest first."""
    names = {node.element.id: f"{node.element.code} {node.element.title}" for node in tree.all}
    late = [review for review in reviews if review.days_late > 0 and review.element in names]
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


def _node(element: Element, under: Mapping[UUID | None, Sequence[Element]], shown: _Shown, depth: int) -> Node:
    verdict = shown.frame.verdicts.get(element.id)
    children = [_node(child, under, shown, depth + 1) for child in under.get(element.id, [])] if depth < 20 else []
    measure = element.kind == "measure"
    return Node(
        element,
        position_of(verdict),
        verdict.headline if verdict and measure else "",
        figures_line(element.fields) if measure else "",
        verdict.label_ni if verdict else "",
        reverse("element", args=[element.id]),
        shown.level(element, depth) if element.kind == "outcome" else "",
        standing_words(shown.frame.standing.get(element.id, {})),
        shown.also(element),
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
