"""A log's checkpoints and proofs at stable addresses, for whoever keeps or checks them: no account, nothing but hashes."""

from base64 import b64encode
from collections.abc import Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.common.errors import Invalid, NotFound
from apps.deliberation.selectors import visible_entries
from apps.exchange.web import person_of
from apps.partnerships.models import Partnership
from apps.partnerships.selectors import open_partnership
from apps.record import checkpoints, proving, witnessing
from apps.record import selectors as record
from apps.record.domain.proof import Proof
from apps.record.models import Checkpoint, Log

LONGEST = 64 * 1024


def newest(request: HttpRequest, log: UUID) -> HttpResponse:
    """The newest published checkpoint with the signatures of witnesses: what one keeps."""
    return _text([_published(log, None)])


def at_size(request: HttpRequest, log: UUID, size: int) -> HttpResponse:
    """The checkpoint that was published at a size."""
    return _text([_published(log, size)])


def consistency(request: HttpRequest, log: UUID, old: int, new: int) -> HttpResponse:
    """The hashes that show that the log at `old` is the beginning of the log at `new`, one in base64 to a line."""
    size = _size(log)
    if not 0 < old <= new <= size:
        raise Invalid("proof.size", f"Sizes go from 1 to {size}, the smaller first.")
    return _text(f"{b64encode(value).decode()}\n" for value in proving.consistency(log, old, new))


def proof(request: HttpRequest, log: UUID, seq: int) -> HttpResponse:
    """The inclusion proof of an entry as a file that stands alone (c2sp.org/tlog-proof@v1)."""
    size = _size(log)
    if seq >= size:
        raise NotFound("entry.unknown", f"There is no entry {seq} in this record.")
    note = record.signed_head(Log.objects.get(id=log))
    return _text([Proof(seq, tuple(proving.inclusion(log, seq, size)), note).to_text()])


def entry(request: HttpRequest, log: UUID, seq: int) -> HttpResponse:
    """The very bytes of an entry, for those who may see it."""
    partnership = Partnership.objects.filter(log=log).values_list("id", flat=True).first()
    if partnership is None:
        raise NotFound("record.unknown", "There is no such record.")
    viewer = open_partnership(person_of(request), partnership)
    found = visible_entries(viewer, log, since=seq, until=seq + 1)
    if not found:
        raise NotFound("entry.unknown", f"There is no entry {seq} in this record.")
    return HttpResponse(
        found[0].to_bytes(), content_type="application/json", headers={"X-Content-Type-Options": "nosniff"}
    )


def keys(request: HttpRequest) -> HttpResponse:
    """The public keys that sign checkpoints here, then those of witnesses, one to a line."""
    lines = [key.vkey for key in record.verifiers()] + witnessing.known_keys()
    return _text(f"{line}\n" for line in lines)


@csrf_exempt
@require_POST
def add_checkpoint(request: HttpRequest, log: UUID) -> HttpResponse:
    """Take in a checkpoint that a witness signed, or that somebody kept: it carries its own proof of who it is from.

    200 with how many signatures were new; 422 where it is none of ours; 409 where it shows another history: the alarm.
    """
    _size(log)
    raw = request.read(LONGEST + 1)
    try:
        new = witnessing.accept(log, raw.decode())
    except UnicodeDecodeError:
        return _text(["This is not text.\n"], 422)
    except Invalid as refusal:
        return _text([f"{refusal.message}\n"], 409 if refusal.code == "history.disputed" else 422)
    return _text([f"{len(new)} new signatures\n"])


def _published(log: UUID, size: int | None) -> str:
    found = checkpoints.latest(log) if size is None else Checkpoint.objects.filter(log=log, size=size).first()
    if found is None:
        raise NotFound(
            "checkpoint.none", "There is no such published checkpoint; one comes within a minute of each change."
        )
    return checkpoints.with_cosignatures(found)


def _size(log: UUID) -> int:
    size = Log.objects.filter(id=log).values_list("size", flat=True).first()
    if size is None:
        raise NotFound("record.unknown", "There is no such record.")
    return size


def _text(lines: Iterable[str], status: int = 200) -> HttpResponse:
    headers = {"X-Content-Type-Options": "nosniff", "Access-Control-Allow-Origin": "*"}
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8", status=status, headers=headers)
