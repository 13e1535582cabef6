"""What is left of the ballots of a secret round once it is counted, and what can be checked of it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any, TypeGuard

from apps.common.errors import Invalid
from apps.consensus import Row
from apps.record.domain.canonical import encode
from apps.record.domain.entry import Entry

Line = Mapping[str, Any]
KEYS = {"item", "group", "choice", "count"}
UNREADABLE = "it does not say what is left of the secret ballots as such an entry does"
SHOWN = "the ballot of entry {} is of a secret round, but says what was chosen"
REWRITTEN = "the secret votes written there are not those whose digest stands beside them"
TWICE = "the secret votes written there are not in order, or name the same choice of a group twice"
NUMBER = "{} secret votes of {} on {} are written there, but {} seats have voted"


def multiset(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """How many of each group made each choice on each item, in order: what is left when nobody is to know whose they were."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows:
        counts[row.item, row.group, row.choice] += row.weight
    return [
        {"item": item, "group": group, "choice": choice, "count": count}
        for (item, group, choice), count in sorted(counts.items())
    ]


def multiset_sha256(lines: Iterable[Line]) -> str:
    """SHA-256 of a multiset's canonical JSON, as hex."""
    return sha256(encode([dict(line) for line in lines])).hexdigest()


def secret_rows(lines: object) -> list[Row]:
    """A multiset as rows that can be counted. Their seats are nobody's: one is made up for all who chose alike.

    Raises `Invalid` (ballots.secret_unreadable) for what is no multiset.
    """
    if not _readable(lines):
        raise Invalid("ballots.secret_unreadable", UNREADABLE)
    return [Row(one["item"], one["group"], f"secret {one['choice']}", one["choice"], one["count"]) for one in lines]


def multiset_faults(lines: object, digest: object, cast: Collection[Entry]) -> Iterator[str]:
    """What is wrong with the votes a count has written down, held against the entries of the ballots (`cast`) it was made of.

    That they are what people chose nobody can show: the ballots are gone.
    """
    yield from (SHOWN.format(ballot.seq) for ballot in cast if ballot.data.keys() & {"choice", "commitment"})
    if not _readable(lines):
        yield UNREADABLE
        return
    if multiset_sha256(lines) != digest:
        yield REWRITTEN
    rows = secret_rows(lines)
    if multiset(rows) != lines:
        yield TWICE
    written, voted = _sums(rows), seats_voting(cast)
    for item, group in sorted(written.keys() | voted.keys()):
        here, there = written.get((item, group), 0), voted.get((item, group), 0)
        if here != there:
            yield NUMBER.format(here, group, item, there)


def seats_voting(cast: Iterable[Entry]) -> Mapping[tuple[str, str], int]:
    """By item and group, how many seats the entries say have voted."""
    seats = {(ballot.data["item"], ballot.data["group"], ballot.by["seat"]) for ballot in cast}
    return Counter((item, group) for item, group, _ in seats)


def _sums(rows: Iterable[Row]) -> Mapping[tuple[str, str], int]:
    sums: Counter[tuple[str, str]] = Counter()
    for row in rows:
        sums[row.item, row.group] += row.weight
    return sums


def _readable(lines: object) -> TypeGuard[list[dict[str, Any]]]:
    return isinstance(lines, list) and all(
        isinstance(line, dict)
        and line.keys() == KEYS
        and all(type(line[key]) is str for key in ("item", "group", "choice"))
        and type(line["count"]) is int
        and line["count"] > 0
        for line in lines
    )
