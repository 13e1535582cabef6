"""`score history.json`: one JSON document and 0, or one line and 2."""

import json
from pathlib import Path
from typing import Any

import pytest

from apps.provenance.domain.files import main
from tests.provenance.domain.builders import agreed, history, imposed

KEYS = ["origin", "current", "time_weighted", "path", "label", "flags", "range", "parts", "terms"]


def written(tmp_path: Path, content: object) -> str:
    path = tmp_path / "history.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return str(path)


def line_of_refusal(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err.rstrip("\n")


def printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    document: dict[str, Any] = json.loads(out)
    return document


def test_a_sound_history_is_printed_with_its_terms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = printed([written(tmp_path, history(imposed(), agreed(t=1, type="change")))], capsys)

    assert list(document) == KEYS
    assert document["current"] == {"NI": "0.7500", "PE": "0.8333"}
    assert [act["type"] for act in document["terms"]] == ["impose", "change"]


def test_numbers_in_a_file_are_read_exactly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps(history(imposed(), agreed(t=1, type="change"), until=3)).replace('"t": 1', '"t": 0.123456789012')

    assert printed([written(tmp_path, text)], capsys)["path"][1][0] == "0.123456789012"


def test_a_file_of_several_histories_needs_a_choice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    several = {"histories": [history(imposed(), id="W1"), history(agreed(), id="W2")]}
    path = written(tmp_path, several)

    line = line_of_refusal([path], capsys)
    assert line.startswith(f"{path}: histories: ")
    assert "--id (W1, W2)" in line
    assert printed([path, "--id", "W2"], capsys)["label"][0] == "negotiated"
    assert "histories" in line_of_refusal([path, "--id", "W3"], capsys)


def test_a_single_history_under_another_id_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, history(imposed(), id="W1"))

    assert printed([path, "--id", "W1"], capsys)["label"] == ["imposed", "planned"]
    assert line_of_refusal([path, "--id", "W2"], capsys).startswith(f"{path}: id: ")


def test_a_malformed_history_names_file_place_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, history(imposed(), imposed(1, method="lottery")))

    line = line_of_refusal([path], capsys)

    assert line.startswith(f"{path}: acts[1].method: must be one of ")
    assert line.endswith("not 'lottery'.")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "line 1, column 1: not JSON"),
        ("{", "line 1, column 2: not JSON"),
        ('{"version": 1, "version": 1}', "version: stands twice"),
        ('{"until": NaN}', "NaN is not a number"),
        ('{"until": ' + "9" * 5000 + "}", "not JSON that can be read"),
        ("[" * 100_000, "is nested too deeply"),
        ('{"histories": {}}', "histories: must be a list"),
        ('{"histories": []}', "histories: the file holds 0 histories"),
        ('["a"]', "history: must be an object"),
    ],
)
def test_a_file_that_is_no_history_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, reason: str
) -> None:
    path = written(tmp_path, content)

    assert line_of_refusal([path], capsys).startswith(f"{path}: {reason}")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "latin.json"
    path.write_bytes('{"id": "Bríd"}'.encode("latin-1"))

    assert "not UTF-8" in line_of_refusal([str(path)], capsys)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "cannot be read" in line_of_refusal([str(tmp_path / "nowhere\n.json")], capsys)
    assert "cannot be read" in line_of_refusal([str(tmp_path)], capsys)


def test_wrong_arguments_are_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert "history" in line_of_refusal([], capsys)
    assert "--wrong" in line_of_refusal(["a.json", "--wrong"], capsys)
