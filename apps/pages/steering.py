"""What a convenor does with a round: announce it, move it on, pause it, give it more time, take it up again."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from apps.common.errors import Invalid
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
        actor, found = open_round_for(person_of(request), id)
        moved, words = does(request, actor, found)
        return done(request, words, "round", moved.id)

    return view


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
    return extend_round(by=actor, round=found, until=_moment(request, "until")), "There is more time now."


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


def _moment(request: HttpRequest, name: str) -> datetime:
    try:
        return MOMENT.clean(request.POST.get(name, ""))  # type: ignore[no-any-return]
    except forms.ValidationError:
        raise Invalid("time.unreadable", "Write day and time like 2026-04-01 18:00.", {name: "unreadable"}) from None


announce, move, open_it, pause = _view(_announce), _view(_move_on), _view(_open), _view(_pause)
resume, extend, close_it, reopen = _view(_resume), _view(_extend), _view(_close), _view(_reopen)
