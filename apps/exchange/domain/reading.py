"""Reading the files of a dossier into entries, texts and opened ballots, without believing any of them."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from apps.common.errors import Invalid, Refusal
from apps.record.domain.entry import Entry
from apps.record.domain.tree import leaf_hash

_HEX = re.compile("(?:[0-9a-fA-F]{2})*")


@dataclass
class Told:
    """The entries of a dossier by number, with their leaf hashes."""

    entries: dict[int, Entry] = field(default_factory=dict)
    leaves: dict[int, bytes] = field(default_factory=dict)
    by_type: dict[str, list[Entry]] = field(default_factory=dict)
    _seats: dict[tuple[str, str], int] | None = None

    def add(self, entry: Entry, leaf: bytes) -> None:
        """Take in the next entry."""
        self.entries[entry.seq], self.leaves[entry.seq] = entry, leaf
        self.by_type.setdefault(entry.type, []).append(entry)

    def of(self, *types: str, **on: str) -> list[Entry]:
        """Entries of these types, in order; with `on`, only those about it."""
        found = [entry for type in types for entry in self.by_type.get(type, ())]
        if on:
            found = [entry for entry in found if all(entry.on.get(kind) == id for kind, id in on.items())]
        return found if len(types) == 1 else sorted(found, key=lambda entry: entry.seq)

    def at(self, seq: int | None, *types: str) -> Entry:
        """The entry with this number. Raises `Invalid` (dossier.incomplete) if it is not here, or of another type."""
        found = self.entries.get(-1 if seq is None else seq)
        if found is None or (types and found.type not in types):
            raise Invalid(
                "dossier.incomplete", f"the entry {seq} it rests on ({' or '.join(types)}) is not in this file"
            )
        return found

    def sits_in(self, seat: str, group: str, before: int) -> bool:
        """Whether an entry before this one gave somebody that seat as one of that group's."""
        if self._seats is None:
            self._seats = {}
            for entry in self.of("seat.assigned"):
                self._seats.setdefault((entry.on["seat"], entry.data["group"]), entry.seq)
        return self._seats.get((seat, group), before) < before

    def group_names(self, before: int) -> dict[str, str]:
        """The names of groups by key, as told before an entry."""
        return {entry.data["key"]: entry.data["name"] for entry in self.of("group.added") if entry.seq < before}


_NO_ENTRY = {
    "canonical.unreadable": "It is not JSON.",
    "canonical.refused": "It is JSON, but not in the one form an entry has (RFC 8785).",
    "entry.malformed": "Something in it is not as an entry has it.",
}


def read_entries(raw: bytes, log: str) -> tuple[Told, list[str]]:
    """The entries, one on each line; and a sentence on each line that is none, or stands where it must not."""
    told, faults, last = Told(), list[str](), -1
    for number, line in enumerate(_lines(raw), 1):
        try:
            entry = Entry.from_bytes(line)
        except Refusal as refusal:
            faults.append(f"line {number} is not an entry: {_NO_ENTRY[refusal.code]}")
            continue
        if entry.log != log or entry.seq <= last:
            faults.append(f"line {number}: entry {entry.seq} belongs to another record or stands in the wrong place.")
            continue
        last = entry.seq
        told.add(entry, leaf_hash(line))
    return told, faults


@dataclass(frozen=True)
class Words:
    """A text as a dossier carries it: salt and body, or neither once it has been removed."""

    salt: bytes | None
    body: str | None
    erased_at: str | None


def read_texts(raw: bytes) -> dict[str, Words]:
    """Texts by id. Raises `Invalid` (dossier.malformed)."""
    return {line["text"]: _words(line) for line in _objects(raw, {"text", "salt", "body", "erased_at"})}


def read_openings(raw: bytes) -> dict[int, tuple[str, bytes]]:
    """What was opened at the count, by the number of the ballot's entry: choice and salt."""
    found = {}
    for line in _objects(raw, {"seq", "choice", "salt"}):
        if type(line["seq"]) is not int or not isinstance(line["choice"], str):
            raise _malformed()
        found[line["seq"]] = line["choice"], _hex(line["salt"])
    return found


def read_text(raw: bytes) -> str:
    """A file that holds text. Raises `Invalid` (dossier.malformed)."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise Invalid("dossier.malformed", "a file that holds text is not text") from error


def read_json(raw: bytes) -> Any:
    """A file that holds JSON. Raises `Invalid` (dossier.malformed)."""
    try:
        return json.loads(read_text(raw), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Invalid("dossier.malformed", "it is not JSON") from error


def read_object(raw: bytes) -> dict[str, Any]:
    """A file that holds one JSON object. Raises `Invalid` (dossier.malformed)."""
    value = read_json(raw)
    if not isinstance(value, dict):
        raise _malformed()
    return value


def text_refs(data: object) -> Iterator[Mapping[str, str]]:
    """Every reference to a text inside an entry's data."""
    if isinstance(data, Mapping):
        if data.keys() == {"text", "sha256"}:
            yield data
        else:
            for value in data.values():
                yield from text_refs(value)
    elif isinstance(data, list):
        for value in data:
            yield from text_refs(value)


def _words(line: Mapping[str, Any]) -> Words:
    salt, body = line["salt"], line["body"]
    if (salt is None) != (body is None) or not isinstance(body, str | None):
        raise _malformed()
    return Words(None if salt is None else _hex(salt), body, line["erased_at"])


def _objects(raw: bytes, keys: set[str]) -> Iterable[dict[str, Any]]:
    for line in _lines(raw):
        value = read_object(line)
        if value.keys() != keys:
            raise _malformed()
        yield value


def _lines(raw: bytes) -> list[bytes]:
    return raw.removesuffix(b"\n").split(b"\n") if raw else []


def _hex(value: object) -> bytes:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise _malformed()
    return bytes.fromhex(value)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def _malformed() -> Invalid:
    return Invalid("dossier.malformed", "it is not as such a file is")
