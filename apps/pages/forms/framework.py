"""What a convenor fills in for a framework."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms

from apps.frameworks.models import Framework, Gate
from apps.pages.forms.base import DayField, PlainForm, WordsField
from apps.pages.forms.proposal import set_choices
from apps.pages.present.words import day

PLACES_AT_MOST = 100


class FrameworkForm(PlainForm):
    """Beginning a framework."""

    title = forms.CharField(label="Title", max_length=200)
    starts_on = DayField(label="Its story begins on", help_text="Times are counted from this day.")
    source = forms.ChoiceField(
        label="Begin with",
        required=False,
        help_text="Of a copy everything comes to the table as a suggestion: nothing of it is agreed here.",
    )
    figures = forms.BooleanField(
        label="Copy baselines, targets and who answers for it, too",
        required=False,
        help_text="Only where the copy is for the same place.",
    )
    rationale = WordsField(
        label="Why with this one", required=False, help_text="Needed for a copy. Everybody reads it."
    )

    def __init__(self, *args: Any, sources: Iterable[Framework], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(str(one.id), f"a copy of {one.title} ({one.partnership.name})") for one in sources]
        set_choices(self, "source", [("", "nothing"), *found])
        if not found:
            for name in ("source", "figures", "rationale"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A copy needs a reason."""
        data = super().clean() or {}
        if data.get("source") and not data.get("rationale"):
            self.add_error("rationale", "Say why.")
        return data


class SealForm(PlainForm):
    """Sealing the founding plan."""

    slots = WordsField(
        label="Open places the plan foresees",
        required=False,
        help_text="One on each line, such as: one measure chosen by care-experienced young people in year one. None is fine.",
    )

    def clean_slots(self) -> list[str]:
        """One open place per line."""
        places = [" ".join(line.split())[:300] for line in str(self.cleaned_data["slots"]).splitlines() if line.strip()]
        if len(places) > PLACES_AT_MOST:
            raise forms.ValidationError(f"Name at most {PLACES_AT_MOST} open places.")
        return places


class TemplateForm(PlainForm):
    """Offering a framework as a template."""

    offered = forms.BooleanField(label="Others may begin with a copy of it", required=False)


class LevelsForm(PlainForm):
    """What the levels of the outcome tree are called."""

    levels = WordsField(
        label="From the top down",
        required=False,
        help_text="One on each line, such as: Goal, Outcome, Sub-outcome. None: they are all called desired outcomes.",
    )

    def clean_levels(self) -> list[str]:
        """One name per line."""
        return [" ".join(line.split()) for line in str(self.cleaned_data["levels"]).splitlines() if line.strip()]


class PublishForm(PlainForm):
    """Publishing an edition."""

    effective_from = DayField(
        label="What it says counts from",
        required=False,
        help_text="Empty: from today. Not before the edition before it.",
    )
    note = WordsField(
        label="What counts later, and why",
        required=False,
        help_text="Such as: the measures in the home-care contract count from its variation of 1 April.",
    )


class CompareForm(PlainForm):
    """Which two editions are compared; the newest two, where nothing or nothing sensible is asked for."""

    since = forms.ChoiceField(label="From")
    to = forms.ChoiceField(label="To")

    def __init__(self, *args: Any, published: Sequence[tuple[int, datetime]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = [number for number, _ in published]
        named = [
            (str(number), f"edition {number}, {day(at)}" if number else "founding plan") for number, at in published
        ]
        set_choices(self, "since", named)
        set_choices(self, "to", [("now", "what stands now"), *named])
        since, to = self.chosen()
        self.initial = {"since": "" if since is None else str(since), "to": to}

    def chosen(self) -> tuple[int | None, str]:
        """The older and the newer side; None: nothing has been published."""
        if not self.numbers:
            return None, "now"
        asked, to = self.data.get("since", ""), self.data.get("to", "")
        if to != "now" and not self._is_known(to):
            to = str(self.numbers[0]) if len(self.numbers) > 1 else "now"
        older = [number for number in self.numbers if to == "now" or number < int(to)]
        return (int(asked) if self._is_known(asked) else (older or self.numbers)[0]), to

    def _is_known(self, number: str) -> bool:
        return number in {str(known) for known in self.numbers}


class GatesForm(PlainForm):
    """Which acts are open."""

    gates = forms.MultipleChoiceField(
        label="Open for everybody with a voice",
        required=False,
        choices=Gate.choices,
        widget=forms.CheckboxSelectMultiple,
    )
