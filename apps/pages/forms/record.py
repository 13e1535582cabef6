"""Choosing which entries to read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils import timezone

from apps.pages.forms.base import DayField, PlainForm
from apps.pages.forms.proposal import set_choices

# What a reader looks for, and the types of entries that tell it.
TOPICS: dict[str, tuple[str, list[str]]] = {
    "": ("Everything", []),
    "decisions": (
        "Decisions",
        [
            "decision.made",
            "imposition.made",
            "outside.recorded",
            "inheritance.recorded",
            "verdict.recorded",
            "scoring_rule.adopted",
            "element.changed",
        ],
    ),
    "proposals": (
        "Proposals and offers of change",
        [
            *(
                "proposal.submitted",
                "proposal.revised",
                "proposal.withdrawn",
                "amendment.offered",
                "amendment.answered",
                "amendment.withdrawn",
                "amendment.joined",
                "amendment.counter_answered",
                "amendment.window_set",
                "proposal.derived",
                "comment.made",
                "comment.taken_back",
            ),
            *("objection.recorded", "objection.withdrawn"),
        ],
    ),
    "rounds": (
        "Rounds and votes",
        ["rule.registered", "round.drafted", "round.opened", "ballot.cast", "round.closed", "round.tallied"],
    ),
    "alone": (
        "Mandates, and what was set under them",
        ["mandate.recorded", "imposition.made", "outside.recorded", "act.refused"],
    ),
    "people": (
        "Groups, seats and roles",
        [
            "partnership.founded",
            "group.added",
            "seat.assigned",
            "seat.vacated",
            "role.given",
            "role.taken",
            "invitation.made",
        ],
    ),
    "protected": (
        "What was erased, kept and taken away",
        ["person.erased", "text.erased", "retention.set", "exemption.marked", "exemption.lifted", "export.made"],
    ),
    "framework": (
        "Founding plan, editions and what is open",
        ["framework.created", "gates.set", "plan.sealed", "edition.published"],
    ),
}


@dataclass(frozen=True)
class Wanted:
    """Which entries: before a number, of some types, on one subject, by one group, saying something, between two moments."""

    before: int | None
    types: list[str]
    subject: UUID | None
    who: str
    words: str
    after: datetime | None
    until: datetime | None

    @property
    def narrow(self) -> bool:
        """Whether only some entries are wanted."""
        return bool(self.types or self.subject or self.who or self.words or self.after or self.until)


class DaysForm(PlainForm):
    """Days sent by GET; what makes no sense is left out, and said beside its field."""

    def day(self, name: str) -> date | None:
        """The day in a field, if there is one."""
        self.is_valid()
        found: date | None = self.cleaned_data.get(name)
        return found


class AtForm(DaysForm):
    """One day."""

    at = DayField(label="As on", required=False)


class SpanForm(DaysForm):
    """From one day to another, both included; sent by GET, so that what is shown has an address."""

    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False)

    def span(self) -> tuple[datetime | None, datetime | None]:
        """The moments between which something happened: the second is the first after the last day."""
        self.is_valid()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        return _midnight(since), _midnight(until + timedelta(days=1) if until else None)


class FilterForm(SpanForm):
    """Which entries to show; `groups` are the names of groups by key."""

    words = forms.CharField(label="Saying", required=False, max_length=200)
    topic = forms.ChoiceField(
        label="What", required=False, choices=[(key, words) for key, (words, _) in TOPICS.items()]
    )
    who = forms.ChoiceField(label="By", required=False)
    on = forms.UUIDField(required=False, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=0, max_value=2**53, widget=forms.HiddenInput)
    field_order = ("words", "topic", "who", "since", "until")

    def __init__(self, *args: Any, groups: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [("role:", "The convenor, auditors, mandates"), ("system:", "The clock and the count")]
        set_choices(self, "who", [("", "Everybody"), *(groups or {}).items(), *others])

    def wanted(self) -> Wanted:
        """What was asked for; what makes no sense is left out."""
        after, until = self.span()
        found = self.cleaned_data
        return Wanted(
            before=found.get("before"),
            types=TOPICS[found.get("topic") or ""][1],
            subject=found.get("on"),
            who=found.get("who") or "",
            words=(found.get("words") or "").strip(),
            after=after,
            until=until,
        )

    def link(self, before: int | None) -> str:
        """The address of the same choice, before another number."""
        values = {key: value for key, value in self.cleaned_data.items() if key != "before"} | {"before": before}
        return "?" + urlencode({key: value for key, value in values.items() if value not in (None, "")})


class ReceiptForm(PlainForm):
    """A receipt somebody kept, and the key they know from elsewhere."""

    receipt = forms.CharField(
        label="Your receipt",
        help_text="All of it, from { to }.",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "hash"}),
        max_length=20000,
    )
    key = forms.CharField(
        label="Public key of the record, if you have it from elsewhere",
        help_text="Without it the key is taken from this server, which proves less.",
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "class": "hash"}),
        required=False,
        max_length=2000,
    )


def _midnight(day: date | None) -> datetime | None:
    """When a day begins, here."""
    return timezone.make_aware(datetime.combine(day, time())) if day else None
