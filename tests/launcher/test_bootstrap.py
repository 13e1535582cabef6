"""bootstrap.py: what is done again and what is not, and how it says what stands in the way."""

import fcntl
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from negotiator.launcher.places import ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with nothing but bootstrap.py and a list of packages."""
    shutil.copy(ROOT / "bootstrap.py", tmp_path)
    (tmp_path / "requirements.txt").write_text("one==1\n")
    return tmp_path


@pytest.fixture
def bootstrap(checkout: Path) -> Any:
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", checkout / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def call(checkout: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(checkout / "bootstrap.py"), *arguments]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=30, check=False)


def test_packages_are_installed_again_only_when_their_list_changed(bootstrap: Any, checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    installed: list[tuple[str, ...]] = []
    bootstrap.pip_install = lambda *what: installed.append(what)
    bootstrap.ensure_packages("run")
    bootstrap.ensure_packages("run")
    assert len(installed) == 1
    (checkout / "requirements.txt").write_text("one==2\n")
    bootstrap.ensure_packages("run")
    assert len(installed) == 2


def test_what_is_needed_to_test_includes_what_is_needed_to_run(bootstrap: Any, checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    (checkout / "requirements-dev.txt").write_text("-r requirements.txt\n")
    installed: list[str] = []
    bootstrap.pip_install = lambda *what: installed.append(Path(what[-1]).name)
    bootstrap.ensure_packages("dev")
    bootstrap.ensure_packages("run")
    assert installed == ["requirements-dev.txt"]


def test_a_failed_installation_is_tried_again(bootstrap: Any, checkout: Path) -> None:
    (checkout / ".venv").mkdir()
    tried: list[tuple[str, ...]] = []

    def fails(*what: str) -> None:
        tried.append(what)
        raise bootstrap.Trouble("no network")

    bootstrap.pip_install = fails
    for _ in range(2):
        with pytest.raises(bootstrap.Trouble):
            bootstrap.ensure_packages("run")
    assert len(tried) == 2


def test_what_installing_and_building_make_is_no_source(bootstrap: Any, checkout: Path) -> None:
    for name in ("src/main.ts", "node_modules/a/index.js", "dist/main.js", "package.json"):
        path = checkout / "frontend" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    names = [path.relative_to(checkout / "frontend").as_posix() for path in bootstrap.front_end_sources()]
    assert names == ["package.json", "src/main.ts"]


def test_a_renamed_source_is_a_changed_source(bootstrap: Any, checkout: Path) -> None:
    first, second = checkout / "a", checkout / "b"
    first.write_text("same")
    before = bootstrap.fingerprint([first])
    first.rename(second)
    assert bootstrap.fingerprint([second]) != before


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("WARNING: Retrying after NewConnectionError('...')\nERROR: No matching distribution", "is there a network?"),
        ("Collecting one\nERROR: one has requirement two\n[notice] a newer pip", "ERROR: one has requirement two"),
        ("", "it said nothing"),
    ],
)
def test_the_telling_line_of_a_failure_is_found(bootstrap: Any, said: str, told: str) -> None:
    assert told in bootstrap.reason(said)


def test_an_unusable_folder_is_one_line(checkout: Path) -> None:
    (checkout / ".data").write_text("a file where a folder should be")
    done = call(checkout, "run")
    assert done.returncode == 2
    assert done.stdout.count("\n") == 1
    assert str(checkout / ".data") in done.stdout
    assert done.stderr == ""


def test_an_unknown_verb_shows_what_there_is(checkout: Path) -> None:
    done = call(checkout, "fly")
    assert done.returncode == 2
    assert "rehearse" in done.stdout


def test_a_second_bootstrap_waits_for_the_first(bootstrap: Any, checkout: Path) -> None:
    (checkout / ".data").mkdir()
    with (checkout / ".data" / "bootstrap.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        second = subprocess.Popen(
            [sys.executable, checkout / "bootstrap.py", "rehearse"], stdout=subprocess.PIPE, text=True, cwd="/"
        )
        assert second.stdout is not None
        with second.stdout as said:
            assert said.readline() == "Waiting for another bootstrap in this folder ...\n"
        assert second.poll() is None
        assert not (checkout / ".venv").exists()
        second.kill()
        second.wait()
