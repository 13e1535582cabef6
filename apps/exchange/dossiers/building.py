"""A dossier as one file: entries, texts, votes, proofs, verdict, the story in words, and the programs that check it all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.common import clock
from apps.deliberation.models import Round
from apps.deliberation.selectors import latest_ballots
from apps.exchange.domain import naming, tables
from apps.exchange.domain.archive import pack
from apps.exchange.domain.manifest import NAME, Manifest
from apps.exchange.domain.naming import About
from apps.exchange.domain.reading import Told, read_openings, text_refs
from apps.exchange.domain.recounting import read_round
from apps.exchange.domain.rescoring import DECIDING, history_of
from apps.exchange.domain.story import story_page
from apps.exchange.dossiers import documents, programs
from apps.exchange.dossiers.gathering import counted_rounds, entries_for
from apps.exchange.dossiers.subjects import Subject
from apps.record import checkpoints, proving, witnessing
from apps.record import selectors as record
from apps.record.domain.entry import Entry, timestamp
from apps.record.domain.proof import Proof
from apps.record.domain.tree import leaf_hash
from apps.record.models import Checkpoint

ALONE = (*DECIDING, "round.tallied", "verdict.recorded", "edition.published")
"""Types of entries whose proof also comes as a file of its own, for other people's programs."""
ALONE_AT_MOST = 200
EARLIER_AT_MOST = 50


@dataclass(frozen=True)
class Dossier:
    """A dossier ready to be taken: the name of the file, its bytes, and how many entries are in it."""

    name: str
    body: bytes
    entries: int


def build(subject: Subject) -> Dossier:
    """The dossier of a subject as the record stands now. A checkpoint over it is published first, so that it is anchored."""
    head = checkpoints.publish(subject.viewer.log)
    about = _about(subject)
    told, raw = _told(entries_for(subject))
    files = _files(subject, about, head, told, raw)
    files[NAME] = str(record.signed(Manifest.of(about.origin, about.subject, files).text)).encode()
    return Dossier(f"dossier-{subject.code}-{head.size}.zip", pack(files), len(told.entries))


def _about(subject: Subject) -> About:
    log = subject.viewer.log
    return About(
        kind=subject.kind,
        id=subject.id,
        title=subject.title,
        log=str(log),
        origin=record.origin(log),
        keys=tuple(key.vkey for key in record.verifiers()),
        witnesses=tuple(witnessing.known_keys()),
        made_at=timestamp(clock.now()),
    )


def _files(subject: Subject, about: About, head: Checkpoint, told: Told, raw: bytes) -> dict[str, bytes]:
    texts = _texts(told)
    opened = _opened(counted_rounds(subject))
    files = {
        naming.ABOUT: tables.document(about.to_data()),
        naming.ENTRIES: raw,
        naming.TEXTS: _json_lines(texts),
        naming.OPENED: _json_lines(opened),
        **_proofs(subject, told, head),
        **_ballots(told, _json_lines(opened)),
        **_verdict(told, subject.id),
    }
    words = {str(text["text"]): str(text["body"]) for text in texts if text["body"] is not None}
    files["story.html"] = story_page(about, told, words)
    files["timeline.csv"] = documents.timeline(told, words)
    files["prov.json"] = documents.prov(about, told)
    files["datapackage.json"] = documents.data_package(about, files)
    files["README.txt"] = documents.readme(about, head.size)
    files["verify.py"] = programs.python_program()
    files["verify.html"] = programs.page()
    return files


def _told(entries: Sequence[Entry]) -> tuple[Told, bytes]:
    told, lines = Told(), []
    for entry in entries:
        raw = entry.to_bytes()
        told.add(entry, leaf_hash(raw))
        lines.append(raw + b"\n")
    return told, b"".join(lines)


def _texts(told: Told) -> list[dict[str, str | None]]:
    ids = {ref["text"] for entry in told.entries.values() for ref in text_refs(entry.data)}
    return [
        {
            "text": str(text.id),
            "salt": bytes(text.salt).hex() if text.salt is not None else None,
            "body": text.body,
            "erased_at": timestamp(text.erased_at) if text.erased_at else None,
        }
        for text in record.texts_in_full(ids)
    ]


def _opened(rounds: Sequence[Round]) -> list[dict[str, str | int]]:
    """The private ballots that the count opened, with what opens them."""
    return [
        {"seq": ballot.seq, "choice": ballot.choice, "salt": bytes(ballot.salt).hex()}
        for round in rounds
        for ballot in sorted(latest_ballots(round), key=lambda ballot: ballot.seq)
        if ballot.salt is not None
    ]


def _proofs(subject: Subject, told: Told, head: Checkpoint) -> dict[str, bytes]:
    log, indexes = subject.viewer.log, sorted(told.entries)
    proof = proving.batch(log, indexes, head.size)
    alone = [entry.seq for entry in told.of(*ALONE)][-ALONE_AT_MOST:]
    files = {
        naming.CHECKPOINT: head.note.encode(),
        naming.EARLIER: tables.document(_earlier(subject, head)),
        naming.TREE: tables.document({"size": proof.size, "hashes": [_base64(value) for value in proof.hashes]}),
    }
    for seq, hashes in zip(alone, proving.inclusions(log, alone, head.size), strict=True):
        files[f"proofs/{seq}.tlog-proof"] = Proof(seq, tuple(hashes), head.note).to_text().encode()
    return files


def _earlier(subject: Subject, head: Checkpoint) -> list[dict[str, object]]:
    """Checkpoints published before, with what shows that the record has only grown since."""
    log = subject.viewer.log
    notes = checkpoints.before(log, head.size, EARLIER_AT_MOST)
    proofs = proving.consistencies(log, [note.size for note in notes], head.size)
    return [
        {"checkpoint": note.note, "hashes": [_base64(value) for value in proof]}
        for note, proof in zip(notes, proofs, strict=True)
    ]


def _ballots(told: Told, opened: bytes) -> dict[str, bytes]:
    openings = read_openings(opened)
    files: dict[str, bytes] = {}
    for entry in told.of("round.tallied"):
        counted = read_round(told, entry, openings)
        files[naming.rule_json(counted.id)] = tables.document(counted.rule.document)
        files[naming.ballots_csv(counted.id)] = tables.ballots_table(counted)
        files[naming.entitled_csv(counted.id)] = tables.entitled_table(counted)
    return files


def _verdict(told: Told, element: str) -> dict[str, bytes]:
    verdicts = told.of("verdict.recorded", element=element)
    if not verdicts:
        return {}
    return {
        naming.HISTORY: tables.document(history_of(told, verdicts[-1])),
        naming.VERDICT: tables.document(dict(verdicts[-1].data)),
    }


def _json_lines(rows: Sequence[Mapping[str, object]]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n" for row in rows)


def _base64(value: bytes) -> str:
    return documents.base64_of(value)
