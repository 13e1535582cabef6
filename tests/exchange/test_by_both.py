"""What dossiers hold beyond an ordinary story, verified by Python and page alike: inherited measures, seats, replaced keys."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.exchange.domain.archive import pack, unpack
from apps.exchange.domain.verifying import verify_archive
from apps.exchange.dossiers import Dossier
from apps.frameworks.models import Element
from apps.frameworks.services import seal_plan
from apps.record import checkpoints, keys, rotating
from apps.record import selectors as record
from apps.record.domain.checkpoint import Checkpoint
from apps.record.domain.note import Signer
from tests.deliberation.test_inheriting import enter
from tests.exchange.asking import ask
from tests.exchange.stories import dossier_of, moulded_measure
from tests.people import CONSENT, Lismorrow

pytestmark = pytest.mark.django_db
Faults = dict[str, list[str]]


def faults(packed: bytes, folder: Path, kept: Sequence[str] = ()) -> Faults:
    """What is wrong with a dossier, by check; the same by both."""
    here = {check.key: check.faults for check in verify_archive(packed, kept=kept).checks if check.faults}
    path = folder / "dossier.zip"
    path.write_bytes(packed)
    (answer,) = ask([{"do": "verify", "path": str(path), "kept": list(kept)}], folder)
    checks: list[dict[str, Any]] = answer["report"]["checks"]
    assert {check["key"]: check["faults"] for check in checks if check["faults"]} == here
    return here


def with_line(made: Dossier, type: str, old: bytes, new: bytes) -> bytes:
    """A dossier whose entries of a type say something else, packed anew."""
    files, _ = unpack(made.body)
    lines = files["entries.jsonl"].splitlines(keepends=True)
    mark = f'"type":"{type}"'.encode()
    return pack(files | {"entries.jsonl": b"".join(line.replace(old, new) if mark in line else line for line in lines)})


def test_a_dossier_of_another_version_is_sent_to_its_own_program(lismorrow: Lismorrow, tmp_path: Path) -> None:
    files, _ = unpack(dossier_of(lismorrow, moulded_measure(lismorrow).id).body)
    older = files["dossier.json"].replace(b'"version": 2', b'"version": 1')
    assert older != files["dossier.json"]
    found = faults(pack(files | {"dossier.json": older}), tmp_path)
    assert any("the verify.py that lies in a dossier reads" in fault for told in found.values() for fault in told)


def test_a_measure_from_before_that_was_changed_since(lismorrow: Lismorrow, tmp_path: Path) -> None:
    enter(lismorrow)
    seal_plan(by=lismorrow.orla, framework=lismorrow.framework)
    measure = Element.objects.get(code="M1")
    change = lismorrow.propose(code="M1", action="change", element=measure.id, patch={"target": {"value": "14"}})
    lismorrow.decide(lismorrow.open(change, rule=CONSENT, secrecy="open"), **lismorrow.everybody("consent"))
    made = dossier_of(lismorrow, measure.id)
    assert faults(made.body, tmp_path) == {}
    story = unpack(made.body)[0]["story.html"].decode()
    assert "M1 is in force from before" in story


def test_each_ballot_counts_for_the_group_whose_seat_it_is_of(lismorrow: Lismorrow, tmp_path: Path) -> None:
    made = dossier_of(lismorrow, moulded_measure(lismorrow).id)
    moved = faults(with_line(made, "seat.assigned", b'"group":"F"', b'"group":"A"'), tmp_path)
    assert any("counts for a group whose seat its own is not" in fault for fault in moved["ballots"])
    unseated = faults(with_line(made, "seat.assigned", b"seat.assigned", b"seat.vacated"), tmp_path)
    assert any("counts for a group whose seat its own is not" in fault for fault in unseated["ballots"])


@pytest.fixture
def own_key(settings: Any, tmp_path: Path) -> None:
    settings.RECORD_KEY_FILE = tmp_path / "record.key"


def by_hand(lismorrow: Lismorrow, signer: Signer) -> str:
    """A checkpoint over the record as it stands, signed by one key alone."""
    now = checkpoints.publish(lismorrow.log)
    return str(Checkpoint(record.origin(lismorrow.log), now.size, bytes(now.root)).signed(signer))


def test_a_replaced_key_counts_for_what_it_signed_and_for_nothing_after(
    own_key: None, lismorrow: Lismorrow, tmp_path: Path
) -> None:
    measure = moulded_measure(lismorrow)
    before = checkpoints.publish(lismorrow.log).note
    old = rotating.begin() and keys.signers()[0]
    during = checkpoints.publish(lismorrow.log).note
    rotating.end()
    after = by_hand(lismorrow, old)
    made = dossier_of(lismorrow, measure.id)
    assert faults(made.body, tmp_path, [before, during]) == {}
    assert faults(made.body, tmp_path, [after]) == {"kept": ["None of the known keys has signed this note."]}


def test_who_takes_a_dossier_is_recorded_as_who_takes_any_file(lismorrow: Lismorrow, client: Client) -> None:
    measure = moulded_measure(lismorrow)
    address = reverse("exchange:dossier", args=["measure", measure.id])
    client.force_login(lismorrow.people["Moira"])
    for _ in range(2):
        assert client.get(address).status_code == 200
    (taken,) = record.entries(lismorrow.log, types=["export.made"])
    assert (taken.data["what"], taken.data["format"]) == (f"dossier {measure.code}", "zip")
    client.logout()
    client.get(address)
    assert len(record.entries(lismorrow.log, types=["export.made"])) == 1
