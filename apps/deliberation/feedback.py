"""What the groups said in the round that this one takes up again. `visible_feedback` is the only door to it.

Everybody who may read the partnership gets the same, a manager no more than a member; one's own earlier answer is one's own.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apps.consensus import Row, Rule, parse_rule
from apps.deliberation.counting import Votes, recount
from apps.deliberation.domain.feedback import Answers, Spread, answers_of, company, spreads
from apps.deliberation.models import Round, RoundItem, RoundState, Secrecy
from apps.deliberation.own import own_ballots
from apps.deliberation.reasons import Reasons, reasons_of
from apps.deliberation.selectors import TallyView, counting_rows, visible_tally
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import seats_by_group

NOTHING: Mapping[str, Any] = {"groups": {}}
NONE = Reasons()


@dataclass(frozen=True)
class ItemFeedback:
    """One line: `before` is the same line in the round before, on which so many `seats` of each group could vote; `own` is what
    this viewer chose there, empty if nothing."""

    item: UUID
    before: UUID
    own: str
    seats: Mapping[str, int]
    spreads: tuple[Spread, ...]
    reasons: Reasons


@dataclass(frozen=True)
class Feedback:
    """What was said in `round`, under `rule`, by line of the round that takes it up again."""

    round: Round
    rule: Rule
    items: Mapping[UUID, ItemFeedback]


def visible_feedback(viewer: Actor, round: Round) -> Feedback | None:
    """What was said the time before, as far as it may be shown; None where a round takes up no other, or before that is counted."""
    before = round.follows
    if before is None or before.state != RoundState.TALLIED:
        return None
    before.framework = round.framework
    rule, found = parse_rule(before.rule.document), {view.item: view for view in visible_tally(viewer, before)}
    votes: Votes = votes_of(before) if rule.is_selection else {}
    own, why = own_answers(viewer, before), reasons_of(before)
    pairs = same_lines(round, before)
    return Feedback(
        round=before,
        rule=rule,
        items={
            item: ItemFeedback(
                item, old, own.get(old, ""), _seats(found[old]), _spreads(rule, found[old], votes), why.get(old, NONE)
            )
            for item, old in pairs.items()
        },
    )


def company_in(round: Round, rows: Iterable[Row]) -> dict[UUID, list[list[str]]]:
    """Which groups are shown together, by line of a round that is being counted from these rows."""
    rule = parse_rule(round.rule.document)
    votes = _votes_in(rows) if rule.is_selection else {}
    order = seats_by_group(round.framework.partnership)
    return {
        item.id: company(_answers(rule, item.result or NOTHING, order, votes.get(str(item.id), {})))
        for item in round.items.all()
    }


def votes_of(round: Round) -> Votes:
    """What was chosen how often in a counted round, by item and group: also in a secret one, of which no more is left."""
    return _votes_in(counting_rows(round)) if round.secrecy == Secrecy.SECRET else recount(round.id)


def _votes_in(rows: Iterable[Row]) -> Votes:
    votes: Votes = {}
    for row in rows:
        here = votes.setdefault(row.item, {}).setdefault(row.group, {})
        here[row.choice] = here.get(row.choice, 0) + row.weight
    return votes


def own_answers(viewer: Actor, round: Round) -> dict[UUID, str]:
    """What this viewer chose in a round, by line: not what was chosen from the seat before this person held it."""
    return {item: ballot.choice for item, ballot in own_ballots(viewer, round).items() if ballot.choice}


def same_lines(round: Round, before: Round) -> dict[UUID, UUID]:
    """By line of a round the line of an earlier one on the same proposals."""
    earlier = {key: item for item, key in _lines(before)}
    return {item: earlier[key] for item, key in _lines(round) if key in earlier}


def _lines(round: Round) -> list[tuple[UUID, Hashable]]:
    return [(item.id, _subject(item)) for item in round.items.prefetch_related("alternatives").order_by("order")]


def _subject(item: RoundItem) -> Hashable:
    """What a line is about: its proposal, or what its alternatives stand for."""
    return item.proposal_id or frozenset((one.key, one.proposal_id) for one in item.alternatives.all())


def _seats(view: TallyView) -> dict[str, int]:
    return {one.group: one.seats for one in view.turnout}


def _spreads(rule: Rule, view: TallyView, votes: Votes) -> tuple[Spread, ...]:
    order = [one.group for one in view.turnout]
    return spreads(rule, _answers(rule, view.result or NOTHING, order, votes.get(str(view.item), {})))


def _answers(
    rule: Rule, result: Mapping[str, Any], order: Iterable[str], votes: Mapping[str, Mapping[str, int]]
) -> dict[str, Answers]:
    """By group in the order of the partnership's groups: a row of the database has forgotten that of the result."""
    found = answers_of(rule, result, votes)
    return {group: found[group] for group in order if group in found}
