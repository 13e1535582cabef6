"""What the groups said the time before, above the ballot on which people vote again."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from apps.consensus import Rule
from apps.consensus.statistics.pooling import FLOOR
from apps.deliberation.feedback import Feedback, ItemFeedback, visible_feedback
from apps.deliberation.models import Round
from apps.deliberation.presenting import results
from apps.deliberation.presenting.feedback import feedback_rows
from apps.deliberation.reasons import Reason, Reasons
from apps.pages.present.ballots import said
from apps.pages.present.tallies import bar_row
from apps.pages.present.words import capital, day, listed, number_of
from apps.pages.shown import ResultRow
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import group_names

TOO_FEW = f"Fewer than {FLOOR} answered, so nothing is shown."
EVERYBODY = (
    "Answers are shown from five up; smaller groups are shown together. Everybody sees the same: a manager sees no more than a "
    "member, nor does whoever leads the round. The count names each group, because the rule asks each: it stands on that "
    "round's page."
)


@dataclass(frozen=True)
class Said:
    """What was said on one line: a row for each pool of groups, or in `empty` why there is none; `last` is one's own answer.

    `why` are reasons, each with the groups from among which it comes; `why_words` says how many there are.
    """

    told: Sequence[results.ResultRow]
    empty: str
    last: str
    why: Sequence[tuple[str, str]]
    why_words: str

    @property
    def rows(self) -> Sequence[ResultRow]:
        """The rows with their bars."""
        return [bar_row(row) for row in self.told]

    def props(self) -> dict[str, Any]:
        """The same for the room island."""
        return {
            "rows": [asdict(row) for row in self.told],
            "empty": self.empty,
            "why": [{"words": words, "who": who} for words, who in self.why],
            "whyWords": self.why_words,
        }


@dataclass(frozen=True)
class FeedbackShown:
    """What a round shows of the one it takes up again; nothing where it takes up none."""

    viewer: Actor
    round: Round

    @cached_property
    def lines(self) -> Mapping[UUID, Said]:
        """By line of this round."""
        if self._found is None:
            return {}
        rule, names = self._found.rule, group_names(self.viewer.partnership)
        return {item: _said(one, rule, names) for item, one in self._found.items.items()}

    @property
    def note(self) -> str:
        """When it was said, and who sees it."""
        before = self._found.round if self._found else None
        return (
            f"This is how round {before.number} was answered, closed on {day(before.closed_at)}. {EVERYBODY}"
            if before
            else ""
        )

    @cached_property
    def _found(self) -> Feedback | None:
        return visible_feedback(self.viewer, self.round)


def _said(one: ItemFeedback, rule: Rule, names: Mapping[str, str]) -> Said:
    rows = feedback_rows(one, rule, names)
    return Said(
        told=rows,
        empty="" if rows else TOO_FEW,
        last=f"Last time you said: {said(rule, one.own)}" if one.own else "",
        why=[_reason(each, names) for each in one.reasons.shown],
        why_words=_how_many(one.reasons),
    )


def _reason(one: Reason, names: Mapping[str, str]) -> tuple[str, str]:
    words = one.words if one.words is not None else "A reason that stood here was removed."
    return words, listed(names.get(key, key) for key in one.groups)


def _how_many(found: Reasons) -> str:
    if not found.given:
        return ""
    some = f", {len(found.shown)} of them here" if found.given > len(found.shown) else ""
    return f"{capital(number_of(found.given, 'reason'))}{some}, without names and in no order"
