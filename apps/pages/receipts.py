"""Checking a receipt somebody kept. With scripts it is computed in the browser; without, the server says what it finds."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.common.errors import Invalid, Refusal
from apps.pages.forms.record import ReceiptForm
from apps.pages.web import blame, sent, show
from apps.record import proving
from apps.record import selectors as record
from apps.record.domain.checkpoint import Checkpoint
from apps.record.domain.note import Note
from apps.record.domain.receipt import Receipt
from apps.record.verify import known_verifiers

SLIP = ("log", "seq", "leaf_hash", "checkpoint")


def check(request: HttpRequest) -> HttpResponse:
    """The page with the form; what was pasted is checked when it is sent."""
    form = ReceiptForm(sent(request))
    said: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            said = _said(form.cleaned_data["receipt"])
        except Refusal as refusal:
            blame(form, refusal)
    return show(
        request,
        "pages/check_receipt.html",
        title="Check a receipt",
        sentence="Paste what you kept when you voted, or from the page of an entry, and see whether it is in the record.",
        form=form,
        said=said,
        status=getattr(form, "status", 200),
    )


def _said(pasted: str) -> list[str]:
    slip = _read(pasted)
    log = UUID(slip.log)
    now = record.sizes([log]).get(log)
    if now is None:
        raise Invalid(
            "receipt.elsewhere", "This receipt is of a record that is not kept here.", {"receipt": "elsewhere"}
        )
    covered = Checkpoint.parse(Note.parse(slip.checkpoint).text).size
    if not slip.seq < covered <= now:
        raise Invalid(
            "receipt.wrong", "The record no longer reaches as far as your receipt. Keep it and tell the auditor."
        )
    hashes = proving.inclusion(log, slip.seq, covered)
    slip.verify(hashes, record.origin(log), known_verifiers(log))
    return [
        f"Entry {slip.seq} stands in the record as your receipt says.",
        f"The checkpoint in your receipt, over {covered} entries, is signed with a key of this record, and leads there still.",
        f"The record has {now} entries now.",
    ]


def _read(pasted: str) -> Receipt:
    try:
        data: Any = json.loads(pasted)
    except ValueError as error:
        raise Invalid(
            "receipt.malformed", "This is not a receipt: paste all of it, from { to }.", {"receipt": "not one"}
        ) from error
    if not isinstance(data, dict):
        raise Invalid(
            "receipt.malformed", "This is not a receipt: paste all of it, from { to }.", {"receipt": "not one"}
        )
    return Receipt.from_data({key: data[key] for key in SLIP if key in data})
