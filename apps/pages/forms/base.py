"""What all forms share: plain labels, plain errors, dates as a browser's date field."""

from typing import Any

from django import forms

FILL_IN = "Fill this in."


class PlainForm(forms.Form):
    """A form whose errors say what to do."""

    status = 422

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = "Choose one." if isinstance(field, forms.ChoiceField) else FILL_IN


class DayField(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"])
        kwargs.setdefault("error_messages", {"invalid": "Write the day like 2026-04-01."})
        super().__init__(**kwargs)


class WordsField(forms.CharField):
    """Several lines of somebody's own words."""

    def __init__(self, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        kwargs.setdefault("max_length", 4000)
        super().__init__(**kwargs)


class ReasonForm(PlainForm):
    """One text: why."""

    reason = WordsField(label="Why")

    def __init__(self, *args: Any, label: str = "Why", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, hint


class NothingForm(PlainForm):
    """A button alone."""
