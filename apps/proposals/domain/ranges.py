"""What groups could live with, as ranges of a number, and where these overlap."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, both included; None: no limit on that side."""

    low: Fraction | None
    high: Fraction | None

    def holds(self, value: Fraction) -> bool:
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


@dataclass(frozen=True)
class Overlap:
    """The range that the most groups could live with, and which; `left_out` could not. `range` is None where nobody said."""

    range: Range | None
    groups: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def of_all(self) -> bool:
        return self.range is not None and not self.left_out


def overlap(ranges: Mapping[str, Range]) -> Overlap:
    """Where the ranges of most groups meet. Among several such places the lowest is named; with one for all, that one.

    Every place where most meet begins at some group's lower end (or has none), so only these are tried.
    """
    if not ranges:
        return Overlap(None, (), ())
    starts = sorted({one.low for one in ranges.values() if one.low is not None})
    places = [_living_at(ranges, start) for start in ([None, *starts] if _unbounded(ranges) else starts)]
    best = max(places, key=len)
    lows = [ranges[key].low for key in best]
    highs = [ranges[key].high for key in best]
    low = max((one for one in lows if one is not None), default=None)
    high = min((one for one in highs if one is not None), default=None)
    return Overlap(Range(low, high), best, tuple(key for key in ranges if key not in best))


def _unbounded(ranges: Mapping[str, Range]) -> bool:
    return any(one.low is None for one in ranges.values())


def _living_at(ranges: Mapping[str, Range], value: Fraction | None) -> tuple[str, ...]:
    """The groups that could live with a value; None: with one below every limit."""
    return tuple(key for key, one in ranges.items() if (one.low is None if value is None else one.holds(value)))
