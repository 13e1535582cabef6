"""A framework: its tree with where everything stands, what is open now, its founding plan and editions."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import slugify

from apps.deliberation.reviews import reviews_of
from apps.frameworks.models import Framework, Gate
from apps.frameworks.selectors import copyable, open_framework
from apps.frameworks.services import create_framework, name_levels, offer_template, open_gates, seal_plan
from apps.pages.forms.framework import FrameworkForm, GatesForm, LevelsForm, SealForm, TemplateForm
from apps.pages.forms.record import FilterForm
from apps.pages.present.frame import frame_of
from apps.pages.present.items import proposal_cards
from apps.pages.present.leafing import leaf_of
from apps.pages.present.rounds import round_cards
from apps.pages.present.topics import OF_A_FRAMEWORK
from apps.pages.present.tree import findings_of, late_reviews, tree_of
from apps.pages.present.words import ROUND_STATES, capital, day, listed, number_of
from apps.pages.web import done, handle, path_to, person_of, sent, show, signed_in
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import open_partnership
from apps.proposals.services import copy_framework

LATEST = 4
DONE_LAST = 6
SOURCES = 200


def framework(request: HttpRequest, id: UUID) -> HttpResponse:
    """The framework on one page."""
    actor, found = open_framework(person_of(request), id)
    frame = frame_of(found)
    held = round_cards(frame.rounds)
    tree = tree_of(frame, found.levels)
    return show(
        request,
        "pages/framework.html",
        title=found.title,
        sentence=f"What {found.partnership.name} wants to become true for people, and how it will know. "
        f"Negotiated since {day(found.starts_on)}.",
        actor=actor,
        framework=found,
        where=path_to(actor, found),
        tree=tree,
        findings=findings_of(tree),
        late=late_reviews(reviews_of([found.partnership_id]), tree),
        proposals=proposal_cards(frame.proposals, frame.groups),
        rounds=held[:LATEST],
        earlier_rounds=held[LATEST:],
        open_rounds=[card for card in held if card.state_words == ROUND_STATES["open"][1]],
        rules=frame.rules,
        slots=[(slot, reverse("element", args=[slot.filled_by]) if slot.filled_by else "") for slot in frame.slots],
        editions=frame.editions,
        gates=_gates(found),
        leaf=leaf_of(
            actor, FilterForm(request.GET, groups=frame.groups, subject=id, story=OF_A_FRAMEWORK), page=DONE_LAST
        ),
    )


def create(request: HttpRequest, id: UUID) -> HttpResponse:
    """Begin a framework."""
    actor = open_partnership(person_of(request), id)
    require_convenor(actor)

    def do(data: dict[str, Any]) -> HttpResponse:
        beginning = {"by": actor, "title": data["title"], "starts_on": data["starts_on"]}
        if data.get("source"):
            source = open_framework(actor.person, UUID(data["source"]))[1]
            more = {"rationale": data["rationale"], "figures": data["figures"]}
            made = copy_framework(source=source, **beginning, **more)
            return done(request, f"{made.title} is begun. Everything copied is on the table.", "framework", made.id)
        made = create_framework(**beginning)
        return done(
            request,
            f"{made.title} is begun. Propose its mission, desired outcomes and measures next.",
            "framework",
            made.id,
        )

    return handle(
        request,
        FrameworkForm(sent(request), sources=copyable(signed_in(request), actor.partnership)[:SOURCES]),
        do,
        title="Begin a framework",
        sentence="A framework holds a mission, values, desired outcomes and the measures that show whether they come true.",
        actor=actor,
        where=path_to(actor, None, None, "Begin a framework"),
        submit="Begin it",
        cancel=reverse("partnership", args=[id]),
    )


def seal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Seal the founding plan."""
    actor, found = convened(request, id)

    def do(data: dict[str, Any]) -> HttpResponse:
        slots = [
            {"key": slugify(title)[:40].strip("-") or f"place-{n}", "title": title}
            for n, title in enumerate(data["slots"], 1)
        ]
        edition = seal_plan(by=actor, framework=found, slots=slots)
        return done(
            request,
            f"The founding plan is sealed: {number_of(len(edition.state), 'text')}, {number_of(len(slots), 'open place')}.",
            "framework",
            id,
        )

    sentence = (
        "What stands now becomes edition 0 and cannot be changed any more. What comes later counts as foreseen "
        "only if it fills one of the open places you name here. It can be done once."
    )
    return handle(
        request,
        SealForm(sent(request)),
        do,
        **page_of(actor, found, "Seal the founding plan", sentence),
        submit="Seal it",
    )


def gates(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say which acts are open."""
    actor, found = convened(request, id)

    def do(data: dict[str, Any]) -> HttpResponse:
        open_gates(by=actor, framework=found, gates=data["gates"])
        return done(request, "It is set. Everybody can see what is open.", "framework", id)

    sentence = "Close what should rest for a while. Rounds that are open stay open."
    form = GatesForm(sent(request), initial={"gates": found.gates})
    return handle(request, form, do, **page_of(actor, found, "What can be done at present", sentence), submit="Set it")


def levels(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say what the levels of the outcome tree are called."""
    actor, found = convened(request, id)

    def do(data: dict[str, Any]) -> HttpResponse:
        name_levels(by=actor, framework=found, levels=data["levels"])
        return done(request, "The levels have their names.", "framework", id)

    sentence = "Desired outcomes can stand under each other. Give each level the name that people here use."
    form = LevelsForm(sent(request), initial={"levels": "\n".join(found.levels)})
    return handle(
        request, form, do, **page_of(actor, found, "Levels of desired outcomes", sentence), submit="Name them"
    )


def template(request: HttpRequest, id: UUID) -> HttpResponse:
    """Offer a framework as a template, or no longer."""
    actor, found = convened(request, id)
    form = TemplateForm(sent(request), initial={"offered": found.is_template})

    def do(data: dict[str, Any]) -> HttpResponse:
        offer_template(by=actor, framework=found, offered=data["offered"])
        words = "Others can begin with a copy of it." if data["offered"] else "It is no longer a template."
        return done(request, words, "framework", id)

    sentence = "Whoever may read it can then begin a framework of their own with a copy; nothing here changes by that."
    return handle(request, form, do, **page_of(actor, found, "A template for others", sentence), submit="Set it")


def convened(request: HttpRequest, id: UUID) -> tuple[Actor, Framework]:
    """A framework whose convenor asks, or a refusal."""
    actor, found = open_framework(person_of(request), id)
    require_convenor(actor)
    return actor, found


def page_of(actor: Actor, found: Framework, title: str, sentence: str) -> dict[str, Any]:
    return {
        "title": title,
        "sentence": sentence,
        "actor": actor,
        "framework": found,
        "where": path_to(actor, found, None, title),
        "cancel": reverse("framework", args=[found.id]),
    }


def _gates(found: Framework) -> str:
    """What is open, in one sentence."""
    words = {Gate.PROPOSE: "proposals", Gate.OFFER: "offers of change", Gate.OBJECT: "objections"}
    opened = [words[gate] for gate in Gate if gate in found.gates]
    return (
        f"{capital(listed(opened))} are open."
        if opened
        else "Proposals, offers of change and objections are shut at present."
    )
