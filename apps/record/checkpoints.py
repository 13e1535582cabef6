"""Publishing checkpoints: a row, a file outside PostgreSQL, a stable address. Whoever keeps one can hold the record to it."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Max, Q
from django.db.models.functions import Coalesce

from apps.common import clock
from apps.record.models import Checkpoint, Log
from apps.record.selectors import frontier_of, signed_head


def grown() -> list[UUID]:
    """Logs that have grown since their last published checkpoint."""
    last = Coalesce(Max("checkpoint__size"), 0)
    return list(Log.objects.annotate(published=last).filter(Q(size__gt=F("published"))).values_list("id", flat=True))


def publish(log_id: UUID) -> Checkpoint:
    """Sign and publish the log's present size and root; publishing the same size again changes nothing."""
    log = Log.objects.get(id=log_id)
    note = signed_head(log)
    fields = {"root": frontier_of(log).root(), "note": note, "at": clock.now()}
    published, _ = Checkpoint.objects.get_or_create(log=log, size=log.size, defaults=fields)
    _write_file(log_id, log.size, published.note)
    return published


def latest(log_id: UUID) -> Checkpoint | None:
    """The newest published checkpoint of a log."""
    return Checkpoint.objects.filter(log=log_id).order_by("-size").first()


def before(log_id: UUID, size: int, at_most: int) -> list[Checkpoint]:
    """Published checkpoints over fewer entries, the newest first; those that witnesses have signed come before others."""
    signed = Count("cosignatures")
    older = Checkpoint.objects.filter(log=log_id, size__gt=0, size__lt=size).annotate(signed=signed)
    return sorted(older.order_by("-signed", "-size")[:at_most], key=lambda checkpoint: -checkpoint.size)


def with_cosignatures(published: Checkpoint) -> str:
    """The note with the signatures of witnesses below those of the log."""
    lines = published.cosignatures.order_by("witness_id").values_list("line", flat=True)
    return published.note + "".join(lines)


def _write_file(log_id: UUID, size: int, note: str) -> None:
    folder = Path(settings.CHECKPOINT_DIR) / str(log_id)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{size}.txt"
    if not target.exists():
        draft = target.with_suffix(".new")
        draft.write_text(note)
        draft.rename(target)
