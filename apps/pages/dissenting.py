"""Disagreement that stays: the register, saying so for one's group, calling the review it asked for."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.deliberation.register import open_decision, open_reservation, register
from apps.deliberation.services import call_review, record_reservation
from apps.frameworks.selectors import open_framework
from apps.pages.forms.base import DayField, PlainForm, ReasonForm, WordsField
from apps.pages.present.dissent import dissent_cards
from apps.pages.present.elements import set_words
from apps.pages.web import done, handle, path_to, person_of, sent, show, signed_in
from apps.proposals.rules import require_voice


class ReservationForm(PlainForm):
    """With what a group disagrees, and what calls a review."""

    kind = forms.ChoiceField(
        label="How",
        widget=forms.RadioSelect,
        choices=[("dissent", "We disagree"), ("objection", "We object"), ("stand_aside", "We stand aside")],
    )
    words = WordsField(label="With what, and why", help_text="It stays with the measure. Everybody reads it.")
    review_on = DayField(label="Calls a review on", required=False)
    condition = WordsField(
        label="Or calls a review if",
        required=False,
        rows=2,
        help_text="Such as: it takes more than 30 minutes for each person. Your group says when it has come about.",
    )


def dissent(request: HttpRequest, id: UUID) -> HttpResponse:
    """The register of a framework."""
    actor, framework = open_framework(person_of(request), id)
    return show(
        request,
        "pages/dissent.html",
        title="Who disagreed",
        sentence="What stands although somebody disagreed, in their own words, and what calls a review.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "Who disagreed"),
        cards=dissent_cards(actor, framework, register(framework)),
    )


def reserve(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say for one's group that it disagrees with a decision that stands."""
    actor, decision = open_decision(signed_in(request), id)
    require_voice(actor)

    def do(data: dict[str, Any]) -> HttpResponse:
        record_reservation(by=actor, decision=decision, **data)
        return done(request, "It stays with the measure from now on.", "dissent", decision.framework_id)

    return handle(
        request,
        ReservationForm(sent(request)),
        do,
        title="Record a disagreement",
        sentence=f"{set_words(decision)}. It goes on standing; your group's words stand beside it.",
        actor=actor,
        framework=decision.framework,
        where=path_to(actor, decision.framework, None, "Record a disagreement"),
        submit="Record it",
        cancel=reverse("element", args=[decision.element]),
    )


def call(request: HttpRequest, id: UUID) -> HttpResponse:
    """Call the review that one's group had asked for."""
    actor, found = open_reservation(signed_in(request), id)
    framework = found.decision.framework

    def do(data: dict[str, Any]) -> HttpResponse:
        call_review(by=actor, reservation=found, reason=data["reason"])
        return done(
            request, "The review is called. What was decided is open for a talk again.", "dissent", framework.id
        )

    return handle(
        request,
        ReasonForm(sent(request), label="What has come about, and what shows it"),
        do,
        title="Call the review",
        sentence="What your group named as a condition has come about: what was decided is opened for a talk again.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "Call the review"),
        submit="Call it",
        cancel=reverse("dissent", args=[framework.id]),
    )
