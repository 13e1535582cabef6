"""What moved between the round that was taken up again and this one. `visible_movement` is the only door to it.

It reads the ballots of both rounds seat by seat, counted together by the database; what comes out are numbers of pools of
groups, the same for everybody.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from apps.common.sql import run
from apps.consensus import parse_rule
from apps.deliberation.domain.movement import Movement, Step, movement
from apps.deliberation.feedback import same_lines
from apps.deliberation.models import Round, RoundState, Secrecy
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_reader
from apps.partnerships.selectors import deciding_groups

STEPS = """
WITH lines AS (SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS pairs(item, earlier)), old AS (
    SELECT DISTINCT ON (b.item_id, b.seat_id) lines.item, b.seat_id, b.group_key, b.choice
    FROM deliberation_ballot b JOIN lines ON lines.earlier = b.item_id WHERE b.round_id = $3
    ORDER BY b.item_id, b.seat_id, b.seq DESC
), new AS (
    SELECT DISTINCT ON (b.item_id, b.seat_id) lines.item, b.seat_id, b.group_key, b.choice
    FROM deliberation_ballot b JOIN lines ON lines.item = b.item_id WHERE b.round_id = $4
    ORDER BY b.item_id, b.seat_id, b.seq DESC
)
SELECT coalesce(new.item, old.item), coalesce(new.group_key, old.group_key), old.choice, new.choice, count(*)
FROM old FULL JOIN new ON new.item = old.item AND new.seat_id = old.seat_id GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class Moved:
    """The rounds that are compared, and by line of the later one what moved."""

    before: Round
    after: Round
    items: dict[UUID, Movement]


def visible_movement(viewer: Actor, round: Round) -> Moved | None:
    """What moved since the round before. None where this one takes up no other, before it is counted, and where a secret round
    has left no link between a seat and what it chose."""
    require_reader(viewer)
    before = round.follows
    if before is None or round.state != RoundState.TALLIED or not _linked(before) or not _linked(round):
        return None
    pairs = same_lines(round, before)
    steps: dict[UUID, list[Step]] = defaultdict(list)
    for item, *step in run(STEPS, [list(pairs), list(pairs.values()), before.id, round.id]):
        steps[item].append(Step._make(step))
    old, new = parse_rule(before.rule.document), parse_rule(round.rule.document)
    comparable = (old.kind, old.method.choices()) == (new.kind, new.method.choices())
    order = [group.key for group in deciding_groups(viewer.partnership)]
    rated = comparable and new.kind == "rating"
    return Moved(
        before,
        round,
        {item: movement(steps[item], order, comparable=comparable, rated=rated) for item in pairs},
    )


def _linked(round: Round) -> bool:
    """Whether ballots still say which seat they came from."""
    return round.secrecy != Secrecy.SECRET
