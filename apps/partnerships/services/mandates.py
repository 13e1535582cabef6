"""Recording mandates: who may decide alone, on which basis, about what, until when; passing them on, ending them."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from apps.accounts.models import Person
from apps.common.errors import Conflict, Invalid
from apps.common.texts import clean_line, clean_text
from apps.partnerships.actors import Actor, pseudonym
from apps.partnerships.domain.documents import Document
from apps.partnerships.models import Mandate, MandateDocument
from apps.partnerships.people import find_or_make
from apps.partnerships.rules import require_convenor
from apps.record.act import Act, act

PARTS = ("definition", "formula", "target", "source", "population", "frequency", "consequence")
WORDS = 4000


def record_mandate(
    *,
    by: Actor,
    code: str,
    authority: str,
    basis_kind: str,
    basis: str,
    parts: Sequence[str],
    valid_from: date,
    elements: Sequence[UUID] = (),
    valid_until: date | None = None,
    review_on: date | None = None,
    lapses: bool = False,
    limits: str = "",
    document: Document | None = None,
    document_sha256: str = "",
    statutory: bool = False,
    holder: Person | None = None,
    email: str = "",
    name: str = "",
) -> Mandate:
    """Record the authority of a person to decide alone: on which basis, reaching which parts of which elements, until when.

    The holder is a person known here, or one found by e-mail address, or new and known by name only. `document` is kept byte
    by byte; a fingerprint given beside it must be its own.
    """
    require_convenor(by)
    mandate = Mandate(
        id=uuid4(),
        partnership=by.partnership,
        code=clean_line("code", code, 20),
        authority=clean_line("authority", authority, 200),
        basis_kind=basis_kind,
        basis=clean_line("basis", basis, 300),
        limits=clean_line("limits", limits, 500, required=False),
        document_sha256=document.sha256 if document else document_sha256,
        parts=[part for part in PARTS if part in parts],
        elements=[str(id) for id in elements],
        statutory=statutory,
        valid_from=valid_from,
        valid_until=valid_until,
        review_on=review_on,
        lapses=lapses,
    )
    _check(mandate, parts, document_sha256)
    mandate.holder = holder or find_or_make(name, email)
    with act(by=by.by, log=by.log) as a:
        if by.partnership.mandates.filter(code=mandate.code).exists():
            raise Conflict("mandate.code_taken", f"There is already a mandate '{mandate.code}'.", {"code": "taken"})
        return _record(a, mandate, mandate.holder, document)


def pass_mandate(
    *, by: Actor, mandate: Mandate, reason: str, holder: Person | None = None, email: str = "", name: str = ""
) -> Mandate:
    """Pass a mandate on to another person, as when an office changes hands. Whoever held it decides nothing more under it."""
    require_convenor(by)
    words = clean_text("reason", reason, WORDS)
    following = holder or find_or_make(name, email)
    with act(by=by.by, log=by.log) as a:
        mandate = lock_mandate(mandate.id)
        if mandate.holder_id == following.id:
            raise Conflict("mandate.held", f"{following} holds {mandate.code} already.")
        data: dict[str, Any] = {
            "holder": str(pseudonym(by.log, following)),
            "reason": a.text(words, "mandate.reason")[1],
        }
        if mandate.holder is not None:
            data["from"] = str(pseudonym(by.log, mandate.holder))
        a.add("mandate.passed", data, on={"mandate": mandate.id}, because=mandate.seq)
        mandate.holder = following
        mandate.save(update_fields=["holder"])
    return mandate


def end_mandate(*, by: Actor, mandate: Mandate, ends: date, reason: str) -> Mandate:
    """End a mandate before its time: `ends` is its last day. What was set under it stands until something else is decided."""
    require_convenor(by)
    words = clean_text("reason", reason, WORDS)
    with act(by=by.by, log=by.log) as a:
        mandate = lock_mandate(mandate.id)
        if ends < mandate.valid_from or (mandate.valid_until is not None and ends >= mandate.valid_until):
            raise Invalid(
                "mandate.ends", "Choose a last day within the time it is valid.", {"ends": "not within its time"}
            )
        _, ref = a.text(words, "mandate.reason")
        data = {"ends": ends.isoformat(), "reason": ref}
        a.add("mandate.ended", data, on={"mandate": mandate.id}, because=mandate.seq)
        mandate.valid_until = ends
        mandate.save(update_fields=["valid_until"])
    return mandate


def lock_mandate(id: UUID) -> Mandate:
    """Lock a mandate, so that nobody passes it on or ends it while it is used."""
    return Mandate.objects.select_for_update(of=("self",), no_key=True).select_related("holder").get(id=id)


def _record(a: Act, mandate: Mandate, holder: Person, document: Document | None) -> Mandate:
    dates = {key: getattr(mandate, key) for key in ("valid_from", "valid_until", "review_on")}
    data: dict[str, Any] = {
        "code": mandate.code,
        "holder": str(pseudonym(a.log_id, holder)),
        "authority": mandate.authority,
        "basis_kind": mandate.basis_kind,
        "basis": mandate.basis,
        "document_sha256": mandate.document_sha256,
        "parts": mandate.parts,
        "elements": mandate.elements,
        "statutory": mandate.statutory,
        "lapses": mandate.lapses,
        **{key: day.isoformat() for key, day in dates.items() if day},
    }
    if mandate.limits:
        data["limits"] = mandate.limits
    if document is not None:
        data["document"] = {"name": document.name, "size": len(document.body)}
    mandate.seq = a.add("mandate.recorded", data, on={"mandate": mandate.id}).seq
    mandate.save(force_insert=True)
    if document is not None:
        kept = {"name": document.name, "media_type": document.media_type, "body": document.body}
        MandateDocument.objects.create(mandate=mandate, **kept)
    return mandate


def _check(mandate: Mandate, parts: Sequence[str], fingerprint: str) -> None:
    faults = {}
    if mandate.basis_kind not in {"law", "contract", "duty"}:
        faults["basis_kind"] = "law, contract or duty"
    if not parts or set(parts) - set(PARTS):
        faults["parts"] = f"at least one of {', '.join(PARTS)}"
    if mandate.valid_until is not None and mandate.valid_until < mandate.valid_from:
        faults["valid_until"] = "not before it begins"
    if mandate.lapses and mandate.review_on is None:
        faults["review_on"] = "is needed where what was set lapses without a review"
    if fingerprint and not re.fullmatch("[0-9a-f]{64}", fingerprint):
        faults["document_sha256"] = "64 hex digits"
    elif fingerprint and fingerprint != mandate.document_sha256:
        faults["document_sha256"] = f"the document sent has another one, {mandate.document_sha256}"
    if faults:
        raise Invalid("mandate.malformed", "This mandate is not complete.", faults)
