"""Server processes to be measured, as they are run in earnest, each on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
SOCKETS = ("--ws", "apps.live.protocol:Protocol", "--ws-max-size", "65536", "--ws-per-message-deflate", "false")
QUIET = ("--log-level", "warning", "--no-access-log", "--lifespan", "off")
UNLIMITED = {"LIVE_MESSAGES": "1000000,1000000", "LIVE_BALLOTS": "1000000,1000000"}
PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A running server process."""

    port: int
    process: "subprocess.Popen[bytes]"

    def memory(self) -> int:
        """Its resident memory, in bytes."""
        return int(psutil.Process(self.process.pid).memory_info().rss)


@contextmanager
def uvicorn(application: str = "negotiator.asgi:application", env: Mapping[str, str] = UNLIMITED) -> Iterator[Server]:
    """A uvicorn process with its one event loop."""
    port = free_port()
    calm = ["--backlog", "4096", "--ws-ping-interval", "0"]  # who measures one server answers no pings of another
    command = ["-m", "uvicorn", application, *SOCKETS, *QUIET, *calm, "--port", str(port)]
    with running(command, port, env) as server:
        yield server


@contextmanager
def gunicorn() -> Iterator[Server]:
    """The WSGI workers that serve pages and API where it is deployed (docker-compose.yml)."""
    port = free_port()
    options = ["--worker-class=gthread", "--workers=2", "--threads=8", "--no-control-socket", "--log-level=warning"]
    command = ["-m", "gunicorn", "negotiator.wsgi:application", f"--bind=127.0.0.1:{port}", *options]
    with running(command, port, {}) as server:
        yield server


@contextmanager
def running(command: Sequence[str], port: int, env: Mapping[str, str]) -> Iterator[Server]:
    """A Python process that listens on a port."""
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env={**os.environ, **env})
    try:
        _wait_for(port, process)
        yield Server(port, process)
    finally:
        for child in psutil.Process(process.pid).children():
            child.kill()
        process.kill()  # nothing is kept: a farewell to thousands of sockets would only take time
        process.wait()


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"the server for port {port} did not start")
