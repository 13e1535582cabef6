"""What people say beside what the record shows: where the two are far apart, a sentence says so. Neither corrects the other."""

from collections.abc import Sequence
from decimal import Decimal

from apps.measurement.domain.pulse import HIGH, LOW

NOTICEABLE = Decimal(1)
"""By how much a mean must move to be worth a sentence."""


def gap(label_ni: str, shape: str, who: str) -> str:
    """The gap between the record and what some groups say about having shaped it; nothing where they fit."""
    mean = Decimal(shape)
    if label_ni == "negotiated" and mean < LOW:
        return f"The record shows that it was negotiated; {who} say they could not shape it."
    if label_ni == "imposed" and mean >= HIGH:
        return f"The record shows that it was imposed; {who} say they could shape it."
    return ""


def moved(earlier: str, later: str, who: str, answers: Sequence[int]) -> str:
    """How much it matters, where that has moved by a point or more; `answers` are how many answered, of how many seats."""
    before, after = Decimal(earlier), Decimal(later)
    if abs(after - before) < NOTICEABLE:
        return ""
    verb = "fell" if after < before else "rose"
    return f"Whether it matters to the work {verb} from {earlier} to {later} ({who}, {answers[0]} of {answers[1]})."
