"""Word by word: what was removed from a text and what was added."""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

Op = Literal["same", "removed", "added"]

MOST_WORDS = 4000
"""Longer changed stretches (some 20 kB) are shown as replaced whole: nobody reads such a patchwork, and it costs time.
"""

# A word keeps the points and dashes inside it (16.5, 14-18, don't) and the space after it.
_WORD = re.compile(r"\w+(?:[.,'’-]\w+)*\s*|[^\w\s]\s*|\s+")


class Segment(NamedTuple):
    """A stretch of text. All `same` and `removed` ones in a row are the old text; `same` and `added`, the new."""

    op: Op
    text: str


def words(old: str, new: str) -> list[Segment]:
    """The difference of two texts, in reading order; what was removed stands before what was added in its place."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    changed = _changed(before[start : len(before) - end], after[start : len(after) - end])
    return list(_joined([*_same(before[:start]), *changed, *_same(before[len(before) - end :])]))


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Segment]:
    if max(len(before), len(after)) > MOST_WORDS:
        yield from _replaced(before, after)
        return
    for op, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        yield from _same(before[a:b]) if op == "equal" else _replaced(before[a:b], after[c:d])


def _shared(before: Sequence[str], after: Sequence[str]) -> int:
    """How many words both begin with. Found apart, because long equal stretches are what the matching is slow on."""
    pairs = zip(before, after, strict=False)
    return next((count for count, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))


def _same(text: Sequence[str]) -> list[Segment]:
    return [Segment("same", "".join(text))] if text else []


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Segment]:
    if before:
        yield Segment("removed", "".join(before))
    if after:
        yield Segment("added", "".join(after))


def _joined(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Neighbours of one kind become one."""
    for op, group in groupby(segments, key=lambda segment: segment.op):
        yield Segment(op, "".join(segment.text for segment in group))
