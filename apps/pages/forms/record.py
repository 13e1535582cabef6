"""Choosing which entries to read."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django import forms

from apps.pages.forms.base import PlainForm

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
    "framework": (
        "Founding plan, editions and what is open",
        ["framework.created", "gates.set", "plan.sealed", "edition.published"],
    ),
}


@dataclass(frozen=True)
class Wanted:
    """Which entries: before a number, of some types, on one subject."""

    before: int | None
    types: list[str]
    subject: UUID | None

    @property
    def narrow(self) -> bool:
        """Whether only some entries are wanted."""
        return bool(self.types or self.subject)


class FilterForm(PlainForm):
    """Which entries to show; sent by GET, so that a page of the record has an address."""

    topic = forms.ChoiceField(
        label="Show", required=False, choices=[(key, words) for key, (words, _) in TOPICS.items()]
    )
    on = forms.UUIDField(required=False, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=0, max_value=2**53, widget=forms.HiddenInput)

    def wanted(self) -> Wanted:
        """What was asked for; what makes no sense is left out."""
        self.is_valid()
        found = self.cleaned_data
        return Wanted(found.get("before"), TOPICS[found.get("topic") or ""][1], found.get("on"))

    def link(self, before: int | None) -> str:
        """The address of the same choice, before another number."""
        found = self.cleaned_data
        values = {"topic": found.get("topic"), "on": found.get("on"), "before": before}
        return "?" + urlencode({key: value for key, value in values.items() if value not in (None, "")})
