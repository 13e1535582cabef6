"""The rules of the game of a framework: who set them, the convenor or a round, and how to put them to one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.frameworks.selectors import open_framework
from apps.pages.present import game as present
from apps.pages.web import path_to, person_of, show
from apps.provenance.game import game_of


def game(request: HttpRequest, id: UUID) -> HttpResponse:
    """What stands, who set it, and where that stands on the two lines."""
    actor, framework = open_framework(person_of(request), id)
    found = game_of(framework)
    by_round = found.verdict is not None
    return show(
        request,
        "pages/game.html",
        title="The rules of the game",
        sentence="A round decided on them."
        if by_round
        else "Nobody has voted on these: the convenor set them up. A round can make them the partnership's own.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "The rules of the game"),
        position=present.position(found),
        headline=found.headline,
        rows=present.rows(framework, found),
        element=found.element,
        propose=""
        if by_round or not (actor.seat or actor.is_convenor)
        else reverse("propose_kind", args=[id, "rules"]),
    )
