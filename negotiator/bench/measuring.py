"""What every measurement has: a name, a figure, the limit it is held against in the same run, and the goal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """One line of the table. With a `limit` the goal is a share of it; without one it is a figure (`at_most` or `at_least`)."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    against: str = ""
    at_least: float | None = None
    at_most: float | None = None

    @property
    def judged(self) -> float:
        """What the goal speaks of: the ratio where there is a limit, else the figure itself."""
        return self.value / self.limit if self.limit else self.value

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached; without a goal it is."""
        enough = self.at_least is None or self.judged >= self.at_least
        return enough and (self.at_most is None or self.judged <= self.at_most)


@dataclass(frozen=True)
class Timed:
    """How often something was done in a second, and how long each took, in seconds."""

    rate: float
    took: Sequence[float] = ()

    def percentile(self, share: float) -> float:
        """How long it took for this share of them, in milliseconds."""
        return percentile(self.took, share) * 1000


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def side_by_side(ours: Callable[[], Timed], limit: Callable[[], float], rounds: int = 3) -> tuple[Timed, float]:
    """Measure both in turn, several times: what else the machine does then meets both. Returns the round of median ratio."""
    pairs = [(ours(), limit()) for _ in range(rounds)]
    return sorted(pairs, key=lambda pair: pair[0].rate / pair[1])[len(pairs) // 2]
