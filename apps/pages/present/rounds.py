"""Rounds in lists, and rules in numbers of people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.consensus import GroupInfo, Rule, explain, explain_together, lone_vetoes, parse_rule
from apps.deliberation.models import RegisteredRule, Round
from apps.pages.present.words import ROUND_STATES, day, moment, number_of
from apps.partnerships.models import Partnership
from apps.partnerships.selectors import deciding_groups


@dataclass(frozen=True)
class RoundCard:
    """A round in a list."""

    title: str
    url: str
    state: str
    state_words: str
    words: str


def round_cards(rounds: Iterable[Round]) -> list[RoundCard]:
    """Rounds for a list, as `rounds_listed` fetches them."""
    return [_card(round) for round in rounds]


def rule_words(partnership: Partnership, registered: RegisteredRule) -> dict[str, Any]:
    """A rule in numbers of people: `together` one sentence for all, `per_group` one for each, `small` what to know of small
    groups."""
    return explained(partnership, parse_rule(registered.document))


def explained(partnership: Partnership, rule: Rule) -> dict[str, Any]:
    """The same for a rule that is not registered yet."""
    groups = {group.key: GroupInfo(group.name, group.seat_count) for group in deciding_groups(partnership)}
    return {
        "per_group": explain(rule, groups),
        "together": explain_together(rule, groups),
        "small": lone_vetoes(rule, groups),
    }


def _card(round: Round) -> RoundCard:
    state, words = ROUND_STATES[round.state]
    count = number_of(round.questions, "question")  # type: ignore[attr-defined]
    times = {
        "draft": "",
        "announced": f", begins {moment(round.starts_at)}" if round.starts_at else "",
        "talking": f", until {moment(round.phase_until)}" if round.phase_until else "",
        "open": f", until {moment(round.closes_at)}" if round.closes_at else "",
        "closed": f", closed {day(round.closed_at)}",
        "tallied": f", closed {day(round.closed_at)}",
    }
    kind = "poll that decides nothing, " if round.advisory else ""
    return RoundCard(round.title, reverse("round", args=[round.id]), state, words, f"{kind}{count}{times[round.state]}")
