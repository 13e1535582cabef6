"""How long words are kept, kind by kind; and what the clock does when a period is over."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from apps.common import clock
from apps.common.errors import Invalid
from apps.deliberation.selectors import adopted_wordings
from apps.frameworks.services import lock
from apps.partnerships.actors import CLOCK, Actor
from apps.partnerships.models import Partnership
from apps.partnerships.rules import require_officer
from apps.proposals.selectors import open_wordings
from apps.protection.models import Retention
from apps.protection.selectors import retention
from apps.protection.services.erasing import erase_now
from apps.record.act import act
from apps.record.domain.kinds import kind_of
from apps.record.models import Text

YEARS_AT_MOST = 100


def set_retention(*, by: Actor, kind: str, years: int | None) -> None:
    """Say how many years words of a kind are kept here (1 to 100); None: as long as the record."""
    require_officer(by)
    known = kind_of(kind)
    if known.official:
        raise Invalid("retention.official", f"{known.title} belong to acts of office and stay with the record.")
    if years is not None and not 1 <= years <= YEARS_AT_MOST:
        raise Invalid("retention.years", f"1 to {YEARS_AT_MOST} years.", {"years": f"1 to {YEARS_AT_MOST}"})
    with act(by=by.by, log=by.log) as a:
        Retention.objects.update_or_create(partnership=by.partnership, kind=kind, defaults={"years": years})
        data = {"kind": kind} | ({"years": years} if years is not None else {})
        a.add("retention.set", data, on={"partnership": by.partnership.id})


def expired(partnership: Partnership, at: datetime) -> list[Text]:
    """Words whose time is over. Adopted wordings and what lies on the table stay."""
    over = Q(pk__in=[])
    for kind, years in retention(partnership).items():
        if years is not None:
            over |= Q(kind=kind, made_at__lt=_years_before(at, years))
    stays = adopted_wordings(partnership) | set(open_wordings(partnership))
    found = Text.objects.filter(over, log=partnership.log_id, erased_at=None).exclude(id__in=stays)
    return list(found.order_by("made_at", "id"))


def erase_expired(partnerships: Iterable[Partnership]) -> int:
    """Erase everything whose time is over; returns how many texts went. The clock does this once a day."""
    gone = 0
    for partnership in partnerships:
        if texts := expired(partnership, clock.now()):
            with act(by=CLOCK, log=partnership.log_id) as a:
                for id in partnership.frameworks.order_by("id").values_list("id", flat=True):
                    lock(id)
                erase_now(a, partnership, texts, "period", "period")
            gone += len(texts)
    return gone


def _years_before(at: datetime, years: int) -> datetime:
    try:
        return at.replace(year=at.year - years)
    except ValueError:  # 29 February
        return at.replace(year=at.year - years, day=28)
