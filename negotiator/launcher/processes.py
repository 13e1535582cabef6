"""Child processes: each in a session of its own, ended with the launcher even when that is killed, ended in order
otherwise.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
PROC = Path("/proc")
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Account:
    """The system user that runs the engines when we are root: PostgreSQL refuses root."""

    uid: int
    gid: int


def ends_with_parent(signum: int) -> Callable[[], None]:
    """What a child calls just before it becomes its program: the kernel sends it `signum` when the launcher dies (Linux
    only).
    """
    parent = os.getpid()

    def prepare() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, signum)
            if os.getppid() != parent:  # the launcher died between fork and prctl
                os._exit(1)

    return prepare


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    account: Account | None = None,
    output: int | IO[bytes] | None = None,
    on_parent_death: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own, both outputs going to `output` (None: the launcher's own)."""
    return subprocess.Popen(
        [str(part) for part in command],
        env=None if env is None else dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        start_new_session=True,
        user=None if account is None else account.uid,
        group=None if account is None else account.gid,
        extra_groups=None if account is None else [],
        preexec_fn=ends_with_parent(on_parent_death),
    )


def stop(process: subprocess.Popen[bytes], *steps: tuple[int, float]) -> None:
    """Ask with each (signal, seconds of patience) in turn, then kill the whole group; nothing of it is left afterwards."""
    for signum, patience in steps or ((signal.SIGTERM, 10.0),):
        if process.poll() is not None:
            break
        process.send_signal(signum)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run_to_end(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    interrupt: int = signal.SIGTERM,
) -> int:
    """Run `command` in the foreground and return its exit code; what interrupts the launcher ends it by `interrupt`."""
    process = spawn(command, env=env, cwd=cwd)
    try:
        return process.wait()
    finally:
        stop(process, (interrupt, 10.0), (signal.SIGTERM, 5.0))


def how_it_ended(process: subprocess.Popen[bytes]) -> str:
    """The end of a process in words: `exit code 1`, `killed by SIGKILL`."""
    code = process.poll()
    if code is None:
        return "still running"
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


def last_lines(path: Path, count: int = 15) -> list[str]:
    """The end of a log file, without empty lines; nothing when there is no such file."""
    try:
        with path.open(errors="replace") as lines:
            return list(deque((line.rstrip() for line in lines if line.strip()), maxlen=count))
    except OSError:
        return []


def living_in(folder: Path) -> list[int]:
    """Processes whose current directory is `folder`: how engines that outlived their launcher are recognised. Empty
    without /proc.
    """
    return [int(entry.name) for entry in PROC.glob("[0-9]*") if _directory_of(entry) == folder]


def _directory_of(process: Path) -> Path | None:
    try:
        return (process / "cwd").readlink()
    except OSError:
        return None


def end_leftovers(folder: Path, *steps: tuple[int, float]) -> bool:
    """Ask every process living in `folder` to end with each (signal, seconds) in turn; true when none is left."""
    for signum, patience in steps:
        if not _signal_all(living_in(folder), signum):
            return True
        _wait_until_empty(folder, patience)
    return not living_in(folder)


def _signal_all(pids: Sequence[int], signum: int) -> bool:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, signum)
    return bool(pids)


def _wait_until_empty(folder: Path, patience: float) -> None:
    deadline = time.monotonic() + patience
    while living_in(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
