"""Verifies a dossier: hashes, proofs, signatures, votes and verdict, from its files alone.

Nothing the keeper of the record says is believed: what can be computed is computed again, and what cannot be proved is said.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from apps.common.errors import Invalid, Refusal
from apps.exchange.domain import naming, tables
from apps.exchange.domain.archive import is_sealed, unpack
from apps.exchange.domain.manifest import NAME, Manifest
from apps.exchange.domain.naming import About
from apps.exchange.domain.reading import (
    Told,
    read_entries,
    read_json,
    read_object,
    read_openings,
    read_text,
    read_texts,
    text_refs,
)
from apps.exchange.domain.recounting import Counted, read_round, recount, round_faults
from apps.exchange.domain.report import Check, Report, unproved
from apps.exchange.domain.rescoring import history_of, rescore, verdict_faults
from apps.record.domain.batch import BatchProof
from apps.record.domain.checkpoint import Checkpoint, size_of, verify_checkpoint
from apps.record.domain.entry import Entry, text_digest
from apps.record.domain.keyring import REPLACING, may_sign
from apps.record.domain.note import Note, Verifier, from_base64
from apps.record.domain.proof import Proof
from apps.record.domain.tree import verify_consistency

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, RecursionError, IndexError)
"""What reading a malformed entry may run into."""


def verify_archive(packed: bytes, keys: Sequence[str] = (), kept: Sequence[str] = ()) -> Report:
    """Verifies a dossier as it was downloaded. `keys`: public keys (vkey) one trusts, instead of the one in the dossier;
    `kept`: checkpoints one has kept. Raises `Invalid` where the file is no dossier at all.
    """
    files, faults = unpack(packed)
    whole = Check("archive")
    if is_sealed(packed):
        whole.said.append(f"All {len(packed)} bytes are those the archive was made of.")
    else:
        whole.faults.append(
            "The archive has been damaged, or packed anew, since it was made."
            " If it was packed anew, unpack it and check the folder."
        )
    whole.faults += faults
    return verify_files(files, keys, kept, whole)


def verify_files(
    files: Mapping[str, bytes], keys: Sequence[str] = (), kept: Sequence[str] = (), whole: Check | None = None
) -> Report:
    """The same for the files of a dossier that has been unpacked."""
    trusted = [Verifier.parse(key) for key in keys]
    return _Verification(files, trusted, kept, whole or Check("archive")).report()


@dataclass
class _Verification:
    files: Mapping[str, bytes]
    trusted: Sequence[Verifier]
    kept: Sequence[str]
    whole: Check
    about: About | None = None
    told: Told = field(default_factory=Told)
    head: Checkpoint | None = None
    witnessed: list[str] = field(default_factory=list)
    secret: bool = False

    def report(self) -> Report:
        checks = [self.whole]
        steps = (
            ("contents", self._contents),
            ("checkpoint", self._checkpoint),
            ("entries", self._entries),
            ("texts", self._texts),
            ("ballots", self._ballots),
            ("verdict", self._verdicts),
            ("kept", self._kept),
        )
        for key, step in steps:
            check = Check(key)
            try:
                step(check)
            except Refusal as refusal:
                check.faults.append(_sentence(refusal.message))
            except UNREADABLE:
                check.faults.append("Something in it is not as it must be, so it could not be checked to the end.")
            checks.append(check)
        subject = (
            f"{self.about.kind}: {self.about.title}" if self.about else "A dossier whose description cannot be read"
        )
        about = self.about.kind if self.about else "subject"
        left = unproved(
            about, key_given=bool(self.trusted), seen_elsewhere=bool(self.witnessed or self.kept), secret=self.secret
        )
        return Report(subject, checks, list(left))

    def _contents(self, check: Check) -> None:
        self.about = About.parse(self._file(naming.ABOUT))
        note = Note.parse(read_text(self._file(NAME)))
        note.verify(self._keys())
        manifest = Manifest.parse(note.text)
        if (manifest.origin, manifest.subject) != (self.about.origin, self.about.subject):
            check.faults.append("The list of contents is that of another dossier.")
        for name in sorted({*manifest.digests, *self.files} - {NAME}):
            if name not in self.files:
                check.faults.append(f"{name} is missing.")
            elif name not in manifest.digests:
                check.faults.append(f"{name} does not belong to this dossier.")
            elif hashlib.sha256(self.files[name]).hexdigest() != manifest.digests[name]:
                check.faults.append(f"{name} is not the file that was signed.")
        check.said.append(f"{len(manifest.digests)} files are listed and signed with the key {self._keys()[0].vkey}.")

    def _checkpoint(self, check: Check) -> None:
        about = self._described()
        witnesses = [Verifier.parse(key) for key in about.witnesses]
        verified = verify_checkpoint(read_text(self._file(naming.CHECKPOINT)), about.origin, self._keys(), witnesses)
        self.head = verified.checkpoint
        self.witnessed = sorted(key.name for key in witnesses if key.vkey in verified.signatures)
        check.said.append(f"It is signed over {self.head.size} entries of {about.origin}.")
        if self.witnessed:
            check.said.append(f"Witnesses have signed it too: {', '.join(self.witnessed)}.")

    def _entries(self, check: Check) -> None:
        about = self._described()
        self.told, faults = read_entries(self._file(naming.ENTRIES), about.log)
        check.faults += [_sentence(fault) for fault in faults]
        head = self._head()
        tree = read_object(self._file(naming.TREE))
        proof = BatchProof(head.size, tuple(from_base64(value, "proof.malformed") for value in tree["hashes"]))
        if proof.root(self.told.leaves) != head.root:
            check.faults.append("The entries here are not those in the signed record: at least one has been changed.")
        for name in sorted(self.files):
            if name.startswith("proofs/"):
                self._single(check, name)
        check.said.append(f"{len(self.told.entries)} of its {head.size} entries are here, as they were recorded.")

    def _single(self, check: Check, name: str) -> None:
        proof = Proof.from_text(read_text(self._file(name)))
        if proof.checkpoint != read_text(self._file(naming.CHECKPOINT)) or name != f"proofs/{proof.index}.tlog-proof":
            check.faults.append(f"{name} does not belong to this dossier.")
            return
        proof.verify(self.told.leaves.get(proof.index, b""), self._described().origin, self._keys())

    def _texts(self, check: Check) -> None:
        words = read_texts(self._file(naming.TEXTS))
        refs = {ref["text"]: (ref["sha256"], e.seq) for e in self.told.entries.values() for ref in text_refs(e.data)}
        gone = 0
        erased = {text for e in self.told.of("text.erased") for text in e.data.get("texts", [e.data.get("text")])}
        for id, (digest, seq) in refs.items():
            known = words.get(id)
            if known is None:
                check.faults.append(f"The text of entry {seq} is missing.")
            elif known.salt is None or known.body is None:
                gone += 1
                if id not in erased:
                    check.faults.append(f"The text of entry {seq} is gone, but no entry says that it was removed.")
            elif text_digest(known.salt, known.body) != digest:
                check.faults.append(f"The text of entry {seq} is not the one that was recorded.")
        for id in sorted(words.keys() - refs.keys()):
            check.faults.append(f"No entry here speaks of the text {id}.")
        if refs:
            check.said.append(f"{len(refs) - gone} texts are word for word those that were recorded.")
        if gone:
            check.said.append(f"{gone} texts have been removed since; their entries stand.")

    def _ballots(self, check: Check) -> None:
        openings = read_openings(self._file(naming.OPENED))
        expected: dict[str, bytes] = {}
        for entry in self.told.of("round.tallied"):
            counted = self._count(check, entry, openings)
            if counted:
                expected[naming.ballots_csv(counted.id)] = tables.ballots_table(counted)
                expected[naming.entitled_csv(counted.id)] = tables.entitled_table(counted)
                expected[naming.rule_json(counted.id)] = tables.document(counted.rule.document)
        for name in sorted({*expected, *(name for name in self.files if name.startswith("ballots/"))}):
            if self.files.get(name) != expected.get(name):
                check.faults.append(f"{name} says something else than the entries.")

    def _count(self, check: Check, entry: Entry, openings: Mapping[int, tuple[str, bytes]]) -> Counted | None:
        try:
            counted = read_round(self.told, entry, openings)
            result = recount(self.told, counted)
            faults = list(round_faults(self.told, counted, result))
        except Refusal as refusal:
            check.faults.append(f"Round counted in entry {entry.seq}: {_sentence(refusal.message)}")
            return None
        self.secret = self.secret or counted.secret
        title = counted.opened.data["title"]
        check.faults += [f"{title}: {_sentence(fault)}" for fault in faults]
        if not faults:
            check.said.append(counted.words(result))
        return counted

    def _verdicts(self, check: Check) -> None:
        last = None
        for entry in self.told.of("verdict.recorded"):
            scored = rescore(self.told, entry)
            faults = list(verdict_faults(self.told, entry, scored))
            check.faults += [f"Verdict of entry {entry.seq}: {_sentence(fault)}" for fault in faults]
            if not faults:
                now = scored.to_json()["current"]
                last = f"Entry {entry.seq}: {' and '.join(scored.label)} (NI {now['NI']}, PE {now['PE']})."
                check.said.append(last)
        self._documents(check)

    def _documents(self, check: Check) -> None:
        """The verdict and its history as files of their own, where the dossier is of one element."""
        verdicts = self.told.of("verdict.recorded", element=self._described().id)
        expected = {}
        if verdicts:
            expected[naming.HISTORY] = tables.document(history_of(self.told, verdicts[-1]))
            expected[naming.VERDICT] = tables.document(dict(verdicts[-1].data))
        for name in (naming.HISTORY, naming.VERDICT):
            if self.files.get(name) != expected.get(name):
                check.faults.append(f"{name} says something else than the entries.")

    def _kept(self, check: Check) -> None:
        head = self._head()
        earlier: dict[str, list[str]] = {}
        for item in read_json(self._file(naming.EARLIER)):
            earlier[item["checkpoint"]] = item["hashes"]
            self._holds(check, item["checkpoint"], item["hashes"], "published before", head)
        if earlier:
            check.said.append(
                f"{len(earlier)} checkpoints published before lead to this one: nothing was rewritten between."
            )
        for number, note in enumerate(self.kept, 1):
            mine = self._checkpoint_of(note)
            same = next((known for known in earlier if _same(known, mine)), "")
            if mine.size == head.size or same:
                self._holds(check, note, earlier.get(same, []), f"you kept (number {number})", head)
                check.said.append(f"The checkpoint you kept, of {mine.size} entries, is part of this record.")
            else:
                check.faults.append(
                    f"The checkpoint you kept, of {mine.size} entries, cannot be held against this file: it is not among"
                    " those it carries. Ask the record for a consistency proof, or for a newer dossier."
                )

    def _holds(self, check: Check, note: str, hashes: Sequence[str], which: str, head: Checkpoint) -> None:
        old = self._checkpoint_of(note)
        proof = [from_base64(value, "proof.malformed") for value in hashes]
        if not verify_consistency(old.size, old.root, head.size, head.root, proof):
            check.faults.append(f"The checkpoint {which}, of {old.size} entries, shows another history than this file.")

    def _checkpoint_of(self, note: str) -> Checkpoint:
        """An earlier checkpoint, signed by a key that was in use then: the entries here say which have been replaced since."""
        keys = may_sign(size_of(note), self._keys(), self.told.of(*REPLACING))
        return verify_checkpoint(note, self._described().origin, keys).checkpoint

    def _keys(self) -> list[Verifier]:
        return list(self.trusted) or [Verifier.parse(key) for key in self._described().keys]

    def _described(self) -> About:
        if self.about is None:
            raise Invalid("dossier.malformed", f"{naming.ABOUT} cannot be read")
        return self.about

    def _head(self) -> Checkpoint:
        if self.head is None:
            raise Invalid("dossier.malformed", "there is no signed checkpoint to hold it against")
        return self.head

    def _file(self, name: str) -> bytes:
        if name not in self.files:
            raise Invalid("dossier.incomplete", f"{name} is missing")
        return self.files[name]


def _same(note: str, checkpoint: Checkpoint) -> bool:
    return Note.parse(note).text == checkpoint.text


def _sentence(words: str) -> str:
    words = words[:1].upper() + words[1:]
    return words if words.endswith((".", "?")) else f"{words}."
