"""The record: entries, checkpoints, proofs, receipts, and what has come since."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.shapes import Given, Moment, Shape
from apps.common.errors import Invalid, NotFound
from apps.deliberation.selectors import visible_entries
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import open_partnership, seats_of
from apps.record import checkpoints, proving
from apps.record import selectors as record
from apps.record.domain.entry import Entry
from apps.record.domain.proof import Proof
from apps.record.models import Checkpoint
from apps.record.readers import is_behind

LARGEST = 2**53 - 1


class EntryShown(Shape):
    """One numbered act: who (`by`: seat, person, or a part of the system), on what, what, and because of which entry."""

    log = serializers.UUIDField()
    seq = serializers.IntegerField()
    at = serializers.CharField()
    type = serializers.CharField()
    v = serializers.IntegerField()
    by = serializers.DictField(child=serializers.CharField())
    on = serializers.DictField(child=serializers.CharField())
    because = serializers.IntegerField(allow_null=True)
    data = serializers.DictField()  # type: ignore[assignment]


class EntryWindow(Given):
    """Which entries: at most `limit` (1000) from number `from` on, of one type, on one subject, by the seats of one group,
    saying some words, from the moment `after` on and before `before`."""

    limit = serializers.IntegerField(min_value=1, max_value=1000, default=100)
    type = serializers.RegexField(r"^[a-z_]+\.[a-z_]+$", max_length=80, required=False)
    subject = serializers.UUIDField(required=False)
    group = serializers.CharField(required=False, max_length=30)
    words = serializers.CharField(required=False, max_length=200)
    after = Moment(required=False)
    before = Moment(required=False)

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": serializers.IntegerField(min_value=0, max_value=LARGEST, default=0)}


class Entries(Shape):
    """Entries in order; `texts` holds people's words by id (null: erased); `next` is the number to go on from, null at the end."""

    items = EntryShown(many=True)
    texts = serializers.DictField(child=serializers.CharField(allow_null=True))
    next = serializers.IntegerField(allow_null=True)
    size = serializers.IntegerField()


class EntryInFull(Shape):
    """One entry, its hash as the tree's leaf, and people's words in it."""

    entry = EntryShown()
    leaf_hash = serializers.CharField()
    texts = serializers.DictField(child=serializers.CharField(allow_null=True))


class ReceiptOfEntry(Shape):
    """Number and leaf hash of an entry, and a signed checkpoint that covers it."""

    log = serializers.UUIDField()
    seq = serializers.IntegerField()
    leaf_hash = serializers.CharField()
    checkpoint = serializers.CharField()


class ProofWindow(Given):
    """In the record of which size; without one, as it stands."""

    size = serializers.IntegerField(min_value=1, max_value=LARGEST, required=False)


class InclusionProof(Shape):
    """That an entry is in the record at `size`. `checkpoint` and `file` (c2sp.org/tlog-proof) are empty for an earlier size."""

    seq = serializers.IntegerField()
    size = serializers.IntegerField()
    leaf_hash = serializers.CharField()
    hashes = serializers.ListField(child=serializers.CharField())
    checkpoint = serializers.CharField()
    file = serializers.CharField()


class Sizes(Given):
    """From which size to which; without `to`, as it stands."""

    to = serializers.IntegerField(min_value=0, max_value=LARGEST, required=False)

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": serializers.IntegerField(min_value=0, max_value=LARGEST)}


class ConsistencyProof(Shape):
    """That the record at the smaller size is the beginning of the record at the larger."""

    old = serializers.IntegerField()
    new = serializers.IntegerField()
    hashes = serializers.ListField(child=serializers.CharField())


class CheckpointShown(Shape):
    """The newest published checkpoint: a signed size and root (C2SP note), and the key that checks it."""

    origin = serializers.CharField()
    size = serializers.IntegerField()
    root = serializers.CharField()  # type: ignore[assignment]
    note = serializers.CharField()
    at = serializers.DateTimeField()
    key = serializers.CharField()


class RecordShown(Shape):
    """The record's size, the newest published size, and whether consequences of what stands in it are still to come."""

    log = serializers.UUIDField()
    size = serializers.IntegerField()
    published = serializers.IntegerField()
    behind = serializers.BooleanField()
    origin = serializers.CharField()
    key = serializers.CharField()


