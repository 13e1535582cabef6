"""A secret round at home: what is left of it is counted again, whoever lied at the count is named, and no vote has a seat."""

import csv
import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apps.common.errors import Refusal
from apps.consensus import Row
from apps.deliberation import readers
from apps.deliberation.domain.secret import multiset
from apps.deliberation.models import Round
from apps.deliberation.services import close_round
from apps.exchange.domain import recounting
from apps.exchange.domain.archive import unpack
from apps.exchange.domain.verifying import verify_archive
from apps.frameworks.models import Element
from apps.record.readers import advance
from tests.deliberation.test_rounds import ALL_FOR
from tests.exchange.asking import ask
from tests.exchange.stories import dossier_of
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
FLIPS = 60
UNPROVED = "That the votes counted in secret rounds are those people cast"


def secretly_agreed(lismorrow: Lismorrow) -> Element:
    """Agreed in a secret round in which one seat changed its vote."""
    round = lismorrow.open(lismorrow.propose(), secrecy="secret")
    lismorrow.vote(round, ify="against")
    lismorrow.decide(round, **{**ALL_FOR, "pat": "abstain"})
    return Element.objects.get()


def both(packed: bytes, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the Python and the page say of a dossier."""
    path = folder / "dossier.zip"
    path.write_bytes(packed)
    (answer,) = ask([{"do": "verify", "path": str(path)}], folder)
    return verify_archive(packed).to_json(), answer["report"]


def by_a_liar(lismorrow: Lismorrow, round: Round, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """The dossier as a host makes it that does not check what it gives out."""
    with monkeypatch.context() as blind:
        blind.setattr(recounting, "multiset_faults", lambda *_: iter(()))
        return dossier_of(lismorrow, round.id, "round").body


def faults(report: dict[str, Any]) -> list[str]:
    return [fault for check in report["checks"] for fault in check["faults"]]


def test_it_verifies_and_says_what_is_proved_and_what_not(lismorrow: Lismorrow, tmp_path: Path) -> None:
    report, there = both(dossier_of(lismorrow, secretly_agreed(lismorrow).id).body, tmp_path)
    assert faults(report) == faults(there) == []
    said = [sentence for check in report["checks"] for sentence in check["said"]]
    assert any(
        "10 secret ballots of 9 seats, each of the group it counts for, as many votes of each group as seats of it voted"
        in one
        for one in said
    )
    assert said == [sentence for check in there["checks"] for sentence in check["said"]]
    assert any(UNPROVED in one for one in report["unproved"])
    assert report["unproved"] == there["unproved"]


def test_of_other_rounds_nothing_of_the_kind_is_said(lismorrow: Lismorrow) -> None:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **ALL_FOR)
    report = verify_archive(dossier_of(lismorrow, Element.objects.get().id).body)
    assert not any(UNPROVED in one for one in report.unproved)


def test_no_vote_in_it_has_a_seat(lismorrow: Lismorrow) -> None:
    files, _ = unpack(dossier_of(lismorrow, secretly_agreed(lismorrow).id).body)
    assert files["opened.jsonl"] == b""
    (name,) = [name for name in files if name.endswith(".csv") and name.count(".") == 1 and name.startswith("ballots/")]
    rows = list(csv.DictReader(io.StringIO(files[name].decode())))
    assert {(row["group"], row["choice"], row["weight"]) for row in rows} >= {("C", "abstain", "1"), ("A", "for", "2")}
    assert {row["seat"] for row in rows} == {"secret for", "secret abstain"}
    assert sum(int(row["weight"]) for row in rows) == 9


@pytest.mark.parametrize(
    ("lie", "named"),
    [
        (lambda lines: lines[0].update(count=3), "3 secret votes of A on"),
        (lambda lines: lines.pop(), "0 secret votes of U on"),
        (lambda lines: lines.append(lines[0] | {"group": "O"}), "2 secret votes of O on"),
        (lambda lines: lines.reverse(), "not in order"),
    ],
)
def test_a_host_that_writes_down_other_votes_than_seats_have_voted_is_named(
    lismorrow: Lismorrow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lie: Callable[[list[dict[str, Any]]], None],
    named: str,
) -> None:
    def lying(rows: list[Row]) -> list[dict[str, Any]]:
        lines = multiset(rows)
        lie(lines)
        return lines

    monkeypatch.setattr(readers, "multiset", lying)
    round = lismorrow.open(lismorrow.propose(), secrecy="secret")
    lismorrow.vote(round, **ALL_FOR)
    close_round(by=lismorrow.orla, round=round)
    advance("tally", lismorrow.log)
    for report in both(by_a_liar(lismorrow, round, monkeypatch), tmp_path):
        assert any(named in fault for fault in faults(report)), faults(report)


def test_a_host_that_counts_otherwise_than_it_writes_down_is_named(
    lismorrow: Lismorrow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many votes as seats, but not those that gave the result."""
    turned = {"for": "against"}

    def lying(rows: list[Row]) -> list[dict[str, Any]]:
        return multiset(row._replace(choice=turned.get(row.choice, row.choice)) for row in rows)

    monkeypatch.setattr(readers, "multiset", lying)
    round = lismorrow.open(lismorrow.propose(), secrecy="secret")
    lismorrow.vote(round, **ALL_FOR)
    close_round(by=lismorrow.orla, round=round)
    advance("tally", lismorrow.log)
    for report in both(by_a_liar(lismorrow, round, monkeypatch), tmp_path):
        assert any("counted from other ballots" in fault for fault in faults(report)), faults(report)


def test_every_flipped_byte_of_it_is_found_by_both_verifiers(lismorrow: Lismorrow, tmp_path: Path) -> None:
    whole = dossier_of(lismorrow, secretly_agreed(lismorrow).id).body
    chance = random.Random(8)
    questions = []
    for number in range(FLIPS):
        place = chance.randrange(whole.index(b"verify.py"))
        packed = whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :]
        path = tmp_path / f"{number}.zip"
        path.write_bytes(packed)
        assert not _verified(packed), f"byte {place} was flipped unnoticed by Python"
        questions.append({"do": "verify", "path": str(path)})
    assert [answer["verified"] for answer in ask(questions, tmp_path)] == [False] * FLIPS


def _verified(packed: bytes) -> bool:
    try:
        return verify_archive(packed).is_verified
    except Refusal:
        return False
