"""Files to take away: reasons without seat or name, the same for a manager as for a member, and nothing before the count."""

import json

import pytest

from apps.deliberation.models import Round
from apps.exchange.domain.archive import unpack
from apps.exchange.domain.verifying import verify_archive
from apps.exchange.dossiers.building import build
from apps.exchange.dossiers.subjects import subject_of
from tests.deliberation.test_agreement import RATING
from tests.deliberation.test_reasons import WHY, count, told
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def file_of(lismorrow: Lismorrow, name: str, round: Round) -> bytes:
    return build(subject_of(lismorrow.people[name], "round", round.id)).body


def test_a_manager_takes_away_what_a_member_takes(lismorrow: Lismorrow) -> None:
    round = count(lismorrow, told(lismorrow, lismorrow.open(lismorrow.propose(), rule=RATING)))
    member, manager = (file_of(lismorrow, name, round) for name in ("Ify", "Ruth"))
    assert verify_archive(manager).is_verified
    (mine, _), (theirs, _) = unpack(member), unpack(manager)
    for name in ("entries.jsonl", "texts.jsonl", "opened.jsonl", "timeline.csv"):
        assert mine[name] == theirs[name], name
    texts = {text["text"]: text["body"] for text in map(json.loads, theirs["texts.jsonl"].decode().splitlines())}
    assert set(WHY.values()) <= set(texts.values())
    reasons = [
        entry
        for entry in map(json.loads, theirs["entries.jsonl"].decode().splitlines())
        if entry["type"] == "reason.recorded"
    ]
    assert len(reasons) == 3
    assert all(entry["by"] == {"system": "tally"} for entry in reasons)
    assert {texts[entry["data"]["words"]["text"]] for entry in reasons} == set(WHY.values())


def test_before_the_count_no_file_holds_any(lismorrow: Lismorrow) -> None:
    round = told(lismorrow, lismorrow.open(lismorrow.propose(), rule=RATING))
    for name in ("Ruth", "Orla", "Tomasz"):
        files, _ = unpack(file_of(lismorrow, name, round))
        held = b"".join(files.values()).decode(errors="replace")
        assert not any(words in held for words in WHY.values())
