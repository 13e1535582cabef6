"""A rule said to people: one sentence per group, in numbers of people instead of percentages."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from apps.consensus.methods.consensus import Consensus
from apps.consensus.rules import ABSTAIN, UNABLE, Method, Quorum, Rule, Side
from apps.consensus.sentences import people
from apps.consensus.shares import share_words


@dataclass(frozen=True)
class GroupInfo:
    """A group as pages call it, and its number of seats."""

    name: str
    seats: int


def explain(rule: Rule, groups: Mapping[str, GroupInfo]) -> list[str]:
    """The rule, one sentence per deciding group. `groups` is keyed as in the rule; a group not in it has no seats."""
    everybody = sum(info.seats for info in groups.values())
    return [_group(rule, group, groups.get(group, GroupInfo(group, 0)), everybody) for group in rule.deciding]


def explain_together(rule: Rule, groups: Mapping[str, GroupInfo]) -> str:
    """How the groups' answers become one outcome, in one sentence."""
    count, composition = len(rule.deciding), rule.composition
    if composition.kind == "all":
        sentence = f"It is agreed when all {count} groups agree" if count > 1 else "It is agreed when the group agrees"
    elif composition.kind == "at_least":
        sentence = f"It is agreed when at least {composition.n} of the {count} groups agree"
    else:
        sentence = _together(rule, sum(info.seats for info in groups.values()))
    return f"{sentence}{_limits(rule.method)}."


def least_present(rule: Rule, group: str, seats: int) -> int:
    """How many of a group must take part by its own quorum; 0 where it has none."""
    quorum = rule.quorum_for(group)
    return max(1, ceil(quorum.share * seats)) if quorum else 0


SMALL = 7
"""In groups with fewer seats one person weighs so much that it has to be said."""
LONE: Mapping[str, tuple[str, str, str]] = {
    "majority": ("for", "against", "no"),
    "consensus": ("consent", "block", "block"),
    "consent": ("consent", "object", "objection"),
}


def lone_vetoes(rule: Rule, groups: Mapping[str, GroupInfo]) -> list[str]:
    """Where one person alone, against all others of a small group, keeps the group from agreeing: one sentence each."""
    if rule.pooled or rule.is_selection:
        return []
    small = ((group, groups[group]) for group in rule.deciding if group in groups and 1 < groups[group].seats < SMALL)
    return [
        f"In {info.name} ({info.seats} seats) one {_lone(rule)[2]} is enough for the group not to agree."
        for group, info in small
        if _stopped_by_one(rule, group, info.seats)
    ]


def _stopped_by_one(rule: Rule, group: str, seats: int) -> bool:
    yes, no, _ = _lone(rule)
    return rule.method_for(group).judge({yes: seats - 1, no: 1}, seats).side is not Side.FOR


def _lone(rule: Rule) -> tuple[str, str, str]:
    """The strongest yes, the strongest no, and what that is called."""
    if rule.kind != "rating":
        return LONE[rule.kind]
    ratings = [choice for choice in rule.method.choices() if choice not in (UNABLE, ABSTAIN)]
    return ratings[-1], ratings[0], "low rating"


def _together(rule: Rule, seats: int) -> str:
    """What all persons together must do, under `pooled` and `weighted`."""
    if rule.pooled and rule.is_selection:
        return f"The ballots of all {seats} seats are counted together{_quorum(rule.quorum, seats)}"
    if rule.pooled:
        return f"All {seats} seats are counted together: {rule.method.needs(seats)}{_quorum(rule.quorum, seats)}"
    support = max(1, ceil(rule.composition.pooled * seats))
    return f"If all {seats} vote, at least {support} of them must support it, and every group its own share"


def _group(rule: Rule, group: str, info: GroupInfo, everybody: int) -> str:
    who = f"{info.name} ({people(info.seats, 'seat')})"
    if not info.seats:
        return f"{who}: nobody can answer, so " + (
            "it is left out." if rule.absent == "excluded" else "it cannot agree."
        )
    if rule.pooled:
        return f"{who}: its votes count among all {everybody}{_quorum(rule.quorum_for(group), info.seats)}."
    return f"{who}: {_needs(rule, group, info.seats)}{_quorum(rule.quorum_for(group), info.seats)}."


def _needs(rule: Rule, group: str, seats: int) -> str:
    if rule.composition.kind == "weighted":
        return f"if all {seats} vote, at least {max(1, ceil(rule.composition.each * seats))} must support it"
    return rule.method_for(group).needs(seats)


def _quorum(quorum: Quorum | None, seats: int) -> str:
    if quorum is None:
        return ""
    return f"; at least {max(1, ceil(quorum.share * seats))} of {seats} must take part"


def _limits(method: Method) -> str:
    """The limits of consensus, which are counted over everybody who decides."""
    if not isinstance(method, Consensus):
        return ""
    blocks = "no block" if method.blocks == 0 else f"at most {people(method.blocks, 'block')}"
    aside = "" if method.stand_asides is None else f" and at most {share_words(method.stand_asides)} standing aside"
    return f", with {blocks}{aside}"
