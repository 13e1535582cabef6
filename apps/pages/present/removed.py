"""Words that have been removed: the sentence that stands in their place, with the day, the ground and the entry."""

from collections.abc import Collection, Mapping
from datetime import datetime

from apps.pages.present.words import day
from apps.protection.domain.grounds import ERASURE
from apps.record import selectors as record
from apps.record.models import Text


def removed(texts: Collection[str]) -> Mapping[str, str]:
    """What to say instead of each of these texts that is gone: at most two queries, none where nothing is gone."""
    if not texts:
        return {}
    rows = list(Text.objects.filter(id__in=texts).values_list("id", "log_id", "erased_at", "erased_seq"))
    numbers = {seq for _, _, _, seq in rows if seq is not None}
    entries = {entry.seq: entry for entry in record.entries(rows[0][1], numbers=numbers)} if rows and numbers else {}
    grounds = {seq: str(entry.data.get("ground", "")) for seq, entry in entries.items()}
    return {str(id): _sentence(at, seq, grounds.get(seq or -1, "")) for id, _, at, seq in rows}


def words(text: Text | None) -> str:
    """Somebody's words, or when and why they were removed."""
    if text is None:
        return ""
    return removed([str(text.id)])[str(text.id)] if text.body is None else text.body


def _sentence(at: datetime | None, seq: int | None, ground: str) -> str:
    why = f", because {ERASURE[ground].words}" if ground in ERASURE else ""
    where = f"; entry {seq} of the record says so" if seq is not None else ""
    return f"(These words were removed on {day(at)}{why}{where}.)"
