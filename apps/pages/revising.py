"""Making the next version of a proposal; where a colleague was faster, both texts beside each other, and nothing lost."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.common.errors import Conflict
from apps.frameworks.domain.fields import validate
from apps.pages.forms.proposal import ReviseForm
from apps.pages.present.proposals import Stand, stand_of
from apps.pages.present.three_way import ways_of
from apps.pages.proposal import proposal_page
from apps.pages.shown import Step
from apps.pages.web import done, handle, sent, show, signed_in
from apps.partnerships.actors import Actor
from apps.proposals.models import Proposal
from apps.proposals.rules import require_speaker
from apps.proposals.selectors import open_proposal
from apps.proposals.services import revise_proposal

SENTENCE = "It replaces this version. Earlier versions stay readable; votes stay with the version they were cast on."


def revise(request: HttpRequest, id: UUID) -> HttpResponse:
    """Make the next version of one's own proposal."""
    actor, found = open_proposal(signed_in(request), id)
    require_speaker(actor, found)
    stand = stand_of(actor, found)
    form = ReviseForm(
        sent(request),
        kind=found.kind,
        names=stand.names,
        current=stand.base,
        begin=stand.result,
        first=stand.current.patch,
        initial={"on_number": found.number},
    )

    def do(data: dict[str, Any]) -> HttpResponse:
        values = validate(found.kind, form.patch(), complete=False)
        try:
            made = revise_proposal(
                by=actor, proposal=found, patch=values, rationale=data["rationale"], on_number=data["on_number"]
            )
        except Conflict as conflict:
            if conflict.code != "proposal.stale":
                raise
            return _both(request, actor, found, values, data, conflict)
        return done(request, f"Version {made.number} stands now.", "proposal", id)

    return handle(request, form, do, **_page(stand))


def _both(
    request: HttpRequest,
    actor: Actor,
    found: Proposal,
    values: dict[str, Any],
    data: dict[str, Any],
    conflict: Conflict,
) -> HttpResponse:
    """What it was, what stands, what one typed; and a form on the newest version that holds the two together."""
    found.refresh_from_db()
    stand = stand_of(actor, found)
    ways = ways_of(stand, data["on_number"], values)
    form = ReviseForm(
        None,
        kind=found.kind,
        names=stand.names,
        current=stand.base,
        begin=ways.begin,
        first=stand.current.patch.keys() | values.keys(),
        initial={"on_number": found.number, "rationale": data["rationale"]},
    )
    errors = [Step(conflict.message, "#ways")]
    return show(request, form=form, ways=ways, errors=errors, status=conflict.status, **_page(stand))


def _page(stand: Stand) -> dict[str, Any]:
    return proposal_page(stand, "Make the next version", SENTENCE) | {"submit": "Make this version"}
