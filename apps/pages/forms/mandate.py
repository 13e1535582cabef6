"""Deciding alone, under a mandate."""

from collections.abc import Mapping
from typing import Any

from django import forms

from apps.deliberation.services.impositions import REASONS
from apps.pages.forms.base import DayField, WordsField
from apps.pages.forms.proposal import set_choices
from apps.pages.forms.typed import TypedForm
from apps.pages.present.words import REASONS as REASON_WORDS
from apps.pages.present.words import capital


class DecideForm(TypedForm):
    """The fields a mandate reaches, and why they are set now. A field outside its reach that is sent all the same goes to
    the service, which refuses and records it."""

    reason_code = forms.ChoiceField(label="Why now", widget=forms.RadioSelect)
    reason = WordsField(
        label="In your own words", help_text="What was tried before, and why it cannot wait. Everybody reads it."
    )
    effective = DayField(label="In force from", required=False, help_text="Empty: from today.")
    review_on = DayField(label="To be reviewed by", required=False, help_text="Empty: the review date of the mandate.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (
            self.data.get("step") == "do"
        ):  # whoever decides without a reason has tried to: the service refuses and records it
            self.fields["reason_code"].required = self.fields["reason"].required = False
        set_choices(self, "reason_code", [(code, capital(REASON_WORDS.get(code, code))) for code in REASONS])

    def hidden(self) -> Mapping[str, list[str]]:
        """What was sent, to be sent again with the confirmation."""
        names = [name for name in self.data if name not in {"csrfmiddlewaretoken", "step"}]
        return {name: self.data.getlist(name) for name in names}  # type: ignore[attr-defined]
