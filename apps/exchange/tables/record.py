"""The record as lines: JSON Lines with every entry whole, or a table with one sentence for each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from apps.common.errors import Invalid
from apps.deliberation.selectors import visible_entries
from apps.exchange.domain.reading import Told, text_refs
from apps.exchange.domain.telling import Teller
from apps.exchange.tables.writing import Cell, Table
from apps.partnerships.actors import Actor
from apps.protection.domain.grounds import EXEMPTION
from apps.record import selectors as record
from apps.record.domain.entry import Entry

CHUNK = 2000
SHEET_AT_MOST = 100_000
"""How many entries a spreadsheet takes; more are taken as JSON Lines, which is written piece by piece."""
NAMING = ("group.added", "seat.assigned", "mandate.recorded", "round.drafted", "round.opened")
HEAD = ("entry", "at", "type", "version", "who", "what", "why", "because", "on", "data", "leaf_sha256")


@dataclass(frozen=True)
class Pages:
    """The entries one viewer may see, piece by piece, with the words they refer to.

    `exempt` are the grounds on which words are left out, by the text's id.
    """

    viewer: Actor
    size: int
    exempt: Mapping[str, str]

    def __iter__(self) -> Iterator[tuple[list[Entry], dict[str, str | None]]]:
        for start in range(0, self.size, CHUNK):
            until = min(start + CHUNK, self.size)
            entries = visible_entries(self.viewer, self.viewer.log, since=start, until=until)
            words = record.texts({ref["text"] for entry in entries for ref in text_refs(entry.data)})
            yield entries, {id: left_out(self.exempt[id]) if id in self.exempt else body for id, body in words.items()}


def pages_of(viewer: Actor, exempt: Mapping[str, str] | None = None) -> Pages:
    """The record as it stands for this viewer."""
    return Pages(viewer, record.size(viewer.log), exempt or {})


def left_out(ground: str) -> str:
    """What stands where words are left out of an answer to the public."""
    why = EXEMPTION[ground]
    return f"[Left out: {why.words}. {why.article}]"


def lines(pages: Pages) -> Iterator[bytes]:
    """JSON Lines: the entry as it was hashed, its leaf hash, and the words it refers to by id (null: removed)."""
    for entries, words in pages:
        for entry in entries:
            texts = {ref["text"]: words.get(ref["text"]) for ref in text_refs(entry.data)}
            about = {"leaf_sha256": entry.leaf_hash().hex(), "texts": texts}
            yield b'{"entry":' + entry.to_bytes() + b"," + orjson.dumps(about)[1:] + b"\n"


def table(pages: Pages) -> Table:
    """One row for each entry, told in a sentence."""
    if pages.size > SHEET_AT_MOST:
        raise Invalid(
            "export.too_long",
            f"A table takes {SHEET_AT_MOST:,} entries; this record has {pages.size:,}. Take JSON Lines.",
        )
    return Table("Record", HEAD, list(_rows(pages)))


def _rows(pages: Pages) -> Iterator[Sequence[Cell]]:
    named = Told()
    for entry in visible_entries(pages.viewer, pages.viewer.log, until=pages.size, types=NAMING):
        named.add(entry, b"")
    for entries, words in pages:
        teller = Teller(named, {id: body for id, body in words.items() if body is not None})
        for entry in entries:
            first: list[Cell] = [entry.seq, entry.at, entry.type, entry.v, teller.who(entry), teller.what(entry)]
            why = "\n".join(teller.why(entry))
            on = " ".join(f"{kind}:{id}" for kind, id in entry.on.items())
            yield [*first, why, entry.because, on, _json(entry.data), entry.leaf_hash().hex()]


def _json(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True)
