"""Calling manage.py with what the launcher knows."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from negotiator.launcher import Trouble
from negotiator.launcher.places import ROOT
from negotiator.launcher.processes import run_to_end

MANAGE = (sys.executable, str(ROOT / "manage.py"))
AS_OWNER = {"DATABASE_ROLE": "owner"}  # the role that migrates


def callers_folder() -> Path:
    """Where the user typed the command: relative file names in its arguments are meant from there."""
    return Path(os.environ.get("NEGOTIATOR_CWD", os.getcwd()))


def manage(*arguments: str, env: Mapping[str, str]) -> int:
    """Run one manage.py command in the foreground and return its exit code."""
    return run_to_end([*MANAGE, *arguments], env={**os.environ, **env}, cwd=callers_folder())


def must_manage(*arguments: str, env: Mapping[str, str]) -> None:
    """The same where nothing can follow a failure."""
    if manage(*arguments, env=env) != 0:
        raise Trouble(f"`manage.py {' '.join(arguments)}` failed; the lines above say why.")


def commands(env: Mapping[str, str]) -> frozenset[str]:
    """The names of the commands manage.py has."""
    call = [*MANAGE, "help", "--commands"]
    done = subprocess.run(call, env={**os.environ, **env}, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Trouble(f"The program cannot start: {said}")
    return frozenset(done.stdout.split())


def migrate(env: Mapping[str, str]) -> None:
    """Bring the database to this version, as its owner."""
    must_manage("migrate", "--no-input", "--verbosity", "0", env={**env, **AS_OWNER})
