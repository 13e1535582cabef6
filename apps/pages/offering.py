"""Changes offered to proposals: offering, answering, putting a declined one to the vote."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.common.errors import Conflict
from apps.frameworks.domain.fields import validate
from apps.pages.forms.base import ReasonForm
from apps.pages.forms.proposal import OfferForm, OneAnswerForm
from apps.pages.looking import look_first
from apps.pages.present.near import offers_near
from apps.pages.present.offers import offer_changes
from apps.pages.present.proposals import Stand, stand_of
from apps.pages.present.removed import words
from apps.pages.proposal import proposal_page, window_words
from apps.pages.web import done, handle, sent, signed_in
from apps.proposals.domain.patch import apply
from apps.proposals.models import Offer, Proposal
from apps.proposals.rules import require_outsider, require_speaker, require_voice
from apps.proposals.selectors import open_offer, open_proposal, waiting_offers
from apps.proposals.services import answer_offer, offer_change, put_offer_to_vote


def offer(request: HttpRequest, id: UUID) -> HttpResponse:
    """Offer a change to somebody else's proposal."""
    actor, found = open_proposal(signed_in(request), id)
    require_voice(actor)
    require_outsider(actor, found)
    stand = stand_of(actor, found)
    before = _replaced(request, found)
    form = OfferForm(
        sent(request),
        kind=found.kind,
        names=stand.names,
        current=stand.result,
        begin=apply(stand.result, before.patch) if before else None,
        first=_asked(request, stand),
        initial={"reason": words(before.reason), "replaces": before.id} if before else {},
    )

    sentence = f"Change what you want to be different. {window_words(found)}"
    title = "Offer a new version of your change" if before else "Offer a change"
    page = proposal_page(stand, title, sentence) | {"submit": "Offer this change"}

    def do(data: dict[str, Any]) -> HttpResponse:
        values = validate(found.kind, form.patch(), complete=False)
        own = [before.id] if before else []
        look = look_first(request, form, offers_near(found, values, but=own, group=actor.require_seat().group_id), page)
        if look is not None:
            return look
        offer_change(by=actor, proposal=found, patch=values, reason=data["reason"], replaces=before)
        return done(
            request,
            "Your change is offered. Those who propose it must answer with a reason.",
            "proposal",
            id,
            part="offers",
        )

    return handle(request, form, do, **page)


def answer(request: HttpRequest, id: UUID) -> HttpResponse:
    """Answer an offer of change."""
    actor, found = open_offer(signed_in(request), id)
    require_speaker(actor, found.proposal)
    stand = stand_of(actor, found.proposal)
    form = OneAnswerForm(
        sent(request),
        kind=found.proposal.kind,
        names=stand.names,
        keys=list(found.patch),
        begin=found.patch,
        first=(),
        initial={"on_number": found.proposal.number},
    )

    def do(data: dict[str, Any]) -> HttpResponse:
        taken = form.patch() if data["answer"] == "modified" else None
        asked = {"answer": data["answer"], "reason": data["reason"], "on_number": data["on_number"]}
        answer_offer(by=actor, offer=found, taken=taken, **asked)
        return done(request, "Your answer is recorded, with its reason.", "proposal", found.proposal_id, part="offers")

    page = proposal_page(
        stand,
        f"Answer {found.group.name}",
        "Take it, take it in another form, or do not take it. Everybody reads your reason.",
    )
    page |= {
        "template": "pages/answer.html",
        "changes": offer_changes(stand, found, found.patch),
        "offer": found,
        "why": words(found.reason),
        "number": found.proposal.number,
        "near": offers_near(found.proposal, found.patch, but=[found.id]) if found.state == "offered" else [],
    }
    return handle(request, form, do, **page, submit="Send the answer")


def put_to_vote(request: HttpRequest, id: UUID) -> HttpResponse:
    """Bring a declined offer to the table as a proposal of its own."""
    actor, found = open_offer(signed_in(request), id)
    require_voice(actor)

    def do(data: dict[str, Any]) -> HttpResponse:
        made = put_offer_to_vote(by=actor, offer=found, rationale=data["reason"])
        return done(request, "It is on the table as a proposal of its own, and can be voted on.", "proposal", made.id)

    stand = stand_of(actor, found.proposal)
    sentence = "A change that was not taken can be put to the vote by any group. It becomes a proposal of its own, tabled by yours."
    form = ReasonForm(sent(request), label="Why it should be voted on")
    return handle(
        request,
        form,
        do,
        **proposal_page(stand, "Put it to the vote", sentence, "pages/form.html"),
        submit="Put it on the table",
    )


def _replaced(request: HttpRequest, proposal: Proposal) -> Offer | None:
    """The waiting offer of which this is to be the next version, where one is named."""
    named = request.POST.get("replaces") or request.GET.get("replaces")
    if not named:
        return None
    found = next((one for one in waiting_offers(proposal) if str(one.id) == named), None)
    if found is None:
        raise Conflict("offer.gone", "The offer you want to replace does not wait for an answer any more.")
    return found


def _asked(request: HttpRequest, stand: Stand) -> list[str]:
    """The fields to show open: the one that was tapped, else those the proposal changes."""
    return request.GET.getlist("field") or list(stand.current.patch)
