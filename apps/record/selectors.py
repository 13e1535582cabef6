"""Reading the record: entries, texts, nodes and receipts. Who may see which entry is not decided here (apps.deliberation)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, Literal, TypedDict, Unpack
from uuid import UUID

from django.db.models import F, Func, JSONField, QuerySet

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

ACTING = Func(F("body"), template="(convert_from(%(expressions)s, 'UTF8')::jsonb -> 'by')", output_field=JSONField())
"""Who acted, as the bytes of an entry say."""


def frontier_of(log: Log) -> Frontier:
    """The right edge of a log's tree, as its head holds it."""
    raw = bytes(log.frontier)
    return Frontier(log.size, tuple(raw[i : i + 32] for i in range(0, len(raw), 32)))


class Which(TypedDict, total=False):
    """Which entries: numbered `since` up to (not including) `until`; only of these types, on this subject and with these
    numbers, if given; none of the types `without`; from the moment `after` on, and earlier than `before`; `by` these seats, by
    the system, or by a person without a seat; and none whose number one of the queries `without_numbers` gives.
    """

    since: int
    until: int | None
    types: Iterable[str]
    without: Iterable[str]
    subject: UUID | None
    after: datetime | None
    before: datetime | None
    numbers: Iterable[int] | None
    by: Collection[UUID] | Literal["system", "person"] | None
    without_numbers: Iterable[QuerySet[Any, Any]]


def entries(log: UUID, *, limit: int | None = None, newest: bool = False, **which: Unpack[Which]) -> list[Entry]:
    """Entries in the order of their numbers: at most the first `limit`, or the `newest`."""
    rows = _chosen(log, **which).order_by("-seq" if newest else "seq").values_list("body", flat=True)[:limit]
    found = [Entry.from_bytes(bytes(body)) for body in rows]
    return found[::-1] if newest else found


def count(log: UUID, *, at_most: int, **which: Unpack[Which]) -> int:
    """How many entries there are of a kind; no further than `at_most`."""
    return _chosen(log, **which)[:at_most].count()


def _chosen(log: UUID, **which: Unpack[Which]) -> QuerySet[Row]:
    """The rows of these entries."""
    rows = Row.objects.filter(log=log, seq__gte=which.get("since", 0))
    conditions = {
        "seq__lt": which.get("until"),
        "type__in": list(which.get("types", ())) or None,
        "at__gte": which.get("after"),
        "at__lt": which.get("before"),
        "seq__in": None if (numbers := which.get("numbers")) is None else list(numbers),
        "subjects__contains": [subject] if (subject := which.get("subject")) else None,
    }
    rows = rows.filter(**{name: value for name, value in conditions.items() if value is not None})
    if without := list(which.get("without", ())):
        rows = rows.exclude(type__in=without)
    for numbers_of in which.get("without_numbers", ()):
        rows = rows.exclude(seq__in=numbers_of)
    by = which.get("by")
    if by is None:
        return rows
    rows = rows.annotate(acting=ACTING)
    if by == "system":
        return rows.filter(acting__has_key="system")
    if by == "person":
        return rows.exclude(acting__has_any_keys=["system", "seat"])
    return rows.filter(acting__seat__in=[str(seat) for seat in by])


def entry(log: UUID, seq: int) -> Entry:
    """One entry by its number."""
    body = Row.objects.filter(log=log, seq=seq).values_list("body", flat=True).first()
    if body is None:
        raise NotFound("entry.unknown", f"There is no entry {seq} in this record.")
    return Entry.from_bytes(bytes(body))


def only_of_types(log: UUID, since: int, types: Iterable[str]) -> bool:
    """Whether every entry from number `since` on is of one of these types."""
    others = "SELECT FROM record_entry WHERE log_id = $1 AND seq >= $2 AND type <> ALL($3) LIMIT 1"
    return not run(others, [log, since, list(types)])


GROWN = """
SELECT size, NOT EXISTS (SELECT FROM record_entry WHERE log_id = id AND seq >= $1 AND type <> ALL($2))
FROM record_log WHERE id = $3
"""


def grown(log: UUID, since: int, types: Iterable[str]) -> tuple[int, bool]:
    """How many entries a log has, and whether those from number `since` on are all of these types."""
    ((size, only),) = run(GROWN, [since, list(types), log])
    return size, only


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
    """Words by id, in the order of the ids; None where they have been erased."""
    found = Text.objects.filter(id__in=list(ids)).order_by("id").values_list("id", "body")
    return {str(id): body for id, body in found}


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
