"""Proposals: tabling and withdrawing them, objecting."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common import clock
from apps.common.errors import NotFound
from apps.frameworks.models import Framework, Kind
from apps.frameworks.selectors import open_framework
from apps.pages.drafting import KEEP, KEPT, initial_of, keep
from apps.pages.forms.base import NothingForm, ReasonForm
from apps.pages.forms.proposal import AddForm, WithdrawForm
from apps.pages.looking import look_first
from apps.pages.present.comments import on_proposal
from apps.pages.present.items import heading, kind_words, tabled_by
from apps.pages.present.lineage import kin_of, others_of
from apps.pages.present.near import alike_titles
from apps.pages.present.offers import offer_cards
from apps.pages.present.proposals import Stand, objection_cards, round_lines, stand_of, stand_with, version_lines
from apps.pages.present.removed import words
from apps.pages.present.values import names_in
from apps.pages.present.words import KINDS, PROPOSAL_STATES, capital, day, number_of
from apps.pages.shown import Step
from apps.pages.web import done, handle, links_to, path_to, person_of, sent, show, signed_in
from apps.partnerships.actors import Actor
from apps.partnerships.models import StakeholderGroup
from apps.partnerships.selectors import group_names, groups
from apps.proposals.drafting import draft_on
from apps.proposals.models import Proposal
from apps.proposals.rules import require_speaker, require_voice
from apps.proposals.selectors import alternatives, open_proposal
from apps.proposals.services import (
    raise_objection,
    submit_proposal,
    withdraw_objection,
    withdraw_proposal,
)
from apps.proposals.services.drafts import table_draft


def proposal(request: HttpRequest, id: UUID) -> HttpResponse:
    """One proposal."""
    actor, found = open_proposal(person_of(request), id)
    held = actor.partnership.mandates
    mine = held.filter(holder=actor.person)[:20] if actor.person else held.none()
    stand, (others_on_it, mandates) = stand_with(actor, found, others_of(found), mine)
    state, state_words = PROPOSAL_STATES[found.state]
    return show(
        request,
        "pages/proposal.html",
        title=heading(found, stand.title),
        sentence=f"{tabled_by(found, stand.names.groups)}. Version {found.number}.",
        kicker=kind_words(found),
        actor=actor,
        framework=found.framework,
        where=path_to(actor, found.framework, stand.element, "Proposal"),
        proposal=found,
        stand=stand,
        state=state,
        state_words=state_words,
        why=words(stand.current.rationale),
        window=window_words(found),
        sets_window=found.state == "tabled" and (stand.speaks or actor.is_convenor),
        offers=offer_cards(stand),
        objections=objection_cards(stand),
        comments=on_proposal(stand),
        kin=kin_of(stand, others_on_it),
        comment_url=reverse("comment_proposal", args=[id]) if actor.seat or actor.is_convenor else "",
        lines=version_lines(stand),
        rounds=round_lines(found),
        mandates=mandates,
    )


def choose_kind(request: HttpRequest, id: UUID) -> HttpResponse:
    """Choose what to propose."""
    actor, framework = _spoken(request, id)
    kinds = [(reverse("propose_kind", args=[id, kind]), capital(words)) for kind, words in KINDS.items()]
    return show(
        request,
        "pages/choose_kind.html",
        title="Propose something new",
        sentence="To change what is there already, open it and choose “Suggest a change”.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "Propose something new"),
        kinds=kinds,
    )


def add(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """Propose a new element of one kind."""
    actor, framework = _spoken(request, id)
    if kind not in Kind.values:
        raise NotFound("element.unknown_kind", "There is no such kind of text. Choose one from the list.")
    subject = f"add:{kind}"
    draft = draft_on(actor, framework, subject)
    if KEEP in request.POST:
        keep(request, actor, framework, subject)
        return done(request, KEPT, "room", id)
    form = AddForm(
        sent(request),
        kind=kind,
        names=names_in(framework),
        framework=framework,
        groups=others(actor),
        today=actor.partnership.today(clock.now()),
        first=("title", "definition", "unit", "polarity", "baseline", "target"),
        initial=initial_of(draft) if "draft" in request.GET else {},
    )

    sentence = "Say what you know; leave the rest empty. Others can offer changes, and you decide on each of them with a reason."
    page = typed_page(actor, framework, f"Propose a {KINDS[kind]}", sentence) | {
        "submit": "Put it on the table",
        "cancel": reverse("framework", args=[id]),
        "draft_number": draft.number if draft else 0,
        "may_keep": actor.seat is not None,
    }

    def do(data: dict[str, Any]) -> HttpResponse:
        look = look_first(request, form, alike_titles(framework, kind, form.patch()), page)
        if look is not None:
            return look
        parent = UUID(data["parent"]) if data.get("parent") else None
        made = submit_proposal(
            by=actor,
            framework=framework,
            action="add",
            kind=kind,
            patch=form.patch(),
            parent=parent,
            **tabled_values(data, "code", "slot"),
        )
        if draft is not None and "draft" in request.GET:
            table_draft(by=actor, draft=draft, proposal=made)
        return done(request, "It is on the table. Everybody in the partnership can read it.", "proposal", made.id)

    return handle(request, form, do, **page)


def withdraw(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one's own proposal off the table."""
    actor, found = open_proposal(signed_in(request), id)
    require_speaker(actor, found)

    others_there = {str(one.id): one for one in alternatives(found)}
    names = group_names(actor.partnership)
    form = WithdrawForm(sent(request), others=[(key, tabled_by(one, names)) for key, one in others_there.items()])

    def do(data: dict[str, Any]) -> HttpResponse:
        into = others_there.get(data.get("into") or "")
        withdraw_proposal(by=actor, proposal=found, reason=data["reason"], into=into)
        return done(request, "The proposal is withdrawn. It stays readable, with your reason.", "proposal", id)

    page = proposal_page(
        stand_of(actor, found),
        "Withdraw the proposal",
        "It leaves the table for good; it stays in the record.",
        "pages/form.html",
    )
    return handle(request, form, do, **page, submit="Withdraw it")


