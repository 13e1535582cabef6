"""Editions: what stands is frozen under a number, with the day from which it counts."""

from datetime import date
from hashlib import sha256
from typing import Any

import rfc8785

from apps.common.errors import Conflict, Invalid
from apps.common.texts import clean_text
from apps.frameworks.models import Edition, Framework
from apps.frameworks.selectors import state
from apps.frameworks.services.locking import lock
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.record.act import act

NOTE = 4000


def publish_edition(*, by: Actor, framework: Framework, effective_from: date | None = None, note: str = "") -> Edition:
    """Freeze and number what stands now. It counts from `effective_from` (none: from today); `note` says what does not,
    and why: a measure in a contract takes effect by its variation.
    """
    require_convenor(by)
    words = clean_text("note", note, NOTE) if note.strip() else ""
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        if framework.sealed_at is None:
            raise Conflict("plan.open", "Seal the founding plan first: it is edition 0.")
        day = effective_from or by.partnership.today(a.at)
        _require_later(framework, day)
        number = framework.editions.count()
        frozen = state(framework)
        data: dict[str, Any] = {
            "number": number,
            "state_sha256": digest(frozen),
            "effective_from": day.isoformat(),
        }
        text = None
        if words:
            text, data["note"] = a.text(words, "edition.note")
        entry = a.add("edition.published", data, on={"framework": framework.id})
        return Edition.objects.create(
            framework=framework,
            number=number,
            state=frozen,
            effective_from=day,
            note=text,
            seq=entry.seq,
            published_at=a.at,
        )


def digest(frozen: list[dict[str, Any]]) -> str:
    """The fingerprint of a frozen state: SHA-256 of its RFC 8785 form, as hex."""
    return sha256(rfc8785.dumps(frozen)).hexdigest()


def _require_later(framework: Framework, day: date) -> None:
    """Editions take effect in the order of their numbers."""
    last = (
        framework.editions.exclude(effective_from=None)
        .order_by("-number")
        .values_list("effective_from", flat=True)
        .first()
    )
    if last is not None and day < last:
        why = f"is before the edition before it, {last.isoformat()}"
        raise Invalid("edition.effective", f"The day from which it counts {why}.", {"effective_from": why})
