"""Beside who has voted, whether enough of each group have taken part."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.consensus import Rule, least_present
from apps.deliberation.presenting.frames import GroupTurnout


@dataclass(frozen=True)
class RuleLine:
    """How many of one group must take part (0: the rule does not say)."""

    group: str
    needed: int


@dataclass(frozen=True)
class TurnoutShown:
    """Who of a group has voted (none: nobody is told yet), and whether that is enough (none: the rule does not say, or nobody is
    told)."""

    name: str
    took_part: int | None
    entitled: int
    enough: bool | None
    words: str


def rule_lines(rule: Rule, groups: Sequence[GroupTurnout]) -> list[RuleLine]:
    """What the rule asks of each group that votes."""
    return [RuleLine(one.group, least_present(rule, one.group, one.entitled)) for one in groups]


def turnout_shown(rule: Rule, groups: Sequence[GroupTurnout]) -> list[TurnoutShown]:
    """The turnout of one line of the agenda."""
    return [_shown(one, line.needed) for one, line in zip(groups, rule_lines(rule, groups), strict=True)]


def _shown(one: GroupTurnout, needed: int) -> TurnoutShown:
    if one.took_part is None or not needed:
        return TurnoutShown(one.name, one.took_part, one.entitled, None, "")
    enough = one.took_part >= needed
    words = "enough take part" if enough else f"{needed - one.took_part} more needed"
    return TurnoutShown(one.name, one.took_part, one.entitled, enough, words)
