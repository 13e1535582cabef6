"""What every measurement has: a name, a rate, and the limit it is held against."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measured:
    """One line of the table: things per second, beside the limit measured in the same run."""

    what: str
    rate: float
    limit: float
    unit: str
    against: str

    @property
    def ratio(self) -> float:
        return self.rate / self.limit


def rate(run: Callable[[], int], *, seconds: float = 1.5, rounds: int = 3) -> float:
    """How many things a second `run` gets done (it returns how many it did): the median of several rounds."""
    return median(_round(run, seconds) for _ in range(rounds))


def _round(run: Callable[[], int], seconds: float) -> float:
    started, done = time.perf_counter(), 0
    while time.perf_counter() - started < seconds:
        done += run()
    return done / (time.perf_counter() - started)
