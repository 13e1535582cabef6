"""The long-running children of `run`: their lines are kept in files and shown with a prefix, their deaths are noticed."""

import os
import selectors
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from negotiator.launcher.places import ROOT
from negotiator.launcher.processes import how_it_ended, spawn, stop

LAST_LINES = 8
TITLES = {"web": "The web server", "postgres": "PostgreSQL", "valkey": "Valkey"}
LONGEST_LINE = 64 * 1024


@dataclass
class Child:
    """One process, its log file and the end of what it said."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: BinaryIO
    last: deque[str] = field(default_factory=lambda: deque(maxlen=LAST_LINES))
    unfinished: bytes = b""

    def take(self, data: bytes, show: Callable[[str], None]) -> None:
        """Keep what the child said; show each whole line with the child's name before it."""
        self.log.write(data)
        self.log.flush()
        *lines, self.unfinished = (self.unfinished + data).split(b"\n")
        if len(self.unfinished) > LONGEST_LINE:
            lines, self.unfinished = [*lines, self.unfinished], b""
        for line in lines:
            text = line.decode(errors="replace").rstrip()
            self.last.append(text)
            show(f"{self.name:7}| {text}")


class Children:
    """Starts children, relays what they say, and stops them in the reverse order."""

    def __init__(self, logs: Path, show: Callable[[str], None]) -> None:
        self._logs = logs
        self._show = show
        self._running: list[Child] = []
        self._pipes = selectors.DefaultSelector()

    def start(self, name: str, command: Sequence[str | Path], env: Mapping[str, str]) -> None:
        log = (self._logs / f"{name}.log").open("wb")
        process = spawn(command, env={**os.environ, **env}, cwd=ROOT, output=subprocess.PIPE)
        assert process.stdout is not None
        os.set_blocking(process.stdout.fileno(), False)
        child = Child(name, process, log)
        self._running.append(child)
        self._pipes.register(process.stdout, selectors.EVENT_READ, child)

    def relay(self, seconds: float) -> None:
        """Pass on what the children say, for at most this long."""
        for key, _ in self._pipes.select(seconds):
            data = os.read(key.fd, 65536)
            if data:
                key.data.take(data, self._show)
            else:
                self._pipes.unregister(key.fileobj)
        if not self._pipes.get_map():
            time.sleep(seconds)

    def dead(self) -> Child | None:
        """The first child that has ended by itself, with all it said taken in."""
        for child in self._running:
            if child.process.poll() is not None:
                self.relay(0.2)
                return child
        return None

    def stop(self) -> None:
        """End the children, the last started first; all are asked at once and have ten seconds to finish what they do."""
        for child in reversed(self._running):
            child.process.terminate()
        while self._running:
            child = self._running.pop()
            stop(child.process)
            if child.process.stdout is not None:
                child.process.stdout.close()
            child.log.close()
        self._pipes.close()


def obituary(name: str, process: "subprocess.Popen[bytes]", last: Sequence[str]) -> str:
    """What is said of a process that ended by itself."""
    told = [f"    {line}" for line in last] or ["    (nothing)"]
    return "\n".join(
        [f"{TITLES.get(name, f'The {name}')} has ended ({how_it_ended(process)}). The last it said:", *told]
    )
