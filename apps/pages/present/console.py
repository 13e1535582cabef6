"""The console of a round: what its convenor sees while leading it."""

from dataclasses import asdict
from typing import Any

from django.urls import reverse

from apps.deliberation.models import Round, RoundState
from apps.pages.present.coming import coming_shown
from apps.pages.present.room import Room
from apps.pages.present.steering import steering
from apps.pages.shown import Step
from apps.partnerships.actors import Actor


def console_props(room: Room) -> dict[str, Any]:
    """What the console's island gets."""
    titles = {str(question.item.id): question.title for question in room.questions}
    more = {"movesUrl": reverse("console_moves", args=[room.round.id]), "titles": titles}
    return room.watched | offered(room.viewer, room.round) | more


def offered(actor: Actor, round: Round) -> dict[str, Any]:
    """What can be done next, here and on other pages, and who had said to come, as plain values."""
    moves, links, coming = steering(actor, round), links_of(round), coming_shown(actor, round)
    return {
        "moves": [asdict(move) for move in moves],
        "links": [asdict(step) for step in links],
        "coming": coming.sentence if coming and coming.asked else "",
    }


def links_of(round: Round) -> list[Step]:
    """Where the rest of the meeting is done."""
    page = reverse("round", args=[round.id])
    found = [
        Step("The room as members see it", page),
        Step("The view for the hall", reverse("hall", args=[round.id])),
        Step("The agenda with every text, to print", reverse("agenda", args=[round.id])),
    ]
    if round.opened_seq is None:
        found.append(Step("Who comes, and apologies", reverse("coming", args=[round.id])))
        found.append(Step("Interests declared, and rulings", f"{page}#interests"))
    if round.state == RoundState.OPEN:
        found.append(Step("Votes on paper or by show of hands", reverse("paper", args=[round.id])))
    if round.state == RoundState.TALLIED:
        found.append(Step("Decision note", reverse("note", args=[round.id])))
    return found
