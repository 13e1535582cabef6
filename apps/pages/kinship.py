"""Alternatives to a proposal, several taken into one, one split into parts."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse

from apps.common import clock
from apps.frameworks.domain.fields import fields_of, validate
from apps.pages.forms.base import PlainForm, WordsField
from apps.pages.forms.proposal import ChangeForm
from apps.pages.looking import look_first
from apps.pages.present.near import proposals_near
from apps.pages.present.proposals import stand_of
from apps.pages.proposal import others, proposal_page, tabled_values
from apps.pages.web import done, handle, sent, signed_in
from apps.proposals.models import Action
from apps.proposals.rules import require_speaker, require_voice
from apps.proposals.selectors import open_proposal
from apps.proposals.services import split_proposal, submit_proposal


class SplitForm(PlainForm):
    """Into which part each field goes."""

    reason = WordsField(label="Why it is split", help_text="Everybody reads it.")

    def __init__(self, *args: Any, labels: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parts = [(str(number), f"Part {number}") for number in range(1, min(len(labels), 9) + 1)]
        for order, (key, label) in enumerate(labels):
            initial = str(min(order + 1, 2))
            self.fields[f"in_{key}"] = forms.ChoiceField(label=label, choices=parts, initial=initial)
        self.order_fields([*(f"in_{key}" for key, _ in labels), "reason"])

    def parts(self) -> list[list[str]]:
        """The fields of each part."""
        found: dict[str, list[str]] = {}
        for name, part in self.cleaned_data.items():
            if name.startswith("in_"):
                found.setdefault(part, []).append(name.removeprefix("in_"))
        return [found[part] for part in sorted(found)]


def counter(request: HttpRequest, id: UUID) -> HttpResponse:
    """Put an alternative to a proposal on the table."""
    actor, found = open_proposal(signed_in(request), id)
    if not actor.is_convenor:
        require_voice(actor)
    stand = stand_of(actor, found)
    adding = found.action == Action.ADD
    form = ChangeForm(
        sent(request),
        kind=found.kind,
        names=stand.names,
        current=stand.base,
        begin=stand.result,
        first=stand.current.patch,
        groups=others(actor),
        today=actor.partnership.today(clock.now()),
    )
    sentence = "It stands beside the other one. Both can be put to one vote; at most one of them is adopted."
    page = proposal_page(stand, "Make a counter-proposal", sentence) | {"submit": "Put it on the table"}

    def do(data: dict[str, Any]) -> HttpResponse:
        values = validate(found.kind, form.patch(), complete=adding)
        look = look_first(
            request, form, proposals_near(found.framework, found.element, found.kind, values, but=[id]), page
        )
        if look is not None:
            return look
        made = submit_proposal(
            by=actor,
            framework=found.framework,
            action=Action.ADD if adding else Action.CHANGE,
            element=found.element,
            kind=found.kind,
            code=found.code,
            parent=found.parent,
            slot=found.slot,
            patch=values,
            grew_from=[found],
            **tabled_values(data),
        )
        return done(request, "Your counter-proposal is on the table.", "proposal", made.id)

    return handle(request, form, do, **page)


def split(request: HttpRequest, id: UUID) -> HttpResponse:
    """Split one's own proposal into parts."""
    actor, found = open_proposal(signed_in(request), id)
    require_speaker(actor, found)
    stand = stand_of(actor, found)
    labels = [(field.key, field.label) for field in fields_of(found.kind) if field.key in stand.current.patch]
    form = SplitForm(sent(request), labels=labels)

    def do(data: dict[str, Any]) -> HttpResponse:
        made = split_proposal(by=actor, proposal=found, parts=form.parts(), reason=data["reason"])
        return done(request, f"It is {len(made)} proposals now, each on its own.", "proposal", id)

    sentence = (
        "What nobody disputes can go ahead while the rest is talked about. This proposal is withdrawn for its parts."
    )
    page = proposal_page(stand, "Split it into parts", sentence, "pages/form.html")
    return handle(request, form, do, **page, submit="Split it")
