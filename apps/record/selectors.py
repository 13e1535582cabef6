"""Reading the record: entries, texts, nodes and receipts. Who may see which entry is not decided here (apps.deliberation)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from apps.common.errors import NotFound
from apps.common.sql import run
from apps.record import keys
from apps.record.domain.checkpoint import checkpoint
from apps.record.domain.entry import Entry
from apps.record.domain.note import Note, Verifier, sign
from apps.record.domain.receipt import Receipt
from apps.record.domain.tree import Frontier
from apps.record.models import Entry as Row
from apps.record.models import Log, Text


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
    after: datetime | None = None,
    before: datetime | None = None,
    numbers: Iterable[int] | None = None,
    limit: int | None = None,
) -> list[Entry]:
    """Entries numbered `since` up to (not including) `until`, in order; only of these types, on this subject and with these
    numbers, if given; none of the types `without`; from the moment `after` on, and earlier than `before`; at most `limit`.
    """
    rows = Row.objects.filter(log=log, seq__gte=since)
    if until is not None:
        rows = rows.filter(seq__lt=until)
    if types:
        rows = rows.filter(type__in=list(types))
    if without:
        rows = rows.exclude(type__in=list(without))
    if after is not None:
        rows = rows.filter(at__gte=after)
    if before is not None:
        rows = rows.filter(at__lt=before)
    if numbers is not None:
        rows = rows.filter(seq__in=list(numbers))
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


def entries_at(log: UUID, numbers: Iterable[int]) -> list[Entry]:
    """The entries of these numbers, in order; numbers that are not there are left out."""
    rows = Row.objects.filter(log=log, seq__in=list(numbers)).order_by("seq")
    return [Entry.from_bytes(bytes(body)) for body in rows.values_list("body", flat=True)]


def size(log: UUID) -> int:
    """How many entries a log has: also the cursor of everything that follows it."""
    return Log.objects.values_list("size", flat=True).get(id=log)


def sizes(logs: Iterable[UUID]) -> dict[UUID, int]:
    """The sizes of several logs in one query."""
    return dict(Log.objects.filter(id__in=list(logs)).values_list("id", "size"))


def texts(ids: Iterable[UUID | str]) -> dict[str, str | None]:
    """Words by id; None where they have been erased."""
    return {str(id): body for id, body in Text.objects.filter(id__in=list(ids)).values_list("id", "body")}


def texts_in_full(ids: Iterable[UUID | str]) -> list[Text]:
    """The rows of words by id, with their salts: what somebody needs to hold them against the entries."""
    return list(Text.objects.filter(id__in=list(ids)).order_by("id"))


def origin(log: UUID) -> str:
    """The name of a log on its checkpoints."""
    return f"{keys.origin()}/{log}"


def verifier() -> Verifier:
    """The public half of the newest key that signs this host's checkpoints."""
    return keys.signers()[-1].verifier


def verifiers() -> list[Verifier]:
    """The public halves of all keys that sign now, oldest first: two while a key is being replaced."""
    return [signer.verifier for signer in keys.signers()]


def signed(text: str) -> Note:
    """A note over a text, signed with every key in use."""
    return sign(text, *keys.signers())


def signed_head(log: Log) -> str:
    """A checkpoint over the log as it stands, signed now."""
    return str(signed(checkpoint(origin(log.id), log.size, frontier_of(log).root())))


def receipt(log: UUID, seq: int) -> Receipt:
    """What a member keeps: the entry's number and leaf hash and a signed checkpoint that covers it."""
    leaf = Row.objects.values_list("leaf", flat=True).get(log=log, seq=seq)
    return Receipt(str(log), seq, bytes(leaf).hex(), signed_head(Log.objects.get(id=log)))
