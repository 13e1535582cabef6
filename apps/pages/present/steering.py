"""What the convenor of a round can do next, one button each; the first is what comes next by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from apps.consensus import parse_rule
from apps.deliberation.domain.course import DECIDE, following, read_plan
from apps.deliberation.models import Round, RoundState, Secrecy
from apps.deliberation.selectors import left_undecided, rules
from apps.partnerships.actors import Actor

RULES_OFFERED = 50


@dataclass(frozen=True)
class Move:
    """A button, what it does in a sentence, and where it is sent, with what; `asks` is the label of a time it needs, `rules` are
    those it offers (id and title). What is `near` stays in sight beside what comes next."""

    button: str
    sentence: str
    url: str
    asks: str = ""
    name: str = "until"
    sends: Mapping[str, str] = field(default_factory=dict)
    near: bool = False
    rules: Sequence[tuple[str, str]] = ()


A_LITTLE = 5
"""Minutes that one press adds."""
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
        seen = {"leaving": round.phase}
        moves.append(_move(round, "move_round_on", NEXT[stage.phase], "Everybody here sees the new phase.", sends=seen))
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
    pause = _move(round, "pause_round", "Pause", "The clock stops; nobody can vote until you go on.", near=True)
    later = _move(round, "extend_round", "Give it more time", "Time is only added, never taken away.", "Until")
    if round.ends_at is None:
        return [pause, later]
    more, words = {"minutes": str(A_LITTLE)}, "Added to the time there is."
    return [pause, _move(round, "extend_round", f"{A_LITTLE} minutes more", words, sends=more, near=True), later]


def _counted(round: Round) -> list[Move]:
    if not left_undecided(round):
        return []
    url, offered = reverse("reopen_round", args=[round.id]), _fitting(round)
    own = "" if round.secrecy == Secrecy.SECRET else ", and to each voter their own answer"
    now = (
        "The vote opens at once on what was not decided. Above each ballot stands how the groups answered this time, small "
        f"groups together{own}."
    )
    later = "The same, but nothing opens before you say so."
    return [
        Move("Show what the groups said and vote again", now, url, rules=offered, sends={"open": "1"}),
        Move("Prepare to vote again", later, url, rules=offered),
    ]


def _fitting(round: Round) -> list[tuple[str, str]]:
    """The registered rules under which the same can be voted on again, that of the round first."""
    names = set(parse_rule(round.rule.document).alternatives)
    found = [rule for rule in rules(round.framework)[:RULES_OFFERED] if rule.id != round.rule_id]
    fitting = [rule for rule in found if set(parse_rule(rule.document).alternatives) == names]
    return [(str(rule.id), rule.title) for rule in (round.rule, *fitting)]


def _move(
    round: Round,
    view: str,
    button: str,
    sentence: str,
    asks: str = "",
    name: str = "until",
    **more: Any,
) -> Move:
    return Move(button, sentence, reverse(view, args=[round.id]), asks, name, **more)


MOVES = {
    RoundState.DRAFT.value: _before,
    RoundState.ANNOUNCED.value: _before,
    RoundState.TALKING.value: _before,
    RoundState.OPEN.value: _open,
    RoundState.TALLIED.value: _counted,
}
