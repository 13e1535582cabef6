"""One mission, value, outcome, instrument or measure: where it stands, who set what, what is open, how it came about."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common import clock
from apps.deliberation.services import set_outside
from apps.deliberation.standing import standings_from, wished
from apps.frameworks.domain.fields import fields_of, validate
from apps.frameworks.models import Element, Framework
from apps.frameworks.selectors import elements, open_element
from apps.pages.drafting import KEEP, KEPT, initial_of, keep
from apps.pages.forms.base import ReasonForm
from apps.pages.forms.proposal import ChangeForm, OutsideForm
from apps.pages.forms.record import FilterForm
from apps.pages.looking import look_first
from apps.pages.present.beside import beside
from apps.pages.present.comments import on_element
from apps.pages.present.elements import disagreements, open_tracks, part_cards, plain_facts, story_of, terms_of, told_of
from apps.pages.present.fields import facts_with_states, unsaid, with_states
from apps.pages.present.items import proposal_cards
from apps.pages.present.mandates import usable_on
from apps.pages.present.near import proposals_near
from apps.pages.present.topics import OF_AN_ELEMENT
from apps.pages.present.values import figures_line, measure_line, names_from, names_in, naming
from apps.pages.present.verdicts import flag_words, position_of
from apps.pages.present.words import KINDS, capital, day
from apps.pages.proposal import others, tabled_values
from apps.pages.web import done, handle, path_to, person_of, sent, show, signed_in
from apps.partnerships.actors import Actor
from apps.proposals.drafting import draft_on
from apps.proposals.rules import require_voice
from apps.proposals.selectors import OPEN, named, proposals
from apps.proposals.services import submit_proposal
from apps.proposals.services.drafts import table_draft
from apps.provenance.selectors import verdicts_on

LISTED = 50
VERDICTS_READ = 200


def element(request: HttpRequest, id: UUID) -> HttpResponse:
    """One element."""
    actor, framework, found = open_element(person_of(request), id)
    told, (titled, groups, scored, about, children, *wishes) = told_of(
        framework,
        found,
        *naming(framework),
        verdicts_on(found.id).order_by("-seq")[:VERDICTS_READ],
        named(proposals(framework, element=found.id)).filter(state__in=OPEN)[:LISTED],
        elements(framework).filter(parent=found)[:LISTED],
        *wished(framework, [id]),
    )
    names = names_from(framework, titled, groups)
    verdict = scored[0] if scored else None
    measure = found.kind == "measure"
    standings = standings_from([found], told.states.values(), *wishes)[found.id]
    cards = with_states(found, part_cards(found, told, names, verdict), standings, names.groups) if measure else []
    around = beside(actor, framework, found, cards, scored, names.groups)
    story = FilterForm(request.GET, groups=names.groups, subject=id, story=OF_AN_ELEMENT)
    return show(
        request,
        "pages/element.html",
        title=found.title,
        kicker=f"{found.code} · {KINDS[found.kind]}" + (" · retired" if found.retired_at else ""),
        sentence=_sentence(found),
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, found),
        element=found,
        figures=figures_line(found.fields) if measure else "",
        position=position_of(verdict),
        headline=verdict.headline if verdict else "",
        flags=flag_words(verdict) if verdict else [],
        parts=around.parts,
        around=around,
        facts=[] if measure else facts_with_states(found, plain_facts(found, names), standings, names.groups),
        unsaid=unsaid(found, standings),
        comments=on_element(actor, found),
        comment_url=reverse("comment_element", args=[id]) if actor.seat or actor.is_convenor else "",
        children=children,
        tracks=open_tracks(found, told),
        dissent=disagreements(found, told, names.groups),
        about=proposal_cards(about, names.groups),
        leaf=story_of(actor, found, scored, story),
        terms=terms_of(verdict) if verdict else [],
        verdict=verdict,
        mandates=usable_on(actor, found, told.mandates),
        may_speak=may_speak(actor),
        version=found.number,
    )


def suggest(request: HttpRequest, id: UUID) -> HttpResponse:
    """Suggest a change of one or several fields."""
    actor, framework, found = _spoken(request, id)
    asked = request.GET.getlist("field") or request.GET.getlist("part")
    subject = f"suggest:{id}"
    draft = draft_on(actor, framework, subject)
    if KEEP in request.POST:
        keep(request, actor, framework, subject)
        return done(request, KEPT, "room", framework.id)
    form = ChangeForm(
        sent(request),
        kind=found.kind,
        names=names_in(framework),
        current=found.fields,
        first=_fields_asked(found.kind, asked),
        groups=others(actor),
        today=actor.partnership.today(clock.now()),
        initial=initial_of(draft) if "draft" in request.GET else {},
    )

    sentence = "Change what should be different, and say why. What you leave as it is stays as it is."
    page = _page(actor, framework, found, "Suggest a change", sentence) | {"submit": "Put it on the table"}
    page |= {"draft_number": draft.number if draft else 0, "may_keep": actor.seat is not None}

    def do(data: dict[str, Any]) -> HttpResponse:
        values = validate(found.kind, form.patch(), complete=False)
        look = look_first(request, form, proposals_near(framework, id, found.kind, values), page)
        if look is not None:
            return look
        made = submit_proposal(
            by=actor, framework=framework, action="change", element=id, patch=values, **tabled_values(data)
        )
        if draft is not None and "draft" in request.GET:
            table_draft(by=actor, draft=draft, proposal=made)
        return done(
            request,
            "Your suggestion is on the table. Others can read it, object and, if you set a day, offer changes.",
            "proposal",
            made.id,
        )

    return handle(request, form, do, **page)


def confirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """Propose to confirm an element as it is."""
    return _whole(
        request, id, "confirm", "Propose to confirm it", "Everybody is asked whether it should stay exactly as it is."
    )


def retire(request: HttpRequest, id: UUID) -> HttpResponse:
    """Propose to retire an element."""
    return _whole(
        request, id, "retire", "Propose to retire it", "It would leave the framework; its history stays readable."
    )


def outside(request: HttpRequest, id: UUID) -> HttpResponse:
    """Record that fields are in force without a decision here."""
    actor, framework, found = _spoken(request, id)
    form = OutsideForm(sent(request), kind=found.kind, names=names_in(framework), current=found.fields, first=())

    def do(data: dict[str, Any]) -> HttpResponse:
        set_outside(
            by=actor,
            framework=framework,
            element=found,
            patch=form.patch(),
            evidence=data["evidence"],
            effective=data["effective"],
        )
        return done(request, "It is recorded as set outside. Where it stands is worked out anew.", "element", id)

    sentence = (
        "Use this where something is in force that nobody decided here: a funder's letter, a contract. "
        "Say what shows it; others can contest it."
    )
    return handle(
        request, form, do, **_page(actor, framework, found, "Record as set outside", sentence), submit="Record it"
    )


def _whole(request: HttpRequest, id: UUID, action: str, title: str, sentence: str) -> HttpResponse:
    """A proposal about an element as a whole."""
    actor, framework, found = _spoken(request, id)

    def do(data: dict[str, Any]) -> HttpResponse:
        made = submit_proposal(
            by=actor, framework=framework, action=action, element=id, patch={}, rationale=data["reason"]
        )
        return done(request, "It is on the table.", "proposal", made.id)

    page = _page(actor, framework, found, title, sentence) | {"template": "pages/form.html"}
    return handle(request, ReasonForm(sent(request)), do, **page, submit="Put it on the table")


def _spoken(request: HttpRequest, id: UUID) -> tuple[Actor, Framework, Element]:
    """An element, for somebody who may speak on it."""
    actor, framework, found = open_element(signed_in(request), id)
    if not actor.is_convenor:
        require_voice(actor)
    return actor, framework, found


def may_speak(actor: Actor) -> bool:
    """Whether somebody can suggest anything here: the convenor, and every seat but an observer's."""
    return actor.is_convenor or (actor.seat is not None and actor.seat.group.kind != "observer")


def _page(actor: Actor, framework: Framework, found: Element, title: str, sentence: str) -> dict[str, Any]:
    return {
        "template": "pages/typed_form.html",
        "title": title,
        "sentence": sentence,
        "actor": actor,
        "framework": framework,
        "where": path_to(actor, framework, found, title),
        "cancel": reverse("element", args=[found.id]),
    }


def _sentence(found: Element) -> str:
    if found.kind == "measure":
        return measure_line(found.fields)
    words = str(found.fields.get("definition") or "")
    return words or f"{capital(KINDS[found.kind])}, version {found.number}." + (
        f" Retired on {day(found.retired_at)}." if found.retired_at else ""
    )


def _fields_asked(kind: str, asked: list[str]) -> list[str]:
    """The fields named in the address, or all fields of the parts named there."""
    return [field.key for field in fields_of(kind) if field.key in asked or field.part in asked]
