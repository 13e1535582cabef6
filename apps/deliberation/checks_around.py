"""What belongs to the meetings around rounds held against the record: papers sent, who comes, interests declared and ruled
on, corrections."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from apps.deliberation.models import Coming, Interest, NoteCorrection, PapersSent, Voice
from apps.proposals.models import ProposalVersion
from apps.record import selectors as record
from apps.record.domain.entry import Entry, moment
from apps.record.models import Log

Told = tuple[str, str]
"""Where something does not agree, and what."""


def check_around(log: Log) -> Iterator[Told]:
    """Every row against its entry, and every entry against its row."""
    yield from _held("papers", _papers_told(log), _papers(log), "they are not the papers that were sent")
    yield from _held("coming", _comings_told(log), _comings(log), "it is not what the seat said of its coming")
    declared, ruled = "it is not the interest that was declared", "it is not the ruling that was recorded"
    yield from _held("interest", _interests_told(log), _interests(log), declared)
    yield from _held("ruling", _rulings_told(log), _rulings(log), ruled)
    corrected = "it is not the correction that was recorded"
    yield from _held("correction", _corrections_told(log), _corrections(log), corrected)


def _held(name: str, told: Mapping[int, object], rows: list[tuple[int | None, object]], other: str) -> Iterator[Told]:
    kept = {seq for seq, _ in rows}
    for gone in sorted(told.keys() - kept):
        yield f"entry {gone}", f"nothing shows the {name} it tells of"
    seen: set[int | None] = set()
    for seq, said in rows:
        if seq is None or seq in seen or told.get(seq) != said:
            yield f"{name} of entry {seq}", other
        seen.add(seq)


def _entries(log: Log, type: str) -> list[Entry]:
    return record.entries(log.id, types=[type])


def _papers_told(log: Log) -> dict[int, object]:
    entries = _entries(log, "papers.sent")
    lines = {
        entry.seq: [one for line in entry.data["items"] for one in line.get("alternatives", [line])]
        for entry in entries
    }
    asked = {UUID(one["version"]) for found in lines.values() for one in found}
    numbers = dict(ProposalVersion.objects.filter(id__in=asked).values_list("id", "number"))
    return {
        entry.seq: (
            entry.on["round"],
            entry.data["day"],
            {one["proposal"]: numbers.get(UUID(one["version"])) for one in lines[entry.seq]},
            moment(entry.at),
        )
        for entry in entries
    }


def _papers(log: Log) -> list[tuple[int | None, object]]:
    rows = PapersSent.objects.filter(round__framework__partnership__log=log)
    return [(row.seq, (str(row.round_id), row.day.isoformat(), row.versions, row.at)) for row in rows]


def _comings_told(log: Log) -> dict[int, object]:
    """What each seat said last of its coming to each round: it keeps one word."""
    newest = {(entry.on["round"], entry.on["seat"]): entry for entry in _entries(log, "coming.said")}
    return {
        entry.seq: (round, seat, entry.data["answer"], entry.data["noted"]) for (round, seat), entry in newest.items()
    }


def _comings(log: Log) -> list[tuple[int | None, object]]:
    rows = Voice.objects.filter(round__framework__partnership__log=log)
    told = rows.exclude(coming_seq=None, coming=Coming.UNSAID)
    return [(row.coming_seq, (str(row.round_id), str(row.seat_id), row.coming, row.coming_noted)) for row in told]


def _interests_told(log: Log) -> dict[int, object]:
    return {
        entry.seq: (entry.on["round"], entry.data["item"], entry.by.get("seat"), _text(entry.data["reason"]))
        for entry in _entries(log, "interest.declared")
    }


def _interests(log: Log) -> list[tuple[int | None, object]]:
    rows = Interest.objects.filter(item__round__framework__partnership__log=log).select_related("item")
    return [(row.seq, (str(row.item.round_id), str(row.item_id), str(row.seat_id), str(row.words_id))) for row in rows]


def _rulings_told(log: Log) -> dict[int, object]:
    """The newest ruling on each interest: an interest keeps one."""
    newest = {(entry.data["item"], entry.on["seat"]): entry for entry in _entries(log, "interest.ruled")}
    return {
        entry.seq: (item, seat, entry.data["leaves"], _text(entry.data["reason"]))
        for (item, seat), entry in newest.items()
    }


def _rulings(log: Log) -> list[tuple[int | None, object]]:
    rows = Interest.objects.filter(item__round__framework__partnership__log=log)
    told = rows.exclude(ruled_seq=None, leaves=None, ruling=None)
    return [(row.ruled_seq, (str(row.item_id), str(row.seat_id), row.leaves, str(row.ruling_id))) for row in told]


def _corrections_told(log: Log) -> dict[int, object]:
    return {
        entry.seq: (entry.on["round"], _text(entry.data["correction"]), moment(entry.at))
        for entry in _entries(log, "note.corrected")
    }


def _corrections(log: Log) -> list[tuple[int | None, object]]:
    rows = NoteCorrection.objects.filter(round__framework__partnership__log=log)
    return [(row.seq, (str(row.round_id), str(row.words_id), row.at)) for row in rows]


def _text(reference: Mapping[str, Any]) -> str:
    return str(reference["text"])
