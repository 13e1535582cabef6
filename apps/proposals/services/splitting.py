"""Splitting one's own proposal into several, so that what nobody disputes can go ahead."""

from collections.abc import Sequence

from django.db import transaction

from apps.common import clock
from apps.common.errors import Conflict, Invalid
from apps.partnerships.actors import Actor
from apps.proposals.domain import states
from apps.proposals.models import Action, Proposal
from apps.proposals.rules import require_speaker
from apps.proposals.selectors import current_version, waiting_offers
from apps.proposals.services.tabling import lock_proposal, submit_proposal, withdraw_proposal


def split_proposal(*, by: Actor, proposal: Proposal, parts: Sequence[Sequence[str]], reason: str) -> list[Proposal]:
    """Put a change to several fields on the table as several changes; it is withdrawn in favour of them.

    `parts` are the names of the fields of each, together exactly those that it changes. Offers that wait are answered first.
    """
    require_speaker(by, proposal)
    if proposal.action != Action.CHANGE:
        raise Conflict("proposal.split", "Only a change to several fields can be split.")
    with transaction.atomic():
        proposal = lock_proposal(proposal.id)
        states.require_tabled(proposal.state)
        if waiting_offers(proposal).exists():
            raise Conflict("proposal.offers_wait", "Answer the offers that wait first: they would be lost.")
        patch = current_version(proposal).patch
        _check(parts, list(patch))
        today = by.partnership.today(clock.now())
        until = proposal.offers_until if proposal.offers_until and proposal.offers_until >= today else None
        made = [
            submit_proposal(
                by=by,
                framework=proposal.framework,
                action=proposal.action,
                element=proposal.element,
                patch={field: patch[field] for field in fields},
                rationale=reason,
                sponsors=[key for key in proposal.sponsors if by.seat is None or key != by.seat.group.key],
                offers_until=until,
                observed_on=proposal.observed_on,
                grew_from=[proposal],
                relation="split",
            )
            for fields in parts
        ]
        withdraw_proposal(by=by, proposal=proposal, reason=reason)
    return made


def _check(parts: Sequence[Sequence[str]], fields: Sequence[str]) -> None:
    named = [field for part in parts for field in part]
    if len(parts) < 2 or any(not part for part in parts) or sorted(named) != sorted(fields):
        raise Invalid(
            "proposal.parts",
            "Say for each field into which of two or more parts it goes, each part with at least one.",
            {"parts": "do not fit"},
        )
