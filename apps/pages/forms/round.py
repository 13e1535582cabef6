"""What a convenor fills in for a round."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from apps.consensus import parse_rule
from apps.deliberation.domain.course import LONGEST, PHASES
from apps.deliberation.models import RegisteredRule, Secrecy
from apps.pages.forms.base import DayField, PlainForm
from apps.pages.forms.proposal import set_choices
from apps.pages.present.secrecy import LEVELS

STANDS, KEEP = "stands:", "keep"
"""How the field of an alternative is named, and its value for keeping what is in force."""


def _phase(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=LONGEST, help_text=help_text)


class RoundForm(PlainForm):
    """Preparing a round: on proposals one by one; or, where `names` are the alternatives of a rule, on what they stand for."""

    title = forms.CharField(label="Name of the round", max_length=200, help_text="Such as: Meeting of 27 March.")
    proposals = forms.MultipleChoiceField(label="What is voted on", widget=forms.CheckboxSelectMultiple)
    rule = forms.ChoiceField(
        label="By which rule", widget=forms.RadioSelect, help_text="It is fixed when the round opens."
    )
    secrecy = forms.ChoiceField(
        label="Who sees how people vote",
        widget=forms.RadioSelect,
        initial=Secrecy.BLIND,
        choices=[(key, level.choice) for key, level in LEVELS.items()],
        help_text="In a secret vote nobody can show later what they chose; in a group of few the count can still tell it. "
        "The page of the round says what each way protects, and what not.",
    )
    closes_at = forms.DateTimeField(
        label="Closes by itself at",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text="Empty: you close it by hand.",
        error_messages={"invalid": "Write day and time like 2026-04-01 18:00."},
    )
    effective = DayField(
        label="What is decided counts from", required=False, help_text="Empty: from the day of the decision."
    )
    review_on = DayField(
        label="Disagreement calls a review by",
        required=False,
        help_text="If a group is outvoted, its disagreement stays and calls a review by this day.",
    )
    present = _phase(
        "Minutes to explain it",
        "For each phase: empty, there is no such phase before the vote; 0, it lasts until you move on.",
    )
    clarify = _phase("Minutes for questions")
    react = _phase("Minutes for reactions")
    amend = _phase("Minutes to change it")
    advisory = forms.BooleanField(label="A poll: it decides nothing", required=False)
    binding = forms.BooleanField(label="For proposals to confirm: a no ends or reopens what stands", required=False)

    def __init__(
        self,
        *args: Any,
        rules: Iterable[RegisteredRule],
        proposals: Sequence[tuple[str, str]],
        names: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        set_choices(self, "rule", [(str(rule.id), _rule_words(rule)) for rule in rules])
        if not names:
            set_choices(self, "proposals", proposals)
            return
        del self.fields["proposals"]
        texts = [("", "Choose"), *proposals, (KEEP, "Keep what is in force")]
        for name in names:
            self.fields[STANDS + name] = forms.ChoiceField(label=f"{name} stands for", choices=texts)
        self.order_fields(["title", "rule", *(STANDS + name for name in names)])

    def clean(self) -> dict[str, Any]:
        """The phases with minutes are the plan."""
        data = super().clean() or {}
        minutes = {phase: data.pop(phase, None) for phase in PHASES}
        data["plan"] = [{"phase": phase, "minutes": n or None} for phase, n in minutes.items() if n is not None]
        return data

    @property
    def question(self) -> dict[str, str]:
        """What each alternative stands for: the id of a proposal, or KEEP. Of a form that has been found right."""
        return {name: self.cleaned_data[STANDS + name] for name in self.names}


def _rule_words(rule: RegisteredRule) -> str:
    names = parse_rule(rule.document).alternatives
    return f"{rule.title}: chooses among {', '.join(names)}" if names else rule.title