def object_to(request: HttpRequest, id: UUID) -> HttpResponse:
    """Object to a proposal."""
    actor, found = open_proposal(signed_in(request), id)
    require_voice(actor)

    def do(data: dict[str, Any]) -> HttpResponse:
        raise_objection(by=actor, proposal=found, reason=data["reason"])
        return done(
            request, "Your objection is recorded. It stays until you take it back.", "proposal", id, part="objections"
        )

    sentence = "An objection says which harm this does that could be avoided. It is neither a preference nor a veto."
    form = ReasonForm(sent(request), label="Which harm could be avoided, and how")
    return handle(
        request,
        form,
        do,
        **proposal_page(stand_of(actor, found), "Object", sentence, "pages/form.html"),
        submit="Object",
    )


def withdraw_objection_to(request: HttpRequest, id: UUID, objection: UUID) -> HttpResponse:
    """Take one's own objection back."""
    actor, found = open_proposal(signed_in(request), id)
    mine = found.objections.filter(id=objection).first()
    if mine is None:
        raise NotFound("objection.unknown", "There is no such objection to this proposal.")

    def do(data: dict[str, Any]) -> HttpResponse:
        withdraw_objection(by=actor, objection=mine)
        return done(request, "Your objection is taken back.", "proposal", id, part="objections")

    page = proposal_page(
        stand_of(actor, found), "Take the objection back", "It stays in the record that it was made.", "pages/form.html"
    )
    return handle(request, NothingForm(sent(request)), do, **page, submit="Take it back")


def others(actor: Actor) -> list[StakeholderGroup]:
    """The groups that could table something together with this actor's own."""
    own = actor.seat.group_id if actor.seat else None
    return [group for group in groups(actor.partnership) if group.id != own and group.kind != "observer"]


def typed_page(actor: Actor, framework: Framework, title: str, sentence: str) -> dict[str, Any]:
    """What a page with a form of typed fields needs."""
    return {
        "template": "pages/typed_form.html",
        "title": title,
        "sentence": sentence,
        "actor": actor,
        "framework": framework,
        "where": path_to(actor, framework, None, title),
    }


def _spoken(request: HttpRequest, id: UUID) -> tuple[Actor, Framework]:
    """A framework, for somebody who may propose in it."""
    actor, framework = open_framework(signed_in(request), id)
    if not actor.is_convenor:
        require_voice(actor)
    return actor, framework


def proposal_page(stand: Stand, title: str, sentence: str, template: str = "pages/typed_form.html") -> dict[str, Any]:
    found, actor = stand.proposal, stand.viewer
    here = Step(heading(found, stand.title), reverse("proposal", args=[found.id]))
    return {
        "template": template,
        "title": title,
        "sentence": sentence,
        "actor": actor,
        "framework": found.framework,
        "where": [*links_to(actor, found.framework), here, Step(title)],
        "cancel": here.url,
    }


def tabled_values(data: dict[str, Any], *more: str) -> dict[str, Any]:
    """What every new proposal says, as the service takes it."""
    keys = ("rationale", "sponsors", "offers_until", "observed_on", *more)
    return {key: data[key] for key in keys if data.get(key)}


def window_words(found: Proposal) -> str:
    """Until when changes can be offered, and how many."""
    if found.offers_until is None:
        return "No time for offering changes was set."
    if found.framework.partnership.today(clock.now()) > found.offers_until:
        return f"Changes could be offered until {day(found.offers_until)}."
    cap = f", at most {number_of(found.offers_each, 'change')} by each group" if found.offers_each else ""
    return f"Changes can be offered until {day(found.offers_until)}{cap}."
