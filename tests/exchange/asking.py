"""Asks the code of verify.html, run by Node, what the Python made of the same."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

HERE = Path(__file__).parent


def ask(questions: Sequence[dict[str, Any]], folder: Path) -> list[Any]:
    """The answers, in order."""
    asked, answered = folder / "asked.json", folder / "answered.json"
    asked.write_text(json.dumps(questions))
    program = Path(settings.VERIFIER_DIST) / "verify.js"
    command = ["node", str(HERE / "ask.mjs"), str(program), str(asked), str(answered)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    answers: list[Any] = json.loads(answered.read_text())
    return answers
