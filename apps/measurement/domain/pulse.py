"""What a pulse says: means by group, with small groups merged until at least five answers stand behind every figure.

Nothing smaller is kept or shown to anybody, so nobody can be read out of it. Means are rounded half to even, to one decimal.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apps.consensus.statistics.pooling import shown_together

DAYS = 28
"""For how long a pulse can be answered."""
SCALE = range(1, 10)
LOW, HIGH = Fraction(4), Fraction(6)
"""Below the first a mean says no, from the second on yes."""


@dataclass(frozen=True)
class Answer:
    """One seat's answer: could we shape this, does it matter to our work; 1 not at all, 9 entirely."""

    group: str
    shape: int
    matter: int


@dataclass(frozen=True)
class Said:
    """What some groups said together; `seats` could have answered."""

    groups: Sequence[str]
    answers: int
    seats: int
    shape: str
    matter: str

    def to_json(self) -> dict[str, Any]:
        """As the record and the API hold it."""
        return {
            "groups": list(self.groups),
            "answers": self.answers,
            "seats": self.seats,
            "shape": self.shape,
            "matter": self.matter,
        }


def summarise(answers: Iterable[Answer], seats: Mapping[str, int]) -> list[Said]:
    """What was said, by groups in the order of `seats`, small ones merged; nothing where fewer than five answered at all."""
    given: dict[str, list[Answer]] = {key: [] for key in seats}
    for answer in answers:
        given.setdefault(answer.group, []).append(answer)
    answered = {key: len(found) for key, found in given.items() if found}
    return [_said(groups, given, seats) for groups in shown_together(answered)]


def _said(groups: Sequence[str], given: Mapping[str, Sequence[Answer]], seats: Mapping[str, int]) -> Said:
    found = [answer for key in groups for answer in given[key]]
    return Said(
        groups=groups,
        answers=len(found),
        seats=sum(seats.get(key, 0) for key in groups),
        shape=_mean([answer.shape for answer in found]),
        matter=_mean([answer.matter for answer in found]),
    )


def _mean(values: Sequence[int]) -> str:
    tenths = round(Fraction(10 * sum(values), len(values)))
    return f"{tenths // 10}.{tenths % 10}"
