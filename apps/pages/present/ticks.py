"""The registered rule beside who has voted: one sentence per group, and whether enough of it have taken part."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.consensus import GroupInfo, Rule, explain, least_present
from apps.deliberation.presenting.frames import GroupTurnout
from apps.pages.present.words import capital


@dataclass(frozen=True)
class RuleLine:
    """What the rule asks of one group: as a sentence, and how many must take part (0: the rule does not say)."""

    group: str
    sentence: str
    needed: int


@dataclass(frozen=True)
class TurnoutShown:
    """Who of a group has voted (none: nobody is told yet), whether that is enough (none: the rule does not say, or nobody is told),
    and what the rule asks of it."""

    name: str
    took_part: int | None
    entitled: int
    enough: bool | None
    words: str
    sentence: str


def rule_lines(rule: Rule, groups: Sequence[GroupTurnout]) -> list[RuleLine]:
    """What the rule asks of each group that votes. A group that votes but is not counted has no sentence."""
    infos = {one.group: GroupInfo(one.name, one.entitled) for one in groups}
    sentences = dict(zip(rule.deciding, explain(rule, infos), strict=True))
    return [
        RuleLine(
            one.group, _unnamed(sentences.get(one.group, ""), one.name), least_present(rule, one.group, one.entitled)
        )
        for one in groups
    ]


def _unnamed(sentence: str, name: str) -> str:
    """The sentence without the group and its seats, which stand above it."""
    return capital(sentence.removeprefix(name).partition(": ")[2])


def turnout_shown(rule: Rule, groups: Sequence[GroupTurnout]) -> list[TurnoutShown]:
    """The turnout of one line of the agenda."""
    lines = rule_lines(rule, groups)
    return [_shown(one, line) for one, line in zip(groups, lines, strict=True)]


def _shown(one: GroupTurnout, line: RuleLine) -> TurnoutShown:
    if one.took_part is None or not line.needed:
        return TurnoutShown(one.name, one.took_part, one.entitled, None, "", line.sentence)
    enough = one.took_part >= line.needed
    words = "enough take part" if enough else f"{line.needed - one.took_part} more needed"
    return TurnoutShown(one.name, one.took_part, one.entitled, enough, words, line.sentence)