class Record(Operations):
    """The append-only log of a partnership."""

    family = "record"

    @operation(answer=RecordShown)
    def read_record(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """How long the record is, and whether everything that follows from it has been done."""
        actor = open_partnership(ask.person, partnership)
        newest = checkpoints.latest(actor.log)
        return {
            "log": actor.log,
            "size": record.size(actor.log),
            "published": newest.size if newest else 0,
            "behind": is_behind(actor.log),
            "origin": record.origin(actor.log),
            "key": record.verifier().vkey,
        }

    @operation(query=EntryWindow, answer=Entries)
    def list_entries(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """The entries that can be seen, in order."""
        actor = open_partnership(ask.person, partnership)
        size, start, limit = record.size(actor.log), ask.query["from"], ask.query["limit"]
        types = [ask.query["type"]] if "type" in ask.query else []
        which: dict[str, Any] = {
            key: ask.query[key] for key in ("subject", "words", "after", "before") if key in ask.query
        }
        if "group" in ask.query:
            which["by"] = seats_of(actor.partnership, ask.query["group"])
        found = visible_entries(actor, actor.log, since=start, until=size, types=types, limit=limit + 1, **which)
        items, more = found[:limit], found[limit:]
        return {"items": items, "texts": _texts(items), "next": more[0].seq if more else None, "size": size}

    @operation(answer=EntryInFull)
    def read_entry(self, ask: Ask, partnership: UUID, seq: int) -> dict[str, Any]:
        """One entry by its number."""
        entry = _entry(open_partnership(ask.person, partnership), seq)
        return {"entry": entry, "leaf_hash": entry.leaf_hash().hex(), "texts": _texts([entry])}


class Proofs(Operations):
    """What anybody needs to check the record without trusting its host."""

    family = "record"

    @operation(answer=CheckpointShown)
    def read_checkpoint(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """The newest published checkpoint. Keep it: it holds the record to what it said."""
        actor = open_partnership(ask.person, partnership)
        newest = checkpoints.latest(actor.log)
        if newest is None:
            raise NotFound("checkpoint.none", "No checkpoint has been published yet; one comes within a minute.")
        return _checkpoint(actor, newest)

    @operation(query=ProofWindow, answer=InclusionProof)
    def read_inclusion_proof(self, ask: Ask, partnership: UUID, seq: int) -> dict[str, Any]:
        """That an entry is in the record."""
        actor = open_partnership(ask.person, partnership)
        entry, head = _entry(actor, seq), actor.partnership.log
        size = ask.query.get("size", head.size)
        if not seq < size <= head.size:
            raise Invalid("proof.size", f"Ask for a size from {seq + 1} to {head.size}.", {"size": "out of range"})
        hashes = proving.inclusion(actor.log, seq, size)
        note = record.signed_head(head) if size == head.size else ""
        return {
            "seq": seq,
            "size": size,
            "leaf_hash": entry.leaf_hash().hex(),
            "hashes": [value.hex() for value in hashes],
            "checkpoint": note,
            "file": Proof(seq, tuple(hashes), note).to_text() if note else "",
        }

    @operation(query=Sizes, answer=ConsistencyProof)
    def read_consistency_proof(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """That nothing was changed or removed between two sizes of the record."""
        actor = open_partnership(ask.person, partnership)
        size = record.size(actor.log)
        old, new = ask.query["from"], ask.query.get("to", size)
        if not old <= new <= size:
            raise Invalid("proof.size", f"Sizes go from 0 to {size}, the smaller first.", {"from": "out of range"})
        return {"old": old, "new": new, "hashes": [value.hex() for value in proving.consistency(actor.log, old, new)]}

    @operation(answer=ReceiptOfEntry)
    def read_receipt(self, ask: Ask, partnership: UUID, seq: int) -> dict[str, Any]:
        """What can be kept of an entry: its number and hash, and a signed checkpoint that covers it."""
        actor = open_partnership(ask.person, partnership)
        return record.receipt(actor.log, _entry(actor, seq).seq).to_data()


def _entry(viewer: Actor, seq: int) -> Entry:
    found = visible_entries(viewer, viewer.log, since=seq, until=seq + 1)
    if not found:
        raise NotFound("entry.unknown", f"There is no entry {seq} in this record.")
    return found[0]


def _texts(entries: Iterable[Entry]) -> dict[str, str | None]:
    """The words that these entries point to."""
    return record.texts({ref["text"] for entry in entries for ref in entry.data.values() if _is_text(ref)})


def _is_text(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == {"text", "sha256"}


def _checkpoint(viewer: Actor, newest: Checkpoint) -> dict[str, Any]:
    return {
        "origin": record.origin(viewer.log),
        "size": newest.size,
        "root": bytes(newest.root).hex(),
        "note": newest.note,
        "at": newest.at,
        "key": record.verifier().vkey,
    }
