"""Reviews of what was set under mandates: due, overdue, or held.

A review is held by a round that decides something about the element after the imposition. What is required by law from
outside has no review of ours. In a demonstration time stands still at its last act.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apps.common import clock
from apps.deliberation.models import Decision
from apps.pages.present.words import day, number_of
from apps.partnerships.models import Mandate
from apps.record.models import Log


@dataclass(frozen=True)
class Review:
    """The review of one element under one mandate; of a mandate that was never used `element` is None."""

    mandate: Mandate
    element: UUID | None
    due: date
    held: date | None
    today: date

    @property
    def is_waiting(self) -> bool:
        """Whether anybody still has to do it."""
        ended = self.mandate.valid_until is not None and self.mandate.valid_until < self.today and self.element is None
        return self.held is None and not self.mandate.statutory and not ended

    @property
    def days_late(self) -> int:
        """By how many days it is overdue; nothing or less: it is not."""
        return (self.today - self.due).days if self.is_waiting else 0

    @property
    def words(self) -> str:
        """Review due in 92 days, overdue, or held."""
        if self.held is not None:
            return f"Reviewed by a round, {day(self.held)}."
        return "Required by law, not ours to review." if self.mandate.statutory else review_words(self.due, self.today)


def today_in(log: Log) -> date:
    """The present day of a partnership; in a demonstration the day of its last act."""
    return log.last_at.date() if log.demo and log.last_at is not None else clock.now().date()


def reviews_of(partnerships: Iterable[UUID]) -> list[Review]:
    """Every review in these partnerships, the longest overdue first: three queries."""
    mandates = list(
        Mandate.objects.select_related("partnership__log").filter(partnership__in=list(partnerships)).order_by("code")
    )
    used = _newest(mandates)
    rounds = _rounds_since(used)
    found = [review for mandate in mandates for review in _reviews(mandate, used, rounds)]
    return sorted(found, key=lambda review: -review.days_late)


def review_words(due: date, today: date) -> str:
    """Review due in 92 days, or overdue."""
    days = (due - today).days
    if days < 0:
        return f"Review overdue since {day(due)}, {number_of(-days, 'day')}."
    return f"Review due today, {day(due)}." if days == 0 else f"Review due on {day(due)}, in {number_of(days, 'day')}."


def _newest(mandates: Iterable[Mandate]) -> dict[tuple[UUID | None, UUID], Decision]:
    """The newest imposition by mandate and element."""
    ids = [mandate.id for mandate in mandates]
    found = Decision.objects.filter(mandate__in=ids, kind="imposition").order_by("seq").defer("patch", "act")
    return {(decision.mandate_id, decision.element): decision for decision in found}


def _rounds_since(used: dict[tuple[UUID | None, UUID], Decision]) -> dict[UUID, list[tuple[int, date]]]:
    """What rounds decided on these elements: number and day, in order."""
    elements = {element for _, element in used}
    found = (
        Decision.objects.filter(element__in=elements, kind="decision")
        .order_by("seq")
        .values_list("element", "seq", "decided_at")
    )
    rounds: dict[UUID, list[tuple[int, date]]] = {}
    for element, seq, at in found:
        rounds.setdefault(element, []).append((seq, at.date()))
    return rounds


def _reviews(
    mandate: Mandate, used: dict[tuple[UUID | None, UUID], Decision], rounds: dict[UUID, list[tuple[int, date]]]
) -> list[Review]:
    today = today_in(mandate.partnership.log)
    mine = [decision for (id, _), decision in used.items() if id == mandate.id]
    if not mine:
        return [Review(mandate, None, mandate.review_on, None, today)] if mandate.review_on else []
    return [
        _review(mandate, decision, rounds.get(decision.element, []), today) for decision in mine if decision.review_on
    ]


def _review(mandate: Mandate, decision: Decision, rounds: list[tuple[int, date]], today: date) -> Review:
    held = next((at for seq, at in rounds if seq > decision.seq), None)
    assert decision.review_on is not None
    return Review(mandate, decision.element, decision.review_on, held, today)
