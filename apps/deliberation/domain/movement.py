"""What moved between two rounds on the same thing, by group, in numbers: never of fewer than five who answered twice.

Plain Python: how many of a group went from which answer to which, in; who moved up, who dropped out, and whether opinions have
settled, out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from apps.consensus.delphi import Stability, settled
from apps.consensus.rules import ABSTAIN, UNABLE
from apps.consensus.statistics.pooling import shown_together

NO_OPINION = (ABSTAIN, UNABLE)


class Step(NamedTuple):
    """So many of a group answered `before` in the first of two rounds and `after` in the second; None: took no part."""

    group: str
    before: str | None
    after: str | None
    number: int


@dataclass(frozen=True)
class Moves:
    """What some groups did, taken together. `again` took part in both rounds; `compared` gave an opinion in both, and these moved
    `up` or `down` (ratings) or chose otherwise (`changed`) or not; `left` took part first and not again, `joined` the reverse."""

    groups: tuple[str, ...]
    again: int
    left: int
    joined: int
    compared: int
    up: int
    down: int
    changed: int

    @property
    def same(self) -> int:
        """How many answered as before."""
        return self.compared - self.changed


@dataclass(frozen=True)
class Movement:
    """One line: the moves by pool, and how far the spread of all who gave an opinion twice has moved. `comparable`: the same was
    asked in both rounds, otherwise only who took part can be told; `rated`: answers have an up and a down."""

    comparable: bool
    rated: bool
    moves: tuple[Moves, ...]
    stability: Stability


NOTHING = Stability(0, None)


def movement(steps: Iterable[Step], order: Sequence[str], *, comparable: bool, rated: bool) -> Movement:
    """What moved on one line. `order` is that of the groups; with fewer than five who answered twice nothing is told."""
    by_group: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_group[step.group].append(step)
    single = {key: _moves((key,), by_group[key], comparable, rated) for key in order if key in by_group}
    pools = shown_together({key: one.compared if comparable else one.again for key, one in single.items()})
    moves = tuple(
        _moves(tuple(pool), [step for key in pool for step in by_group[key]], comparable, rated) for pool in pools
    )
    pairs = Counter[tuple[str, str]]()
    for step in (step for key in single for step in by_group[key] if pools and comparable):
        if step.before is not None and step.after is not None and _opinions(step):
            pairs[step.before, step.after] += step.number
    return Movement(comparable, rated, moves, settled(pairs) if pairs else NOTHING)


def _moves(groups: tuple[str, ...], steps: Sequence[Step], comparable: bool, rated: bool) -> Moves:
    compared = [step for step in steps if comparable and _opinions(step)]
    changed = [step for step in compared if step.before != step.after]
    ratings = [(int(step.before or 0), int(step.after or 0), step.number) for step in changed] if rated else []
    return Moves(
        groups=groups,
        again=_number(step for step in steps if step.before is not None and step.after is not None),
        left=_number(step for step in steps if step.after is None),
        joined=_number(step for step in steps if step.before is None),
        compared=_number(compared),
        up=sum(number for before, after, number in ratings if after > before),
        down=sum(number for before, after, number in ratings if after < before),
        changed=_number(changed),
    )


def _opinions(step: Step) -> bool:
    return all(choice is not None and choice not in NO_OPINION for choice in (step.before, step.after))


def _number(steps: Iterable[Step]) -> int:
    return sum(step.number for step in steps)
