"""How long before a vote its papers go out: a rule that a partnership gives itself."""

from collections.abc import Sequence
from datetime import date

from apps.common.errors import Invalid
from apps.partnerships.actors import Actor
from apps.partnerships.models import Partnership
from apps.partnerships.rules import require_convenor
from apps.record.act import act

LONGEST = 60
DAYS_OFF_AT_MOST = 200


def ask_for_papers(*, by: Actor, days: int, days_off: Sequence[date] = ()) -> Partnership:
    """From now on papers go out at least `days` working days before a vote; 0: nobody asks for it.

    Working days are Monday to Friday, without `days_off`.
    """
    require_convenor(by)
    if not 0 <= days <= LONGEST:
        raise Invalid(
            "papers.days", f"Papers go out 0 to {LONGEST} working days before a vote.", {"days": f"0 to {LONGEST}"}
        )
    if len(days_off) > DAYS_OFF_AT_MOST:
        raise Invalid(
            "papers.days_off",
            f"Name at most {DAYS_OFF_AT_MOST} days off: those that lie ahead are enough.",
            {"days_off": f"at most {DAYS_OFF_AT_MOST}"},
        )
    off = sorted(set(days_off))
    with act(by=by.by, log=by.log) as a:
        by.partnership.papers_days, by.partnership.days_off = days, off
        by.partnership.save(update_fields=["papers_days", "days_off"])
        data = {"days": days, "days_off": [day.isoformat() for day in off]}
        a.add("papers.asked", data, on={"partnership": by.partnership.id})
    return by.partnership
