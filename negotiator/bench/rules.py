"""Decision rules: recounting a million ratings from the database, live counters, and counts among many alternatives."""

import random
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter, process_time
from uuid import UUID

from django.db import connection

from apps.accounts.models import Person
from apps.consensus import Row, Rule, parse_rule, tally
from apps.consensus.cells import Cell, cells
from apps.deliberation.counting import LiveCounts, Votes, recount
from apps.partnerships.services import found_partnership
from negotiator.bench.measuring import Measured

ITEMS, GROUPS, SEATS, ROUNDS = 300, 8, 3333, 3
ROUND = UUID(int=1)
SCALE = tuple(map(str, range(1, 10)))
SHARE_IN, SHARE_OUT = (70, 100), (15, 100)
RATINGS = f"""
INSERT INTO bench.deliberation_ballot (id, round_id, item_id, seat_id, group_key, choice, key, seq, cast_at)
SELECT i * {SEATS} + s, '{ROUND}', lpad(to_hex(i + 1), 32, '0')::uuid, lpad(to_hex(s + 1), 32, '0')::uuid, 'g' || (s % {GROUPS}),
       (1 + (i * 7 + s * 3 + s / {GROUPS}) % 9)::text, gen_random_uuid(), i * {SEATS} + s, now()
FROM generate_series(0, {ITEMS - 1}) i, generate_series(0, {SEATS - 1}) s
"""
SCAN = "SELECT count(*), sum(seq) FROM deliberation_ballot"


def measure() -> Iterator[Measured]:
    """About a million ratings: 300 items, 8 groups, 2,400 cells; then counts that have to be quick."""
    log = found_partnership(by=Person.objects.create_user(name="Founder"), name="Ratings").log
    _make()
    try:
        yield from _ratings(log)
    finally:
        _drop()
    ward, ranked = _rankings(10, 10_000, ties=False), _rankings(100, 10_000, ties=True)
    stv = _rule("stv", 10, seats=4)
    yield _count("STV by the Scottish rules, a ward of 10,000 papers", lambda: tally(stv, ward, {}), 0.5)
    schulze = _rule("schulze", 100)
    yield _count("Schulze, 100 alternatives and 10,000 ballots", lambda: tally(schulze, ranked, {}), 1.0)


def _ratings(log: UUID) -> Iterator[Measured]:
    live = LiveCounts(log, ROUND)
    timed: dict[str, list[float]] = {"scan": [], "recount": [], "live": []}
    for _ in range(ROUNDS):
        timed["scan"].append(_seconds(_scan))
        timed["recount"].append(_seconds(lambda: _figures(recount(ROUND))))
        timed["live"].append(_seconds(lambda: _figures(live.catch_up())))
    scan = median(timed["scan"])
    what = f"{ITEMS * SEATS:,} ratings, {ITEMS * GROUPS:,} cells: medians, IPRAS, thresholds"
    against = "a sequential scan of the table"
    yield Measured(f"recount of {what}", median(timed["recount"]), "s", scan, against, at_most=4)
    yield Measured(f"live counters, {what}", median(timed["live"]), "s", scan, against, at_most=0.2)


def _figures(votes: Votes) -> list[tuple[Cell, bool, bool]]:
    """Everything that is said of a cell: its figures, and whether it is in by 70 % high and under 15 % low."""
    histograms = [[some.get(rating, 0) for rating in SCALE] for groups in votes.values() for some in groups.values()]
    found = cells(histograms)
    if len(found) != ITEMS * GROUPS:
        raise RuntimeError(f"{len(found)} cells were counted instead of {ITEMS * GROUPS}")
    return [(one, one.reaches(one.high, SHARE_IN), not one.reaches(one.low, SHARE_OUT)) for one in found]


def _make() -> None:
    """A table like that of ballots, under its name, so that what counts those counts these."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute("DROP SCHEMA IF EXISTS bench CASCADE")
        cursor.execute("CREATE SCHEMA bench")
        cursor.execute("CREATE TABLE bench.deliberation_ballot (LIKE public.deliberation_ballot)")
        cursor.execute(RATINGS)
        cursor.execute("CREATE INDEX ON bench.deliberation_ballot (item_id, seat_id, seq DESC)")
        cursor.execute("VACUUM ANALYZE bench.deliberation_ballot")
        cursor.execute("SET search_path = bench, public")


def _drop() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET search_path = public")
        cursor.execute("DROP SCHEMA bench CASCADE")
        cursor.execute("RESET ROLE")


def _scan() -> None:
    with connection.cursor() as cursor:
        cursor.execute(SCAN)
        cursor.fetchall()


def _count(what: str, run: Callable[[], object], at_most: float) -> Measured:
    """A count works alone on one core, so its own time is told, which does not depend on what else the machine does."""
    return Measured(what, median(_own_seconds(run) for _ in range(ROUNDS)), "s of CPU", at_most=at_most)


def _rule(kind: str, alternatives: int, **more: int) -> Rule:
    names = [f"c{number}" for number in range(alternatives)]
    return parse_rule({"version": 1, "method": {"kind": kind, "alternatives": names, **more}})


def _rankings(alternatives: int, ballots: int, *, ties: bool) -> list[Row]:
    """Different rankings, the same each time."""
    drawn = random.Random(alternatives)
    names = [f"c{number}" for number in range(alternatives)]
    rows = []
    for number in range(ballots):
        order = drawn.sample(names, drawn.randint(1, alternatives))
        mark = "=" if ties and number % 3 == 0 else ">"
        rows.append(Row("q", "g", str(number), ">".join(order[:-1]) + (mark if order[:-1] else "") + order[-1]))
    return rows


def _own_seconds(run: Callable[[], object]) -> float:
    started = process_time()
    run()
    return process_time() - started


def _seconds(run: Callable[[], object]) -> float:
    started = perf_counter()
    run()
    return perf_counter() - started
