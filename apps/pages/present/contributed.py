"""Contributions and their fate in sentences: what it was, whether it was taken, why, and what was decided in the end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models.fields.json import KT
from django.urls import reverse

from apps.common.trips import at_once
from apps.deliberation.contributions import Contribution
from apps.frameworks.models import Framework
from apps.pages.present.elements import set_words
from apps.pages.present.items import ACTIONS
from apps.pages.present.removed import words
from apps.pages.present.values import labels_of
from apps.pages.present.words import OFFER_STATES, PROPOSAL_STATES, capital, day, listed

OBJECTION_STATES: Mapping[str, tuple[str, str]] = {
    "stands": ("open", "Stands"),
    "taken_back": ("contested", "Taken back"),
}


@dataclass(frozen=True)
class ContributionCard:
    """One contribution: `then` says what was decided on the proposal it belongs to."""

    title: str
    url: str
    at: str
    why: str
    state: str
    state_words: str
    because: str
    then: str


def cards_of(framework: Framework, found: Sequence[Contribution]) -> list[ContributionCard]:
    """The list as a page shows it: one query, however long it is."""
    about = {one.proposal.element for one in found}
    elements, named = at_once(
        framework.elements.filter(id__in=about).values("id", title=KT("fields__title")),
        framework.partnership.groups.values("key", "name"),
    )
    titles = {element["id"]: element["title"] for element in elements}
    groups = {group["key"]: group["name"] for group in named}
    return [_card(one, titles, groups) for one in found]


def _card(one: Contribution, titles: Mapping[UUID, str], groups: Mapping[str, str]) -> ContributionCard:
    state, state_words = _state(one)
    anchor = {"offer": f"#offer-{one.id}", "joined": f"#offer-{one.id}", "objection": "#objections"}.get(one.kind, "")
    return ContributionCard(
        title=_title(one, titles, groups),
        url=reverse("proposal", args=[one.proposal.id]) + anchor,
        at=day(one.at),
        why=words(one.why),
        state=state,
        state_words=state_words,
        because=_because(one, groups),
        then=_then(one),
    )


def _title(one: Contribution, titles: Mapping[UUID, str], groups: Mapping[str, str]) -> str:
    who = groups.get(one.group, "The convenor")
    about = f"{one.proposal.code} {titles.get(one.proposal.element, '')}".strip()
    fields = _fields(one.proposal.kind, one.fields)
    if one.kind == "proposal":
        return f"{who} proposed to {ACTIONS[one.proposal.action].lower()} {about}"
    said = {"offer": "offered a change to", "joined": "joined a change to", "objection": "objected to"}[one.kind]
    return f"{who} {said} {about}{f': {fields}' if fields else ''}"


def _fields(kind: str, keys: Iterable[str]) -> str:
    return listed(label.lower() for label in labels_of(kind, keys))


def _state(one: Contribution) -> tuple[str, str]:
    if one.kind == "objection":
        return OBJECTION_STATES[one.fate]
    if one.kind == "proposal":
        if one.fate == "decided" and one.decision is not None:
            return ("agreed", "Adopted") if one.decision.adopted else ("contested", "Not adopted")
        return PROPOSAL_STATES[one.fate]
    return OFFER_STATES[one.fate]


def _because(one: Contribution, groups: Mapping[str, str]) -> str:
    """Why it was taken, not taken or taken back, in the words of those who said so."""
    into = f"It is in version {one.number}. " if one.number else ""
    said = f"{groups.get(one.by, 'The convenor')}: “{words(one.because)}”" if one.because else ""
    return f"{into}{said}".strip()


def _then(one: Contribution) -> str:
    """What was decided on the proposal in the end; nothing where it did not come to that."""
    if one.decision is None:
        return ""
    decided = set_words(one.decision)
    own = one.kind == "proposal"
    if one.decision.adopted:
        return f"{capital(decided)}." if own else f"The proposal: {decided[:1].lower()}{decided[1:]}."
    return f"{'It' if own else 'The proposal'} was not adopted: {decided[:1].lower()}{decided[1:]}."
