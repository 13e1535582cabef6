"""Recording mandates: who may decide alone, on which basis, about what, until when."""

import re
from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from apps.accounts.models import Person
from apps.common.errors import Conflict, Invalid
from apps.common.texts import clean_line
from apps.partnerships.actors import Actor, pseudonym
from apps.partnerships.models import Mandate
from apps.partnerships.people import find_or_make
from apps.partnerships.rules import require_convenor
from apps.record.act import act

PARTS = ("definition", "formula", "target", "source", "population", "frequency", "consequence")


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
    document_sha256: str = "",
    statutory: bool = False,
    holder: Person | None = None,
    email: str = "",
    name: str = "",
) -> Mandate:
    """Record the authority of a person to decide alone: on which basis, reaching which parts of which elements, until when.

    The holder is a person known here, or one found by e-mail address, or new and known by name only.
    """
    require_convenor(by)
    code, authority, basis = (
        clean_line("code", code, 20),
        clean_line("authority", authority, 200),
        clean_line("basis", basis, 300),
    )
    _check_mandate(basis_kind, parts, valid_from, valid_until, document_sha256)
    scope = [part for part in PARTS if part in parts]
    holder = holder or find_or_make(name, email)
    with act(by=by.by, log=by.log) as a:
        if by.partnership.mandates.filter(code=code).exists():
            raise Conflict("mandate.code_taken", f"There is already a mandate '{code}'.", {"code": "taken"})
        data = {
            "code": code,
            "holder": str(pseudonym(by.log, holder)),
            "authority": authority,
            "basis_kind": basis_kind,
            "basis": basis,
            "document_sha256": document_sha256,
            "parts": scope,
            "elements": [str(id) for id in elements],
            "statutory": statutory,
            "valid_from": valid_from.isoformat(),
        }
        data |= {key: day.isoformat() for key, day in (("valid_until", valid_until), ("review_on", review_on)) if day}
        id = uuid4()
        entry = a.add("mandate.recorded", data, on={"mandate": id})
        return Mandate.objects.create(
            id=id,
            partnership=by.partnership,
            holder=holder,
            code=code,
            authority=authority,
            basis_kind=basis_kind,
            basis=basis,
            document_sha256=document_sha256,
            parts=scope,
            elements=[str(id) for id in elements],
            statutory=statutory,
            valid_from=valid_from,
            valid_until=valid_until,
            review_on=review_on,
            seq=entry.seq,
        )


def _check_mandate(
    basis_kind: str, parts: Sequence[str], valid_from: date, valid_until: date | None, fingerprint: str
) -> None:
    faults = {}
    if basis_kind not in {"law", "contract", "duty"}:
        faults["basis_kind"] = "law, contract or duty"
    if not parts or set(parts) - set(PARTS):
        faults["parts"] = f"at least one of {', '.join(PARTS)}"
    if valid_until is not None and valid_until < valid_from:
        faults["valid_until"] = "not before it begins"
    if fingerprint and not re.fullmatch("[0-9a-f]{64}", fingerprint):
        faults["document_sha256"] = "64 hex digits"
    if faults:
        raise Invalid("mandate.malformed", "This mandate is not complete.", faults)
