"""The course of a round: phases of talking, in order, before the vote.

A plan names the phases a round goes through and how long each may take; the vote ("decide") always comes last. Plain
Python: a plan and a phase in, the next phase out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from apps.common.errors import Invalid

PHASES = ("present", "clarify", "react", "amend")
"""In this order: the proposal is explained, asked about, reacted to, changed."""
DECIDE = "decide"
LONGEST = 60 * 24 * 60
"""Minutes a phase may take: sixty days."""


@dataclass(frozen=True)
class Stage:
    """One planned phase; without `minutes` it lasts until somebody moves on."""

    phase: str
    minutes: int | None = None

    def until(self, begun: datetime) -> datetime | None:
        """When it ends by itself, if it began then."""
        return None if self.minutes is None else begun + timedelta(minutes=self.minutes)

    def to_json(self) -> dict[str, Any]:
        """As a round keeps it."""
        return {"phase": self.phase, "minutes": self.minutes}


def read_plan(plan: Sequence[Mapping[str, Any]]) -> tuple[Stage, ...]:
    """The stages of a plan. Raises `Invalid` (round.plan): unknown phases, out of order, or minutes that make no sense."""
    stages = tuple(_stage(given) for given in plan)
    order = [PHASES.index(stage.phase) for stage in stages]
    if order != sorted(set(order)):
        raise _wrong(f"Phases come once each and in this order: {', '.join(PHASES)}.")
    return stages


def following(plan: Sequence[Stage], phase: str) -> Stage:
    """What comes after a phase (empty: before the first); after the last comes the vote."""
    names = [stage.phase for stage in plan]
    rest = plan[names.index(phase) + 1 :] if phase in names else plan
    return rest[0] if rest else Stage(DECIDE)


def _stage(given: Mapping[str, Any]) -> Stage:
    phase, minutes = given.get("phase"), given.get("minutes")
    if phase not in PHASES:
        raise _wrong(f"A phase is one of {', '.join(PHASES)}; the vote follows by itself.")
    if minutes is not None and (type(minutes) is not int or not 1 <= minutes <= LONGEST):
        raise _wrong(f"A phase lasts 1 to {LONGEST} minutes, or until somebody moves on.")
    return Stage(phase, minutes)


def _wrong(sentence: str) -> Invalid:
    return Invalid("round.plan", sentence, {"plan": sentence})
