"""Packages: proposals that stand or fall together."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common import clock
from apps.frameworks.models import Framework
from apps.frameworks.selectors import open_framework
from apps.pages.forms.base import NothingForm, ReasonForm
from apps.pages.forms.package import PackageForm, RatifyForm
from apps.pages.present.items import proposal_cards
from apps.pages.present.packages import package_cards
from apps.pages.web import done, handle, path_to, person_of, sent, show, signed_in
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import group_names
from apps.proposals.packages import open_commitment, open_package, open_ratification, packages
from apps.proposals.rules import require_voice, speaks_for
from apps.proposals.selectors import named, proposals, proposals_in
from apps.proposals.services import answer_ratification, dissolve_package, keep_commitment, make_package

LISTED = 50


def listing(request: HttpRequest, id: UUID) -> HttpResponse:
    """The packages of a framework."""
    actor, framework = open_framework(person_of(request), id)
    found = list(packages(framework)[:LISTED])
    speaks = actor.is_convenor or (actor.seat is not None and actor.seat.group.kind != "observer")
    return show(
        request,
        "pages/packages.html",
        title="Packages",
        sentence="Suggestions of which all are adopted, or none.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "Packages"),
        cards=package_cards(actor, framework, found, actor.partnership.today(clock.now())),
        new_url=reverse("new_package", args=[id]) if speaks else "",
    )


def package(request: HttpRequest, id: UUID) -> HttpResponse:
    """One package."""
    actor, found = open_package(person_of(request), id)
    (card,) = package_cards(actor, found.framework, [found], actor.partnership.today(clock.now()))
    return show(
        request,
        "pages/package.html",
        title=card.title,
        kicker="Package",
        sentence=f"{card.by}. All of it is adopted, or nothing.",
        actor=actor,
        framework=found.framework,
        where=path_to(actor, found.framework, None, card.title),
        card=card,
    )


def make(request: HttpRequest, id: UUID) -> HttpResponse:
    """Bind proposals together."""
    actor, framework = open_framework(signed_in(request), id)
    if not actor.is_convenor:
        require_voice(actor)
    groups = group_names(framework.partnership)
    tabled = list(named(proposals(framework, state="tabled"))[:200])
    own = [one for one in tabled if actor.is_convenor or speaks_for(actor, one)]
    offered = [(str(card.id), f"{card.title}. {card.by}") for card in proposal_cards(own, groups)]
    form = PackageForm(sent(request), offered=offered, groups=list(groups.items()))

    def do(data: dict[str, Any]) -> HttpResponse:
        made = make_package(
            by=actor,
            framework=framework,
            title=data["title"],
            proposals=proposals_in(framework, [UUID(one) for one in data["proposals"]]),
            reason=data["reason"],
            promises=form.promises(),
            ratified_by=form.ratified_by(),
        )
        return done(request, "They stand or fall together from now on.", "package", made.id)

    sentence = "All of them are adopted, or none. You can bind what your group speaks for; dissolve it before the vote."
    return handle(
        request, form, do, **_page(actor, framework, "Bind suggestions together", sentence), submit="Bind them"
    )


def dissolve(request: HttpRequest, id: UUID) -> HttpResponse:
    """Let the proposals of a package stand by themselves again."""
    actor, found = open_package(signed_in(request), id)

    def do(data: dict[str, Any]) -> HttpResponse:
        dissolve_package(by=actor, package=found, reason=data["reason"])
        return done(request, "Each of them stands by itself again.", "package", id)

    sentence = "Each suggestion is voted on by itself again. That they were bound together stays in the record."
    page = _page(actor, found.framework, "Dissolve the package", sentence)
    return handle(request, ReasonForm(sent(request)), do, **page, submit="Dissolve it")


def keep(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say that what was promised has been brought."""
    actor, found = open_commitment(signed_in(request), id)

    def do(data: dict[str, Any]) -> HttpResponse:
        keep_commitment(by=actor, commitment=found)
        return done(request, "It is recorded as brought.", "package", found.package_id)

    page = _page(actor, found.package.framework, "It has been brought", f"{found.group.name}: {found.what.body or ''}")
    return handle(request, NothingForm(sent(request)), do, **page, submit="Record it")


def ratify(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say whether one's own body has ratified it."""
    actor, found = open_ratification(signed_in(request), id)

    def do(data: dict[str, Any]) -> HttpResponse:
        answer_ratification(by=actor, ratification=found, **data)
        return done(request, "It is recorded. What was agreed follows from it.", "package", found.package_id)

    sentence = "What was agreed is in force only once every body that was named has said yes."
    page = _page(actor, found.package.framework, "Ratification", sentence)
    return handle(request, RatifyForm(sent(request)), do, **page, submit="Record it")


def _page(actor: Actor, framework: Framework, title: str, sentence: str) -> dict[str, Any]:
    return {
        "title": title,
        "sentence": sentence,
        "actor": actor,
        "framework": framework,
        "where": path_to(actor, framework, None, title),
        "cancel": reverse("packages", args=[framework.id]),
    }
