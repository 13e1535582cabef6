"""The course of a round as its console, its hall and its room show it: the stops on the way, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.deliberation.domain.course import DECIDE, Stage, read_plan
from apps.deliberation.models import Round, RoundState
from apps.pages.present.words import PHASES, moment, number_of

COUNTED = "result"
STOPS: Mapping[str, str] = {
    "present": "Explaining",
    "clarify": "Questions",
    "react": "Reactions",
    "amend": "Changes",
    DECIDE: "Vote",
    COUNTED: "Result",
}


@dataclass(frozen=True)
class Stop:
    """A phase of the plan, the vote, or the count: its name, how long it may take, and whether the round is there now."""

    key: str
    label: str
    takes: str
    here: bool = False


def course(round: Round) -> list[Stop]:
    """All stops of a round, in order."""
    stages = [*read_plan(round.plan), Stage(DECIDE), Stage(COUNTED)]
    now = _now(round)
    return [Stop(one.phase, STOPS[one.phase], _takes(one.minutes), one.phase == now) for one in stages]


def where_it_stands(round: Round) -> str:
    """Where a round stands, in a sentence or two, for who reads the page without scripts."""
    if round.paused_at is not None:
        return "The round is paused."
    until = f" Until {moment(round.ends_at)}." if round.ends_at else ""
    words = {
        "draft": "It is being prepared; nothing is fixed yet.",
        "announced": f"It begins {moment(round.starts_at)}." if round.starts_at else "It is announced.",
        "talking": f"{PHASES.get(round.phase, '')}{until} The vote comes later.",
        "open": f"The vote is open.{until}",
        "closed": "The vote has closed. The votes are being counted.",
        "tallied": "The vote has closed and has been counted.",
    }
    return words[round.state]


def _now(round: Round) -> str:
    if round.state == RoundState.TALKING:
        return round.phase
    if round.state == RoundState.OPEN:
        return DECIDE
    return COUNTED if round.state in (RoundState.CLOSED, RoundState.TALLIED) else ""


def _takes(minutes: int | None) -> str:
    return number_of(minutes, "minute") if minutes else ""
