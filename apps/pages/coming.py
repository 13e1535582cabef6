"""Who comes to a round: said by each seat for itself, or written down by the convenor; shown to members."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.deliberation.coming import who_comes
from apps.deliberation.domain.coming import APOLOGIES, COMES, UNSAID
from apps.deliberation.selectors import open_round_for
from apps.deliberation.services import say_whether_coming
from apps.pages.forms.base import PlainForm
from apps.pages.forms.proposal import set_choices
from apps.pages.present.coming import ComingShown
from apps.pages.present.people import seat_choices
from apps.pages.shown import Step
from apps.pages.web import done, handle, links_to, person_of, sent

SAID = {
    COMES: "You have said that you will come.",
    APOLOGIES: "Your apologies are sent.",
    UNSAID: "What you said is taken back.",
}


class WrittenDownForm(PlainForm):
    """What somebody told the convenor."""

    seat = forms.ChoiceField(label="Whose seat")
    answer = forms.ChoiceField(
        label="What they said",
        widget=forms.RadioSelect,
        choices=[(APOLOGIES, "Sends apologies"), (COMES, "Will come"), (UNSAID, "Takes back what was said")],
        initial=APOLOGIES,
    )


def coming(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everybody by seat; one's own word is sent here, and the convenor's for somebody else."""
    actor, found = open_round_for(person_of(request), id)
    if request.method == "POST" and "seat" not in request.POST:
        answer = request.POST.get("answer", "")
        say_whether_coming(by=actor, round=found, answer=answer)
        return done(request, SAID[answer], "round", id, part="coming")
    shown = ComingShown(actor, found, who_comes(actor, found))
    form = WrittenDownForm(sent(request))
    set_choices(form, "seat", seat_choices(shown.cards))

    def do(data: dict[str, Any]) -> HttpResponse:
        say_whether_coming(by=actor, round=found, answer=data["answer"], seat=UUID(data["seat"]))
        return done(request, "It is written down.", "coming", id)

    return handle(
        request,
        form,
        do,
        template="pages/coming.html",
        title=f"Who comes: {found.title}",
        sentence="As they said beforehand. Members of the partnership see it, the public does not.",
        actor=actor,
        framework=found.framework,
        where=[*links_to(actor, found.framework), Step(found.title, reverse("round", args=[id])), Step("Who comes")],
        round=found,
        shown=shown,
        may_write=actor.is_convenor and shown.asked,
    )
