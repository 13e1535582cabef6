"""`manage.py bench`: measure, print the table, write docs/benchmarks.md. Run by `make bench` on engines of its own."""

import os
import platform
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from negotiator.bench import ballots, files, record
from negotiator.bench.measuring import Measured

PAGE = Path(__file__).resolve().parents[3] / "docs" / "benchmarks.md"
ABOUT = """# Benchmarks

Written by `make bench`: every figure is held against its limit in the same run on the same machine, so only the ratio travels.

{machine}

| what | ours | limit | ratio | the limit is |
|---|---|---|---|---|
{rows}
"""


class Command(BaseCommand):
    """Measures ballots, the record and the file commands. Needs an empty database: it makes what it measures."""

    help = "Measure speed against the limits of the parts, in one run."

    def handle(self, *args: Any, **options: Any) -> None:
        rows = []
        for measured in self._measure():
            rows.append(_row(measured))
            self.stdout.write(rows[-1])
        PAGE.write_text(ABOUT.format(machine=_machine(), rows="\n".join(rows)))
        self.stdout.write(f"written: {PAGE.relative_to(PAGE.parents[1])}")

    def _measure(self) -> Iterator[Measured]:
        yield from files.measure()
        yield from ballots.measure()
        yield from record.measure()


def _row(measured: Measured) -> str:
    ours, limit = f"{measured.rate:,.0f} {measured.unit}", f"{measured.limit:,.0f} {measured.unit}"
    return f"| {measured.what} | {ours} | {limit} | {measured.ratio:.3f} | {measured.against} |"


def _machine() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    cores = f"{os.cpu_count()} cores ({platform.machine()})"
    return f"{cores}, Python {platform.python_version()}, PostgreSQL {server}, {platform.system()}."
