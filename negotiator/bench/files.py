"""`tally` of a large file against a bare pass of csv.reader over it, start-up included."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from negotiator.bench.measuring import Measured

ROWS, ITEMS, GROUPS = 1_000_000, 100, 8
ROOT = Path(__file__).resolve().parents[2]
RULE = {
    "version": 1,
    "method": {
        "kind": "rating",
        "scale": [1, 9],
        "criterion": "share",
        "in": [{"range": [7, 9], "at_least": "0.70"}, {"range": [1, 3], "below": "0.15"}],
        "out": [{"range": [1, 3], "at_least": "0.70"}],
    },
    "groups": {"deciding": [f"g{n}" for n in range(GROUPS)], "composition": {"kind": "all"}},
}
READ = "import csv, sys\nfor row in csv.reader(open(sys.argv[1], newline='')): pass\n"


def measure() -> Iterator[Measured]:
    """One million ratings: 100 items, 8 groups, 1,250 seats each."""
    with TemporaryDirectory() as folder:
        rule, ballots = Path(folder) / "rule.json", Path(folder) / "ballots.csv"
        rule.write_text(json.dumps(RULE))
        _write(ballots)
        bare = _seconds([sys.executable, "-c", READ, str(ballots)])
        ours = _seconds([sys.executable, "manage.py", "tally", "--rule", str(rule), "--ballots", str(ballots)])
    yield Measured(f"tally of a CSV of {ROWS:,} rows", ROWS / ours, "rows/s", ROWS / bare, "csv.reader alone")


def _write(path: Path) -> None:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["item", "group", "seat", "choice"])
        seats = ROWS // ITEMS // GROUPS
        for item in range(ITEMS):
            for group in range(GROUPS):
                writer.writerows(
                    (f"m{item}", f"g{group}", f"g{group}-{seat}", 1 + (item * 7 + group * 3 + seat) % 9)
                    for seat in range(seats)
                )


def _seconds(command: list[str]) -> float:
    started = perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - started
