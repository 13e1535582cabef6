"""Everything Negotiator runs on, of a test alone, each part to be killed without warning and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from negotiator.bench.serving import QUIET, SOCKETS, free_port
from negotiator.launcher import postgres, valkey
from negotiator.launcher.engines import Engines, engines, quiet
from negotiator.launcher.processes import stop
from negotiator.launcher.settings_for import told

ROOT = Path(__file__).resolve().parents[2]
WORKER = ("celery", "-q", "-A", "negotiator", "worker", "-B", "--pool", "threads", "--concurrency", "2", "-l", "ERROR")
PARTS = ("web 1", "web 2", "worker", "valkey", "postgres")


@dataclass
class Cluster:
    """Two web processes, a worker with its clock, PostgreSQL and Valkey. `killed` says what was, in order."""

    engines: Engines
    env: dict[str, str]
    log: Path
    ports: dict[str, int]
    killed: list[str] = field(default_factory=list)
    processes: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)

    def start(self, part: str) -> None:
        """Start a part; the engines answer when this returns, the others soon."""
        place = self.engines.place
        assert place is not None
        if part == "postgres":
            self.engines.processes[part] = postgres.start(place, durable=True, say=quiet)
        elif part == "valkey":
            self.engines.processes[part] = valkey.start(place)
        else:
            self.processes[part] = self._run(*(self._web(part) if part in self.ports else WORKER))

    def kill(self, part: str) -> None:
        """End a part, with whatever it has started, as a power cut would."""
        process = self.processes.get(part) or self.engines.processes[part]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.killed.append(part)

    def manage(self, *arguments: str, **env: str) -> None:
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.env | env, check=True)

    def _web(self, part: str) -> tuple[str, ...]:
        return ("uvicorn", "negotiator.asgi:application", *SOCKETS, *QUIET, "--port", str(self.ports[part]))

    def _run(self, *command: str) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            arguments = [sys.executable, "-m", *command]
            return subprocess.Popen(arguments, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True)


@contextmanager
def cluster(log: Path) -> Iterator[Cluster]:
    """A cluster on durable engines of its own, with an empty database; everything ends with the block."""
    with engines("bench") as e:
        env = {
            **os.environ,
            **told(e, "http://127.0.0.1"),
            "NEGOTIATOR_ENV": "test",
            "CELERY_QUEUE": f"soak{time.monotonic_ns()}",
        }
        found = Cluster(e, env, log, {"web 1": free_port(), "web 2": free_port()})
        found.manage("migrate", "--no-input", "--verbosity", "0", DATABASE_ROLE="owner")
        try:
            for part in ("web 1", "web 2", "worker"):
                found.start(part)
            yield found
        finally:
            for process in found.processes.values():
                stop(process, (signal.SIGKILL, 5.0))
