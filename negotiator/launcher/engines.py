"""The engines a process works with: those named in the environment, or our own PostgreSQL and Valkey started for it.

    with engines("test") as e:
        psycopg.connect(e.dsn)

Profiles: `run` keeps its data, is durable and has one holder per checkout; `test` and `bench` are thrown away at the
end, any number of them side by side, `test` without fsync.
"""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from negotiator.launcher import Trouble, places, postgres, valkey
from negotiator.launcher.processes import end_leftovers, stop

Profile = Literal["run", "test", "bench"]
ALREADY_RUNS = "Negotiator already runs from this folder. Stop it first (Ctrl-C where it runs)."


@dataclass(frozen=True)
class Engines:
    """Where the engines are. `processes` has `postgres` and `valkey` where they are ours; `place` is theirs."""

    database_url: str
    redis_url: str
    dsn: str
    data: Path
    processes: dict[str, "subprocess.Popen[bytes]"]
    place: places.Place | None


def quiet(line: str) -> None:
    """For callers that show no progress."""


@contextmanager
def engines(
    profile: Profile = "run", *, data: Path | None = None, say: Callable[[str], None] = quiet
) -> Iterator[Engines]:
    """Provide the engines; stop those we started at the end. `data` overrides where the profile `run` keeps its data.

    `DATABASE_URL` and `REDIS_URL` in the environment replace the respective engine. Raises Trouble, one line, when an
    engine does not start.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(_kept(data or places.data_dir()) if profile == "run" else _thrown_away())
        for name in ("logs", "static"):
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        yield _start(folder, profile, say, stack)


def _start(folder: Path, profile: Profile, say: Callable[[str], None], stack: ExitStack) -> Engines:
    database_url, redis_url = os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL")
    if database_url and redis_url:
        return Engines(database_url, redis_url, libpq(database_url), folder, {}, None)
    place = places.place_at(folder)
    stack.callback(shutil.rmtree, place.sockets, ignore_errors=True)
    _end_leftover_valkey(place)
    processes: dict[str, subprocess.Popen[bytes]] = {}
    if not database_url:
        say("Starting PostgreSQL ...")
        processes["postgres"] = postgres.start(place, durable=profile != "test", say=say)
        stack.callback(_stop, processes, "postgres", postgres.FAST_SHUTDOWN)
        database_url = postgres.url(place)
    if not redis_url:
        say("Starting Valkey ...")
        processes["valkey"] = valkey.start(place)
        stack.callback(_stop, processes, "valkey", ((signal.SIGTERM, 5.0),))
        redis_url = valkey.url(place)
    return Engines(database_url, redis_url, libpq(database_url), folder, processes, place)


def _stop(processes: "dict[str, subprocess.Popen[bytes]]", name: str, steps: tuple[tuple[int, float], ...]) -> None:
    """Stop whichever process bears the name by now: a test may have ended one and started another."""
    stop(processes[name], *steps)


def _end_leftover_valkey(place: places.Place) -> None:
    if not end_leftovers(place.sockets, (signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        raise Trouble(f"Another Valkey works in {place.sockets} and does not end. End it and start again.")


@contextmanager
def _kept(data: Path) -> Iterator[Path]:
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with places.sole_use(data, ALREADY_RUNS):
        yield data


@contextmanager
def _thrown_away() -> Iterator[Path]:
    """A fresh folder, removed at the end; what killed processes left behind is removed first."""
    home = places.home()
    with ExitStack() as stack:
        with _one_at_a_time(home):
            sweep(home)
            folder = Path(tempfile.mkdtemp(prefix="test-", dir=home))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            stack.enter_context(places.sole_use(folder, "Somebody else uses our new folder."))
        yield folder


@contextmanager
def _one_at_a_time(home: Path) -> Iterator[None]:
    """Between the making of a folder and its lock nobody may sweep."""
    folder = home / "sweep"
    folder.mkdir(mode=0o700, exist_ok=True)
    with places.in_turn(folder):
        yield


def sweep(home: Path) -> None:
    """Remove throw-away folders that nobody holds any more, and end what still lives in them."""
    for folder in home.glob("test-*"):
        try:
            with places.sole_use(folder, ""):
                sockets = places.sockets_of(folder)
                end_leftovers(folder / "postgres", (signal.SIGQUIT, 10.0), (signal.SIGKILL, 5.0))
                end_leftovers(sockets, (signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0))
                shutil.rmtree(sockets, ignore_errors=True)
                shutil.rmtree(folder, ignore_errors=True)
        except (Trouble, FileNotFoundError):  # in use, or gone meanwhile
            continue


def libpq(url: str) -> str:
    """A database URL as psycopg and psql read it: django-environ's form of a unix socket is not theirs."""
    scheme, _, rest = url.partition("://")
    user, socket, path = rest.partition("@//")
    if not (socket and scheme.startswith("postgres")):
        return url
    host, _, database = f"/{path}".rpartition("/")
    return f"host={host} user={user} dbname={database}"


def provide_engines() -> None:
    """For a test run without the launcher: engines of its own in `os.environ` until the process ends, unless both are
    given.

    Call it before Django is set up. Processes started afterwards inherit the addresses and start nothing.
    """
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return
    stack = ExitStack()
    e = stack.enter_context(engines("test"))
    atexit.register(stack.close)
    os.environ.update(DATABASE_URL=e.database_url, REDIS_URL=e.redis_url, NEGOTIATOR_ENV="test", DATA_DIR=str(e.data))
