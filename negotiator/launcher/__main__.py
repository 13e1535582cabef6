"""`python -m negotiator.launcher run|test|rehearse|bench|manage`: called by bootstrap.py once the environment stands."""

import signal
import sys
from collections.abc import Sequence
from types import FrameType

from negotiator.launcher import Trouble
from negotiator.launcher.beside import any_command, bench, rehearse
from negotiator.launcher.checks import test
from negotiator.launcher.run import run

VERBS = {"run": run, "test": test, "rehearse": rehearse, "bench": bench, "manage": any_command}
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(BaseException):
    """Somebody asked us to end. Everything we hold is released on the way out."""


def end(signum: int, frame: FrameType | None) -> None:
    """Ask once; while we take things down, further signals change nothing."""
    for one in ENDING:
        signal.signal(one, signal.SIG_IGN)
    raise Ended


def main(arguments: Sequence[str]) -> int:
    """0 done, 1 failed or something died, 2 something stands in the way, 130 interrupted."""
    verb, *rest = arguments
    for signum in ENDING:
        signal.signal(signum, end)
    try:
        return VERBS[verb](rest)
    except Trouble as trouble:
        print(trouble, file=sys.stderr, flush=True)
        return 2
    except OSError as error:
        print(f"{error.filename or verb}: {error.strerror}", file=sys.stderr, flush=True)
        return 2
    except Ended:
        return 0 if verb == "run" else 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
