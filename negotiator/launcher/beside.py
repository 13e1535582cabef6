"""What works beside a running server or without one: `rehearse`, `manage` and `bench`."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from negotiator.launcher import Trouble
from negotiator.launcher.django import MANAGE, callers_folder, commands, manage, migrate
from negotiator.launcher.engines import engines
from negotiator.launcher.running import find_running
from negotiator.launcher.settings_for import told

NOT_RUNNING = "Negotiator does not run from this folder. Start it in another shell: make run"


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def rehearse(arguments: Sequence[str]) -> int:
    """Play a scenario against the running server; its own address and tokens unless the arguments name others."""
    running = find_running()
    if running is None:
        raise Trouble(NOT_RUNNING)
    where = [] if "--url" in arguments else ["--url", running.url]
    tokens = Path(running.env["DATA_DIR"]) / "tokens.json"
    who = ["--tokens", str(tokens)] if tokens.exists() and "--tokens" not in arguments else []
    return manage("rehearse", *arguments, *where, *who, env=running.env)


def any_command(arguments: Sequence[str]) -> int:
    """Run a manage.py command with the running server's settings, or with engines started for the moment."""
    with _environment() as env:
        return _in_foreground(arguments, env)


def bench(arguments: Sequence[str]) -> int:
    """Measure on durable engines of its own, thrown away afterwards."""
    with engines("bench", say=say) as e:
        env = told(e, "http://127.0.0.1:8000")
        if "bench" not in commands(env):
            raise Trouble("There is no `manage.py bench` in this version.")
        migrate(env)
        return manage("bench", *arguments, env=env)


@contextmanager
def _environment() -> Iterator[Mapping[str, str]]:
    if running := find_running():
        yield running.env
        return
    with engines("run", say=say) as e:
        yield told(e, "http://127.0.0.1:8000")


def _in_foreground(arguments: Sequence[str], env: Mapping[str, str]) -> int:
    """With the terminal's input, since some commands ask."""
    command = [*MANAGE, *arguments]
    return subprocess.run(command, env={**os.environ, **env}, cwd=callers_folder(), check=False).returncode
