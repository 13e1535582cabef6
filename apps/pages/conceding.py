"""Who moved how far toward whom; and saying what one's group could live with."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse

from apps.frameworks.selectors import open_element, open_framework
from apps.pages.forms.base import PlainForm, WordsField
from apps.pages.present.concessions import move_lines, sum_lines
from apps.pages.present.values import names_in
from apps.pages.web import done, handle, path_to, person_of, sent, show, signed_in
from apps.proposals.domain.concessions import sums
from apps.proposals.ledger import ledger, subjects_of
from apps.proposals.rules import require_voice
from apps.proposals.services import state_range

SHOWN = 200


class RangeForm(PlainForm):
    """From where to where one could live with a number."""

    low = forms.CharField(label="From", required=False, max_length=40, help_text="Empty: no lower limit.")
    high = forms.CharField(label="To", required=False, max_length=40, help_text="Empty: no upper limit.")
    reason = WordsField(label="Why", help_text="Everybody reads it.")


def concessions(request: HttpRequest, id: UUID) -> HttpResponse:
    """The ledger of a framework."""
    actor, framework = open_framework(person_of(request), id)
    names = names_in(framework)
    moves = ledger(framework)
    shown = moves[-SHOWN:]
    return show(
        request,
        "pages/concessions.html",
        title="Who moved toward whom",
        sentence="Counted from offers and their answers. How far is the share of the way to what the others had asked for.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "Who moved toward whom"),
        sums=sum_lines(sums(moves), names.groups),
        moves=move_lines(shown, subjects_of(shown), names),
    )


def say_range(request: HttpRequest, id: UUID, key: str) -> HttpResponse:
    """Say what one's group could live with."""
    actor, framework, found = open_element(signed_in(request), id)
    require_voice(actor)

    def do(data: dict[str, Any]) -> HttpResponse:
        state_range(by=actor, on=found, field=key, **data)
        return done(request, "It is said. Everybody sees where the ranges meet.", "field", id, key, part="ranges")

    return handle(
        request,
        RangeForm(sent(request)),
        do,
        title="What your group could live with",
        sentence="A range, in the unit of the measure. It is a position, not a vote; you can state another one later.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, found, "What your group could live with"),
        submit="Say it",
    )
