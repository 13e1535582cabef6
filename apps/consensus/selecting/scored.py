"""Methods that add up: approval, score, Borda, STAR and majority judgment."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from apps.consensus.selecting.counts import Contest, Count, Stage, Ties, best
from apps.consensus.selecting.forms import Approvals, Ranking, Scores
from apps.consensus.shares import fraction_text

NOTHING = (0, 0)


def approvals(contest: Contest[Approvals]) -> list[int]:
    """How many ballots approve each alternative."""
    totals = [0] * len(contest.names)
    for approved, weight in contest.ballots:
        for number in approved:
            totals[number] += weight
    return totals


def count_approval(contest: Contest[Approvals], ties: Ties) -> Count:
    """The alternative most ballots approve."""
    totals = approvals(contest)
    return Count((ties.favour(best(totals, range(len(totals)))),), (_shown(contest.names, "approvals", totals),))


def _shown(names: tuple[str, ...], action: str, totals: Sequence[Fraction | int]) -> Stage:
    return {
        "action": action,
        "votes": {name: fraction_text(Fraction(total)) for name, total in zip(names, totals, strict=True)},
    }


def scores(contest: Contest[Scores], blank: int) -> list[int]:
    """The sum of scores; a score not given counts as `blank`."""
    totals = [0] * len(contest.names)
    for given, weight in contest.ballots:
        for number, score in enumerate(given):
            totals[number] += weight * (blank if score is None else score)
    return totals


def count_score(contest: Contest[Scores], ties: Ties, low: int) -> Count:
    """The alternative with the highest sum; nothing said is the lowest score."""
    totals = scores(contest, low)
    return Count((ties.favour(best(totals, range(len(totals)))),), (_shown(contest.names, "scores", totals),))


def borda_points(contest: Contest[Ranking], truncated: str) -> list[Fraction]:
    """n-1 points for the first of n, down to 0; equals share the mean of their places; so do the unlisted, or get 0."""
    size = len(contest.names)
    doubled = [0] * size
    for ranking, weight in contest.ballots:
        above = 0
        for group in ranking:
            points = (2 * (size - above) - 1 - len(group)) * weight
            for number in group:
                doubled[number] += points
            above += len(group)
        if truncated == "average" and above < size:
            for number in set(range(size)).difference(*ranking):
                doubled[number] += (size - above - 1) * weight
    return [Fraction(points, 2) for points in doubled]


def count_borda(contest: Contest[Ranking], ties: Ties, truncated: str) -> Count:
    """The alternative with the most points."""
    totals = borda_points(contest, truncated)
    return Count((ties.favour(best(totals, range(len(totals)))),), (_shown(contest.names, "points", totals),))


def preferring(contest: Contest[Scores], one: int, other: int, low: int) -> int:
    """How many ballots score `one` higher than `other`; nothing said is the lowest score."""
    return sum(weight for given, weight in contest.ballots if _or(given[one], low) > _or(given[other], low))


def _or(score: int | None, low: int) -> int:
    return low if score is None else score


def _with_top_score(contest: Contest[Scores], number: int, top: int) -> int:
    return sum(weight for given, weight in contest.ballots if given[number] == top)


def count_star(contest: Contest[Scores], ties: Ties, low: int, high: int) -> Count:
    """Score, then automatic runoff: the two highest sums meet, and the one more ballots score higher wins.

    Ties for the runoff go to those preferred on more ballots to the others tied, then to more top scores; a tied runoff to the
    higher sum, then to more top scores. Source: starvoting.org, order as in the reference tabulators.
    """
    totals = scores(contest, low)
    finalists = _finalists(contest, ties, totals, low, high)
    one, other = finalists
    for_one, for_other = preferring(contest, one, other, low), preferring(contest, other, one, low)
    measures = (
        [for_one, for_other],
        [totals[one], totals[other]],
        [_with_top_score(contest, n, high) for n in finalists],
    )
    winner = ties.favour(_narrow(list(finalists), [dict(zip(finalists, measure, strict=True)) for measure in measures]))
    runoff: Stage = {
        "action": "runoff",
        "votes": {contest.names[one]: str(for_one), contest.names[other]: str(for_other)},
    }
    return Count((winner,), (_shown(contest.names, "scores", totals), runoff))


def _finalists(contest: Contest[Scores], ties: Ties, totals: list[int], low: int, high: int) -> tuple[int, int]:
    ahead: list[int] = []
    left = list(range(len(totals)))
    while len(ahead) < 2:
        tied = best(totals, left)
        if len(ahead) + len(tied) > 2:
            tied = _advance(contest, tied, 2 - len(ahead), ties, low, high)
        ahead += tied
        left = [number for number in left if number not in tied]
    return ahead[0], ahead[1]


def _advance(contest: Contest[Scores], tied: list[int], places: int, ties: Ties, low: int, high: int) -> list[int]:
    """Which of those tied on score advance to the runoff."""
    preferred = {
        number: sum(preferring(contest, number, other, low) for other in tied if other != number) for number in tied
    }
    chosen: list[int] = []
    pool, measures = tied, [preferred, {number: _with_top_score(contest, number, high) for number in tied}]
    while len(chosen) < places:
        narrowed = _narrow([number for number in pool if number not in chosen], measures)
        chosen += narrowed if len(narrowed) <= places - len(chosen) else [ties.favour(narrowed)]
    return chosen


def _narrow(tied: list[int], measures: list[dict[int, int]]) -> list[int]:
    """Those best by the first measure, among them by the second, and so on."""
    for measure in measures:
        top = max(measure[number] for number in tied)
        tied = [number for number in tied if measure[number] == top]
    return tied


def grades(contest: Contest[Scores], blank: int | None) -> list[Counter[int]]:
    """How often each alternative got each grade; a grade not given counts as `blank`, or not at all."""
    found: list[Counter[int]] = [Counter() for _ in contest.names]
    for given, weight in contest.ballots:
        for number, grade in enumerate(given):
            counted = blank if grade is None else grade
            if counted is not None:
                found[number][counted] += weight
    return found


def majority_value(counts: Counter[int]) -> Iterator[tuple[int, int]]:
    """The lower median grade, then the median left when it is taken away, and so on, as runs of (grade, times)."""
    left = Counter(counts)
    while total := left.total():
        below = 0
        for grade in sorted(left):
            if below + left[grade] >= (total + 1) // 2:
                break
            below += left[grade]
        times = 1 + min(total - 2 * below - 1, 2 * (below + left[grade]) - total)
        left[grade] -= times
        yield grade, times


def compare_majority(one: Counter[int], other: Counter[int]) -> int:
    """Which sequence of medians is higher where they first differ: 1, -1, or 0 if nowhere before one of them ends."""
    if +one == +other:
        return 0
    first, second = majority_value(one), majority_value(other)
    (grade, times), (against, length) = next(first, NOTHING), next(second, NOTHING)
    while times and length and grade == against:
        step = min(times, length)
        grade, times = (grade, times - step) if times > step else next(first, NOTHING)
        against, length = (against, length - step) if length > step else next(second, NOTHING)
    return 0 if not (times and length) else 1 if grade > against else -1


def count_majority_judgment(contest: Contest[Scores], ties: Ties, blank: int | None) -> Count:
    """The highest lower median; ties by taking away one median grade at a time (Balinski & Laraki 2010)."""
    counts = grades(contest, blank)
    graded = [number for number, given in enumerate(counts) if given.total()]
    top: list[int] = graded[:1]
    for number in graded[1:]:
        higher = compare_majority(counts[number], counts[top[0]])
        top = [number] if higher > 0 else [*top, number] if higher == 0 else top
    stage: Stage = {
        "action": "grades",
        "grades": {name: _shown_grades(counts[number]) for number, name in enumerate(contest.names)},
        "medians": {contest.names[number]: str(next(majority_value(counts[number]))[0]) for number in graded},
    }
    return Count((ties.favour(top),), (stage,))


def _shown_grades(counts: Counter[int]) -> dict[str, int]:
    return {str(grade): counts[grade] for grade in sorted(counts)}
