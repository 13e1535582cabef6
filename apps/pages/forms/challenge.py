"""Contesting something, and answering a challenge on its panel."""

from typing import Any

from django import forms

from apps.pages.forms.base import PlainForm, WordsField
from apps.provenance.domain.panels import ANSWERS, UPHELD
from apps.provenance.domain.rule import RULE_1


class OpinionForm(PlainForm):
    """What a member of the panel finds. Words for the position are asked for only where how it was decided is contested."""

    answer = forms.ChoiceField(label="What do you find", widget=forms.RadioSelect, choices=list(ANSWERS.items()))
    reason = WordsField(label="Why", help_text="Everybody reads it. Two of three decide.")
    ni = forms.ChoiceField(
        label="If it is wrong: what would you say, on who decided",
        required=False,
        choices=[("", "I leave it open"), *((word, word) for word in RULE_1.ni_labels)],
        help_text="It stands beside the computed words, never in their place.",
    )
    pe = forms.ChoiceField(
        label="And on where it came from",
        required=False,
        choices=[("", "I leave it open"), *((word, word) for word in RULE_1.pe_labels)],
    )

    def __init__(self, *args: Any, verdict: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not verdict:
            del self.fields["ni"], self.fields["pe"]

    def clean(self) -> dict[str, Any]:
        """Both words or neither, and only of what is found wrong."""
        found = super().clean() or {}
        words = [found.pop("ni", ""), found.pop("pe", "")]
        if any(words) and found.get("answer") == UPHELD and not all(words):
            self.add_error("pe", "Choose both words, or leave both open.")
        found["label"] = words if all(words) and found.get("answer") == UPHELD else None
        return found
