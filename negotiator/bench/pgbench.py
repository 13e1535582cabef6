"""The limit that ballots are held against: one insert of a ballot and an entry per commit, by PostgreSQL's own pgbench."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection

from negotiator.launcher.postgres import binary

WITHIN = 3
"""Seconds of each run."""
TABLES = """
CREATE TABLE bench_entry (seq bigserial PRIMARY KEY, body bytea NOT NULL, leaf bytea NOT NULL);
CREATE TABLE bench_ballot (id bigserial PRIMARY KEY, choice text NOT NULL, seq bigint NOT NULL);
"""
INSERT = """
WITH e AS (INSERT INTO bench_entry (body, leaf) VALUES (repeat('x', 430)::bytea, repeat('y', 32)::bytea) RETURNING seq)
INSERT INTO bench_ballot (choice, seq) SELECT 'for', seq FROM e;
"""


def commits(clients: int) -> float:
    """Transactions a second with this many clients."""
    about = connection.settings_dict
    with _tables(), TemporaryDirectory() as folder:
        script = Path(folder) / "insert.sql"
        script.write_text(INSERT)
        options = ["-n", "-M", "prepared", "-f", script, "-c", clients, "-j", min(clients, 2), "-T", WITHIN]
        where = ["-h", about["HOST"], "-U", about["USER"], about["NAME"]]
        command = [str(part) for part in (binary("pgbench"), *options, *where)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    line = next(line for line in told.splitlines() if line.startswith("tps"))
    return float(line.split("=")[1].split()[0])


@contextmanager
def _tables() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        cursor.execute("DROP TABLE IF EXISTS bench_entry, bench_ballot")
        cursor.execute(TABLES)
        try:
            yield
        finally:
            cursor.execute("DROP TABLE bench_entry, bench_ballot")
            cursor.execute("RESET ROLE")
