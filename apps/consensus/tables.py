"""Ballots and entitlements from CSV files. Errors name file, row (the header is row 1) and reason.

A large plain file is counted line by line without building rows. Whatever is unusual about it (quotes, repeated lines, a
fault) is left to the careful reader, which gives the same result or says what is wrong and where.
"""

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from apps.common.errors import Invalid
from apps.consensus.ballots import (
    Ballots,
    Row,
    Votes,
    check_entitled,
    count,
    fingerprint,
    line,
    merge,
    seats_in,
    two_choices,
)

HEADER = ("item", "group", "seat", "choice")
WEIGHTED = (*HEADER, "weight")
SEATS, ROLL = ("group", "seats"), ("group", "seat")
_WEIGHT = re.compile(r"[1-9][0-9]{0,11}", re.ASCII)
_SEATS = re.compile(r"0|[1-9][0-9]{0,11}", re.ASCII)

Canonical = Callable[[str], str]


@dataclass(frozen=True)
class Entitled:
    """Who could have voted: seats by group and, where the file lists them, every (group, seat)."""

    seats: Mapping[str, int]
    roll: frozenset[tuple[str, str]] | None = None


def fault(path: Path, row: int, reason: str, message: str) -> Invalid:
    """The one kind of error a file has: `file.<reason>`, and a line naming file, row and what is wrong."""
    return Invalid(f"file.{reason}", f"{path.name}: row {row}: {' '.join(message.split())}")


