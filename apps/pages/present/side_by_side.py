"""Two versions of a proposal beside each other: for each field that differs, what the one says and what the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.pages.present.values import Names, named
from apps.pages.present.words import capital
from apps.pages.shown import Piece
from apps.proposals.domain.diff import FieldDiff, diff

SETS = {"set", "references"}


@dataclass(frozen=True)
class Pair:
    """One field; nothing on a side: it has no value there. Pieces are same, removed (older only) or added (newer only)."""

    label: str
    words: str
    old: Sequence[Piece]
    new: Sequence[Piece]


def pairs_of(kind: str, old: Mapping[str, Any], new: Mapping[str, Any], names: Names) -> list[Pair]:
    """The fields in which two states differ, in page order."""
    return [_pair(found) for found in diff(kind, named(kind, old, names), named(kind, new, names))]


def _pair(found: FieldDiff) -> Pair:
    old, new = _pieces(found)
    return Pair(found.field.label, "Changed" if old and new else "Added" if new else "Removed", old, new)


def _pieces(found: FieldDiff) -> tuple[list[Piece], list[Piece]]:
    if found.old and found.new and found.segments:
        pieces = [Piece(one.op, one.text) for one in found.segments]
        return [one for one in pieces if one.kind != "added"], [one for one in pieces if one.kind != "removed"]
    if found.field.kind in SETS:
        return _items(found, found.old, found.removed, "removed"), _items(found, found.new, found.added, "added")
    old, new = capital(found.old_words), capital(found.new_words)
    return [Piece("removed", old)] if old else [], [Piece("added", new)] if new else []


def _items(found: FieldDiff, items: Sequence[str] | None, marked: Sequence[str], kind: str) -> list[Piece]:
    """The items of a set with commas between them."""
    pieces: list[Piece] = []
    for item in items or ():
        pieces += [Piece("same", ", ")] if pieces else []
        pieces.append(Piece(kind if item in marked else "same", found.field.choices.get(item, item)))
    return pieces
