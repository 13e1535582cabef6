"""The difference of two states of an element, each field in the way of its type, for pages that do without colour."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apps.frameworks.domain.fields import Field, fields_of, show
from apps.frameworks.domain.values import ends, read_number
from apps.proposals.domain.words import Segment, words

_TEXTS = {"text", "long_text", "period", "reference"}
_SETS = {"set", "references"}
_NUMBERS = {"number", "baseline", "target"}


@dataclass(frozen=True)
class Move:
    """How far a number moved: `direction` up or down, `by` a decimal string above zero."""

    direction: str
    by: str


@dataclass(frozen=True)
class FieldDiff:
    """One changed field. `old` and `new` are values (None: not there), `old_words` and `new_words` the same for
    readers.

    Sets have `added` and `removed`, texts have `segments`, single numbers (also the value of a baseline or target) a
    `move`, where both sides are there.
    """

    field: Field
    old: Any
    new: Any
    old_words: str
    new_words: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    segments: tuple[Segment, ...] = ()
    move: Move | None = None


def diff(kind: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> list[FieldDiff]:
    """The fields in which two states of an element differ, in page order. For a patch, `new` is `patch.apply(old,
    patch)`.
    """
    units = old.get("unit") or "", new.get("unit") or ""
    return [
        _field_diff(field, old.get(field.key), new.get(field.key), *units)
        for field in fields_of(kind)
        if old.get(field.key) != new.get(field.key)
    ]


def _field_diff(field: Field, old: Any, new: Any, old_unit: str, new_unit: str) -> FieldDiff:
    before, after = set(old or ()) if field.kind in _SETS else set(), set(new or ()) if field.kind in _SETS else set()
    return FieldDiff(
        field=field,
        old=old,
        new=new,
        old_words=show(field, old, old_unit),
        new_words=show(field, new, new_unit),
        added=tuple(sorted(after - before)),
        removed=tuple(sorted(before - after)),
        segments=tuple(words(old or "", new or "")) if field.kind in _TEXTS else (),
        move=_move(old, new) if field.kind in _NUMBERS and old_unit == new_unit else None,
    )


def _move(old: Any, new: Any) -> Move | None:
    """None where a side is missing or a range, or where only a period changed."""
    before, after = _single(old), _single(new)
    if before is None or after is None or before == after:
        return None
    return Move("up" if after > before else "down", _decimal(abs(after - before)))


def _single(value: Any) -> Fraction | None:
    if value is None:
        return None
    low, high = ends(value) if isinstance(value, dict) else (Fraction(value), Fraction(value))
    return low if low == high else None


def _decimal(value: Fraction) -> str:
    """Exact: numbers of fields have at most nine decimals, and so has their difference."""
    whole, rest = divmod(value * 10**9, 10**9)
    return read_number(f"{int(whole)}.{int(rest):09d}")
