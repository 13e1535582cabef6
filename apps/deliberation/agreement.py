"""Statistics beside a decision: how far people agree, how far apart they stand, and what has moved since earlier rounds.

They inform and never decide, and are shown of what has been counted only, through the one door to results.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from apps.consensus import Row, Rule, ballot_form, parse_rule, read_ranking
from apps.consensus.delphi import Attrition, Series, Stability, attrition, follow, stability
from apps.consensus.delphi import Round as DelphiRound
from apps.consensus.methods.scales import Scale
from apps.consensus.rules import ABSTAIN, UNABLE, Outcome
from apps.consensus.statistics.agreement import gwet_ac1, kendall_w, krippendorff_alpha
from apps.consensus.statistics.informed import Votes, group_informed_consensus, per_group
from apps.consensus.statistics.polarisation import between_groups, polarisation
from apps.consensus.statistics.pooling import shown_together
from apps.consensus.writing import RANKING
from apps.deliberation.domain.dissent import bands, ratings
from apps.deliberation.models import Ballot, Round, RoundState, Secrecy
from apps.deliberation.selectors import TallyView, counting_rows, latest_ballots, visible_tally
from apps.partnerships.actors import Actor

YES = ("for", "consent")
APART = frozenset({ABSTAIN, "present", "cast", "entitled", UNABLE, "counted", "chosen"})
Histogram = dict[int, int]


@dataclass(frozen=True)
class ItemAgreement:
    """One line: how far apart ratings stand (0 none, 1 half at each end), how much of that lies between groups, and how likely
    every group is to agree, as a product over `groups` groups and as their geometric mean."""

    item: UUID
    polarisation: Fraction | None
    between_groups: Fraction | None
    informed: Fraction | None
    informed_mean: Decimal | None
    groups: int


@dataclass(frozen=True)
class Agreement:
    """A whole round: agreement over all its lines, corrected for chance (`alpha`, `ac1`), and concordance of the `complete`
    raters who rated every line (`w`). None: not defined, such as when all say the same or only one line was rated, or in a
    secret round, of which nobody knows which ratings are one person's."""

    alpha: Fraction | None
    ac1: Fraction | None
    w: Fraction | None
    complete: int
    items: tuple[ItemAgreement, ...]


@dataclass(frozen=True)
class Course:
    """What became of the lines over several rounds on the same proposals, who stayed, and whether opinions have settled.

    `series` and `stability` by proposal; stability over the people who rated in this round and the one before. Neither it nor
    `attrition` can be told where one of the rounds was secret.
    """

    rounds: tuple[Round, ...]
    series: Mapping[UUID, Series]
    stability: Mapping[UUID, Stability]
    attrition: tuple[Attrition, ...]


@dataclass(frozen=True)
class Figures:
    """Everything beside a round's decisions. `agreement` is None where texts are chosen among alternatives; there `concordance`
    has Kendall's W of the rankings by item (unlisted tied last). `course` is None in the first round on something."""

    agreement: Agreement | None
    concordance: Mapping[UUID, Fraction | None]
    course: Course | None


def figures_of(viewer: Actor, round: Round) -> Figures | None:
    """What may be seen by whoever may see the tally. None before the round is counted."""
    views = visible_tally(viewer, round)
    if round.state != RoundState.TALLIED or not views or not all(view.final for view in views):
        return None
    rule, ballots = parse_rule(round.rule.document), latest_ballots(round)
    if rule.is_selection:
        return Figures(None, _concordance(rule, counting_rows(round)), None)
    return Figures(_agreement(rule, views, ballots), {}, _course(rule, round))


def _agreement(rule: Rule, views: Sequence[TallyView], ballots: Sequence[Ballot]) -> Agreement:
    units = [_everybody(rule, view) for view in views]
    raters = _complete(rule, [view.item for view in views], ballots)
    return Agreement(
        alpha=krippendorff_alpha(units, "ordinal" if rule.kind == "rating" else "nominal"),
        ac1=gwet_ac1(units, len(_categories(rule))),
        w=kendall_w(raters),
        complete=len(raters),
        items=tuple(_item(rule, view) for view in views),
    )


def _concordance(rule: Rule, rows: Sequence[Row]) -> dict[UUID, Fraction | None]:
    if ballot_form(rule).shape != RANKING:
        return {}
    found: dict[UUID, list[list[int]]] = {}
    for row in rows:
        if row.choice != ABSTAIN:
            places, last = read_ranking(row.choice), len(rule.alternatives) + 1
            ranking = [places.get(name, last) for name in rule.alternatives]
            found.setdefault(UUID(row.item), []).extend([ranking] * row.weight)
    return {item: kendall_w(rankings) for item, rankings in found.items()}


