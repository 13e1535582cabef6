"""Where things stand, in words and marks: from stored verdicts to positions, journeys and lines of a story."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.frameworks.models import Element
from apps.pages.drawing.matrix import Journey, Stop
from apps.pages.shown import Position
from apps.provenance.domain.labels import ni_label, pe_label
from apps.provenance.domain.rule import RULES
from apps.provenance.domain.scoring import Scored
from apps.provenance.models import Verdict

# The flags that a headline does not tell already.
FLAGS: Mapping[str, str] = {
    "label_depends_on_weights": "Another reading of the facts would give another word for it.",
    "no_mandate": "A part is in force without a recorded mandate.",
    "partly_imposed": "Some parts were set together, some by one party.",
}


def words_for(label_ni: str, label_pe: str) -> str:
    """mixed, planned."""
    if label_ni == "not_applicable":
        return label_pe
    return f"{label_ni} on both counts" if label_ni == label_pe else f"{label_ni}, {label_pe}"


def position_of(verdict: Verdict | None) -> Position | None:
    """The mark and its words: "mixed, planned; was imposed"."""
    if verdict is None:
        return None
    words = words_for(verdict.label_ni, verdict.label_pe)
    origin = _pair(verdict.document.get("origin"))
    now = _pair(verdict.document.get("current"))
    if origin and now and origin != now:
        was = _words_at(origin, verdict.rule)
        words += f"; was {was}" if was != words else "; has moved"
    ni, pe = now if now else (None, None)
    return Position(ni, pe, words, origin)


def position_of_scored(scored: Scored) -> Position | None:
    """The mark of a verdict that has not been stored."""
    words = words_for(*scored.label)
    if scored.current.ni is None:
        return Position(None, None, words)
    origin = (
        (scored.origin.ni, scored.origin.pe)
        if scored.origin.ni is not None and scored.origin != scored.current
        else None
    )
    return Position(scored.current.ni, scored.current.pe, words, origin)


def part_positions(verdict: Verdict | None) -> dict[str, Position]:
    """The position of every part that has been set."""
    if verdict is None:
        return {}
    found = {part: _pair(place) for part, place in verdict.document.get("parts", {}).items()}
    return {part: Position(*pair, _words_at(pair, verdict.rule)) for part, pair in found.items() if pair}


def journey(element: Element, verdict: Verdict) -> Journey | None:
    """The way of one element on the picture; None where it has no place on both lines."""
    stops = [(_pair({"NI": ni, "PE": pe}), t) for t, ni, pe in verdict.document.get("path", [])]
    told = tuple(Stop(*pair, _words_at(pair, verdict.rule)) for pair, _ in stops if pair)
    if not told:
        return None
    kind = "outside" if is_required(verdict) else verdict.label_ni
    href = reverse("element", args=[element.id])
    last = Stop(told[-1].ni, told[-1].pe, words_for(verdict.label_ni, verdict.label_pe))
    return Journey(element.code, element.title, kind, (*told[:-1], last), href)


def journeys(elements: Iterable[Element], verdicts: Mapping[UUID, Verdict]) -> list[Journey]:
    """The journeys of all elements that have a verdict, in their order."""
    found = [journey(element, verdicts[element.id]) for element in elements if element.id in verdicts]
    return [one for one in found if one is not None]


def is_required(verdict: Verdict) -> bool:
    """Whether it is required from outside, as the headline of its verdict says first."""
    return verdict.headline.startswith("Required from outside")


def flag_words(verdict: Verdict) -> list[str]:
    """What is to be said of a verdict beside its headline."""
    return [FLAGS[flag] for flag in verdict.flags if flag in FLAGS]


def _words_at(place: tuple[Fraction, Fraction], version: int) -> str:
    rule = RULES[version]
    return words_for(ni_label(place[0], False, rule), pe_label(place[1], rule))


def _pair(place: Any) -> tuple[Fraction, Fraction] | None:
    if not place or place.get("NI") is None or place.get("PE") is None:
        return None
    return Fraction(place["NI"]), Fraction(place["PE"])
