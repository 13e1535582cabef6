"""The dissent register in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from apps.deliberation.models import Reservation
from apps.deliberation.register import Registered
from apps.frameworks.models import Framework
from apps.pages.present.elements import set_words
from apps.pages.present.removed import words
from apps.pages.present.values import element_names
from apps.pages.present.words import day, number_of
from apps.pages.shown import Step
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import group_names

KINDS: Mapping[str, str] = {"dissent": "disagrees", "objection": "objects", "stand_aside": "stands aside"}


@dataclass(frozen=True)
class Voice:
    """One group's disagreement: how, in its words, what calls a review; `call` where this reader may call it."""

    who: str
    why: str
    review: str
    called: str
    call: Step | None = None


@dataclass(frozen=True)
class DissentCard:
    """A decision that stands, with everything said against it."""

    title: str
    url: str
    decided: str
    entry_url: str
    voices: Sequence[Voice]
    reserve_url: str


def dissent_cards(viewer: Actor, framework: Framework, found: Sequence[Registered]) -> list[DissentCard]:
    """The register as a page shows it: two queries, however long it is."""
    names = element_names(framework, [one.decision.element for one in found])
    groups = group_names(framework.partnership)
    return [_card(viewer, one, names, groups) for one in found]


def _card(viewer: Actor, one: Registered, names: Mapping[str, str], groups: Mapping[str, str]) -> DissentCard:
    decision = one.decision
    votes = [
        Voice(
            groups.get(part.group_key, part.group_key),
            f"{number_of(part.against, 'vote')} against" if part.against else "Did not agree",
            _on_day(part.review_on),
            "Its review has been called." if part.called_seq is not None else "",
        )
        for part in one.dissents
    ]
    objections = [
        Voice(f"{objection.group.name} objected before the vote", words(objection.reason), "", "")
        for objection in one.objections
    ]
    return DissentCard(
        title=names.get(str(decision.element), "A measure"),
        url=reverse("element", args=[decision.element]),
        decided=set_words(decision),
        entry_url=reverse("entry", args=[viewer.partnership.id, decision.seq]),
        voices=[*votes, *objections, *(_reserved(viewer, each) for each in one.reservations)],
        reserve_url=reserve_url(viewer, decision.id),
    )


def reserve_url(viewer: Actor, decision: UUID) -> str:
    """Where this reader's group can say that it disagrees; nothing for others."""
    speaks = viewer.seat is not None and viewer.seat.group.kind != "observer"
    return reverse("reserve", args=[decision]) if speaks else ""


def _reserved(viewer: Actor, one: Reservation) -> Voice:
    mine = viewer.seat is not None and viewer.seat.group_id == one.group_id
    condition = f"Calls a review if: {words(one.condition)}" if one.condition else ""
    called = f"Its review has been called. {words(one.called_because)}" if one.called_seq is not None else ""
    may = mine and one.condition is not None and one.called_seq is None
    return Voice(
        f"{one.group.name} {KINDS[one.kind]}, {day(one.made_at)}",
        words(one.words),
        " ".join(part for part in (_on_day(one.review_on), condition) if part),
        called.strip(),
        Step("It has come about: call the review", reverse("call_review", args=[one.id])) if may else None,
    )


def _on_day(value: object) -> str:
    return f"Calls a review on {day(value)}." if value else ""  # type: ignore[arg-type]
