"""Witnesses: people and programs elsewhere who keep and sign this record's checkpoints, and what happens when one disagrees.

The protocol is c2sp.org/tlog-witness: a checkpoint is sent together with the proof that it continues what the witness has
seen; the witness answers with its signature. One that has seen another history cannot be given such a proof, and that is
the alarm.
"""

import logging
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import IntegrityError, transaction

from apps.common import clock
from apps.common.errors import Invalid, NotFound
from apps.record import proving
from apps.record.act import By, act
from apps.record.domain.checkpoint import Checkpoint as Signed
from apps.record.domain.checkpoint import size_of, verify_checkpoint
from apps.record.domain.note import COSIGNATURE, Note, Signature, Verifier
from apps.record.models import Alarm, Checkpoint, Cosignature, Log, Witness
from apps.record.selectors import origin
from apps.record.verify import known_verifiers

WITNESSING = By(system="witnessing")
OPERATOR = By(system="operator")
log_line = logging.getLogger(__name__)


def witnesses() -> list[Witness]:
    """The witnesses there are now."""
    return list(Witness.objects.filter(removed_at=None).order_by("id"))


def known_keys() -> list[str]:
    """The public keys of all witnesses there have been."""
    return list(Witness.objects.order_by("id").values_list("vkey", flat=True))


def add_witness(*, name: str, vkey: str, url: str = "", mail: str = "") -> Witness:
    """Choose a witness; every log says so. Raises `Invalid` for a key that is none for cosignatures, or known already."""
    if Verifier.parse(vkey).algorithm != COSIGNATURE:
        raise Invalid(
            "witness.key", "A witness signs with a key for cosignatures (type 0x04), not one for plain notes."
        )
    if not url and not mail:
        raise Invalid("witness.address", "Say where checkpoints are sent: an address (--url) or mail (--mail).")
    with transaction.atomic():
        try:
            with transaction.atomic():
                made = Witness.objects.create(name=name, vkey=vkey, url=url, mail=mail, added_at=clock.now())
        except IntegrityError as error:
            raise Invalid("witness.twice", "There is a witness with this key already.") from error
        _tell_every_log("witness.added", made)
    return made


def remove_witness(*, vkey: str) -> None:
    """Send a witness no more checkpoints; what it has signed stays."""
    with transaction.atomic():
        found = Witness.objects.select_for_update().filter(vkey=vkey, removed_at=None).first()
        if found is None:
            raise NotFound("witness.unknown", "There is no witness with this key.")
        found.removed_at = clock.now()
        found.save(update_fields=["removed_at"])
        _tell_every_log("witness.removed", found)


def accept(log: UUID, raw: str, *, seen_by: str = "") -> list[Cosignature]:
    """Take in a checkpoint of this log that somebody signed or kept; gives the signatures of witnesses that are new.

    Raises `Invalid` where the log never signed it, and after an alarm (history.disputed) where it did but the record
    does not lead there.
    """
    found = Witness.objects.order_by("id")
    known = {Verifier.parse(witness.vkey): witness for witness in found}
    verified = verify_checkpoint(raw, origin(log), known_verifiers(log, size_of(raw)), known)
    _hold(log, raw, verified.checkpoint, seen_by)
    published = Checkpoint.objects.filter(log=log, size=verified.checkpoint.size).first()
    if published is None:
        return []
    signed = [(known[key], verified.signatures[key.vkey]) for key in known if key.vkey in verified.signatures]
    return [kept for witness, signature in signed if (kept := keep(published, witness, signature)) is not None]


def keep(published: Checkpoint, witness: Witness, signature: Signature) -> Cosignature | None:
    """Store a witness's signature under a checkpoint, once. Raises `Invalid` (note.forged) where it does not fit."""
    text = Note.parse(published.note).text
    if not Verifier.parse(witness.vkey).check(text, signature.blob):
        raise Invalid("note.forged", f"The signature of {witness.name} does not fit this checkpoint.")
    kept, new = Cosignature.objects.get_or_create(
        checkpoint=published, witness=witness, defaults={"line": signature.line(), "at": clock.now()}
    )
    return kept if new else None


def dispute(log: UUID, raw: str, seen: Signed, seen_by: str, why: str) -> Alarm:
    """Raise the alarm, once for each checkpoint: a row, an entry in the log, a line for the operator, and mail."""
    known = Alarm.objects.filter(log=log, note=raw).first()
    if known is not None:
        return known
    here = _root_here(log, seen.size)
    with act(by=WITNESSING, log=log) as a:
        data = {"size": seen.size, "root_seen": seen.root.hex(), "seen_by": seen_by}
        entry = a.add("history.disputed", data | ({"root_here": here.hex()} if here else {}), on={"log": log})
        alarm = Alarm.objects.create(log_id=log, note=raw, seen_by=seen_by, why=why, at=a.at, seq=entry.seq)
    log_line.error("another history of log %s was seen by %s: %s", log, seen_by, why)
    if settings.RECORD_ALARM_TO:
        words = f"{why}\n\nRecord: {origin(log)}\nSeen by: {seen_by}\n\n{raw}"
        send_mail(
            "Another history of the record has been seen", words, None, settings.RECORD_ALARM_TO, fail_silently=True
        )
    return alarm


def alarms(log: UUID) -> list[Alarm]:
    """The alarms of a log, newest first."""
    return list(Alarm.objects.filter(log=log).order_by("-seq"))


def _hold(log: UUID, raw: str, seen: Signed, seen_by: str) -> None:
    """Hold a checkpoint that carries our signature against the record."""
    size = Log.objects.values_list("size", flat=True).get(id=log)
    who = seen_by or "somebody who kept a checkpoint"
    if seen.size > size:
        why = f"A signed checkpoint counts {seen.size} entries, but there are only {size}: the tail has been cut."
    elif _root_here(log, seen.size) != seen.root:
        why = f"A signed checkpoint over the first {seen.size} entries shows another history than this record."
    else:
        return
    dispute(log, raw, seen, who, why)
    raise Invalid("history.disputed", f"{why} The alarm has been raised and stands in the record.")


def _root_here(log: UUID, size: int) -> bytes | None:
    known = Log.objects.values_list("size", flat=True).get(id=log)
    return proving.root(log, size) if size <= known else None


def _tell_every_log(type: str, witness: Witness) -> None:
    for log in Log.objects.order_by("id").values_list("id", flat=True):
        with act(by=OPERATOR, log=log) as a:
            a.add(type, {"name": witness.name, "vkey": witness.vkey}, on={"log": log})
