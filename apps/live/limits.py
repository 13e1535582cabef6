"""How often somebody may do something: a bucket of tokens that refills steadily."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic

REMEMBERED = 20_000


@dataclass
class Bucket:
    """`size` at once, then `rate` a second."""

    size: float
    rate: float
    left: float
    seen: float

    @classmethod
    def full(cls, size: float, rate: float) -> "Bucket":
        """A bucket from which nothing has been taken yet."""
        return cls(size, rate, size, monotonic())

    def take(self, now: float) -> bool:
        """Take one token; False if there is none."""
        self.left = min(self.size, self.left + (now - self.seen) * self.rate)
        self.seen = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


class Limit:
    """One bucket for each of many, such as seats; those not heard of for longest are forgotten first."""

    def __init__(self, size: float, rate: float, clock: Callable[[], float] = monotonic) -> None:
        self._size, self._rate, self._clock = size, rate, clock
        self._buckets: OrderedDict[Hashable, Bucket] = OrderedDict()

    def allows(self, whom: Hashable) -> bool:
        """Whether this one may do it once more now."""
        now = self._clock()
        bucket = self._buckets.get(whom) or Bucket(self._size, self._rate, self._size, now)
        self._buckets[whom] = bucket
        self._buckets.move_to_end(whom)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)
        return bucket.take(now)
