"""What became of what one said: every contribution to a framework with its fate, in one list."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.deliberation.contributions import contributions
from apps.frameworks.selectors import open_framework
from apps.pages.present.contributed import cards_of
from apps.pages.shown import Step
from apps.pages.web import path_to, person_of, show

WHOSE = {"mine": "Mine", "group": "My group's", "all": "Everybody's"}


def contributed(request: HttpRequest, id: UUID) -> HttpResponse:
    """The list: one's own, one's group's or everybody's."""
    actor, framework = open_framework(person_of(request), id)
    whose = request.GET.get("whose", "mine")
    if whose not in WHOSE or actor.seat is None:
        whose = "mine" if actor.seat else "all"
    narrowed = {}
    if whose != "all" and actor.seat is not None:
        narrowed = {"seat": actor.seat.id} if whose == "mine" else {"group": actor.seat.group_id}
    here = reverse("contributed", args=[id])
    return show(
        request,
        "pages/contributed.html",
        title="What became of it",
        sentence="Everything that was proposed, offered, joined or objected to, the newest first, and what came of it.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "What became of it"),
        cards=cards_of(framework, contributions(framework, **narrowed)),
        choices=[Step(words, "" if key == whose else f"{here}?whose={key}") for key, words in WHOSE.items()]
        if actor.seat
        else [],
    )
