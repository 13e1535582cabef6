"""Where the reference vectors lie, and how a test says that they are absent."""

import json
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).resolve().parents[3] / "../shared/data"


def folder(name: str) -> Path:
    path = DATA / name
    if not path.is_dir():
        pytest.skip(f"the reference vectors {name} are not beside this checkout", allow_module_level=True)
    return path


def load(name: str, file: str) -> Any:
    return json.loads((folder(name) / file).read_text())
