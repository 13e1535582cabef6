"""Stating a need, saying how things hang together, showing when practice first noticed something."""

from collections.abc import Iterable
from typing import Any

from django import forms

from apps.pages.forms.base import DayField, PlainForm, WordsField
from apps.pages.forms.proposal import set_choices


class NeedForm(PlainForm):
    """What must be known, without saying how it is to be measured."""

    outcome = forms.ChoiceField(label="Under which desired outcome")
    words = WordsField(
        rows=2,
        max_length=300,
        label="What must be known",
        help_text="Say what you need to know and for what, not how it is to be counted: that is for those close to practice.",
    )

    def __init__(self, *args: Any, outcomes: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "outcome", [("", "Choose one"), *outcomes])


class AlignForm(PlainForm):
    """How something from above and a measure from practice hang together."""

    above = forms.ChoiceField(label="From above")
    practice = forms.ChoiceField(label="From practice")
    relation = forms.ChoiceField(
        label="The measure from practice",
        widget=forms.RadioSelect,
        choices=[
            ("same", "is the same thing"),
            ("leads_to", "leads to it: if it gets better, so does the other"),
            ("against", "pulls against it: if it gets better, the other gets worse"),
        ],
    )
    reason = WordsField(label="Why", help_text="It stands as your group's view. Saying it again replaces it.")

    def __init__(
        self, *args: Any, above: Iterable[tuple[str, str]], practice: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "above", [("", "Choose one"), *above])
        set_choices(self, "practice", [("", "Choose one"), *practice])


class NoticedForm(PlainForm):
    """When practice first noticed it, and what shows it."""

    observed_on = DayField(label="On which day", help_text="The day of the note, message or list that shows it.")
    words = WordsField(
        label="What was noticed, and what shows it", help_text="Everybody reads it; others can contest it."
    )
