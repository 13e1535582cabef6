"""Challenges in words: who contests what, since when, who answers it, what was found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse

from apps.pages.present.removed import words
from apps.pages.present.words import day, listed
from apps.pages.shown import Part
from apps.provenance.domain.panels import ANSWERS
from apps.provenance.models import Challenge, PanelMember
from apps.provenance.presenting.words import words_for

STATES: Mapping[str, tuple[str, str]] = {
    "open": ("contested", "Contested"),
    "upheld": ("contested", "Found right"),
    "rejected": ("agreed", "It stands"),
    "withdrawn": ("open", "Taken back"),
}


@dataclass(frozen=True)
class ChallengeCard:
    """A challenge in a list; `state` is a colour role."""

    id: UUID
    url: str
    words: str
    why: str
    state: str
    state_words: str


@dataclass(frozen=True)
class MemberCard:
    """One seat of a panel and what it found."""

    seat: str
    answer: str
    why: str


def challenge_card(found: Challenge, groups: Mapping[str, str]) -> ChallengeCard:
    """A challenge in one sentence or two. `groups` are the names of groups by key."""
    state, state_words = STATES[found.state]
    return ChallengeCard(
        id=found.id,
        url=reverse("challenge", args=[found.id]),
        words=" ".join(_words(found, groups)),
        why=words(found.reason),
        state=state,
        state_words=state_words,
    )


def challenge_cards(found: Iterable[Challenge], groups: Mapping[str, str]) -> list[ChallengeCard]:
    """Challenges for a list. Panels and reasons must have been fetched with them."""
    return [challenge_card(one, groups) for one in found]


def panel_of(found: Challenge) -> list[MemberCard]:
    """The panel in the order of the lot, also those who stepped aside."""
    return [_member(one) for one in found.members.all()]


def mark_contested(parts: Sequence[Part], contested: Iterable[Challenge], urls: Mapping[int, str]) -> list[Part]:
    """The parts of a measure, those set by a contested entry marked as such. `urls` are the entries' addresses by number."""
    under = {urls[one.about] for one in contested if one.state == "open" and one.about in urls}
    return [
        replace(part, state="contested", state_words=f"{part.state_words}, contested", position=None)
        if part.url in under
        else part
        for part in parts
    ]


def _words(found: Challenge, groups: Mapping[str, str]) -> Iterable[str]:
    who = groups.get(found.group_key, found.group_key) or "somebody without a seat"
    yield f"Entry {found.about} is contested by {who} since {day(found.made_at)}."
    if found.state == "open":
        panel = listed(one.seat.group.name for one in found.members.all() if not one.aside)
        yield f"A panel of {panel} answers it."
    elif found.state == "withdrawn":
        yield "It has been taken back."
    elif found.state == "upheld":
        yield "A panel of three groups found that right."
        if found.label:
            yield f"In its view: {words_for(*found.label)}. The computed words stay."
    else:
        yield "A panel of three groups found that it stands as recorded."


def _member(one: PanelMember) -> MemberCard:
    answer = "stepped aside" if one.aside else ANSWERS.get(one.answer, "has not answered yet").lower()
    if one.label:
        answer += f"; it would say: {words_for(*one.label)}"
    why = words(one.reason)
    return MemberCard(f"{one.seat.group.name}, seat {one.seat.label}", answer, why)
