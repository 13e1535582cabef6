"""Checking a receipt somebody kept. With scripts it is computed in the browser; without, the server says what it finds."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.accounts.models import Person
from apps.common.errors import Invalid, NotFound, Refusal
from apps.deliberation.domain.opening import is_secret, opened
from apps.deliberation.selectors import visible_entries
from apps.pages.forms.record import ReceiptForm
from apps.pages.web import blame, person_of, sent, show
from apps.partnerships.models import Partnership
from apps.partnerships.selectors import open_partnership
from apps.record import proving
from apps.record import selectors as record
from apps.record.domain.checkpoint import Checkpoint
from apps.record.domain.note import Note, Verifier
from apps.record.domain.receipt import Receipt
from apps.record.verify import known_verifiers

SLIP = ("log", "seq", "leaf_hash", "checkpoint")
TURNOUT_ONLY = (
    "It was a secret vote: the entry says that your seat has voted, and nothing of what. Your receipt proves that you took part, "
    "not how you voted."
)


def check(request: HttpRequest) -> HttpResponse:
    """The page with the form; what was pasted is checked when it is sent."""
    form = ReceiptForm(sent(request))
    said: list[str] = []
    proof = ""
    if request.method == "POST" and form.is_valid():
        try:
            pasted = _read(form.cleaned_data["receipt"])
            slip = Receipt.from_data({key: pasted[key] for key in SLIP if key in pasted})
            said = [*_stands(slip, form.cleaned_data["key"]), *_content(person_of(request), slip, pasted)]
            proof = reverse("exchange:log_proof", args=[slip.log, slip.seq])
        except Refusal as refusal:
            blame(form, refusal)
    return show(
        request,
        "pages/check_receipt.html",
        title="Check a receipt",
        sentence="Paste what you kept when you voted, or from the page of an entry, and see whether it is in the record.",
        form=form,
        said=said,
        proof=proof,
        status=getattr(form, "status", 200),
    )


def _stands(slip: Receipt, own_keys: str) -> list[str]:
    """That the entry is in the record, by the keys somebody knows from elsewhere, or those known here."""
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
    given = [Verifier.parse(line) for line in own_keys.split()]
    slip.verify(hashes, record.origin(log), given or known_verifiers(log, covered))
    return [
        f"Entry {slip.seq} stands in the record as your receipt says.",
        f"The checkpoint in your receipt, over {covered} entries, is signed with a key of this record, and leads there still.",
        f"The record has {now} entries now.",
    ]


def _content(person: Person | None, slip: Receipt, pasted: dict[str, Any]) -> list[str]:
    """What the entry says to whom it was given, where they may see it."""
    partnership = Partnership.objects.filter(log=UUID(slip.log)).values_list("id", flat=True).first()
    if partnership is None:
        return []
    try:
        viewer = open_partnership(person, partnership)
        (entry,) = visible_entries(viewer, viewer.log, since=slip.seq, until=slip.seq + 1)
    except (NotFound, ValueError):
        return ["What the entry says is for members: sign in to see it here as well."]
    choice, salt = (str(pasted.get(key) or "") for key in ("choice", "salt"))
    if opened(entry, choice, salt):
        return [f"It holds your choice, sealed: “{choice}” and the salt of your receipt open it."]
    if is_secret(entry):
        return [TURNOUT_ONLY]
    if "commitment" in entry.data:
        return ["It holds a sealed choice; your receipt has no salt to open it with."]
    return [f"It holds the choice “{entry.data['choice']}”."] if "choice" in entry.data else []


def _read(pasted: str) -> dict[str, Any]:
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
    return data
