"""The papers of a round: its agenda with every text, to read beforehand and to print; and how long before a vote they go out."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.deliberation.selectors import open_round_for
from apps.deliberation.services import send_papers
from apps.pages.forms.base import PlainForm
from apps.pages.partnership import convenor, convenor_page
from apps.pages.present.coming import coming_shown
from apps.pages.present.interests import interests_shown
from apps.pages.present.papers import papers_shown
from apps.pages.present.room import Room
from apps.pages.present.rounds import rule_words
from apps.pages.present.words import moment
from apps.pages.shown import Step
from apps.pages.web import done, handle, links_to, person_of, sent, show
from apps.partnerships.services import ask_for_papers


def agenda(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything that is to be read before the vote, on one page; the convenor sends it out here."""
    actor, found = open_round_for(person_of(request), id)
    if request.method == "POST":
        send_papers(by=actor, round=found)
        return done(request, "The papers are out. Everybody is told where they are.", "agenda", id)
    return show(
        request,
        "pages/agenda.html",
        title=f"Papers: {found.title}",
        sentence=f"The vote begins {moment(found.starts_at)}."
        if found.starts_at
        else "What is voted on, to read beforehand.",
        actor=actor,
        framework=found.framework,
        where=[*links_to(actor, found.framework), Step(found.title, reverse("round", args=[id])), Step("Papers")],
        round=found,
        papers=papers_shown(actor, found),
        coming=coming_shown(actor, found),
        room=Room(actor, found),
        interests=interests_shown(actor, found),
        **rule_words(actor.partnership, found.rule),
    )


class PapersForm(PlainForm):
    """How long before a vote papers go out."""

    days = forms.IntegerField(
        label="Working days before a vote",
        min_value=0,
        max_value=60,
        help_text="Monday to Friday. 0: papers can go out at any time. A vote that comes earlier is refused.",
    )
    days_off = forms.CharField(
        label="Days off",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Days from Monday to Friday on which nobody works, one a line, like 2026-12-25.",
    )

    def clean_days_off(self) -> list[date]:
        """The days that were typed."""
        try:
            return [date.fromisoformat(line) for line in self.cleaned_data["days_off"].split()]
        except ValueError as fault:
            raise forms.ValidationError("Write each day like 2026-12-25, one a line.") from fault


def rule(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say how long before a vote papers go out."""
    actor = convenor(request, id)
    now = {
        "days": actor.partnership.papers_days,
        "days_off": "\n".join(day.isoformat() for day in actor.partnership.days_off),
    }

    def do(data: dict[str, Any]) -> HttpResponse:
        ask_for_papers(by=actor, **data)
        return done(request, "From now on this is how long before a vote papers go out.", "partnership", id)

    return handle(
        request,
        PapersForm(sent(request), initial=now),
        do,
        **convenor_page(
            actor, "Papers before a vote", "So that everybody has time to read, and to ask those they speak for."
        ),
        submit="From now on",
    )
