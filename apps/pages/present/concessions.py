"""The concession ledger, and ranges that groups could live with, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse

from apps.frameworks.domain.fields import Field, fields_of, show
from apps.frameworks.domain.values import show_number
from apps.pages.present.removed import words
from apps.pages.present.values import Names
from apps.pages.present.words import capital, day, listed
from apps.pages.shown import Change
from apps.proposals.domain.concessions import Concession, Sum
from apps.proposals.domain.ranges import Range, overlap
from apps.proposals.ledger import as_range
from apps.proposals.models import AcceptableRange


@dataclass(frozen=True)
class MoveLine:
    """One move: who, which field, from what to what, how far toward whom."""

    words: str
    url: str


@dataclass(frozen=True)
class RangeLine:
    """What a group could live with, drawn beside the others'."""

    who: str
    at: str
    words: str
    why: str
    drawn: Change


@dataclass(frozen=True)
class RangeTable:
    """The ranges of all groups that said one, and where they meet. `state` is a colour role."""

    lines: Sequence[RangeLine]
    state: str
    meeting: str


def move_lines(
    moves: Iterable[Concession], kinds: Mapping[str, tuple[str, str, str]], names: Names, unit: str = ""
) -> list[MoveLine]:
    """Moves in words, newest first. `kinds` gives for each offer the kind and code of its element and its proposal's id."""
    return [_move(move, *kinds[move.offer], names, unit) for move in reversed(list(moves)) if move.offer in kinds]


def share_words(share: Fraction) -> str:
    """All the way, half of the way, 30 % of the way."""
    if share == 1:
        return "all the way"
    return "half of the way" if share == Fraction(1, 2) else f"{round(share * 100)} % of the way"


def sum_lines(found: Sequence[Sum], groups: Mapping[str, str]) -> list[tuple[str, str, int, str]]:
    """Who moved toward whom, how often, and how far altogether."""
    return [
        (groups.get(one.mover, one.mover), groups.get(one.toward, one.toward), one.times, f"{float(one.ways):.1f}")
        for one in found
    ]


def range_table(stated: Sequence[AcceptableRange], unit: str, groups: Mapping[str, str]) -> RangeTable:
    """The ranges of a number, and the sentence on where they meet."""
    ranges = {one.group.key: as_range(one) for one in stated}
    found = overlap(ranges)
    lines = _lines(stated, ranges, unit)
    if found.range is None:
        return RangeTable(lines, "open", "No group has said yet what it could live with.")
    where = _range_words(found.range, unit)
    if len(ranges) == 1:
        return RangeTable(lines, "open", "Only one group has said so far what it could live with.")
    if found.of_all:
        return RangeTable(lines, "agreed", f"All {len(ranges)} groups that said it could live with {where}.")
    out = listed(groups.get(key, key) for key in found.left_out)
    return RangeTable(lines, "contested", f"{len(found.groups)} of {len(ranges)} could live with {where}; not {out}.")


def _move(move: Concession, kind: str, code: str, proposal: str, names: Names, unit: str) -> MoveLine:
    known = next(one for one in fields_of(kind) if one.key == move.field)
    who = listed(names.groups.get(key, key) for key in move.mover) or "The convenor"
    toward = listed(names.groups.get(key, key) for key in move.toward) or "the convenor"
    old, new = _value(known, move.before, names, unit), _value(known, move.after, names, unit)
    about = f"{code}, {known.label.lower()}"
    return MoveLine(
        f"{who} moved {share_words(move.share)} toward {toward} on {about}: from {old} to {new}.",
        reverse("proposal", args=[proposal]) + f"#offer-{move.offer}",
    )


def _value(known: Field, value: Any, names: Names, unit: str) -> str:
    shown = show(known, names.of(known, value), unit)
    return f"“{shown}”" if shown else "nothing"


def _range_words(one: Range, unit: str) -> str:
    low, high = (
        None if end is None else show_number(f"{float(end):.9f}".rstrip("0").rstrip(".")) for end in (one.low, one.high)
    )
    if low is not None and high is not None:
        return f"{low} to {high} {unit}".strip() if low != high else f"{low} {unit}".strip()
    return (
        f"{low} {unit} or more".replace("  ", " ") if low is not None else f"{high} {unit} or less".replace("  ", " ")
    )


def _lines(stated: Sequence[AcceptableRange], ranges: Mapping[str, Range], unit: str) -> list[RangeLine]:
    ends = [float(end) for one in ranges.values() for end in (one.low, one.high) if end is not None]
    room = (max(ends) - min(ends)) * 0.25 or 1.0 if ends else 1.0
    scale = (min(ends) - room, max(ends) + room) if ends else (0.0, 1.0)
    return [
        RangeLine(
            one.group.name,
            day(one.stated_at),
            capital(_range_words(ranges[one.group.key], unit)),
            words(one.reason),
            Change("", "range", unit=unit, new_range=_drawn(ranges[one.group.key], scale), scale=scale),
        )
        for one in stated
    ]


def _drawn(one: Range, scale: tuple[float, float]) -> tuple[float, float]:
    return (
        scale[0] if one.low is None else float(one.low),
        scale[1] if one.high is None else float(one.high),
    )
