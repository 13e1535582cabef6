"""`tally` and `score` recompute from files, without database, engine, settings or secret."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RULE = {
    "version": 1,
    "method": {"kind": "majority"},
    "groups": {"deciding": ["a", "b"], "composition": {"kind": "all"}},
}
HISTORY = {
    "version": 1,
    "groups": {"a": "agency", "u": "users"},
    "until": 1,
    "acts": [{"t": 0, "type": "impose", "method": "decree", "origin": "authority", "timing": "plan"}],
}


def manage(*arguments: str | Path) -> "subprocess.CompletedProcess[str]":
    environment = {
        "PATH": os.environ["PATH"],
        "NEGOTIATOR_ENV": "production",
    }  # which would refuse to start without secrets
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_a_round_is_counted_again_from_two_files(tmp_path: Path) -> None:
    (tmp_path / "rule.json").write_text(json.dumps(RULE))
    (tmp_path / "ballots.csv").write_text("item,group,seat,choice\nm,a,a1,for\nm,b,b1,for\n")
    told = manage("tally", "--rule", tmp_path / "rule.json", "--ballots", tmp_path / "ballots.csv")
    assert told.returncode == 0
    assert json.loads(told.stdout)["items"][0]["outcome"] == "agreed"


def test_a_verdict_is_computed_again_from_one_file(tmp_path: Path) -> None:
    (tmp_path / "history.json").write_text(json.dumps(HISTORY))
    told = manage("score", tmp_path / "history.json")
    assert told.returncode == 0
    assert json.loads(told.stdout)["label"] == ["imposed", "planned"]


@pytest.mark.parametrize(
    "arguments", [("tally", "--rule", "none.json", "--ballots", "none.csv"), ("score", "none.json")]
)
def test_a_file_that_is_not_there_is_one_line_and_exit_2(arguments: tuple[str, ...]) -> None:
    told = manage(*arguments)
    assert (told.returncode, told.stdout) == (2, "")
    assert len(told.stderr.strip().splitlines()) == 1
