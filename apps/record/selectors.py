"""Reading the record: entries, texts, nodes and receipts. Who may see which entry is not decided here (apps.deliberation)."""

from collections.abc import Callable, Iterable
from uuid import UUID

from apps.common.errors import NotFound
from apps.common.sql import run
from apps.record import keys
from apps.record.domain.checkpoint import checkpoint
from apps.record.domain.entry import Entry
from apps.record.domain.note import Verifier, sign
from apps.record.domain.receipt import Receipt
from apps.record.domain.tree import Frontier, consistency_proof, inclusion_proof
from apps.record.models import Entry as Row
from apps.record.models import Log, Node, Text


def frontier_of(log: Log) -> Frontier:
    """The right edge of a log's tree, as its head holds it."""
    raw = bytes(log.frontier)
    return Frontier(log.size, tuple(raw[i : i + 32] for i in range(0, len(raw), 32)))


def entries(
    log: UUID,
    *,
    since: int = 0,
    until: int | None = None,
    types: Iterable[str] = (),
    without: Iterable[str] = (),
    subject: UUID | None = None,
    limit: int | None = None,
) -> list[Entry]:
    """Entries numbered `since` up to (not including) `until`, in order; only of these types and on this subject, if given;
    none of the types `without`; at most `limit`.
    """
    rows = Row.objects.filter(log=log, seq__gte=since)
    if until is not None:
        rows = rows.filter(seq__lt=until)
    if types:
        rows = rows.filter(type__in=list(types))
    if without:
        rows = rows.exclude(type__in=list(without))
    if subject is not None:
        rows = rows.filter(subjects__contains=[subject])
    return [Entry.from_bytes(bytes(body)) for body in rows.order_by("seq").values_list("body", flat=True)[:limit]]


def entry(log: UUID, seq: int) -> Entry:
    """One entry by its number."""
    body = Row.objects.filter(log=log, seq=seq).values_list("body", flat=True).first()
    if body is None:
        raise NotFound("entry.unknown", f"There is no entry {seq} in this record.")
    return Entry.from_bytes(bytes(body))


def only_of_type(log: UUID, since: int, type: str) -> bool:
    """Whether every entry from number `since` on is of this type."""
    found = run("SELECT FROM record_entry WHERE log_id = %s AND seq >= %s AND type <> %s LIMIT 1", [log, since, type])
    return found.fetchone() is None


def size(log: UUID) -> int:
    """How many entries a log has: also the cursor of everything that follows it."""
    return Log.objects.values_list("size", flat=True).get(id=log)


def sizes(logs: Iterable[UUID]) -> dict[UUID, int]:
    """The sizes of several logs in one query."""
    return dict(Log.objects.filter(id__in=list(logs)).values_list("id", "size"))


def texts(ids: Iterable[UUID | str]) -> dict[str, str | None]:
    """Words by id; None where they have been erased."""
    return {str(id): body for id, body in Text.objects.filter(id__in=list(ids)).values_list("id", "body")}


def origin(log: UUID) -> str:
    """The name of a log on its checkpoints."""
    return f"{keys.origin()}/{log}"


def node_reader(log: UUID) -> Callable[[int, int], bytes]:
    """Reads stored hashes of a log's tree by level and index, for proofs."""

    def read(level: int, index: int) -> bytes:
        if level == 0:
            return bytes(Row.objects.values_list("leaf", flat=True).get(log=log, seq=index))
        return bytes(Node.objects.values_list("hash", flat=True).get(log=log, level=level, index=index))

    return read


def inclusion(log: UUID, seq: int, size: int | None = None) -> list[bytes]:
    """The hashes that lead from an entry to the root of the log at `size` (none: as it stands)."""
    known = Log.objects.values_list("size", flat=True).get(id=log)
    return inclusion_proof(seq, known if size is None else min(size, known), node_reader(log))


def consistency(log: UUID, old: int, new: int) -> list[bytes]:
    """The hashes that show that the log at size `old` is the beginning of the log at size `new`."""
    known = Log.objects.values_list("size", flat=True).get(id=log)
    return consistency_proof(old, min(new, known), node_reader(log))


def verifier() -> Verifier:
    """The public half of the key that signs this host's checkpoints."""
    return keys.signer().verifier


def signed_head(log: Log) -> str:
    """A checkpoint over the log as it stands, signed now."""
    text = checkpoint(origin(log.id), log.size, frontier_of(log).root())
    return str(sign(text, keys.signer()))


def receipt(log: UUID, seq: int) -> Receipt:
    """What a member keeps: the entry's number and leaf hash and a signed checkpoint that covers it."""
    leaf = Row.objects.values_list("leaf", flat=True).get(log=log, seq=seq)
    return Receipt(str(log), seq, bytes(leaf).hex(), signed_head(Log.objects.get(id=log)))
