"""Voting as one voted before, in one step: on the lines one saw, and on none that one has voted on meanwhile."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from apps.common.errors import Refusal
from apps.deliberation.selectors import open_round_for
from apps.deliberation.services.reaffirming import reaffirm as choose_again
from apps.pages.present.reaffirming import votes_before
from apps.pages.present.room import Room
from apps.pages.present.words import number_of
from apps.pages.web import done, signed_in


@require_POST
def reaffirm(request: HttpRequest, id: UUID) -> HttpResponse:
    """Choose again what one chose on earlier versions."""
    person = signed_in(request)
    actor, found = open_round_for(person, id)
    seen = request.POST.getlist("item")
    items = {line.item for line in votes_before(Room(actor, found)) if str(line.item) in seen}
    if seen and not items:
        return done(request, "You have voted on this meanwhile. Nothing was changed.", "round", id, part="vote")
    answers = choose_again(by=actor, person=person, round=found, items=items)
    refusals = [answer for answer in answers if isinstance(answer, Refusal)]
    if len(refusals) == len(answers):
        raise refusals[0]
    for refusal in refusals:
        messages.warning(request, refusal.message)
    count = number_of(len(answers) - len(refusals), "vote")
    return done(request, f"{count} recorded, as before. You can change it.", "round", id, part="vote")
