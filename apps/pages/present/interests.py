"""Interests as a round's page shows them: whose, what, the ruling, and what it does to the count."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from apps.deliberation.models import Interest, Round
from apps.deliberation.selectors import interests
from apps.pages.shown import Step
from apps.partnerships.actors import Actor


@dataclass(frozen=True)
class InterestShown:
    """One declared interest; `step` is what the convenor can still do."""

    who: str
    words: str
    ruling: str
    step: Step | None


def interests_shown(actor: Actor, round: Round) -> Sequence[InterestShown]:
    """All of a round, in the order in which they were declared."""
    may_rule = actor.is_convenor and round.opened_seq is None
    return [_shown(one, round, may_rule) for one in interests(round)]


def _shown(one: Interest, round: Round, may_rule: bool) -> InterestShown:
    step = Step("Rule on it", reverse("rule_on_interest", args=[round.id, one.id])) if may_rule else None
    group = one.seat.group.name
    return InterestShown(f"{group}, seat {one.seat.label}", one.words.body or "", _ruling(one, group), step)


def _ruling(one: Interest, group: str) -> str:
    if one.leaves is None:
        return "No ruling: speaks and votes."
    why = f" {one.ruling.body}" if one.ruling is not None and one.ruling.body else ""
    if one.leaves:
        return f"Leaves the vote; {group} counts one seat fewer, and not at all if no seat is left.{why}"
    return f"Speaks and votes.{why}"
