"""The two questions after a decision, in private."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.frameworks.selectors import element_in
from apps.measurement.selectors import open_pulse_for, own_answer
from apps.measurement.services import answer_pulse
from apps.pages.forms.pulse import PulseForm
from apps.pages.present.pulses import private_words
from apps.pages.present.words import day
from apps.pages.shown import Step
from apps.pages.web import done, handle, links_to, sent, signed_in
from apps.proposals.rules import require_voice


def pulse(request: HttpRequest, id: UUID) -> HttpResponse:
    """Answer, or answer anew while it is open."""
    actor, framework, found = open_pulse_for(signed_in(request), id)
    require_voice(actor)
    element = element_in(framework, found.element)
    mine = own_answer(found, actor)
    form = PulseForm(sent(request), initial={"shape": mine.shape, "matter": mine.matter} if mine else None)

    def do(data: dict[str, Any]) -> HttpResponse:
        answer_pulse(by=actor, pulse=found, **data)
        words = f"Thank you. You can change it until {day(found.closes_on)}; nobody sees your answer."
        return done(request, words, "element", element.id)

    return handle(
        request,
        form,
        do,
        template="pages/pulse.html",
        title="Two questions, 20 seconds",
        kicker=f"{element.code} {element.title}",
        sentence=private_words(actor.seat.group.name if actor.seat else ""),
        actor=actor,
        framework=framework,
        where=[*links_to(actor, framework, element), Step("Two questions")],
        decided=reverse("entry", args=[actor.partnership.id, found.about]),
        about=found.about,
        submit="Send both",
        cancel=reverse("element", args=[element.id]),
    )