def _course(rule: Rule, round: Round) -> Course | None:
    """The rounds on the same proposals up to this one."""
    before = _before(rule, round)
    if not before:
        return None
    rounds = [*before, round]
    told = [] if any(one.secrecy == Secrecy.SECRET for one in rounds) else [_rows(one) for one in rounds]
    outcomes = [
        DelphiRound({str(item.proposal_id): Outcome(item.outcome) for item in one.items.all() if item.proposal_id})
        for one in rounds
    ]
    mine = {str(item.proposal_id) for item in round.items.all()}
    return Course(
        rounds=tuple(rounds),
        series={UUID(key): one for key, one in follow(outcomes).items() if key in mine},
        stability={UUID(key): stability(told[-2], told[-1], key) for key in sorted(mine)} if told else {},
        attrition=tuple(attrition(_pooled(told))),
    )


def _pooled(told: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """The same rows, groups of fewer than five who rated first named together: who stayed is told of no small group."""
    first = {(row.group, row.seat) for rows in told[:1] for row in rows}
    later = {row.group for rows in told for row in rows}
    counts = {group: sum(one == group for one, _ in first) for group in sorted(later)}
    names = {group: ", ".join(pool) for pool in shown_together(counts) for group in pool}
    return [[row._replace(group=names[row.group]) for row in rows if row.group in names] for rows in told]


def _before(rule: Rule, round: Round) -> list[Round]:
    """Earlier counted rounds under the same kind of rule that share a proposal with this one, oldest first."""
    found = (
        Round.objects.filter(
            framework=round.framework_id,
            state=RoundState.TALLIED,
            opened_seq__lt=round.opened_seq,
            items__proposal__items__round=round,
            rule__document__method__kind=rule.kind,
        )
        .distinct()
        .prefetch_related("items")
    )
    return sorted(found, key=lambda one: one.opened_seq or 0)


def _rows(round: Round) -> list[Row]:
    """The ballots of a round, its lines named by their proposals."""
    names = {str(item.id): str(item.proposal_id) for item in round.items.all()}
    return [row._replace(item=names[row.item]) for row in counting_rows(round)]


def _categories(rule: Rule) -> list[str]:
    """What can be chosen and counts as an opinion."""
    return [choice for choice in rule.method.choices() if choice not in APART]


def _histogram(rule: Rule, counts: Mapping[str, Any]) -> Histogram:
    """How many gave each rating; of other rules, how many chose each answer by its number."""
    if rule.kind == "rating":
        return {rating: count for rating, count in ratings(counts).items() if count}
    chosen = enumerate(_categories(rule))
    return {number: counts[choice] for number, choice in chosen if counts.get(choice)}


def _everybody(rule: Rule, view: TallyView) -> Histogram:
    return _histogram(rule, (view.result or {})["together"]["counts"])


def _item(rule: Rule, view: TallyView) -> ItemAgreement:
    counts = {key: group["counts"] for key, group in (view.result or {})["groups"].items()}
    here = [one for one in counts.values() if one["present"]]
    informed = group_informed_consensus(Votes(_agreeing(rule, one), one["present"]) for one in here) if here else None
    rated = rule.kind == "rating"
    scale = _scale(rule)
    return ItemAgreement(
        item=view.item,
        polarisation=polarisation(_everybody(rule, view), scale.low, scale.high) if rated else None,
        between_groups=between_groups({key: _histogram(rule, one) for key, one in counts.items()}) if rated else None,
        informed=informed,
        informed_mean=None if informed is None else per_group(informed, len(here)),
        groups=len(here),
    )


def _agreeing(rule: Rule, counts: Mapping[str, int]) -> int:
    if rule.kind != "rating":
        return sum(counts.get(word, 0) for word in YES)
    _, high = bands(rule)
    return sum(count for rating, count in ratings(counts).items() if rating in high)


def _scale(rule: Rule) -> Scale:
    method: Mapping[str, Any] = rule.document["method"]  # type: ignore[assignment]
    return Scale(*method.get("scale", (1, 9)))


def _complete(rule: Rule, items: Sequence[UUID], ballots: Sequence[Ballot]) -> list[list[int]]:
    """The ratings of everybody who rated every line, in the order of the agenda."""
    if rule.kind != "rating":
        return []
    by_seat: dict[UUID, dict[UUID, int]] = {}
    for ballot in ballots:
        if ballot.choice not in (ABSTAIN, UNABLE):
            by_seat.setdefault(ballot.seat_id, {})[ballot.item_id] = int(ballot.choice)
    return [[given[item] for item in items] for given in by_seat.values() if len(given) == len(items)]
