"""The small file by which a second shell finds the running server: its address and what manage.py needs to work beside
it.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from negotiator.launcher import Trouble
from negotiator.launcher.places import data_dir, sole_use


@dataclass(frozen=True)
class Running:
    """A server as `run` left word of it. `env` holds what its children were told."""

    url: str
    pid: int
    env: dict[str, str]


def word_file(data: Path) -> Path:
    return data / "running.json"


@contextmanager
def word_of(data: Path, url: str, env: Mapping[str, str]) -> Iterator[None]:
    """Leave word while the server runs, readable by its owner only."""
    path = word_file(data)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(Running(url, os.getpid(), dict(env))), file, indent=1)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def find_running() -> Running | None:
    """The server that runs from this folder, if any. Word of one that was killed does not count: nobody holds its data."""
    data = data_dir()
    try:
        found = Running(**json.loads(word_file(data).read_text()))
        with sole_use(data, "it runs"):
            return None
    except FileNotFoundError:
        return None
    except Trouble:
        return found
