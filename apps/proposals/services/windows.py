"""When and how often changes can be offered to a proposal."""

from datetime import date
from typing import Any

from apps.common.errors import Invalid
from apps.partnerships.actors import Actor
from apps.proposals.domain import states
from apps.proposals.models import Proposal
from apps.proposals.rules import require_speaker
from apps.proposals.services.tabling import lock_proposal
from apps.proposals.services.versions import subjects
from apps.record.act import act

MOST = 100


def set_window(*, by: Actor, proposal: Proposal, offers_until: date | None, offers_each: int | None = None) -> Proposal:
    """Open, extend or shut the window for offers; `offers_each` caps what each group can offer in it.

    Opening it again after it was shut begins a new window, in which caps count anew. A window is never shortened into the
    past: without a day it is shut.
    """
    if not by.is_convenor:
        require_speaker(by, proposal)
    if offers_each is not None and not 1 <= offers_each <= MOST:
        raise Invalid("proposal.cap", f"Each group can offer 1 to {MOST} changes.", {"offers_each": "out of range"})
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(proposal.id)
        states.require_tabled(proposal.state)
        today = by.partnership.today(a.at)
        if offers_until is not None and offers_until < today:
            raise Invalid(
                "proposal.window", "The last day for offers lies in the past.", {"offers_until": "in the past"}
            )
        anew = proposal.offers_until is None or proposal.offers_until < today
        if anew:
            proposal.offers_from = today
        proposal.offers_until, proposal.offers_each = offers_until, offers_each
        data: dict[str, Any] = {"offers_from": proposal.offers_from.isoformat()}
        if offers_until is not None:
            data["offers_until"] = offers_until.isoformat()
        if offers_each is not None:
            data["offers_each"] = offers_each
        entry = a.add("amendment.window_set", data, on=subjects(proposal))
        proposal.window_seq = entry.seq if anew else proposal.window_seq
        proposal.save(update_fields=["offers_from", "offers_until", "offers_each", "window_seq"])
    return proposal
