"""Two hundred bytes of a dossier flipped by chance, one at a time: each is found, by the Python and by the page alike.

Where a flip changes a name inside an entry, Python finds it once more in the sentences of counts and verdicts; the page makes
no sentences again and finds it in the entry alone.
"""

import random
from pathlib import Path

import pytest

from apps.common.errors import Refusal
from apps.exchange.domain.verifying import verify_archive
from tests.exchange.asking import ask
from tests.exchange.stories import dossier_of, moulded_measure
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
FLIPS = 200
WITH_SENTENCES = {"ballots", "verdict"}


def failed(packed: bytes) -> list[str]:
    """The checks that fail; a file that cannot be read at all fails before the first."""
    try:
        return verify_archive(packed).failed
    except Refusal:
        return ["unreadable"]


def failed_there(answer: dict[str, object]) -> list[str]:
    if "refused" in answer:
        return ["unreadable"]
    report = answer["report"]
    assert isinstance(report, dict)
    return [check["key"] for check in report["checks"] if check["faults"]]


def test_every_flipped_byte_is_found_by_both_verifiers(lismorrow: Lismorrow, tmp_path: Path) -> None:
    whole = dossier_of(lismorrow, moulded_measure(lismorrow).id).body
    chance = random.Random(6)
    # Half of them anywhere; half in what is not one of the long programs, so that entries and proofs are met too.
    places = [chance.randrange(len(whole)) for _ in range(FLIPS // 2)]
    places += [chance.randrange(min(len(whole), whole.index(b"verify.py"))) for _ in range(FLIPS // 2)]
    flipped = []
    for place in places:
        other = whole[place] ^ 1 << chance.randrange(8)
        flipped.append(whole[:place] + bytes([other]) + whole[place + 1 :])
    questions = []
    for number, packed in enumerate(flipped):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(packed)
        questions.append({"do": "verify", "path": str(path)})
    answers = ask(questions, tmp_path)
    for place, packed, answer in zip(places, flipped, answers, strict=True):
        here, there = failed(packed), failed_there(answer)
        assert here, f"byte {place} was flipped unnoticed by Python"
        assert there, f"byte {place} was flipped unnoticed by the page"
        if "archive" in here and "archive" in there:
            continue  # both say that the ZIP itself is damaged; how much of a damaged file still unpacks is the unpacker's affair
        apart = set(here) ^ set(there)
        assert apart <= WITH_SENTENCES & set(here), f"byte {place}: the page finds {there}, Python {here}"


def test_the_same_whole_dossier_gives_the_same_report(lismorrow: Lismorrow, tmp_path: Path) -> None:
    packed = dossier_of(lismorrow, moulded_measure(lismorrow).id).body
    path = tmp_path / "whole.zip"
    path.write_bytes(packed)
    (answer,) = ask([{"do": "verify", "path": str(path)}], tmp_path)
    report = verify_archive(packed)
    assert answer["verified"]
    assert answer["report"]["subject"] == report.subject
    assert [(c["key"], c["said"]) for c in answer["report"]["checks"]] == [(c.key, c.said) for c in report.checks]
    assert answer["report"]["unproved"] == list(report.unproved)
