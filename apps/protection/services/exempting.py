"""Marking words that a freedom-of-information answer leaves out."""

from uuid import UUID

from apps.common.errors import Conflict, Invalid, NotFound
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_officer
from apps.protection.domain.grounds import EXEMPTION
from apps.protection.models import Exemption
from apps.record.act import act
from apps.record.models import Text


def mark_exempt(*, by: Actor, text: UUID, ground: str) -> Exemption:
    """Leave these words out of freedom-of-information answers, on a ground of the law."""
    require_officer(by)
    if ground not in EXEMPTION:
        raise Invalid("exemption.ground", "Name the ground on which it is left out.", {"ground": "choose one"})
    with act(by=by.by, log=by.log) as a:
        found = Text.objects.select_for_update(of=("self",)).filter(log=by.log, id=text, erased_at=None).first()
        if found is None:
            raise NotFound("text.unknown", "There are no such words here, or they are gone already.")
        if Exemption.objects.filter(text=found).exists():
            raise Conflict("exemption.marked", "These words are marked already.")
        data = {"text": str(text), "ground": ground}
        entry = a.add("exemption.marked", data, on={"partnership": by.partnership.id})
        return Exemption.objects.create(text=found, partnership=by.partnership, ground=ground, seq=entry.seq)


def lift_exemption(*, by: Actor, text: UUID) -> None:
    """Let freedom-of-information answers hold these words again."""
    require_officer(by)
    with act(by=by.by, log=by.log) as a:
        if not Exemption.objects.filter(partnership=by.partnership, text=text).delete()[0]:
            raise NotFound("exemption.unknown", "These words are not marked.")
        a.add("exemption.lifted", {"text": str(text)}, on={"partnership": by.partnership.id})
