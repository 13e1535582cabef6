"""Packages as pages show them: what is bound together, what was promised, who must still ratify it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from apps.frameworks.models import Framework
from apps.pages.present.items import ProposalCard, proposal_cards
from apps.pages.present.removed import words
from apps.pages.present.words import day
from apps.pages.shown import Step
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import group_names
from apps.proposals.models import Commitment, Package, Ratification

STATES: Mapping[str, tuple[str, str]] = {
    "open": ("open", "On the table"),
    "subject": ("open", "Agreed, subject to ratification"),
    "adopted": ("agreed", "Adopted as a whole"),
    "fallen": ("contested", "Not adopted"),
    "dissolved": ("contested", "Dissolved"),
}
ANSWERS: Mapping[str, tuple[str, str]] = {
    "": ("open", "Waits for its own body"),
    "ratified": ("agreed", "Ratified"),
    "refused": ("contested", "Not ratified"),
}


@dataclass(frozen=True)
class Line:
    """A promise or a ratification: who, what by when, where it stands, and what this reader may do."""

    who: str
    what: str
    state: str
    state_words: str
    step: Step | None


@dataclass(frozen=True)
class PackageCard:
    """A package on its page or in a list."""

    title: str
    url: str
    by: str
    why: str
    state: str
    state_words: str
    proposals: Sequence[ProposalCard]
    promises: Sequence[Line]
    ratifications: Sequence[Line]
    dissolve_url: str


def package_cards(viewer: Actor, framework: Framework, found: Sequence[Package], today: date) -> list[PackageCard]:
    """Packages, read with everything they show: a fixed number of queries more."""
    groups = group_names(framework.partnership)
    every = [proposal for package in found for proposal in package.proposals.all()]
    cards = {card.id: card for card in proposal_cards(every, groups)}
    return [_card(viewer, package, cards, today) for package in found]


def _card(viewer: Actor, package: Package, cards: Mapping[UUID, ProposalCard], today: date) -> PackageCard:
    state, state_words = STATES[package.state]
    mine = viewer.seat is not None and viewer.seat.group_id == package.group_id
    may_dissolve = package.state == "open" and (mine or viewer.is_convenor)
    return PackageCard(
        title=package.title,
        url=reverse("package", args=[package.id]),
        by=f"Bound together by {package.group.name if package.group else 'the convenor'}, {day(package.made_at)}",
        why=words(package.reason),
        state=state,
        state_words=state_words,
        proposals=[cards[proposal.id] for proposal in package.proposals.all()],
        promises=[_promise(viewer, one, today) for one in package.commitments.all()],
        ratifications=[_ratification(viewer, one, package) for one in package.ratifications.all()],
        dissolve_url=reverse("dissolve", args=[package.id]) if may_dissolve else "",
    )


def _promise(viewer: Actor, one: Commitment, today: date) -> Line:
    mine = viewer.is_convenor or (viewer.seat is not None and viewer.seat.group_id == one.group_id)
    if one.kept_at:
        state, state_words = "agreed", f"Brought, {day(one.kept_at)}"
    elif one.due < today:
        state, state_words = "contested", f"Overdue since {day(one.due)}"
    else:
        state, state_words = "open", f"By {day(one.due)}"
    step = Step("It has been brought", reverse("keep", args=[one.id])) if mine and not one.kept_at else None
    return Line(one.group.name, words(one.what), state, state_words, step)


def _ratification(viewer: Actor, one: Ratification, package: Package) -> Line:
    state, state_words = ANSWERS[one.answer]
    mine = viewer.seat is not None and viewer.seat.group_id == one.group_id
    may = mine and not one.answer and package.state in {"open", "subject"}
    step = Step("Say whether it is ratified", reverse("ratify", args=[one.id])) if may else None
    what = words(one.evidence) or f"Its own body says yes or no by {day(one.due)}; no answer is a no."
    return Line(one.group.name, what, state, state_words, step)
