"""A dossier holds what somebody needs to check, away from here, how something came to be; and says what it cannot prove."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from apps.exchange.domain.archive import unpack
from apps.exchange.domain.verifying import verify_archive
from tests.exchange.stories import dossier_of, moulded_measure
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def test_the_dossier_of_a_measure_verifies(lismorrow: Lismorrow) -> None:
    report = verify_archive(dossier_of(lismorrow, moulded_measure(lismorrow).id).body)
    assert report.is_verified, report.to_text()
    assert [check.state for check in report.checks] == ["passed"] * 8


def test_it_verifies_by_the_program_it_carries_without_anything_but_python(
    lismorrow: Lismorrow, tmp_path: Path
) -> None:
    made = dossier_of(lismorrow, moulded_measure(lismorrow).id)
    files, _ = unpack(made.body)
    program, archive = tmp_path / "verify.py", tmp_path / made.name
    program.write_bytes(files["verify.py"])
    archive.write_bytes(made.body)
    told = subprocess.run(
        [sys.executable, "-I", "-S", str(program), str(archive), "--json"],
        capture_output=True,
        text=True,
        check=False,
        env={},
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert json.loads(told.stdout) == verify_archive(made.body).to_json()
