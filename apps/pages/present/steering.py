"""What the convenor of a round can do next, one button each; the first is what comes next by itself."""

from dataclasses import dataclass

from django.urls import reverse

from apps.deliberation.domain.course import DECIDE, following, read_plan
from apps.deliberation.models import Round, RoundState
from apps.deliberation.selectors import left_undecided
from apps.partnerships.actors import Actor


@dataclass(frozen=True)
class Move:
    """A button, what it does in a sentence, and where it is sent; `asks` is the label of a time it needs."""

    button: str
    sentence: str
    url: str
    asks: str = ""
    name: str = "until"
    leaving: str | None = None


NEXT = {
    "present": "Let it be explained",
    "clarify": "Go on to questions",
    "react": "Go on to reactions",
    "amend": "Go on to changes",
    DECIDE: "Open the vote",
}


def steering(actor: Actor, round: Round) -> list[Move]:
    """The moves that are open; none for anybody but the convenor."""
    if not actor.is_convenor:
        return []
    if round.paused_at is not None:
        return [_move(round, "resume_round", "Go on", "What was left of the time is left still.")]
    return MOVES.get(round.state, lambda _: [])(round)


def _before(round: Round) -> list[Move]:
    stage = following(read_plan(round.plan), round.phase)
    vote = "When the vote opens, the texts, the rule and who can vote are fixed, and the record says so."
    moves = []
    if stage.phase != DECIDE:
        moves.append(
            _move(round, "move_round_on", NEXT[stage.phase], "Everybody here sees the new phase.", leaving=round.phase)
        )
    moves.append(_move(round, "open_round", "Open the vote" if round.plan else "Open the round", vote))
    if round.state == RoundState.DRAFT:
        moves.append(
            _move(round, "announce_round", "Announce it", "Everybody sees that it is coming.", "Begins at", "starts_at")
        )
    if round.state == RoundState.TALKING:
        moves += _under_way(round)
    return moves


def _open(round: Round) -> list[Move]:
    close = _move(round, "close_round", "Close the round", "Nobody can vote after that. The votes are counted at once.")
    return [close, *_under_way(round)]


def _under_way(round: Round) -> list[Move]:
    return [
        _move(round, "pause_round", "Pause", "The clock stops; nobody can vote until you go on."),
        _move(round, "extend_round", "Give it more time", "Time is only added, never taken away.", "Until"),
    ]


def _counted(round: Round) -> list[Move]:
    if not left_undecided(round):
        return []
    again = "A new round on what was not decided, under the same rule; both point to each other."
    return [_move(round, "reopen_round", "Vote again", again)]


def _move(
    round: Round, view: str, button: str, sentence: str, asks: str = "", name: str = "until", leaving: str | None = None
) -> Move:
    return Move(button, sentence, reverse(view, args=[round.id]), asks, name, leaving)


MOVES = {
    RoundState.DRAFT.value: _before,
    RoundState.ANNOUNCED.value: _before,
    RoundState.TALKING.value: _before,
    RoundState.OPEN.value: _open,
    RoundState.TALLIED.value: _counted,
}
