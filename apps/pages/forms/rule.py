"""What a convenor fills in for a decision rule, and to see what it would do."""

import json
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms

from apps.common.errors import Invalid
from apps.consensus.simulator import read_counts
from apps.consensus.templates import ADVANCED, EVERYDAY, template
from apps.deliberation.models import RegisteredRule
from apps.deliberation.simulating import Votes
from apps.pages.forms.base import PlainForm, WordsField
from apps.pages.forms.proposal import set_choices

COUNTS = "counts__"
FURTHER = [("", "none of these"), *((one.key, one.name) for one in ADVANCED)]


def _document_field() -> WordsField:
    return WordsField(
        label="Rule as JSON",
        required=False,
        rows=14,
        max_length=50_000,
        help_text="If there is something here, it is used instead of the choices above.",
    )


class PickForm(PlainForm):
    """Picking a rule: an everyday one, a further one, or a document of one's own."""

    template = forms.ChoiceField(
        label="How it is decided",
        required=False,
        widget=forms.RadioSelect,
        choices=[(one.key, f"{one.name}: {one.when[:1].lower()}{one.when[1:]}") for one in EVERYDAY],
    )
    further = forms.ChoiceField(label="Another kind of rule", required=False, choices=FURTHER)
    document = _document_field()

    def __init__(self, *args: Any, deciding: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.deciding = deciding

    def clean(self) -> dict[str, Any]:
        """The document of the rule: as typed, else the further kind, else the everyday one."""
        data = super().clean() or {}
        typed = str(data.get("document") or "").strip()
        key = data.get("further") or data.get("template")
        if typed:
            data["document"] = self._typed(typed)
        elif key:
            data["document"] = self.document_of(str(key))
        else:
            self.add_error("template", "Choose how it is decided.")
        return data

    def document_of(self, key: str) -> Mapping[str, object]:
        """The document that a choice stands for."""
        return template(key).document(self.deciding)

    def _typed(self, text: str) -> Any:
        try:
            document = json.loads(text)
        except RecursionError:
            self.add_error("document", "This is nested too deeply to be a rule.")
            return {}
        except ValueError as fault:
            where = f" in line {fault.lineno}, column {fault.colno}" if isinstance(fault, json.JSONDecodeError) else ""
            self.add_error("document", f"This is not JSON{where}. Look for a missing comma, quote or bracket.")
            return {}
        if not isinstance(document, dict):
            self.add_error("document", "A rule is an object in braces { ... }.")
            return {}
        return document


class RuleForm(PickForm):
    """Registering a decision rule. `tried` brings along what it was tried on."""

    title = forms.CharField(label="Name of the rule", max_length=120, help_text="As people will call it.")
    tried = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    keep = forms.BooleanField(label="Keep in the record what it was tried on, and what came out", required=False)

    def tried_on(self) -> Votes | None:
        """The votes the rule was tried on, if that is to be kept. Of a form that has been found right."""
        told = self.cleaned_data["tried"]
        return votes_from(told) if told and self.cleaned_data["keep"] else None


class TryForm(PickForm):
    """Trying a rule on votes."""

    item = forms.ChoiceField(label="On which votes", required=False)
    groups_out = forms.MultipleChoiceField(
        label="Leave out, such as for a declared interest", required=False, widget=forms.CheckboxSelectMultiple
    )
    declared = forms.MultipleChoiceField(
        label="Run again without the seats that declared an interest",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    seats_out = forms.CharField(
        label="Single seats to leave out",
        required=False,
        max_length=400,
        help_text="Their labels with commas between, such as P1, P2. Only where votes were open from the start.",
    )

    def __init__(
        self,
        *args: Any,
        groups: Mapping[str, str],
        items: Iterable[tuple[str, str]],
        registered: Mapping[str, RegisteredRule],
        declared: Iterable[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.registered = registered
        set_choices(self, "item", [("", "none: the numbers below"), *items])
        set_choices(self, "groups_out", groups.items())
        set_choices(self, "declared", declared)
        self.fields["further"] = forms.ChoiceField(
            label="Another rule",
            required=False,
            choices=[*FURTHER, *((id, rule.title) for id, rule in registered.items())],
        )
        for key, name in groups.items():
            self.fields[COUNTS + key] = forms.CharField(label=name, required=False, max_length=1000)
        self.groups = groups

    def count_fields(self) -> list[forms.BoundField]:
        """One field of numbers for each group."""
        return [self[COUNTS + key] for key in self.groups]

    @property
    def typed(self) -> bool:
        """Whether any numbers stand there."""
        return any(field.value() for field in self.count_fields())

    def document_of(self, key: str) -> Mapping[str, object]:
        """Also that of a registered rule."""
        return self.registered[key].document if key in self.registered else super().document_of(key)

    def votes(self) -> Votes:
        """Which votes to try it on. `Invalid` names the part of the numbers that cannot be read."""
        data = self.cleaned_data
        single = [label.strip() for label in str(data.get("seats_out") or "").split(",") if label.strip()]
        counts = {key: self._counts(key) for key in self.groups if data.get(COUNTS + key)}
        return Votes(
            item=UUID(data["item"]) if data.get("item") else None,
            counts=counts,
            groups_out=data.get("groups_out") or [],
            seats_out=sorted({*single, *(data.get("declared") or [])}),
        )

    def _counts(self, key: str) -> dict[str, int]:
        try:
            return read_counts(str(self.cleaned_data[COUNTS + key]))
        except Invalid as fault:
            raise Invalid(fault.code, f"{self.groups[key]}: {fault.message}", {COUNTS + key: fault.message}) from None


def votes_from(told: str) -> Votes:
    """What `votes_to` wrote. `Invalid` if it is something else."""
    try:
        read = json.loads(told)
        counts = {str(key): {str(word): int(n) for word, n in some.items()} for key, some in read["counts"].items()}
        item = UUID(read["item"]) if read["item"] else None
        return Votes(item, counts, [str(one) for one in read["groups"]], [str(one) for one in read["seats"]])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Invalid("simulation.malformed", "What it was tried on could not be read: try it again.") from None


def votes_to(votes: Votes) -> str:
    """The votes as one line, to be carried along in a form."""
    item = str(votes.item) if votes.item else ""
    counts = {key: dict(some) for key, some in votes.counts.items()}
    return json.dumps(
        {"item": item, "counts": counts, "groups": list(votes.groups_out), "seats": list(votes.seats_out)}
    )
