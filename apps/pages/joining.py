"""Joining by a link: a name is all it takes."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse

from apps.pages.forms.base import NothingForm
from apps.pages.forms.partnership import JoinForm
from apps.pages.web import done, handle, person_of, sent
from apps.partnerships.services import accept_invitation, find_invitation


def join(request: HttpRequest, token: str) -> HttpResponse:
    """Take a free seat of the inviting group. Who is not signed in types a name, and is signed in on this device."""
    group = find_invitation(token).group
    person = person_of(request)
    form = JoinForm(sent(request)) if person is None else NothingForm(sent(request))

    def do(data: dict[str, Any]) -> HttpResponse:
        holding = accept_invitation(token=token, name=data.get("name", ""), person=person)
        if person is None:
            login(request, holding.person, backend=settings.AUTHENTICATION_BACKENDS[0])
        words = f"You hold seat {holding.seat.label} of {group.name}. Welcome."
        return done(request, words, "partnership", group.partnership_id)

    sentence = (
        f"{group.partnership.name} asks you to speak as one of {group.name}. "
        "What you propose and how you vote counts as your group's voice; your name is not written into the public record."
    )
    more = "" if person is None else f"You are signed in as {person}."
    return handle(
        request, form, do, title=f"Join {group.name}", sentence=sentence, words=more, submit="Join", cancel=""
    )
