"""Which groups are shown together, so that nobody can be read out of a figure: not from it, and not by taking one from another.

The groups under the floor stand together. Where that is still too few, the next smallest group joins them, because a remainder
could otherwise be worked out from the rest. So whatever is shown parts everybody into pools, and whatever can be added up or
taken apart from what is shown is a sum of whole pools.
"""

from collections.abc import Mapping

FLOOR = 5
"""The fewest answers that are shown together."""


def shown_together(counts: Mapping[str, int], floor: int = FLOOR) -> list[list[str]]:
    """The pools, in the order of `counts`; none where there are too few answers in all.

    `counts` has every group there is anything to show of, also one with nothing that counts towards the floor.
    """
    large = [key for key, count in counts.items() if count >= floor]
    small = [key for key, count in counts.items() if count < floor]
    for key in sorted(large, key=lambda key: counts[key]):
        if not small or sum(counts[one] for one in small) >= floor:
            break
        small.append(key)
        large.remove(key)
    if sum(counts[one] for one in small) < floor:
        small = []
    pools = [*([key] for key in large), *([small] if small else [])]
    order = list(counts)
    return sorted((sorted(pool, key=order.index) for pool in pools), key=lambda pool: order.index(pool[0]))
