"""Where things stand, in words and marks: from stored verdicts to positions, journeys and lines of a story."""

from fractions import Fraction
from typing import Any

from apps.pages.shown import Position
from apps.provenance.domain.labels import ni_label, pe_label
from apps.provenance.domain.rule import RULES
from apps.provenance.domain.scoring import Scored
from apps.provenance.models import Verdict
from apps.provenance.presenting.words import TOLD_APART, words_for


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


def flag_words(verdict: Verdict) -> list[str]:
    """What is to be said of a verdict beside its headline."""
    return [TOLD_APART[flag] for flag in verdict.flags if flag in TOLD_APART]


def _words_at(place: tuple[Fraction, Fraction], version: int) -> str:
    rule = RULES[version]
    return words_for(ni_label(place[0], False, rule), pe_label(place[1], rule))


def _pair(place: Any) -> tuple[Fraction, Fraction] | None:
    if not place or place.get("NI") is None or place.get("PE") is None:
        return None
    return Fraction(place["NI"]), Fraction(place["PE"])
