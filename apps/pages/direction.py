"""Direction: what is wanted from above, what grew from practice, and whether the two hang together."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.frameworks.selectors import open_element, open_framework
from apps.measurement.direction import directions
from apps.measurement.services import notice_practice, state_alignment, state_need, withdraw_need
from apps.measurement.services.direction import may_state, require_authority
from apps.pages.forms.base import ReasonForm
from apps.pages.forms.direction import AlignForm, NeedForm, NoticedForm
from apps.pages.present.direction import board
from apps.pages.shown import Step
from apps.pages.web import done, handle, links_to, person_of, sent, show, signed_in
from apps.partnerships.selectors import group_names
from apps.proposals.rules import require_voice


def direction(request: HttpRequest, id: UUID) -> HttpResponse:
    """One table for each desired outcome."""
    actor, framework = open_framework(person_of(request), id)
    above = actor.person is not None and may_state(actor)
    mine = (actor.seat.group.key if actor.seat else "") if above else None
    return show(
        request,
        "pages/direction.html",
        title="From above, from practice",
        sentence="Direction comes from above; what matters to people comes from practice. Here stands, for each desired outcome, "
        "whether the two hang together.",
        actor=actor,
        framework=framework,
        where=[*links_to(actor, framework), Step("From above, from practice")],
        boards=[board(one, group_names(framework.partnership), mine) for one in directions(framework)],
        may_state=above,
        may_speak=actor.seat is not None and actor.seat.group.kind != "observer",
    )


def state(request: HttpRequest, id: UUID) -> HttpResponse:
    """State a need."""
    actor, framework = open_framework(signed_in(request), id)
    require_authority(actor)
    outcomes = [(str(one.outcome.id), f"{one.outcome.code} {one.outcome.title}") for one in directions(framework)]
    form = NeedForm(sent(request), outcomes=outcomes, initial={"outcome": request.GET.get("outcome", "")})

    def do(data: dict[str, Any]) -> HttpResponse:
        state_need(by=actor, framework=framework, outcome=UUID(data["outcome"]), words=data["words"])
        return done(request, "It is stated. Any group can answer it with a measure.", "direction", id)

    sentence = "Give direction without setting a measure. Measures that grew from practice can answer it."
    return handle(request, form, do, **_page(actor, framework, "State a need", sentence), submit="State it")


def withdraw(request: HttpRequest, id: UUID, need: UUID) -> HttpResponse:
    """Take a need back."""
    actor, framework = open_framework(signed_in(request), id)
    found = framework.needs.filter(id=need).first()

    def do(data: dict[str, Any]) -> HttpResponse:
        if found is not None:
            withdraw_need(by=actor, need=found, reason=data["reason"])
        return done(request, "It is taken back.", "direction", id)

    page = _page(actor, framework, "Take a need back", "That it was stated stays in the record.")
    return handle(request, ReasonForm(sent(request)), do, **page, submit="Take it back")


def align(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say how something from above and something from practice hang together."""
    actor, framework = open_framework(signed_in(request), id)
    require_voice(actor)
    found = [one for one in directions(framework) if request.GET.get("outcome", "") in {"", str(one.outcome.id)}]
    form = AlignForm(
        sent(request),
        above=dict.fromkeys((str(item.id), item.title) for one in found for item in one.above),
        practice=dict.fromkeys((str(item.id), item.title) for one in found for item in one.practice),
        initial={key: request.GET.get(key, "") for key in ("above", "practice")},
    )

    def do(data: dict[str, Any]) -> HttpResponse:
        above, practice = UUID(data.pop("above")), UUID(data.pop("practice"))
        state_alignment(by=actor, framework=framework, above=above, practice=practice, **data)
        return done(request, "It stands there as your group's view.", "direction", id)

    page = _page(actor, framework, "How do they hang together", "Each group says it for itself; nobody has to agree.")
    return handle(request, form, do, **page, submit="Say so")


def noticed(request: HttpRequest, id: UUID) -> HttpResponse:
    """Show when practice first noticed what a measure counts."""
    actor, framework, element = open_element(signed_in(request), id)
    require_voice(actor)

    def do(data: dict[str, Any]) -> HttpResponse:
        notice_practice(by=actor, framework=framework, element=id, **data)
        return done(request, "It is recorded. Whether it came before any plan is shown beside it.", "element", id)

    title = "When practice first noticed it"
    return handle(
        request,
        NoticedForm(sent(request)),
        do,
        title=title,
        kicker=f"{element.code} {element.title}",
        sentence="It shows that a measure grew from practice if it is dated before any plan that names it.",
        actor=actor,
        framework=framework,
        where=[*links_to(actor, framework, element), Step(title)],
        submit="Record it",
        cancel=reverse("element", args=[id]),
    )


def _page(actor: Any, framework: Any, title: str, sentence: str) -> dict[str, Any]:
    back = Step("From above, from practice", reverse("direction", args=[framework.id]))
    return {
        "title": title,
        "sentence": sentence,
        "actor": actor,
        "framework": framework,
        "where": [*links_to(actor, framework), back, Step(title)],
        "cancel": back.url,
    }
