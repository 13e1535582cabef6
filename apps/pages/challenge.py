"""Contesting a verdict or a recorded fact; the panel's answers; taking it back."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common.errors import NotFound
from apps.deliberation.selectors import visible_entries
from apps.frameworks.selectors import open_framework
from apps.pages.forms.base import ReasonForm
from apps.pages.forms.challenge import OpinionForm
from apps.pages.present.challenges import challenge_card, panel_of
from apps.pages.present.entries import lines_of
from apps.pages.shown import Step
from apps.pages.web import attempt, done, handle, links_to, person_of, sent, show, signed_in
from apps.partnerships.rules import require_member
from apps.partnerships.selectors import group_names, open_partnership
from apps.provenance.contesting import open_challenge, seat_on
from apps.provenance.services import contest, give_opinion, step_aside, withdraw_challenge
from apps.provenance.services.challenges import contested_entry


def contest_entry(request: HttpRequest, id: UUID, seq: int) -> HttpResponse:
    """Contest what an entry says."""
    actor = open_partnership(signed_in(request), id)
    require_member(actor)
    told = visible_entries(actor, actor.log, since=seq, until=seq + 1)
    if not told or "framework" not in told[0].on:
        raise NotFound("entry.unknown", f"There is no entry {seq} here that can be contested.")
    _, framework = open_framework(actor.person, UUID(told[0].on["framework"]))
    contested_entry(framework, seq)

    def do(data: dict[str, Any]) -> HttpResponse:
        made = contest(by=actor, framework=framework, about=seq, reason=data["reason"])
        return done(
            request, "It is contested. A panel of three groups has been drawn to answer it.", "challenge", made.id
        )

    form = ReasonForm(sent(request), label="What is wrong with it", hint="Say what shows it. Everybody reads it.")
    sentence = (
        "Three people of three groups, drawn by lot, will say whether you are right: never whose act it is, never you, "
        "never the convenor. What they find stands beside the record; nothing is removed from it."
    )
    return handle(
        request,
        form,
        do,
        template="pages/contest.html",
        title="Contest it",
        sentence=sentence,
        actor=actor,
        framework=framework,
        where=[*links_to(actor, framework), Step("Contest it")],
        lines=lines_of(actor.partnership, told),
        submit="Contest it",
        cancel=reverse("entry", args=[id, seq]),
    )


def challenge(request: HttpRequest, id: UUID) -> HttpResponse:
    """One challenge: what is contested and why, the panel, what it found; for its members, the form to answer."""
    actor, framework, found = open_challenge(person_of(request), id)
    member = seat_on(found, actor)
    form = OpinionForm(sent(request), verdict=found.subject == "verdict") if member and not member.answer else None
    if request.method == "POST" and form is not None:

        def do(data: dict[str, Any]) -> HttpResponse:
            give_opinion(by=actor, challenge=found, **data)
            return done(request, "Your opinion is recorded, with its reason.", "challenge", id)

        answer = attempt(form, do)
        if answer is not None:
            return answer
    card = challenge_card(found, group_names(actor.partnership))
    contested = visible_entries(actor, actor.log, since=found.about, until=found.about + 1)
    return show(
        request,
        "pages/challenge.html",
        title="How it was decided is contested" if found.subject == "verdict" else "A recorded fact is contested",
        sentence=card.words,
        actor=actor,
        framework=framework,
        where=[*links_to(actor, framework), Step("Contested")],
        challenge=found,
        card=card,
        panel=panel_of(found),
        lines=lines_of(actor.partnership, contested),
        form=form,
        mine=actor.person is not None and actor.is_member and found.by == actor.by.person and found.state == "open",
        status=getattr(form, "status", 200) if request.method == "POST" else 200,
    )


def aside(request: HttpRequest, id: UUID) -> HttpResponse:
    """Step aside from a panel."""
    actor, framework, found = open_challenge(signed_in(request), id)

    def do(data: dict[str, Any]) -> HttpResponse:
        step_aside(by=actor, challenge=found, reason=data["reason"])
        return done(request, "You have stepped aside. The next of the lot takes your place.", "challenge", id)

    sentence = "Another group's seat is drawn in your place. Your reason is recorded."
    return handle(
        request,
        ReasonForm(sent(request), label="Why you should not judge this"),
        do,
        title="Step aside",
        sentence=sentence,
        actor=actor,
        framework=framework,
        where=[*links_to(actor, framework), Step("Contested", reverse("challenge", args=[id])), Step("Step aside")],
        submit="Step aside",
        cancel=reverse("challenge", args=[id]),
    )


def withdraw(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one's own challenge back."""
    actor, framework, found = open_challenge(signed_in(request), id)

    def do(data: dict[str, Any]) -> HttpResponse:
        withdraw_challenge(by=actor, challenge=found, reason=data["reason"])
        return done(request, "You have taken it back.", "challenge", id)

    return handle(
        request,
        ReasonForm(sent(request)),
        do,
        title="Take it back",
        sentence="That you contested it, and why you took it back, stays in the record.",
        actor=actor,
        framework=framework,
        where=[*links_to(actor, framework), Step("Contested", reverse("challenge", args=[id])), Step("Take it back")],
        submit="Take it back",
        cancel=reverse("challenge", args=[id]),
    )
