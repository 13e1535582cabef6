"""What proposers, those who offer changes and those who answer fill in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from apps.frameworks.models import Framework
from apps.pages.forms.base import DayField, PlainForm, WordsField
from apps.pages.forms.typed import TypedForm
from apps.pages.present.words import capital
from apps.partnerships.models import StakeholderGroup

WINDOW_HINT = "Until that day others can offer changes. Ten working days or more count as a fair window."


class _Tabled(TypedForm):
    """What every new proposal says beside the fields."""

    rationale = WordsField(label="Why", help_text="In your own words. Everybody reads it.")
    sponsors = forms.MultipleChoiceField(
        label="Other groups that propose it together with yours",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Only groups that have said so.",
    )
    offers_until = DayField(label="Last day for offering changes", required=False, help_text=WINDOW_HINT)
    observed_on = DayField(
        label="When practice first noticed it",
        required=False,
        help_text="If it came out of daily work before any plan named it: the day of the note or message that shows it.",
    )

    def __init__(self, *args: Any, groups: Iterable[StakeholderGroup], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        set_choices(self, "sponsors", [(group.key, group.name) for group in groups])

    def clean_offers_until(self) -> date | None:
        """Said before anybody looks at what comes near; the service says it again."""
        day: date | None = self.cleaned_data["offers_until"]
        if day is not None and day < self.today:
            raise forms.ValidationError("The last day for offers lies in the past.")
        return day


class AddForm(_Tabled):
    """Proposing a new element."""

    code = forms.CharField(label="Short sign", max_length=20, help_text="Such as M11. It stays for good.")
    parent = forms.ChoiceField(label="Under which desired outcome", required=False)
    slot = forms.ChoiceField(
        label="Open place of the founding plan it fills",
        required=False,
        help_text="Only if the plan foresaw something of this kind.",
    )
    field_order = ("code", "parent", "slot", "rationale", "observed_on", "offers_until", "sponsors")

    def __init__(self, *args: Any, framework: Framework, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = [(id, words) for id, words in self.names.elements.items() if id in self.names.outcomes]
        slots = [(slot.key, slot.title) for slot in framework.slots.all() if slot.filled_by is None]
        set_choices(self, "parent", [("", "None"), *outcomes])
        set_choices(self, "slot", [("", "None"), *slots])
        for name, there in (
            ("parent", outcomes and self.kind in {"measure", "outcome", "instrument"}),
            ("slot", slots),
        ):
            if not there:
                del self.fields[name]
                self.own.remove(name)


class ChangeForm(_Tabled):
    """Suggesting a change of some fields."""


class ReviseForm(TypedForm):
    """Making the next version of one's own proposal."""

    rationale = WordsField(label="Why this version")
    on_number = forms.IntegerField(widget=forms.HiddenInput)


class OfferForm(TypedForm):
    """Offering a change to somebody else's proposal; `replaces` is the offer of which it is a new version."""

    reason = WordsField(label="Why", help_text="Those who propose it must answer, with a reason.")
    replaces = forms.CharField(widget=forms.HiddenInput, required=False)


class WithdrawForm(PlainForm):
    """Taking a proposal off the table, perhaps because another one takes it in."""

    reason = WordsField(label="Why")
    into = forms.ChoiceField(label="Is it taken in by another proposal", required=False)

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "into", [("", "No"), *others])
        if not others:
            del self.fields["into"]


class CounterForm(TypedForm):
    """Saying in which form one would take an offer."""

    reason = WordsField(label="Why in this form", help_text="The group that made the offer says yes or no to it.")


class YesOrNoForm(PlainForm):
    """Answering a counter-offer."""

    answer = forms.ChoiceField(
        label="Do you agree to this form",
        widget=forms.RadioSelect,
        choices=[("accepted", "Yes: it goes into the next version"), ("declined", "No: our offer stays as it is")],
    )
    reason = WordsField(label="Why", help_text="Everybody reads it.")


class WindowForm(PlainForm):
    """When, and how often, changes can be offered."""

    offers_until = DayField(
        label="Last day for offering changes", required=False, help_text=f"{WINDOW_HINT} Empty: shut it."
    )
    offers_each = forms.IntegerField(
        label="At most so many from each group",
        required=False,
        min_value=1,
        max_value=100,
        help_text="Empty: as many as it likes. New versions of an offer do not count.",
    )


class OutsideForm(TypedForm):
    """Recording that fields are in force without a decision here."""

    evidence = WordsField(
        label="What shows it", help_text="A letter, a contract, a circular: its date, who sent it, what it says."
    )
    effective = DayField(label="In force from", required=False, help_text="Empty: from today.")


class AnswerForm(TypedForm):
    """Answering an offer of change. The fields are used only when it is taken in another form."""

    answer = forms.ChoiceField(
        label="What do you do with it",
        widget=forms.RadioSelect,
        choices=[
            ("accepted", "Take it as offered"),
            ("modified", "Take it in another form"),
            ("declined", "Do not take it"),
        ],
    )
    reason = WordsField(label="Why", help_text="The group that offered it reads this, and so does everybody else.")


class OneAnswerForm(AnswerForm):
    """Answering one offer, with the number of the version one had before one's eyes."""

    on_number = forms.IntegerField(widget=forms.HiddenInput, required=False)


def set_choices(form: forms.Form, name: str, choices: Iterable[tuple[str, str]]) -> None:
    """Give a choice field its choices."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(value, capital(str(label))) for value, label in choices]
