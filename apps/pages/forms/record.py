"""Choosing which entries to read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.utils import timezone

from apps.pages.forms.base import DayField, PlainForm
from apps.pages.forms.proposal import set_choices
from apps.pages.present.topics import EVERYTHING, TOPICS


@dataclass(frozen=True)
class Wanted:
    """Which entries: before a number, of some types, on one subject, by one group, saying something, between two moments.

    `narrow` says whether somebody chose only some of what there is.
    """

    before: int | None
    types: Sequence[str]
    subject: UUID | None
    who: str
    words: str
    after: datetime | None
    until: datetime | None
    narrow: bool


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
    """Which entries to show; `groups` are the names of groups by key. On the page of one thing, `subject`, everything in view
    is on it, and what is shown first is only what tells its `story`.
    """

    words = forms.CharField(label="Saying", required=False, max_length=200)
    topic = forms.ChoiceField(label="What", required=False)
    who = forms.ChoiceField(label="By", required=False)
    on = forms.UUIDField(required=False, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=0, max_value=2**53, widget=forms.HiddenInput)
    field_order = ("words", "topic", "who", "since", "until")

    def __init__(
        self,
        *args: Any,
        groups: Mapping[str, str],
        subject: UUID | None = None,
        story: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.subject, self.story = subject, story
        others = [("role:", "The convenor, auditors, mandates"), ("system:", "The clock and the count")]
        set_choices(self, "who", [("", "Everybody"), *groups.items(), *others])
        whole = [("", "The story"), (EVERYTHING, "Everything")] if story else [("", "Everything")]
        set_choices(self, "topic", [*whole, *((key, words) for key, (words, _) in TOPICS.items())])
        if subject:
            del self.fields["on"]

    def wanted(self) -> Wanted:
        """What was asked for; what makes no sense is left out."""
        after, until = self.span()
        found = self.cleaned_data
        topic, who, words = found.get("topic") or "", found.get("who") or "", (found.get("words") or "").strip()
        on = found.get("on")
        return Wanted(
            before=found.get("before"),
            types=TOPICS[topic][1] if topic in TOPICS else () if topic else self.story,
            subject=self.subject or on,
            who=who,
            words=words,
            after=after,
            until=until,
            narrow=bool(topic or on or who or words or after or until),
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
