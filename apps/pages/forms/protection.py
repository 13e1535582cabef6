"""Asking to be forgotten, answering it, and saying how long words are kept."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from apps.pages.forms.base import PlainForm, WordsField
from apps.protection.domain.grounds import ERASURE, EXEMPTION, REFUSAL, RULES, Ground


def _choices(grounds: Mapping[str, Ground], *only: str) -> Iterable[tuple[str, str]]:
    shown = only or tuple(grounds)
    return [(key, f"{grounds[key].words.capitalize()} ({grounds[key].article})") for key in shown]


class AskErasureForm(PlainForm):
    """Asking to be forgotten."""

    words = WordsField(
        label="What you want to say about it",
        required=False,
        help_text="You need not give a reason. The data protection officer and auditors read this, the convenor does not.",
    )


class EraseForm(PlainForm):
    """Erasing a person who asked for it."""

    ground = forms.ChoiceField(
        label="Because",
        choices=_choices(ERASURE, "consent", "not_needed", "objection", "unlawful", "obligation", "child"),
        widget=forms.RadioSelect,
    )
    reason = WordsField(label="Anything to add", required=False, help_text="It stays in the record. Name nobody.")


class RefuseForm(PlainForm):
    """Refusing to erase a person."""

    ground = forms.ChoiceField(label="Because", choices=_choices(REFUSAL), widget=forms.RadioSelect)
    rule = forms.ChoiceField(label="Under which rule", choices=list(RULES.items()), widget=forms.RadioSelect)
    reason = WordsField(label="In your own words", help_text="The person and auditors read this.")


class EraseWordsForm(PlainForm):
    """Erasing single words."""

    ground = forms.ChoiceField(
        label="Because",
        choices=_choices(ERASURE, "unlawful", "consent", "objection", "obligation"),
        widget=forms.RadioSelect,
    )


class ExemptForm(PlainForm):
    """Leaving words out of answers to the public."""

    ground = forms.ChoiceField(label="Because", choices=_choices(EXEMPTION), widget=forms.RadioSelect)


class PeriodForm(PlainForm):
    """How long words of a kind are kept."""

    years = forms.IntegerField(
        label="Years",
        required=False,
        min_value=1,
        max_value=100,
        help_text="Counted from the day something was written. Empty: as long as the record.",
    )

    def __init__(self, *args: Any, years: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial={"years": years}, **kwargs)
