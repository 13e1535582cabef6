"""Binding proposals together, and answering for what a package asks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from apps.pages.forms.base import DayField, PlainForm, WordsField
from apps.pages.forms.proposal import set_choices
from apps.proposals.services import Promise

ROWS = 4
"""How many promises, and how many ratifications, the form asks for at once."""


class PackageForm(PlainForm):
    """Which proposals, why, who brings what by when, who must still ratify it."""

    title = forms.CharField(label="What it is about", max_length=200)
    proposals = forms.MultipleChoiceField(
        label="What stands or falls together", widget=forms.CheckboxSelectMultiple, help_text="Two or more."
    )
    reason = WordsField(label="Why they belong together", help_text="Everybody reads it.")

    def __init__(
        self, *args: Any, offered: Iterable[tuple[str, str]], groups: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "proposals", offered)
        chosen = [("", "Nobody"), *groups]
        for number in range(1, ROWS + 1):
            self.fields[f"who_{number}"] = forms.ChoiceField(
                label=f"Promise {number}: who brings it", choices=chosen, required=False
            )
            self.fields[f"what_{number}"] = forms.CharField(label="What", max_length=1000, required=False)
            self.fields[f"due_{number}"] = DayField(label="By when", required=False)
        for number in range(1, ROWS + 1):
            self.fields[f"body_{number}"] = forms.ChoiceField(
                label=f"Subject to ratification {number}: by whose body", choices=chosen, required=False
            )
            self.fields[f"until_{number}"] = DayField(
                label="By when", required=False, help_text="No answer by then is a no."
            )

    def clean(self) -> dict[str, Any]:
        """A row is filled in whole, or not at all."""
        data = super().clean() or {}
        for number in range(1, ROWS + 1):
            for row in (("who", "what", "due"), ("body", "until")):
                filled = [name for name in row if data.get(f"{name}_{number}")]
                for name in set(row) - set(filled) if filled else ():
                    self.add_error(f"{name}_{number}", "Fill in the whole row, or leave it empty.")
        return data

    def promises(self) -> list[Promise]:
        data = self.cleaned_data
        rows = [(data[f"who_{n}"], data[f"what_{n}"], data[f"due_{n}"]) for n in range(1, ROWS + 1)]
        return [Promise(*row) for row in rows if row[0]]

    def ratified_by(self) -> dict[str, date]:
        data = self.cleaned_data
        return {data[f"body_{n}"]: data[f"until_{n}"] for n in range(1, ROWS + 1) if data[f"body_{n}"]}


class RatifyForm(PlainForm):
    """Whether one's own body has ratified it."""

    answer = forms.ChoiceField(
        label="What did your body decide",
        widget=forms.RadioSelect,
        choices=[("ratified", "It ratifies it"), ("refused", "It does not")],
    )
    evidence = WordsField(label="What shows it", help_text="A minute, a resolution: its date and number.")
