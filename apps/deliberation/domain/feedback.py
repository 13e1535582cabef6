"""What groups answered in a counted round, as it may be shown before they vote again: never of fewer than five.

Plain Python: a rule and the result of one line in, the pools with their spread out. The floor is of opinions: who abstained or
could not say is counted apart and holds nobody else up.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from apps.consensus import Rule
from apps.consensus.methods.quantiles import median, type7
from apps.consensus.methods.scales import ratings_in
from apps.consensus.methods.selection import Selection
from apps.consensus.rules import ABSTAIN, UNABLE
from apps.consensus.statistics.pooling import shown_together

APART = (UNABLE, ABSTAIN)
"""What is no opinion."""


@dataclass(frozen=True)
class Answers:
    """What one group answered: how many opinions, how often each was given, and the ways of giving none.

    Among alternatives an opinion may put several first, so that `counts` can add up to more.
    """

    opinions: int
    counts: Mapping[str, int]
    apart: Mapping[str, int]


@dataclass(frozen=True)
class Spread:
    """How the answers of some groups spread, taken together; of ratings also the middle one and the bounds of the middle half."""

    groups: tuple[str, ...]
    opinions: int
    counts: Mapping[str, int]
    apart: Mapping[str, int]
    median: Fraction | None = None
    lower: Fraction | None = None
    upper: Fraction | None = None


def answers_of(rule: Rule, result: Mapping[str, Any], votes: Mapping[str, Mapping[str, int]]) -> dict[str, Answers]:
    """What each group answered on one line, groups in the order of the result.

    `votes` by group and choice are looked at under a rule that selects, whose result tells only what was chosen.
    """
    groups = {**result["groups"], **result.get("others", {})}
    if isinstance(rule.method, Selection):
        return {key: _chosen(rule.method, votes.get(key, {})) for key in groups if votes.get(key)}
    return {key: _given(rule, found["counts"]) for key, found in groups.items() if found["counts"]["present"]}


def company(answers: Mapping[str, Answers]) -> list[list[str]]:
    """Which groups are shown together."""
    return shown_together({key: one.opinions for key, one in answers.items()})


def spreads(rule: Rule, answers: Mapping[str, Answers]) -> tuple[Spread, ...]:
    """The spread of every pool; nothing where fewer than five gave an opinion."""
    return tuple(_spread(rule, pool, [answers[key] for key in pool]) for pool in company(answers))


def _given(rule: Rule, counts: Mapping[str, int]) -> Answers:
    chosen = {choice: counts.get(choice, 0) for choice in rule.method.choices()}
    opinions = {choice: number for choice, number in chosen.items() if choice not in APART}
    return Answers(sum(opinions.values()), opinions, _apart(counts))


def _chosen(method: Selection, votes: Mapping[str, int]) -> Answers:
    """How many put each alternative first."""
    apart = _apart(votes)
    firsts = {name: method.with_first(votes, [name]) for name in method.alternatives}
    return Answers(sum(votes.values()) - sum(apart.values()), firsts, apart)


def _apart(counts: Mapping[str, int]) -> dict[str, int]:
    return {way: counts[way] for way in APART if counts.get(way)}


def _spread(rule: Rule, pool: Sequence[str], answers: Sequence[Answers]) -> Spread:
    counts, apart = _sum(one.counts for one in answers), _sum(one.apart for one in answers)
    groups, opinions = tuple(pool), sum(one.opinions for one in answers)
    if rule.kind != "rating":
        return Spread(groups, opinions, counts, apart)
    ratings = ratings_in(counts)
    quarter = Fraction(1, 4)
    return Spread(
        groups, opinions, counts, apart, median(ratings), type7(ratings, quarter), type7(ratings, 1 - quarter)
    )


def _sum(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return dict(total)
