"""Ballots as rows, and as the counts every method works on."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from apps.common.errors import Invalid

Votes = dict[str, int]
"""Canonical choice -> how many ballots have it."""


class Row(NamedTuple):
    """One seat's choice on one item; `weight` counts identical ballots."""

    item: str
    group: str
    seat: str
    choice: str
    weight: int = 1


@dataclass(frozen=True)
class Ballots:
    """Everything a rule needs to know of the ballots: votes by item and group, seats by group, and the fingerprint of the rows."""

    votes: Mapping[str, Mapping[str, Votes]]
    entitled: Mapping[str, int]
    sha256: str


def gather(canonical: Callable[[str], str], rows: Iterable[Row], entitled: Mapping[str, int]) -> Ballots:
    """Count rows. `canonical` gives a choice its one spelling. Without `entitled` the seats in the rows are those entitled.

    `Invalid` for an unknown choice, two choices of one seat on an item, a group that is not entitled, or more ballots than seats.
    """
    merged = merge(rows)
    votes = count(canonical, ((row.item, row.group, row.choice, row.weight) for row in merged))
    seats = dict(entitled) if entitled else seats_in(merged)
    check_entitled(votes, seats)
    return Ballots(votes, seats, fingerprint(line(row) for row in merged))


def merge(rows: Iterable[Row]) -> list[Row]:
    """Identical rows as one with their weights added; `Invalid` where one seat chose twice."""
    weights: dict[tuple[str, str, str], tuple[str, int]] = {}
    for item, group, seat, choice, weight in rows:
        if weight < 1:
            raise Invalid("ballot.bad_weight", f"seat {seat} of {group} on {item}: the weight must be at least 1")
        known, before = weights.get((item, group, seat), (choice, 0))
        if known != choice:
            raise Invalid("ballot.two_choices", two_choices(item, group, seat, known, choice))
        weights[item, group, seat] = choice, before + weight
    return [Row(*key, choice, weight) for key, (choice, weight) in weights.items()]


def two_choices(item: str, group: str, seat: str, first: str, second: str) -> str:
    """Why two rows of one seat cannot both count."""
    return f"seat '{seat}' of '{group}' chose twice on '{item}': '{first}' and '{second}'"


def count(canonical: Callable[[str], str], choices: Iterable[tuple[str, str, str, int]]) -> dict[str, dict[str, Votes]]:
    """Votes by item and group from (item, group, choice, ballots)."""
    spelling: dict[str, str] = {}
    votes: dict[str, dict[str, Votes]] = defaultdict(dict)
    for item, group, choice, ballots in choices:
        word = spelling.get(choice)
        if word is None:
            word = spelling[choice] = canonical(choice)
        here = votes[item].setdefault(group, {})
        here[word] = here.get(word, 0) + ballots
    return votes


def seats_in(rows: Iterable[Row]) -> dict[str, int]:
    """How many voters each group has in these merged rows: every seat counts as often as its heaviest ballot weighs."""
    heaviest: dict[tuple[str, str], int] = {}
    for row in rows:
        heaviest[row.group, row.seat] = max(row.weight, heaviest.get((row.group, row.seat), 0))
    seats: dict[str, int] = defaultdict(int)
    for (group, _), weight in heaviest.items():
        seats[group] += weight
    return dict(seats)


def check_entitled(votes: Mapping[str, Mapping[str, Votes]], seats: Mapping[str, int]) -> None:
    """Refuse ballots of groups nobody is entitled in, and more ballots than seats."""
    for item, groups in votes.items():
        for group, here in groups.items():
            if group not in seats:
                raise Invalid(
                    "entitled.unknown_group",
                    f"'{group}' voted on '{item}' but is not among the groups entitled to vote",
                )
            if sum(here.values()) > seats[group]:
                raise Invalid(
                    "entitled.too_many_ballots",
                    f"'{group}' has {sum(here.values())} ballots on '{item}' but only {seats[group]} seats are entitled",
                )


def line(row: Row) -> str:
    """A row as one line of a canonical ballots file: fields quoted only where CSV needs it, the weight always last."""
    return ",".join((*(_quoted(value) for value in row[:4]), str(row.weight)))


def _quoted(value: str) -> str:
    if any(mark in value for mark in ',"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def fingerprint(lines: Iterable[str]) -> str:
    """SHA-256, in hexadecimal, of the lines of merged rows: sorted by code point, each ended by a line feed, in UTF-8."""
    return hashlib.sha256("".join(f"{one}\n" for one in sorted(lines)).encode()).hexdigest()


def ballots_sha256(rows: Iterable[Row]) -> str:
    """The fingerprint of ballots: the same however the rows are ordered, and whether identical rows are merged or repeated."""
    return fingerprint(line(row) for row in merge(rows))
