"""Ballots a second through `cast_ballots`, all checks, entries and receipts included, against bare inserts by pgbench."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.db import connection

from apps.accounts.models import Person
from apps.deliberation.models import Round
from apps.deliberation.services import Cast, cast_ballots, draft_round, open_round, register_rule
from apps.frameworks.services import create_framework
from apps.partnerships.services import add_group, assign_seat, found_partnership
from apps.proposals.services import submit_proposal
from negotiator.bench.measuring import Measured, rate
from negotiator.launcher.postgres import binary

SEATS = 64
INSERT = """
WITH e AS (INSERT INTO bench_entry (body, leaf) VALUES (repeat('x', 430)::bytea, repeat('y', 32)::bytea) RETURNING seq)
INSERT INTO bench_ballot (choice, seq) SELECT 'for', seq FROM e;
"""
TABLES = """
CREATE TABLE bench_entry (seq bigserial PRIMARY KEY, body bytea NOT NULL, leaf bytea NOT NULL);
CREATE TABLE bench_ballot (id bigserial PRIMARY KEY, choice text NOT NULL, seq bigint NOT NULL);
"""


def measure() -> Iterator[Measured]:
    """Batches as a ballot box gathers them from 1, 8 and 32 senders."""
    round, people = _round_with_voters()
    limits = {clients: _pgbench(clients) for clients in (1, 8, 32)}
    for senders, limit in limits.items():
        got = rate(lambda senders=senders: _cast(round, people[:senders]))  # type: ignore[misc]
        yield Measured(
            f"ballots, {senders} at once", got, limit, "/s", f"pgbench, ballot + entry per commit, {senders} clients"
        )


def _cast(round: Round, people: list[Person]) -> int:
    item = round.items.get().id
    return len(cast_ballots([Cast(person, round.id, item, "for", uuid4()) for person in people]))


def _round_with_voters() -> tuple[Round, list[Person]]:
    founder = Person.objects.create_user(name="Founder")
    convenor = found_partnership(by=founder, name="Bench")
    group = add_group(by=convenor, key="G", name="Group", kind="community", seats=SEATS)
    people = [assign_seat(by=convenor, seat=seat, name=seat.label).person for seat in group.seats.all()]
    framework = create_framework(by=convenor, title="Bench", starts_on=convenor.partnership.founded_at.date())
    document = {
        "version": 1,
        "method": {"kind": "majority"},
        "groups": {"deciding": ["G"], "composition": {"kind": "all"}},
    }
    proposal = submit_proposal(
        by=convenor,
        framework=framework,
        action="add",
        kind="value",
        code="V1",
        patch={"title": "Speed"},
        rationale="To be measured.",
    )
    rule = register_rule(by=convenor, framework=framework, title="Majority", document=document)
    drafted = draft_round(by=convenor, framework=framework, title="Bench", rule=rule, proposals=[proposal])
    return open_round(by=convenor, round=drafted), people


def _pgbench(clients: int) -> float:
    """Transactions a second of one insert of a ballot and an entry, each its own commit."""
    about = connection.settings_dict
    with connection.cursor() as cursor, TemporaryDirectory() as folder:
        cursor.execute("SET ROLE NONE")
        cursor.execute("DROP TABLE IF EXISTS bench_entry, bench_ballot")
        cursor.execute(TABLES)
        script = Path(folder) / "insert.sql"
        script.write_text(INSERT)
        command = [
            str(binary("pgbench")),
            "-n",
            "-M",
            "prepared",
            "-f",
            str(script),
            "-c",
            str(clients),
            "-j",
            "2",
            "-T",
            "4",
        ]
        command += ["-h", about["HOST"], "-U", about["USER"], about["NAME"]]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        cursor.execute("DROP TABLE bench_entry, bench_ballot")
        cursor.execute("RESET ROLE")
    line = next(line for line in told.splitlines() if line.startswith("tps"))
    return float(line.split("=")[1].split()[0])
