"""What a convenor does with a round: announce it, move it on, pause it, give it more time, take it up again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.common import clock
from apps.common.errors import Invalid, Refusal
from apps.deliberation.domain.course import LONGEST
from apps.deliberation.models import Round
from apps.deliberation.selectors import open_round_for, rule_in
from apps.deliberation.services import (
    announce_round,
    close_round,
    extend_round,
    move_on,
    open_round,
    pause_round,
    reopen_round,
    resume_round,
)
from apps.pages.web import View, done, person_of
from apps.partnerships.actors import Actor

MOMENT = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"])
Does = Callable[[HttpRequest, Actor, Round], tuple[Round, str]]


def _view(does: Does) -> View:
    @require_POST
    def view(request: HttpRequest, id: UUID) -> HttpResponse:
        return answering(request, id, does)

    return view


def answering(request: HttpRequest, id: UUID, does: Does) -> HttpResponse:
    """Do something with a round and say so: on the page one came from, or as JSON to an island of it."""
    if request.accepts("text/html"):
        moved, words = _do(request, id, does)
        return done(request, words, _back(request), moved.id)
    try:
        moved, words = _do(request, id, does)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "detail": refusal.message}, status=refusal.status)
    return JsonResponse({"said": words, "to": reverse(_back(request), args=[moved.id])})


def _do(request: HttpRequest, id: UUID, does: Does) -> tuple[Round, str]:
    actor, found = open_round_for(person_of(request), id)
    return does(request, actor, found)


def _back(request: HttpRequest) -> str:
    """The page one came from: the console stays open while a round is led from it."""
    return "console" if request.POST.get("back") == "console" else "round"


def _announce(request: HttpRequest, actor: Actor, found: Round) -> tuple[Round, str]:
    starts = _moment(request, "starts_at") if request.POST.get("starts_at") else None
    return announce_round(by=actor, round=found, starts_at=starts), "The round is announced."


def _move_on(request: HttpRequest, actor: Actor, found: Round) -> tuple[Round, str]:
    moved = move_on(by=actor, round=found, leaving=request.POST.get("leaving"))
    return moved, "The round has moved on."


def _open(request: HttpRequest, actor: Actor, found: Round) -> tuple[Round, str]:
    return open_round(by=actor, round=found), "The round is open. Texts, rule and who can vote are fixed now."


def _pause(request: HttpRequest, actor: Actor, found: Round) -> tuple[Round, str]:
    return pause_round(by=actor, round=found), "The round is paused."


def _resume(request: HttpRequest, actor: Actor, found: Round) -> tuple[Round, str]:
    return resume_round(by=actor, round=found), "The round goes on."


def _extend(request: HttpRequest, actor: Actor, found: Round) -> tuple[Round, str]:
    until = _later(request, found) if "minutes" in request.POST else _moment(request, "until")
    return extend_round(by=actor, round=found, until=until), "There is more time now."


def _close(request: HttpRequest, actor: Actor, found: Round) -> tuple[Round, str]:
    closed = close_round(by=actor, round=found)
    return closed, "The round is closed. The votes are being counted; the result appears here."


def _reopen(request: HttpRequest, actor: Actor, found: Round) -> tuple[Round, str]:
    opens, chosen = bool(request.POST.get("open")), request.POST.get("rule", "")
    rule = rule_in(found.framework, _id(chosen)) if chosen else None
    again = reopen_round(by=actor, round=found, rule=rule, open=opens)
    if opens:
        return again, "The vote is open again. What the groups said stands above each ballot."
    return again, "A new round is prepared. Nothing is fixed before you open it."


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("rule.unreadable", "Choose the rule from the list.", {"rule": "unreadable"}) from None


def _later(request: HttpRequest, found: Round) -> datetime:
    """So many minutes after the end there is."""
    minutes = request.POST["minutes"]
    if len(minutes) > len(str(LONGEST)) or not minutes.isdecimal() or not 1 <= int(minutes) <= LONGEST:
        raise Invalid("time.unreadable", f"Give 1 to {LONGEST} minutes.", {"minutes": "unreadable"})
    return (found.ends_at or clock.now()) + timedelta(minutes=int(minutes))


def _moment(request: HttpRequest, name: str) -> datetime:
    try:
        return MOMENT.clean(request.POST.get(name, ""))  # type: ignore[no-any-return]
    except forms.ValidationError:
        raise Invalid("time.unreadable", "Write day and time like 2026-04-01 18:00.", {name: "unreadable"}) from None


announce, move, open_it, pause = _view(_announce), _view(_move_on), _view(_open), _view(_pause)
resume, extend, close_it, reopen = _view(_resume), _view(_extend), _view(_close), _view(_reopen)
