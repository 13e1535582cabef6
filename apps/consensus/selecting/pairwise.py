"""Methods on pairwise preferences: Schulze and Ranked Pairs. Ballots may tie; unlisted alternatives stand last together."""

from collections.abc import Iterable

from apps.consensus.selecting.counts import Contest, Count, Stage, Ties
from apps.consensus.selecting.forms import Ranking

Matrix = list[list[int]]
"""`matrix[a][b]`: how many ballots strictly prefer a to b, or the strength of a path from a to b."""


def preferences(contest: Contest[Ranking]) -> Matrix:
    """How many ballots strictly prefer each alternative to each other.

    Every row is one large number with a field per alternative, wide enough for all ballots: a ballot then costs one addition per
    alternative instead of one per pair.
    """
    size = len(contest.names)
    width = max(1, contest.voters.bit_length())
    unit = [1 << (width * number) for number in range(size)]
    everybody = sum(unit)
    rows = [0] * size
    for ranking, weight in contest.ballots:
        below = everybody
        for group in ranking:
            for number in group:
                below -= unit[number]
            for number in group:
                rows[number] += below * weight
    field = (1 << width) - 1
    return [[(row >> (width * number)) & field for number in range(size)] for row in rows]


def strongest_paths(prefers: Matrix) -> Matrix:
    """The widest path between every two alternatives over contests that are won, measured in winning votes."""
    size = len(prefers)
    paths = [[prefers[a][b] if prefers[a][b] > prefers[b][a] else 0 for b in range(size)] for a in range(size)]
    for through in range(size):
        onward = paths[through]
        for start in range(size):
            reach = paths[start][through]
            if reach and start != through:
                row = paths[start]
                paths[
                    start
                ] = [  # the larger of now and the smaller of reach and further, compared as rarely as possible
                    now if now >= further or now >= reach else further if further < reach else reach
                    for now, further in zip(row, onward, strict=True)
                ]
    return paths


def count_schulze(contest: Contest[Ranking], ties: Ties) -> Count:
    """Who has, against every other, a path at least as strong as the path back. Source: Schulze 2011."""
    prefers = preferences(contest)
    paths = strongest_paths(prefers)
    numbers = range(len(paths))
    unbeaten = [a for a in numbers if all(paths[a][b] >= paths[b][a] for b in numbers if b != a)]
    stages = (matrix_stage(contest, "preferred", prefers), matrix_stage(contest, "strongest_paths", paths))
    return Count((ties.favour(unbeaten),), stages)


def matrix_stage(contest: Contest[Ranking], action: str, matrix: Matrix) -> Stage:
    """A stage that shows a number for every ordered pair."""
    return {
        "action": action,
        "votes": {
            name: {other: matrix[a][b] for b, other in enumerate(contest.names) if b != a}
            for a, name in enumerate(contest.names)
        },
    }


Victory = tuple[int, int]
"""(winner, loser) of a pairwise contest."""


def victories(prefers: Matrix) -> list[list[Victory]]:
    """The won contests in groups of equal strength, strongest first: more winning votes, then fewer against."""
    won = [(a, b) for a in range(len(prefers)) for b in range(len(prefers)) if prefers[a][b] > prefers[b][a]]
    groups: dict[tuple[int, int], list[Victory]] = {}
    for a, b in won:
        groups.setdefault((-prefers[a][b], prefers[b][a]), []).append((a, b))
    return [groups[strength] for strength in sorted(groups)]


class Locked:
    """Contests locked so far, as who stands above whom through any chain (one bit per alternative)."""

    def __init__(self, size: int) -> None:
        self.below = [0] * size
        self.above = [0] * size

    def allows(self, victory: Victory) -> bool:
        """Whether locking it makes no cycle."""
        winner, loser = victory
        return not self.below[loser] >> winner & 1

    def lock(self, victory: Victory) -> None:
        """Put the winner, and all above it, above the loser and all below it."""
        winner, loser = victory
        over, under = self.above[winner] | 1 << winner, self.below[loser] | 1 << loser
        for number in range(len(self.below)):
            if over >> number & 1:
                self.below[number] |= under
            if under >> number & 1:
                self.above[number] |= over

    def copy(self) -> "Locked":
        """The same locks, to try something out."""
        twin = Locked(0)
        twin.below, twin.above = list(self.below), list(self.above)
        return twin


def fits(locked: Locked, group: Iterable[Victory]) -> Locked | None:
    """The locks with the whole group added; None if together they would make a cycle."""
    tried = locked.copy()
    for victory in group:
        if not tried.allows(victory):
            return None
        tried.lock(victory)
    return tried


def count_ranked_pairs(contest: Contest[Ranking], ties: Ties) -> Count:
    """Lock won contests from the strongest down unless they make a cycle; the one nothing stands above wins. Source: Tideman 1987.

    Contests of equal strength are a tie only when they cannot all be locked together; then any of them may come first.
    """
    prefers = preferences(contest)
    locked, stages = Locked(len(prefers)), list[Stage]()
    for level, group in enumerate(victories(prefers)):
        locked = _lock_group(contest, ties, prefers, locked, group, level, stages)
    unbeaten = [number for number, above in enumerate(locked.above) if not above]
    return Count((ties.favour(unbeaten),), tuple(stages))


def _lock_group(
    contest: Contest[Ranking],
    ties: Ties,
    prefers: Matrix,
    locked: Locked,
    group: list[Victory],
    level: int,
    stages: list[Stage],
) -> Locked:
    """The locks after a group of equally strong contests."""
    waiting = list(group)
    while True:
        refused = [victory for victory in waiting if not locked.allows(victory)]
        waiting = [victory for victory in waiting if locked.allows(victory)]
        stages += [_lock_stage(contest, prefers, "skip", victory) for victory in refused]
        together = fits(locked, waiting)
        if together is not None:
            stages += [_lock_stage(contest, prefers, "lock", victory) for victory in waiting]
            return together
        chosen = _first_of_equals(ties, locked, waiting, level)
        waiting.remove(chosen)
        locked.lock(chosen)
        stages.append(_lock_stage(contest, prefers, "lock", chosen))


def _first_of_equals(ties: Ties, locked: Locked, waiting: list[Victory], level: int) -> Victory:
    """Which of several equally strong contests is locked first: its winner is favoured, then its loser dropped."""
    state = (level, tuple(locked.below), tuple(waiting))
    winner = ties.favour(sorted({winner for winner, _ in waiting}), state)
    return winner, ties.drop(sorted({loser for by, loser in waiting if by == winner}), (*state, winner))


def _lock_stage(contest: Contest[Ranking], prefers: Matrix, action: str, victory: Victory) -> Stage:
    winner, loser = victory
    return {
        "action": action,
        "winner": contest.names[winner],
        "loser": contest.names[loser],
        "votes": [prefers[winner][loser], prefers[loser][winner]],
    }
