"""`test`: every check and test of the project, each run to its end, the failures named once more at the close."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from negotiator.launcher.browser import ensure_chromium, find_chromium
from negotiator.launcher.engines import engines
from negotiator.launcher.places import ROOT
from negotiator.launcher.processes import run_to_end
from negotiator.launcher.settings_for import told

Check = tuple[str, list[str], Path]
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def say(line: str) -> None:
    print(line, flush=True)


def test(arguments: Sequence[str]) -> int:
    """All checks and tests; with arguments only pytest with those. The exit code is 0 only when nothing failed."""
    chosen = [_pytest(arguments)] if arguments else list(_all_checks())
    browser = find_chromium() if arguments else ensure_chromium()  # chosen tests may need none
    with engines("test", say=say) as e:
        env = {**os.environ, **told(e, "http://testserver", kind="test"), "CHROMIUM": browser or ""}
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes start in a run: each compiles for the next
        failed = [name for name, command, folder in chosen if not _passes(name, command, folder, env)]
    say(f"FAILED: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def _all_checks() -> Iterator[Check]:
    tool = [sys.executable, "-m"]
    yield "ruff", [*tool, "ruff", "check", "--output-format", "concise", "."], ROOT
    yield "ruff format", [*tool, "ruff", "format", "--check", "."], ROOT
    yield "mypy", [*tool, "mypy", "."], ROOT
    yield "lint-imports", [sys.executable, "-c", LINT_IMPORTS], ROOT
    if npm := os.environ.get("NEGOTIATOR_NPM"):
        yield "front-end types", [*json.loads(npm), "run", "check"], ROOT / "frontend"
        yield "front-end tests", [*json.loads(npm), "test"], ROOT / "frontend"
    yield _pytest(["-n", "2"])


def _pytest(arguments: Sequence[str]) -> Check:
    return "pytest", [sys.executable, "-m", "pytest", *arguments], ROOT


def _passes(name: str, command: Sequence[str], folder: Path, env: Mapping[str, str]) -> bool:
    say(f"--- {name}")
    started = time.monotonic()
    code = run_to_end(command, env=env, cwd=folder, interrupt=signal.SIGINT)
    say(f"--- {name}: {'passed' if code == 0 else f'failed (exit code {code})'}, {time.monotonic() - started:.0f} s")
    return code == 0
