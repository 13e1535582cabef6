"""Positions in words, with figures of one decimal and always with what they are figures of."""

from datetime import date
from fractions import Fraction
from typing import Final

from apps.provenance.domain.deeds import MONTHS
from apps.provenance.domain.labels import NOT_APPLICABLE
from apps.provenance.domain.summary import Spread, Summary
from apps.provenance.matrix import Stop

FLAGS: Final = {
    "agreed_among_organisations": "Agreed among organisations, without those it is for or those who do the work.",
    "label_depends_on_weights": "Another reading of the facts would give another word for it.",
    "no_change_offered": "No change was offered.",
    "no_mandate": "A part is in force without a recorded mandate.",
    "partly_imposed": "Some parts were set together, some by one party.",
}


# The flags that a headline does not tell already.
TOLD_APART: Final = {
    flag: words for flag, words in FLAGS.items() if flag not in {"agreed_among_organisations", "no_change_offered"}
}


def words_for(label_ni: str, label_pe: str) -> str:
    """mixed, planned."""
    if label_ni == NOT_APPLICABLE:
        return label_pe
    return f"{label_ni} on both counts" if label_ni == label_pe else f"{label_ni}, {label_pe}"


def kind_of(stop: Stop) -> str:
    """The shape of its mark: what it is called on the line imposed - negotiated, or "outside"."""
    return "outside" if stop.required else stop.label[0]


def day_words(day: date) -> str:
    """1 April 2024."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def as_of(day: date | None) -> str:
    """on 1 April 2024; nothing for now."""
    return "" if day is None else f" on {day_words(day)}"


def figure(value: Fraction) -> str:
    """One decimal, halves to even."""
    scaled = round(value * 10)
    return f"{scaled // 10}.{scaled % 10}"


def middle_words(summary: Summary) -> str:
    """The mean with its spread, in words."""
    if summary.ni is None or summary.pe is None:
        return ""
    return (
        f"The middle of {summary.counted} measures: {_spread(summary.ni)} from imposed (0) to negotiated (1), "
        f"{_spread(summary.pe)} from planned (0) to emergent (1)."
    )


def _spread(spread: Spread) -> str:
    return f"{figure(spread.mean)} (spread {figure(Fraction(spread.deviation))})"
