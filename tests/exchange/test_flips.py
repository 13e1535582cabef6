"""Bytes of a dossier flipped by chance, one at a time: each is found, by the Python and by the page, in the same words."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from struct import Struct
from typing import Any

import pytest

from apps.common.errors import Refusal
from apps.exchange.domain.archive import SEAL_SIZE, pack, unpack
from apps.exchange.domain.verifying import verify_archive
from apps.exchange.domain.wording import OTHER_HEADLINE, OTHER_WORDS
from tests.exchange.asking import ask
from tests.exchange.stories import dossier_of, moulded_measure
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
FLIPS = 200
LOCAL, LISTED, END = Struct("<4s5H3L2H"), Struct("<4s6H3L5H2L"), Struct("<4s4H2LH")
PROGRAMS = {"verify.py", "verify.html"}
COMPUTED = {"ballots", "verdict"}

Faults = dict[str, list[str]]


def faults_here(packed: bytes) -> Faults:
    """The faults of each check that fails; a file that cannot be read at all fails before the first."""
    try:
        report = verify_archive(packed)
    except Refusal as refusal:
        return {"unreadable": [refusal.message]}
    return {check.key: check.faults for check in report.checks if check.faults}


def faults_there(archives: Sequence[bytes], folder: Path) -> list[Faults]:
    """The same by the code of verify.html."""
    questions = []
    for number, packed in enumerate(archives):
        path = folder / f"{number}.zip"
        path.write_bytes(packed)
        questions.append({"do": "verify", "path": str(path)})
    return [_faults(answer) for answer in ask(questions, folder)]


def _faults(answer: Mapping[str, Any]) -> Faults:
    if "refused" in answer:
        return {"unreadable": [answer["refused"]]}
    return {check["key"]: check["faults"] for check in answer["report"]["checks"] if check["faults"]}


def held_alike(here: Faults, there: Faults) -> None:
    """Both fail the same checks, in the same words wherever nothing is computed from the entries.

    What is computed from entries that are not as they must be, each names where it stumbles. Where a flip changes a name inside
    an entry, Python finds it once more in the words about counts and verdicts; the page makes no words again and finds it in the
    entry alone.
    """
    assert {key: said for key, said in here.items() if key not in COMPUTED} == {
        key: said for key, said in there.items() if key not in COMPUTED
    }
    in_words = (f"{OTHER_WORDS[1:]}.", f"{OTHER_HEADLINE[1:]}.")
    beyond_words = {key for key, said in here.items() if not all(fault.endswith(in_words) for fault in said)}
    assert beyond_words & COMPUTED == there.keys() & COMPUTED


def flip(whole: bytes, place: int, chance: random.Random) -> bytes:
    return whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :]


def fields(layout: Struct, start: int, variable: int) -> list[int]:
    """The first byte of each field of a header, and of the name behind it."""
    sizes = {"B": 1, "H": 2, "L": 4}
    letters = "".join(letter * int(count or 1) for count, letter in _letters(layout.format))
    places = [start]
    for letter in letters:
        places.append(places[-1] + sizes.get(letter, 4))
    return places if variable else places[:-1]


def _letters(format: str) -> list[tuple[str, str]]:
    found, count = [], ""
    for char in format[1:].replace("4s", "L"):
        if char.isdigit():
            count += char
        else:
            found.append((count, char))
            count = ""
    return found


def structure(whole: bytes) -> list[int]:
    """A place in every field of the ZIP: headers and lines of the first, a middle and the last file, the end, the seal."""
    end = len(whole) - SEAL_SIZE - END.size
    count, place = END.unpack_from(whole, end)[4], END.unpack_from(whole, end)[6]
    found = [*fields(END, end, 0), len(whole) - SEAL_SIZE, len(whole) - 1]
    for number in range(count):
        line = LISTED.unpack_from(whole, place)
        if number in {0, count // 2, count - 1}:
            found += [*fields(LISTED, place, line[10]), *fields(LOCAL, line[16], line[10])]
        place += LISTED.size + line[10]
    return found


def test_every_flipped_byte_is_found_by_both_verifiers_in_the_same_words(lismorrow: Lismorrow, tmp_path: Path) -> None:
    whole = dossier_of(lismorrow, moulded_measure(lismorrow).id).body
    chance = random.Random(6)
    # Half of them anywhere; half in what is not one of the long programs, so that entries and proofs are met too.
    places = [chance.randrange(len(whole)) for _ in range(FLIPS // 2)]
    places += [chance.randrange(min(len(whole), whole.index(b"verify.py"))) for _ in range(FLIPS // 2)]
    places += structure(whole)
    archives = [flip(whole, place, chance) for place in places]
    for place, packed, there in zip(places, archives, faults_there(archives, tmp_path), strict=True):
        here = faults_here(packed)
        assert here, f"byte {place} was flipped unnoticed"
        assert here == there, f"byte {place}"


def test_every_byte_flipped_before_it_was_packed_is_found_by_both(lismorrow: Lismorrow, tmp_path: Path) -> None:
    """As somebody would do it who packs and seals the archive anew."""
    files, _ = unpack(dossier_of(lismorrow, moulded_measure(lismorrow).id).body)
    chance = random.Random(7)
    names = [chance.choice(sorted(files.keys() - PROGRAMS)) for _ in range(FLIPS // 2)]
    archives = [pack(files | {name: flip(files[name], chance.randrange(len(files[name])), chance)}) for name in names]
    for name, packed, there in zip(names, archives, faults_there(archives, tmp_path), strict=True):
        here = faults_here(packed)
        assert here, f"{name} was changed unnoticed"
        held_alike(here, there)


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
