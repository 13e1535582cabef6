"""Which measures the picture shows, and on which day."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.frameworks.models import Element
from apps.pages.forms.base import DayField, PlainForm
from apps.provenance.casebook import Case, cases
from apps.provenance.choosing import OUTSIDE, Wanted

DID = {
    "agreed": "agreed to something that stands",
    "not_agreed": "did not agree to something that stands, or was not asked",
    "began": "began it",
}
NI = {"imposed": "imposed", "mixed": "mixed", "negotiated": "negotiated", OUTSIDE: "required from outside"}
PE = {"planned": "planned", "mixed": "mixed", "emergent": "emergent"}


class MatrixForm(PlainForm):
    """Sent by GET, so that every picture has an address."""

    at = DayField(label="As they stood on", required=False, help_text="Leave it empty for today.")
    outcome = forms.ChoiceField(label="Desired outcome", required=False)
    group = forms.ChoiceField(label="Stakeholder group", required=False)
    did = forms.ChoiceField(label="What the group did", required=False, choices=list(DID.items()))
    ni = forms.ChoiceField(label="Who decided", required=False, choices=[("", "All"), *NI.items()])
    pe = forms.ChoiceField(label="Where it came from", required=False, choices=[("", "All"), *PE.items()])

    beside = forms.MultipleChoiceField(
        label="Public cases beside them",
        required=False,
        choices=lambda: [(case.id, case.title) for case in cases().values()],
        widget=forms.CheckboxSelectMultiple,
        help_text="Drawn hollow, whole, and not counted among your measures.",
    )

    def __init__(self, *args: Any, outcomes: Iterable[Element], groups: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(outcome.code, f"{outcome.code} {outcome.title}") for outcome in outcomes]
        for name, choices in (("outcome", named), ("group", list(groups.items()))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "All"), *choices]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "Choose one of the list."

    def wanted(self) -> Wanted:
        """What was asked for; what makes no sense is left out, and the form says so."""
        self.is_valid()
        return Wanted(**{key: value for key, value in self.cleaned_data.items() if value and key != "beside"})

    def cases(self) -> list[Case]:
        """The public cases that were asked for."""
        self.is_valid()
        return [cases()[id] for id in self.cleaned_data.get("beside", ())]
