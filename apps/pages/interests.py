"""Interests: declared by a seat before the vote, ruled on by the convenor."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common.errors import NotFound
from apps.deliberation.models import Round
from apps.deliberation.selectors import interests, open_round_for
from apps.deliberation.services import declare_interest, rule_on_interest
from apps.pages.forms.base import PlainForm, WordsField
from apps.pages.forms.proposal import set_choices
from apps.pages.present.room import Room
from apps.pages.shown import Step
from apps.pages.web import done, handle, links_to, person_of, sent
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor


class InterestForm(PlainForm):
    """Declaring an interest."""

    item = forms.ChoiceField(label="On which question")
    reason = WordsField(label="What your interest is", help_text="Such as: the measure stands in our contracts.")


class RulingForm(PlainForm):
    """Ruling on one."""

    leaves = forms.ChoiceField(
        label="What follows",
        widget=forms.RadioSelect,
        choices=[("no", "Speaks and votes like everybody"), ("yes", "Speaks, and leaves the vote on this question")],
    )
    reason = WordsField(label="Why")


def declare(request: HttpRequest, id: UUID) -> HttpResponse:
    """Declare an interest of one's own seat."""
    actor, found = open_round_for(person_of(request), id)
    actor.require_seat()
    form = InterestForm(sent(request))
    set_choices(form, "item", [(str(question.item.id), question.title) for question in Room(actor, found).questions])

    def do(data: dict[str, Any]) -> HttpResponse:
        declare_interest(by=actor, round=found, item=UUID(data["item"]), reason=data["reason"])
        return done(request, "Your interest is declared. Everybody sees it.", "round", id, part="interests")

    return handle(
        request,
        form,
        do,
        title="Declare an interest",
        sentence="Everybody sees it before the vote. You speak and vote like everybody, unless the convenor rules otherwise.",
        actor=actor,
        framework=found.framework,
        where=_where(actor, found, "Declare an interest"),
        submit="Declare it",
        cancel=reverse("round", args=[id]),
    )


def rule_on(request: HttpRequest, id: UUID, interest: UUID) -> HttpResponse:
    """Rule on an interest that was declared."""
    actor, found = open_round_for(person_of(request), id)
    require_convenor(actor)
    declared = interests(found).filter(id=interest).first()
    if declared is None:
        raise NotFound("interest.unknown", "There is no such interest in this round.")

    def do(data: dict[str, Any]) -> HttpResponse:
        rule_on_interest(by=actor, interest=declared, leaves=data["leaves"] == "yes", reason=data["reason"])
        return done(
            request, "The ruling is recorded. Everybody sees it before the vote.", "round", id, part="interests"
        )

    return handle(
        request,
        RulingForm(sent(request)),
        do,
        title="Rule on an interest",
        sentence=f"{declared.seat.group.name}, seat {declared.seat.label}: {declared.words.body or 'words that were erased'}",
        actor=actor,
        framework=found.framework,
        where=_where(actor, found, "Rule on an interest"),
        submit="Record the ruling",
        cancel=reverse("round", args=[id]),
    )


def _where(actor: Actor, found: Round, here: str) -> list[Step]:
    return [*links_to(actor, found.framework), Step(found.title, reverse("round", args=[found.id])), Step(here)]
