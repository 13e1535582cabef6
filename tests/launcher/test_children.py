"""Children of `run`: what they say is shown and kept, their deaths are told, nothing of them is left."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from negotiator.launcher.children import Child, Children, obituary
from negotiator.launcher.places import ROOT

pytestmark = [pytest.mark.services, pytest.mark.timeout(60)]

WITH_GRANDCHILD = """
import subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"])
print(grandchild.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def shown() -> list[str]:
    return []


@pytest.fixture
def children(tmp_path: Path, shown: list[str]) -> Iterator[Children]:
    group = Children(tmp_path, shown.append)
    yield group
    group.stop()


def start(children: Children, program: str) -> None:
    children.start("web", [sys.executable, "-c", program], {"PYTHONUNBUFFERED": "1"})


def wait_for_death(children: Children) -> Child:
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        children.relay(0.1)
        if dead := children.dead():
            return dead
    pytest.fail("the child did not end")


def test_what_a_child_says_is_shown_with_its_name_and_kept(
    children: Children, shown: list[str], tmp_path: Path
) -> None:
    start(children, "print('one'); print('two')")
    wait_for_death(children)
    assert shown == ["web    | one", "web    | two"]
    assert (tmp_path / "web.log").read_text() == "one\ntwo\n"


def test_a_death_is_told_with_its_cause_and_the_last_lines(children: Children) -> None:
    start(children, "import sys; print('no such table'); sys.exit(3)")
    dead = wait_for_death(children)
    told = obituary(dead.name, dead.process, dead.last)
    assert told == "The web server has ended (exit code 3). The last it said:\n    no such table"


def test_a_kill_is_told_as_a_kill(children: Children) -> None:
    start(children, "import os; os.kill(os.getpid(), 9)")
    dead = wait_for_death(children)
    assert "killed by SIGKILL" in obituary(dead.name, dead.process, dead.last)


def test_stopping_leaves_no_grandchild(children: Children, shown: list[str]) -> None:
    start(children, WITH_GRANDCHILD)
    while not shown:
        children.relay(0.1)
    grandchild = int(shown[0].partition("|")[2])
    os.kill(grandchild, 0)
    children.stop()
    deadline = time.monotonic() + 5
    while _lives(grandchild) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _lives(grandchild)


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_taken_port_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = _launch("run", "--port", str(port))
    assert done.returncode == 2
    assert (done.stdout + done.stderr).strip() == (
        f"Port {port} is in use. End what uses it, or take another: make run PORT={port + 1}"
    )


def test_a_rehearsal_without_a_server_is_one_line(tmp_path: Path) -> None:
    done = _launch("rehearse", DATA_DIR=str(tmp_path))
    assert done.returncode == 2
    assert (done.stdout + done.stderr).strip().count("\n") == 0
    assert "make run" in done.stderr


def _launch(*arguments: str, **env: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "negotiator.launcher", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **env}, capture_output=True, text=True, timeout=30, check=False
    )


def test_a_second_signal_does_not_disturb_the_stopping() -> None:
    program = (
        "import signal, time, negotiator.launcher.__main__ as launcher\n"
        "signal.signal(signal.SIGTERM, launcher.end)\n"
        "try:\n    print('ready', flush=True); time.sleep(30)\n"
        "finally:\n    print('stopping', flush=True); time.sleep(1); print('done', flush=True)\n"
    )
    command = [sys.executable, "-c", program]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)
        assert said.readline() == "stopping\n"
        process.send_signal(signal.SIGTERM)
        assert said.readline() == "done\n"
    process.wait()
