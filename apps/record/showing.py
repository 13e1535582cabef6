"""Showing checkpoints to witnesses: to their address at once, by mail once a day."""

import urllib.error
import urllib.request
from base64 import b64encode
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail

from apps.common import clock
from apps.common.errors import Invalid, Refusal
from apps.record import checkpoints, proving, witnessing
from apps.record.domain.checkpoint import Checkpoint as Signed
from apps.record.domain.note import Note
from apps.record.models import Checkpoint, Log, Showing, Witness
from apps.record.selectors import origin

TIMEOUT = 10  # seconds a witness has to answer
LONGEST = 64 * 1024  # bytes of an answer that are read
MAIL_EVERY = timedelta(hours=24)
KNOWN_SIZE = "text/x.tlog.size"


def show_to_all() -> None:
    """Show every witness what it has not seen of every log. One that does not answer delays nobody else's."""
    for log in Log.objects.filter(size__gt=0).order_by("id").values_list("id", flat=True):
        newest = checkpoints.latest(log)
        for witness in witnessing.witnesses() if newest else []:
            assert newest is not None
            if witness.url:
                show(witness, newest)
            if witness.mail:
                mail(witness, newest)


def show(witness: Witness, newest: Checkpoint) -> None:
    """Send a checkpoint to a witness's address (c2sp.org/tlog-witness) and keep the signature it answers with."""
    shown = _shown(witness, newest.log_id, "web")
    if shown.size >= newest.size:
        return
    try:
        shown.answer = _exchange(witness, newest, shown.size)
        shown.size = newest.size
    except _KnowsOther as other:
        shown.answer = _retry(witness, newest, other.size)
        shown.size = newest.size if shown.answer == "signed" else shown.size
    except (OSError, Refusal, ValueError) as error:
        shown.answer = f"no signature: {error}"[:200]
    shown.at = clock.now()
    shown.save()


def mail(witness: Witness, newest: Checkpoint) -> None:
    """Send the newest checkpoint by mail, at most once a day, if the log has grown."""
    shown = _shown(witness, newest.log_id, "mail")
    if shown.size >= newest.size or (shown.size and clock.now() - shown.at < MAIL_EVERY):
        return
    where = f"{settings.BASE_URL}/log/{newest.log_id}/checkpoint"
    words = (
        f"The record {origin(newest.log_id)} has grown to {newest.size} entries. Please keep this checkpoint.\n"
        f"Whoever changed an earlier entry could not make it fit. The newest is always at {where}\n\n"
        f"{checkpoints.with_cosignatures(newest)}"
    )
    send_mail(f"Checkpoint of {origin(newest.log_id)}: {newest.size} entries", words, None, [witness.mail])
    shown.size, shown.at, shown.answer = newest.size, clock.now(), "sent"
    shown.save()


class _KnowsOther(Exception):
    """The witness has seen this log at another size than we thought."""

    def __init__(self, size: int) -> None:
        super().__init__(f"the witness knows {size} entries")
        self.size = size


def _exchange(witness: Witness, newest: Checkpoint, old: int) -> str:
    body = _request(newest, old)
    request = urllib.request.Request(f"{witness.url.rstrip('/')}/add-checkpoint", body, method="POST")  # noqa: S310 (an operator chose it)
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            lines = answer.read(LONGEST).decode()
    except urllib.error.HTTPError as error:
        return _refused(witness, newest, old, error)
    note = Note.parse(f"{Note.parse(newest.note).text}\n{lines}")
    mine = [each for each in note.signatures if each.name == witness.vkey.partition("+")[0]]
    if not mine:
        raise Invalid("note.unsigned", "the answer holds no signature of this witness")
    witnessing.keep(newest, witness, mine[0])
    return "signed"


def _refused(witness: Witness, newest: Checkpoint, old: int, error: urllib.error.HTTPError) -> str:
    """409: it knows another size. 422: it says that the proof does not lead from what it has seen, which is the alarm."""
    answer = error.read(LONGEST).decode(errors="replace").strip()
    if error.code == 409 and error.headers.get_content_type() == KNOWN_SIZE and answer.isdigit():
        raise _KnowsOther(int(answer))
    if error.code == 422:
        seen = Signed.parse(Note.parse(newest.note).text)
        why = f"{witness.name} has seen another history than the one of {newest.size} entries shown to it (from {old})."
        witnessing.dispute(newest.log_id, newest.note, seen, witness.name, why)
        return "sees another history"
    raise Invalid("witness.refused", f"it answered {error.code}")


def _retry(witness: Witness, newest: Checkpoint, known: int) -> str:
    """Once more, from the size the witness knows; one that knows more than there is has seen another history."""
    if known > newest.size:
        published = Checkpoint.objects.filter(log=newest.log_id, size__gte=known).exists()
        size = Log.objects.values_list("size", flat=True).get(id=newest.log_id)
        if published or size >= known:
            return "is ahead of this checkpoint"
        seen = Signed.parse(Note.parse(newest.note).text)
        why = f"{witness.name} knows {known} entries, but there are only {size}: the tail has been cut."
        witnessing.dispute(newest.log_id, newest.note, seen, witness.name, why)
        return "sees another history"
    try:
        return _exchange(witness, newest, known)
    except (_KnowsOther, OSError, Refusal, ValueError) as error:
        return f"no signature: {error}"[:200]


def _request(newest: Checkpoint, old: int) -> bytes:
    proof = proving.consistency(newest.log_id, old, newest.size) if 0 < old < newest.size else []
    lines = [f"old {old}", *(b64encode(value).decode() for value in proof), ""]
    return ("".join(f"{line}\n" for line in lines) + newest.note).encode()


def _shown(witness: Witness, log: UUID, how: str) -> Showing:
    return Showing.objects.get_or_create(witness=witness, log_id=log, how=how, defaults={"at": clock.now()})[0]