def read_text(path: Path) -> str:
    """A file as text, without a byte order mark."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Invalid("file.unreadable", f"{path.name}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise fault(path, row, "not_utf8", "is not UTF-8 text") from None


def records(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text with their numbers; blank lines only at the end."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    blank, number = 0, 0
    while True:
        number += 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise fault(path, number, "not_csv", str(error)) from None
        if fields and blank:
            raise fault(path, blank, "blank_row", "is empty")
        blank = blank or (0 if fields else number)
        if fields:
            yield number, fields


def read_ballots(path: Path, canonical: Canonical, entitled: Entitled | None) -> Ballots:
    """The ballots in a file, counted. `Invalid` with file, row and reason."""
    text = read_text(path)
    quick = _quickly(text, canonical, entitled)
    return quick if quick is not None else _carefully(path, text, canonical, entitled)


def _quickly(text: str, canonical: Canonical, entitled: Entitled | None) -> Ballots | None:
    """Ballots from a plain file; None if there is anything about it that needs care."""
    if '"' in text or "\0" in text:
        return None
    header, _, body = text.replace("\r\n", "\n").partition("\n")
    body = body.rstrip("\n") + "\n"
    if tuple(header.split(",")) == HEADER:
        body = body.replace("\n", ",1\n")
    elif tuple(header.split(",")) != WEIGHTED:
        return None
    if "\r" in body or len(body) < len(",,,,1\n"):
        return None
    ordered = "\n".join(
        sorted(body[:-1].split("\n"))
    )  # joined and split again, so that neighbours lie side by side in memory
    try:
        spelled, rolls = _count_sorted(ordered.split("\n"))
        votes = count(
            canonical,
            ((i, g, c, n) for i, groups in spelled.items() for g, here in groups.items() for c, n in here.items()),
        )
        seats = dict(entitled.seats) if entitled else {group: sum(roll.values()) for group, roll in rolls.items()}
        check_entitled(votes, seats)
    except (ValueError, Invalid):
        return None
    if not _plain(spelled, rolls) or not _on_roll(rolls, entitled):
        return None
    return Ballots(votes, seats, hashlib.sha256(f"{ordered}\n".encode()).hexdigest())


Counted = tuple[dict[str, dict[str, Votes]], dict[str, dict[str, int]]]
"""Votes by item, group and choice as spelled; and by group the heaviest ballot of every seat."""


def _count_sorted(lines: list[str]) -> Counted:
    """Count sorted lines of five plain fields. `ValueError` if a seat comes twice or a line is not of that form."""
    votes: dict[str, dict[str, Votes]] = {}
    rolls: dict[str, dict[str, int]] = {}
    last_item = last_group = last_seat = ""
    here: Votes = {}
    roll: dict[str, int] = {}
    for one in lines:
        item, group, seat, choice, weight = one.split(",")
        if group != last_group or item != last_item:
            here = votes.setdefault(item, {}).setdefault(group, defaultdict(int))
            roll = rolls.setdefault(group, {})
            last_item, last_group = item, group
        elif seat == last_seat:
            raise ValueError(one)
        last_seat = seat
        many = 1 if weight == "1" else _whole(weight)
        here[choice] += many
        if roll.get(seat, 0) < many:
            roll[seat] = many
    return votes, rolls


def _whole(weight: str) -> int:
    if not _WEIGHT.fullmatch(weight):
        raise ValueError(weight)
    return int(weight)


def _plain(votes: Mapping[str, object], rolls: Mapping[str, Mapping[str, int]]) -> bool:
    """Whether no item, group or seat is empty or has blanks around it."""
    names = (*votes, *rolls, *(seat for roll in rolls.values() for seat in roll))
    return all(names) and all(name == name.strip() for name in names)


def _on_roll(rolls: Mapping[str, Mapping[str, int]], entitled: Entitled | None) -> bool:
    if entitled is None or entitled.roll is None:
        return True
    return entitled.roll.issuperset((group, seat) for group, roll in rolls.items() for seat in roll)


def _carefully(path: Path, text: str, canonical: Canonical, entitled: Entitled | None) -> Ballots:
    """Ballots from any file, every row checked in its turn."""
    checker = _Checker(path, canonical, entitled)
    table = records(path, text)
    _, header = next(table, (1, []))
    if tuple(header) not in (HEADER, WEIGHTED):
        raise fault(path, 1, "bad_header", f"the header must be {','.join(HEADER)} or {','.join(WEIGHTED)}")
    merged = merge([checker.row(number, fields, len(header)) for number, fields in table])
    votes = count(canonical, ((row.item, row.group, row.choice, row.weight) for row in merged))
    return Ballots(
        votes, dict(entitled.seats) if entitled else seats_in(merged), fingerprint(line(row) for row in merged)
    )


class _Checker:
    """Every reason a row can be refused for, so that the row can be named."""

    def __init__(self, path: Path, canonical: Canonical, entitled: Entitled | None) -> None:
        self.path, self.canonical, self.entitled = path, canonical, entitled
        self.chosen: dict[tuple[str, str, str], str] = {}
        self.cast: dict[tuple[str, str], int] = defaultdict(int)
        self.spelled: set[str] = set()

    def row(self, number: int, fields: list[str], width: int) -> Row:
        """A row that can be counted."""
        if len(fields) != width:
            raise fault(self.path, number, "bad_width", f"has {len(fields)} fields, expected {width}")
        item, group, seat, choice = fields[:4]
        for name, value in zip(HEADER, fields[:3], strict=False):
            if not value or value != value.strip() or "\0" in value:
                raise fault(self.path, number, "bad_name", f"{name} must not be empty or begin or end with a blank")
        weight = fields[4] if width == len(WEIGHTED) else "1"
        if not _WEIGHT.fullmatch(weight):
            raise fault(self.path, number, "bad_weight", f"weight '{weight}' is not a whole number of at least 1")
        self._choice(number, item, group, seat, choice)
        self._seat(number, item, group, seat, int(weight))
        return Row(item, group, seat, choice, int(weight))

    def _choice(self, number: int, item: str, group: str, seat: str, choice: str) -> None:
        if choice not in self.spelled:
            try:
                self.canonical(choice)
            except Invalid as refused:
                raise fault(self.path, number, "unknown_choice", f"choice {refused.message}") from None
            self.spelled.add(choice)
        before = self.chosen.setdefault((item, group, seat), choice)
        if before != choice:
            raise fault(self.path, number, "two_choices", two_choices(item, group, seat, before, choice))

    def _seat(self, number: int, item: str, group: str, seat: str, weight: int) -> None:
        if self.entitled is None:
            return
        self.cast[item, group] += weight
        if group not in self.entitled.seats:
            raise fault(self.path, number, "unknown_group", f"group '{group}' is not among the groups entitled to vote")
        if self.entitled.roll is not None and (group, seat) not in self.entitled.roll:
            raise fault(
                self.path, number, "unknown_seat", f"seat '{seat}' of '{group}' is not among the seats entitled to vote"
            )
        if self.cast[item, group] > self.entitled.seats[group]:
            over = f"'{group}' has more ballots on '{item}' than its {self.entitled.seats[group]} seats"
            raise fault(self.path, number, "too_many_ballots", over)


def read_entitled(path: Path) -> Entitled:
    """Who could have voted, from `group,seats` or `group,seat`. `Invalid` with file, row and reason."""
    table = records(path, read_text(path))
    _, header = next(table, (1, []))
    if tuple(header) not in (SEATS, ROLL):
        raise fault(path, 1, "bad_header", f"the header must be {','.join(SEATS)} or {','.join(ROLL)}")
    listed = tuple(header) == ROLL
    seats: dict[str, int] = defaultdict(int)
    roll: set[tuple[str, str]] = set()
    for number, fields in table:
        group, value = _entitled_row(path, number, fields, listed)
        if (group, value) in roll or (group in seats and not listed):
            raise fault(path, number, "duplicate", f"'{group}'{f' seat {value!r}' if listed else ''} stands here twice")
        roll.add((group, value))
        seats[group] += 1 if listed else int(value)
    return Entitled(dict(seats), frozenset(roll) if listed else None)


def _entitled_row(path: Path, number: int, fields: list[str], listed: bool) -> tuple[str, str]:
    if len(fields) != 2:
        raise fault(path, number, "bad_width", f"has {len(fields)} fields, expected 2")
    for name, value in zip(ROLL if listed else SEATS, fields, strict=True):
        if not value or value != value.strip():
            raise fault(path, number, "bad_name", f"{name} must not be empty or begin or end with a blank")
    if not listed and not _SEATS.fullmatch(fields[1]):
        raise fault(path, number, "bad_seats", f"'{fields[1]}' is not a whole number of seats")
    return fields[0], fields[1]
