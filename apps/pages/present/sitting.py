"""Many ratings, a few at a time: at most seven that wait for an answer stand on a page, the first of them first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from apps.consensus import Rule
from apps.pages.present.words import capital, number_of

AT_ONCE = 7
SECONDS = 20
"""How long one rating takes, about."""


class Answerable(Protocol):
    """A question that somebody has answered, or not yet."""

    @property
    def own(self) -> object | None: ...


Asked = TypeVar("Asked", bound=Answerable)


@dataclass(frozen=True)
class Sitting(Generic[Asked]):
    """What stands on the page now, and what has been answered; every answer is kept when it is given, on whatever device."""

    now: Sequence[Asked]
    answered: Sequence[Asked]
    total: int

    @property
    def words(self) -> str:
        """How far one has come."""
        left = self.total - len(self.answered)
        if not left:
            return f"All {self.total} answered. You can look at them and change them."
        here = (
            f" The next {len(self.now)} stand here; the rest come after them, today or another day."
            if left > len(self.now)
            else ""
        )
        return f"{len(self.answered)} of {self.total} answered, about {SECONDS} seconds each.{here}"

    @property
    def folded(self) -> str:
        """What the fold of answered ones is called."""
        return f"{capital(number_of(len(self.answered), 'answer'))} given: look at them or change them"


def in_sittings(rule: Rule, questions: int) -> bool:
    """Whether so many questions are asked a few at a time."""
    return rule.kind == "rating" and questions > AT_ONCE


def sitting(questions: Sequence[Asked]) -> Sitting[Asked]:
    """The sitting as it stands, by what has been answered."""
    waiting = [question for question in questions if question.own is None]
    return Sitting(waiting[:AT_ONCE], [question for question in questions if question.own is not None], len(questions))


def props() -> dict[str, Any]:
    """What the room island needs for it."""
    return {"atOnce": AT_ONCE, "seconds": SECONDS}
