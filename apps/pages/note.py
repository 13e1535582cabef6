"""The decision note of a round, printable, and corrected in the open."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.common.errors import Conflict
from apps.deliberation.models import RoundState
from apps.deliberation.selectors import open_round_for
from apps.deliberation.services import correct_note
from apps.pages.forms.base import PlainForm, WordsField
from apps.pages.present.note import Note
from apps.pages.present.rounds import rule_words
from apps.pages.present.words import day, moment
from apps.pages.shown import Step
from apps.pages.web import attempt, done, links_to, person_of, sent, show


class CorrectionForm(PlainForm):
    """What is to be put right."""

    words = WordsField(
        label="Correction", rows=2, help_text="Such as: 'Lismorow' should read 'Lismorrow'.", max_length=2000
    )


def note(request: HttpRequest, id: UUID) -> HttpResponse:
    """The note; the convenor corrects it here."""
    actor, found = open_round_for(person_of(request), id)
    if found.state != RoundState.TALLIED:
        raise Conflict("round.not_tallied", "There is no decision note before the votes have been counted.")
    form = CorrectionForm(sent(request))

    def do(data: dict[str, Any]) -> HttpResponse:
        correct_note(by=actor, round=found, words=data["words"])
        return done(request, "The correction stands in the note.", "note", id, part="corrections")

    if request.method == "POST":
        answer = attempt(form, do)
        if answer is not None:
            return answer
    made = Note(actor, found)
    return show(
        request,
        "pages/note.html",
        title=f"Decision note: {found.title}",
        sentence=f"Opened {moment(found.opened_at)}, closed {moment(found.closed_at)}.",
        actor=actor,
        framework=found.framework,
        where=[*links_to(actor, found.framework), made.where, Step("Decision note")],
        round=found,
        note=made,
        form=form,
        on=day(found.closed_at),
        **rule_words(actor.partnership, found.rule),
        status=getattr(form, "status", 422) if form.errors else 200,
    )
