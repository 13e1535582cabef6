"""The console: a convenor leads a round from here, on one page that keeps itself up to date."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from apps.deliberation.models import Round
from apps.deliberation.selectors import open_round_for
from apps.pages.present.console import console_props, links_of, offered
from apps.pages.present.course import course, where_it_stands
from apps.pages.present.room import Room
from apps.pages.present.steering import steering
from apps.pages.shown import Step
from apps.pages.web import links_to, show, signed_in
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor


def console(request: HttpRequest, id: UUID) -> HttpResponse:
    """The console of a round."""
    actor, found = _led(request, id)
    room = Room(actor, found)
    props = console_props(room)  # read first: what comes after it arrives by socket
    here = Step(found.title, reverse("round", args=[found.id]))
    return show(
        request,
        "pages/console.html",
        title=found.title,
        sentence="You lead the meeting from here. Everybody's page follows by itself.",
        actor=actor,
        framework=found.framework,
        where=[*links_to(actor, found.framework), here, Step("Console")],
        kicker="Console",
        round=found,
        room=room,
        floor=room.state.floor,
        props=props,
        course=course(found),
        stands=where_it_stands(found),
        steering=steering(actor, found),
        links=links_of(found),
        back="console",
    )


def next_moves(request: HttpRequest, id: UUID) -> HttpResponse:
    """What can be done next, for a console that hears that the round has moved."""
    return JsonResponse(offered(*_led(request, id)))


def _led(request: HttpRequest, id: UUID) -> tuple[Actor, Round]:
    actor, found = open_round_for(signed_in(request), id)
    require_convenor(actor)
    return actor, found
