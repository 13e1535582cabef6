"""After a change has been offered: joining it, taking it back, counter-offers, and the window in which offers are made."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.pages.forms.base import NothingForm, ReasonForm
from apps.pages.forms.proposal import CounterForm, WindowForm, YesOrNoForm
from apps.pages.present.offers import offer_changes
from apps.pages.present.proposals import stand_of
from apps.pages.present.removed import words
from apps.pages.proposal import proposal_page
from apps.pages.web import done, handle, sent, signed_in
from apps.proposals.domain.patch import apply
from apps.proposals.rules import require_offerer, require_outsider, require_speaker, require_voice
from apps.proposals.selectors import open_offer, open_proposal
from apps.proposals.services import answer_counter, counter_offer, join_offer, set_window, withdraw_offer


def join(request: HttpRequest, id: UUID) -> HttpResponse:
    """Join what another group has offered, instead of offering it again."""
    actor, found = open_offer(signed_in(request), id)
    require_voice(actor)
    require_outsider(actor, found.proposal)
    stand = stand_of(actor, found.proposal)

    def do(data: dict[str, Any]) -> HttpResponse:
        join_offer(by=actor, offer=found)
        sentence = f"Your group has joined it. It stands beside {found.group.name} in the record."
        return done(request, sentence, "proposal", found.proposal_id, part=f"offer-{id}")

    sentence = f"You say for your group that it wants what {found.group.name} offers. It becomes no second offer."
    page = proposal_page(stand, f"Join {found.group.name}", sentence, "pages/counter.html")
    page |= {"changes": offer_changes(stand, found, found.patch), "why": words(found.reason)}
    return handle(request, NothingForm(sent(request)), do, **page, submit="Join it")


def take_back(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take an offer of one's own group back."""
    actor, found = open_offer(signed_in(request), id)
    require_offerer(actor, found)

    def do(data: dict[str, Any]) -> HttpResponse:
        withdraw_offer(by=actor, offer=found, reason=data["reason"])
        return done(request, "Your offer is taken back. It stays readable.", "proposal", found.proposal_id)

    sentence = (
        "It does not wait for an answer any more. That it was made, and why it was taken back, stays in the record."
    )
    page = proposal_page(stand_of(actor, found.proposal), "Take the offer back", sentence, "pages/form.html")
    return handle(request, ReasonForm(sent(request)), do, **page, submit="Take it back")


def counter(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say in which form one would take an offer."""
    actor, found = open_offer(signed_in(request), id)
    require_speaker(actor, found.proposal)
    actor.require_seat()
    stand = stand_of(actor, found.proposal)
    form = CounterForm(
        sent(request),
        kind=found.proposal.kind,
        names=stand.names,
        current=stand.result,
        begin=apply(stand.result, found.patch),
        first=found.patch,
    )

    def do(data: dict[str, Any]) -> HttpResponse:
        counter_offer(by=actor, offer=found, patch=form.patch(), reason=data["reason"])
        sentence = f"Your counter-offer is made. {found.group.name} can say yes or no to it."
        return done(request, sentence, "proposal", found.proposal_id, part=f"offer-{id}")

    sentence = f"You say in which form you would take what {found.group.name} offers. Nothing changes until they agree."
    page = proposal_page(stand, f"Counter-offer to {found.group.name}", sentence)
    return handle(request, form, do, **page, submit="Make this counter-offer")


def answer(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say yes or no to a counter-offer."""
    actor, found = open_offer(signed_in(request), id)
    if found.counters is not None:
        require_offerer(actor, found.counters)
    stand = stand_of(actor, found.proposal)

    def do(data: dict[str, Any]) -> HttpResponse:
        answer_counter(by=actor, offer=found, **data)
        return done(request, "Your answer is recorded.", "proposal", found.proposal_id, part="offers")

    sentence = f"{found.group.name} would take your change in this form."
    page = proposal_page(stand, f"Counter-offer of {found.group.name}", sentence, "pages/counter.html")
    page |= {"changes": offer_changes(stand, found, found.patch), "why": words(found.reason)}
    return handle(request, YesOrNoForm(sent(request)), do, **page, submit="Send the answer")


def window(request: HttpRequest, id: UUID) -> HttpResponse:
    """Open, extend or shut the window for offers."""
    actor, found = open_proposal(signed_in(request), id)
    if not actor.is_convenor:
        require_speaker(actor, found)
    form = WindowForm(sent(request), initial={"offers_until": found.offers_until, "offers_each": found.offers_each})

    def do(data: dict[str, Any]) -> HttpResponse:
        set_window(by=actor, proposal=found, **data)
        return done(request, "It is set. Everybody can see it.", "proposal", id, part="offers")

    sentence = "While the window is open, other groups can offer changes. Opened again later, it begins anew."
    page = proposal_page(stand_of(actor, found), "When changes can be offered", sentence, "pages/form.html")
    return handle(request, form, do, **page, submit="Set it")
