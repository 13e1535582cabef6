"""The view for the hall: how a round stands, in type that is read from the last row; and the short address by which one joins."""

import re
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.common.errors import NotFound
from apps.deliberation.models import Round
from apps.deliberation.selectors import open_round_for, rounds_named
from apps.pages.present.course import course, where_it_stands
from apps.pages.present.room import Room
from apps.pages.web import person_of, show


def hall(request: HttpRequest, id: UUID) -> HttpResponse:
    """A round for everybody in the hall: no controls, nothing that whoever opened it may not see."""
    actor, found = open_round_for(person_of(request), id)
    room = Room(actor, found)
    address = settings.BASE_URL + reverse("short", args=[short_name(found)])
    props = room.watched | {"titles": {str(question.item.id): question.title for question in room.questions}}
    return show(
        request,
        "pages/hall.html",
        title=found.title,
        sentence=where_it_stands(found),
        round=found,
        room=room,
        props=props,
        course=course(found),
        address=address,
        told=pieces(address.partition("://")[2]),
    )


def short(request: HttpRequest, name: str) -> HttpResponse:
    """The short address of a round."""
    found = rounds_named(name)
    if len(found) != 1:
        raise NotFound("round.unknown", "No round has this address. Compare it with the one that is shown in the hall.")
    _, round = open_round_for(person_of(request), found[0])
    return redirect("round", round.id)


def pieces(address: str) -> list[str]:
    """An address in pieces between which a line may end: before a dot of its host, and before its path."""
    host, slash, path = address.partition("/")
    return [*re.split(r"(?=\.)", host), slash + path]


def short_name(round: Round) -> str:
    """By what a round is found without typing its whole id."""
    return round.id.hex[:8]
