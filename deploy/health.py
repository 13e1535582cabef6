"""How one of our own processes is, for its health check: exit 0 when well.

    python -m deploy.health http://127.0.0.1:8000/readyz    a web server that answers
    python -m deploy.health /tmp/celerybeat-schedule        a scheduler that still writes its file

Standard library only, so that asking is cheap.
"""

import os
import sys
import time
import urllib.request
from pathlib import Path

PATIENCE = 5.0
QUIET_AT_MOST = 600.0  # seconds; beat writes every three minutes


def answers(url: str) -> bool:
    """Whether the address answers 200, asked under the name people use: others are refused by Django."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].lstrip(".")
    request = urllib.request.Request(url, headers={"Host": host})  # noqa: S310 (our own address)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False


def is_fresh(path: Path, now: float) -> bool:
    """Whether the file, under whatever suffix the system's dbm gives it, was written lately."""
    written = [found.stat().st_mtime for found in path.parent.glob(f"{path.name}*")]
    return bool(written) and now - max(written) < QUIET_AT_MOST


def main(what: str) -> int:
    well = answers(what) if what.startswith("http://") else is_fresh(Path(what), time.time())
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
