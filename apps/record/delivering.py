"""Sending checkpoints to those who keep them: the question first, then a checkpoint whenever the record has grown."""

import json
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from apps.common import clock
from apps.common.errors import Invalid, Refusal
from apps.record import checkpoints, keeping, proving, witnessing
from apps.record.models import Checkpoint, Delivery, Keeper
from apps.record.posting import post
from apps.record.selectors import origin

MAIL_EVERY = timedelta(hours=24)
AGAIN_AFTER = timedelta(minutes=15)
"""How long nothing is sent to somebody where it did not come through."""
FAULTS: Mapping[type[Exception], str] = {
    socket.gaierror: "nobody knows this name",
    TimeoutError: "no answer in time",
    ConnectionRefusedError: "nobody listens there",
    ssl.SSLError: "the certificate does not fit the name",
    smtplib.SMTPException: "the mail server did not take it",
}
KEPT = 20
"""How many deliveries to each are remembered."""


def deliver_to_all() -> None:
    """Send everybody what is due. One that does not answer delays nobody else's."""
    for keeper in Keeper.objects.filter(removed_at=None).order_by("id"):
        what = _due(keeper)
        newest = checkpoints.latest(keeper.log_id) if what != "question" else None
        if what == "question":
            _deliver(keeper, "question", None)
        elif what and newest is not None and (what == "trial" or newest.size > keeper.size):
            _deliver(keeper, what, newest)


def _due(keeper: Keeper) -> str:
    """What can be sent to somebody now: the question, a trial, a checkpoint, or nothing."""
    last = Delivery.objects.filter(keeper=keeper).order_by("-at", "-id").first()
    if keeper.confirmed_at is not None and keeper.trial_wanted:
        return "trial"
    if last is not None and not last.came_through and clock.now() - last.at < AGAIN_AFTER:
        return ""
    if keeper.confirmed_at is None:
        return "" if last is not None and last.came_through else "question"
    told = Delivery.objects.filter(keeper=keeper, what="checkpoint", came_through=True).order_by("-at").first()
    return "" if keeper.mail and told is not None and clock.now() - told.at < MAIL_EVERY else "checkpoint"


def _deliver(keeper: Keeper, what: str, newest: Checkpoint | None) -> None:
    try:
        answer, came_through = _mailed(keeper, what, newest) if keeper.mail else _posted(keeper, what, newest)
    except (OSError, smtplib.SMTPException, Refusal) as error:
        answer, came_through = _words_of(error), False
    size = newest.size if newest else 0
    Delivery.objects.create(
        keeper=keeper, what=what, size=size, at=clock.now(), came_through=came_through, answer=answer[:200]
    )
    old = Delivery.objects.filter(keeper=keeper).order_by("-at", "-id").values_list("id", flat=True)[KEPT:]
    Delivery.objects.filter(id__in=list(old)).delete()
    if came_through and newest is not None:
        Keeper.objects.filter(id=keeper.id, size__lt=size).update(size=size)
    if what == "trial":
        Keeper.objects.filter(id=keeper.id).update(trial_wanted=False)


def _mailed(keeper: Keeper, what: str, newest: Checkpoint | None) -> tuple[str, bool]:
    name = origin(keeper.log_id)
    if newest is None:
        subject = f"Will you keep checkpoints of {name}?"
        words = (
            f"{keeper.name} has been asked to keep checkpoints of the record {name}: one mail a day at most. Whoever keeps one "
            f"can show that nothing in the record was changed later.\n\nSay yes here, within two weeks:\n{_link(keeper)}\n\n"
            "If you do not want this, do nothing."
        )
    else:
        trial = "This is a trial. " if what == "trial" else ""
        subject = f"Checkpoint of {name}: {newest.size} entries"
        words = (
            f"{trial}The record {name} has {newest.size} entries. Please keep this checkpoint: whoever changed an earlier entry "
            f"could not make it fit. Hold it against the record at any time: {_page(keeper)}\n\n"
            f"{checkpoints.with_cosignatures(newest)}"
        )
    sent = send_mail(subject, words, None, [keeper.mail])
    return ("sent", True) if sent else ("not sent", False)


def _posted(keeper: Keeper, what: str, newest: Checkpoint | None) -> tuple[str, bool]:
    said: dict[str, object] = {"what": what, "record": origin(keeper.log_id), "log": str(keeper.log_id)}
    if newest is None:
        said["confirm"] = _link(keeper)
    else:
        since = keeper.size if 0 < keeper.size < newest.size else 0
        proof = proving.consistency(keeper.log_id, since, newest.size) if since else []
        said |= {"size": newest.size, "checkpoint": checkpoints.with_cosignatures(newest), "since": since}
        said["consistency"] = [b64encode(value).decode() for value in proof]
    status, text = post(keeper.url, json.dumps(said).encode())
    if status == 409 and newest is not None:
        return _disagrees(keeper, text), False
    return f"answered {status}", 200 <= status < 300


def _disagrees(keeper: Keeper, text: str) -> str:
    """A keeper that knows another checkpoint sends it back: it is held against the record, and may raise the alarm."""
    try:
        witnessing.accept(keeper.log_id, text, seen_by=keeper.name)
    except Invalid as refusal:
        if refusal.code == "history.disputed":
            return "has seen another history: the alarm has been raised"
        return "says that it knows another checkpoint, but sent none of this record"
    return "sent back a checkpoint that belongs to this record"


def _words_of(error: Exception) -> str:
    """Why nothing came through, without the address, which may hold a secret."""
    if isinstance(error, Refusal):
        return f"could not be sent: {error.message}"
    return next((words for kind, words in FAULTS.items() if isinstance(error, kind)), "the line broke")


def _link(keeper: Keeper) -> str:
    return settings.BASE_URL + reverse("confirm_keeper", args=[keeping.link_of(keeper)])


def _page(keeper: Keeper) -> str:
    return settings.BASE_URL + reverse("hold", args=[keeper.log_id])
