"""Reviews of what was set by mandate: when they are due, what counts as having held one, and when they are overdue.

A review is held by a round that decides, one way or the other, about at least one of the parts that were set: to change, to
confirm or to retire. What the law requires from outside has no review of ours.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=30)
"""How long before its day a review is called."""


@dataclass(frozen=True)
class Dated:
    """A round's decision on an element: number, day and the parts it was about."""

    seq: int
    on: date
    parts: Collection[str]


@dataclass(frozen=True)
class ReviewState:
    """Where a review stands on a day."""

    due: date
    today: date
    held: date | None = None
    required: bool = False
    ended: bool = False

    @property
    def is_waiting(self) -> bool:
        """Whether anybody still has to do it."""
        return self.held is None and not self.required and not self.ended

    @property
    def days_late(self) -> int:
        """By how many days it is overdue; nothing or less: it is not."""
        return (self.today - self.due).days if self.is_waiting else 0

    @property
    def stage(self) -> str:
        """`overdue`, `due` (within thirty days), or nothing."""
        if not self.is_waiting or self.today < self.due - SOON:
            return ""
        return "overdue" if self.days_late > 0 else "due"


def held_on(parts: Collection[str], since: int, decided: Iterable[Dated]) -> date | None:
    """On which day what entry `since` set of these parts was first reviewed; None: not yet."""
    return next((found.on for found in decided if found.seq > since and set(found.parts) & set(parts)), None)
