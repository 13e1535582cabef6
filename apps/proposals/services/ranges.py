"""Saying what one's group could live with."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from apps.common.errors import Invalid
from apps.common.texts import clean_text
from apps.frameworks.domain.fields import fields_of
from apps.frameworks.domain.values import read_number
from apps.frameworks.models import Element
from apps.partnerships.actors import Actor
from apps.proposals.models import AcceptableRange, Proposal
from apps.proposals.rules import require_voice
from apps.proposals.services.tabling import WORDS
from apps.record.act import act

NUMERIC = {"number", "target", "baseline"}


def state_range(
    *, by: Actor, on: Proposal | Element, field: str, low: str | None, high: str | None, reason: str
) -> AcceptableRange:
    """Say for one's own group from where to where it could live with a number; an end left out has no limit.

    It is a position, not a vote; the newest of a group counts, earlier ones stay in the record.
    """
    require_voice(by)
    seat = by.require_seat()
    known = next((one for one in fields_of(on.kind) if one.key == field and one.kind in NUMERIC), None)
    if known is None:
        raise Invalid("range.field", "Ranges are stated for numbers and targets.", {"field": "is no number"})
    ends = {"low": _end("low", low), "high": _end("high", high)}
    if ends["low"] is None and ends["high"] is None:
        raise Invalid("range.empty", "Say at least one end of the range.", {"low": "is needed", "high": "or this"})
    if ends["low"] is not None and ends["high"] is not None and Decimal(ends["low"]) > Decimal(ends["high"]):
        raise Invalid("range.ends", "The lower end lies above the upper one.", {"low": "is above the upper end"})
    words = clean_text("reason", reason, WORDS)
    element = on.element if isinstance(on, Proposal) else on.id
    with act(by=by.by, log=by.log) as a:
        text, ref = a.text(words, "range.reason")
        id = uuid4()
        data: dict[str, Any] = {"range": str(id), "group": seat.group.key, "field": field, "reason": ref}
        data |= {key: value for key, value in ends.items() if value is not None}
        entry = a.add("range.stated", data, on={"element": element, "framework": on.framework_id})
        return AcceptableRange.objects.create(
            id=id,
            framework_id=on.framework_id,
            element=element,
            field=field,
            group=seat.group,
            seat=seat,
            low=Decimal(ends["low"]) if ends["low"] is not None else None,
            high=Decimal(ends["high"]) if ends["high"] is not None else None,
            reason=text,
            stated_at=a.at,
            seq=entry.seq,
        )


def _end(key: str, value: str | None) -> str | None:
    if value is None or not value.strip():
        return None
    try:
        return read_number(value)
    except Invalid as error:
        raise Invalid("range.number", f"An end of a range {error.message}.", {key: error.message}) from error
