"""`run` as a whole: it answers, it leaves word, it ends on request, and what is killed leaves nothing running."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from negotiator.launcher import places

pytestmark = [pytest.mark.services, pytest.mark.timeout(180)]


class Launcher:
    """A launcher in a process of its own, with a data folder and a port of its own."""

    def __init__(self, data: Path, port: int) -> None:
        self.data = data
        self.port = port
        env = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
        self.env = env | {"DATA_DIR": str(data), "NEGOTIATOR_ENV": "development", "PYTHONUNBUFFERED": "1"}
        self.process = self.call("run", "--no-demo", "--port", str(port))
        self.said: list[str] = []

    def call(self, *arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "negotiator.launcher", *arguments]
        return subprocess.Popen(
            command, cwd=places.ROOT, env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    def wait_until_it_runs(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if line.startswith("Ctrl-C stops it."):
                return
        pytest.fail("it ended:\n" + "\n".join(self.said))

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


@pytest.fixture
def launcher() -> Iterator[Launcher]:
    data = Path(tempfile.mkdtemp(prefix="try-", dir=places.home()))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    started = Launcher(data, port)
    yield started
    started.end()
    deadline = time.monotonic() + 15
    while (data / "postgres" / "postmaster.pid").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    shutil.rmtree(data)


def descendants(pid: int) -> set[int]:
    """All processes below this one, by the parents that /proc names."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found, level = set[int](), {pid}
    while level := {child for child, parent in parents.items() if parent in level}:
        found |= level
    return found


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def all_end(pids: set[int], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while any(lives(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


def test_it_runs_leaves_word_and_ends_on_request(launcher: Launcher) -> None:
    launcher.wait_until_it_runs()
    with urllib.request.urlopen(f"http://127.0.0.1:{launcher.port}/livez", timeout=10) as answer:
        assert answer.status == 200
    word = json.loads((launcher.data / "running.json").read_text())
    assert word["url"] == f"http://127.0.0.1:{launcher.port}"
    assert (launcher.data / "running.json").stat().st_mode & 0o077 == 0
    assert (launcher.data / "secret.key").stat().st_mode & 0o077 == 0
    pids = descendants(launcher.process.pid)
    assert len(pids) >= 6
    launcher.process.send_signal(signal.SIGTERM)
    assert launcher.process.wait(30) == 0
    assert all_end(pids, 1)
    assert not (launcher.data / "running.json").exists()


def test_a_dead_worker_is_named_and_everything_ends(launcher: Launcher) -> None:
    launcher.wait_until_it_runs()
    pids = descendants(launcher.process.pid)
    os.kill(process_named("worker", pids), signal.SIGKILL)
    assert launcher.process.wait(30) == 1
    assert launcher.process.stdout is not None
    assert "The worker has ended (killed by SIGKILL)." in launcher.process.stdout.read()
    assert all_end(pids, 1)


def test_nothing_outlives_a_killed_launcher(launcher: Launcher) -> None:
    launcher.wait_until_it_runs()
    pids = descendants(launcher.process.pid)
    launcher.process.kill()
    assert all_end(pids, 20)


def process_named(word: str, pids: set[int]) -> int:
    """The first of these processes with that word on its command line: the launcher's child, older than its own children."""
    return min(pid for pid in pids if word in Path(f"/proc/{pid}/cmdline").read_text().split("\0"))
