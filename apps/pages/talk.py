"""The talk that an imposition opens: what was set alone and why, what went before, what has been suggested since."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from apps.frameworks.selectors import open_element
from apps.pages.element import may_speak
from apps.pages.present.talks import talk_on
from apps.pages.shown import Step
from apps.pages.web import links_to, person_of, show


def talk(request: HttpRequest, id: UUID, seq: int) -> HttpResponse:
    """One renegotiation track."""
    actor, framework, found = open_element(person_of(request), id)
    shown = talk_on(actor, framework, found, seq)
    ask = urlencode([("part", part) for part in shown.open_parts])
    title = f"Talk again about {shown.parts_words}"
    return show(
        request,
        "pages/talk.html",
        title=title,
        kicker=f"{found.code} {found.title}",
        sentence=shown.sentence,
        actor=actor,
        framework=framework,
        where=[*links_to(actor, framework, found), Step(title)],
        element=found,
        talk=shown,
        suggest=f"{reverse('suggest', args=[id])}?{ask}",
        may_speak=may_speak(actor),
    )
