"""`manage.py bench`: measure, print the table, write docs/benchmarks.md. Run by `make bench` on engines of its own."""

import os
import platform
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from negotiator.bench import (
    ballots,
    closing,
    delivering,
    files,
    flooding,
    idle,
    pages,
    record,
    rules,
    turnout,
    verdicts,
)
from negotiator.bench.measuring import Measured

PAGE = Path(__file__).resolve().parents[3] / "docs" / "benchmarks.md"
PARTS: Mapping[str, Callable[[], Iterable[Measured]]] = {
    "files": files.measure,
    "rules": rules.measure,
    "ballots": ballots.measure,
    "delivering": delivering.measure,
    "turnout": turnout.measure,
    "flooding": flooding.measure,
    "idle": idle.measure,
    "closing": closing.measure,
    "record": record.measure,
    "verdicts": verdicts.measure,
    "pages": pages.measure,
}
VERSIONS = ("Django", "psycopg", "uvicorn", "websockets", "uvloop", "channels", "picows", "channels_redis", "gunicorn")
ABOUT = """# Benchmarks

Written by `make bench`: every figure is held against its limit in the same run on the same machine, so only the ratio travels.
Ours and the limit are measured in turn, three times; the table shows the round of median ratio. The load client is one process
more on the same cores.

{machine}

| what | ours | limit | ratio | goal | met | the limit is |
|---|---|---|---|---|---|---|
{rows}
"""


class Command(BaseCommand):
    """Measures what is fast or slow for users. Needs an empty database: it makes what it measures."""

    help = "Measure speed against the limits of the parts, in one run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("parts", nargs="*", metavar="part", help="only these; the page is then left alone")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = options["parts"] or list(PARTS)
        if strange := set(chosen) - PARTS.keys():
            raise CommandError(f"There is no part {', '.join(sorted(strange))}. There are: {', '.join(PARTS)}.")
        began, rows = monotonic(), []
        for part in chosen:
            for measured in PARTS[part]():
                rows.append(_row(measured))
                self.stdout.write(rows[-1])
                self.stdout.flush()
        if chosen == list(PARTS):
            PAGE.write_text(ABOUT.format(machine=_machine(monotonic() - began), rows="\n".join(rows)))
            self.stdout.write(f"written: {PAGE.relative_to(PAGE.parents[1])}")


def _row(measured: Measured) -> str:
    limit = f"{_figure(measured.limit)} {measured.unit}" if measured.limit else ""
    ratio = _figure(measured.judged) if measured.limit else ""
    goal, met = "", ""
    if measured.at_least is not None or measured.at_most is not None:
        goal = f"≥ {measured.at_least:g}" if measured.at_least is not None else f"≤ {measured.at_most:g}"
        met = "yes" if measured.is_met else "**no**"
    cells = (measured.what, f"{_figure(measured.value)} {measured.unit}", limit, ratio, goal, met, measured.against)
    return f"| {' | '.join(cells)} |"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _machine(seconds: float) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0]
    parts = ", ".join(f"{name} {version(name)}" for name in VERSIONS)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    machine = f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}"
    return (
        f"{machine}, Python {platform.python_version()}, PostgreSQL {server}, {parts}.\n"
        f"Measured in {seconds:.0f} s; load averages at the end (1, 5 and 15 minutes, our own part included): {load}."
    )
