"""Feedback, reasons and movement by API: the same for everybody, whatever they are in the partnership."""

from collections.abc import Mapping
from typing import Any

import pytest

from apps.deliberation.models import Round
from tests.api.caller import Caller
from tests.deliberation.test_agreement import RATING
from tests.deliberation.test_feedback import ALL
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
READERS = ("ify", "ruth", "samira", "orla", "tomasz", "stan", "nobody")


@pytest.fixture
def first(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> Round:
    """A private rating with a reason by Ify, counted."""
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.vote(round, **ALL)
    given = cast["ify"]("give_reason", round=round.id, item=str(round.items.get().id), words="Too often.")
    assert given.body == {"words": "Too often."}
    own = cast["ify"]("list_own_ballots", round=round.id)["items"]
    assert [(one["choice"], one["reason"]) for one in own] == [("7", "Too often.")]
    lismorrow.decide(round)
    return round


def test_from_a_blind_rating_to_the_movement_after_the_second(
    lismorrow: Lismorrow, cast: Mapping[str, Caller], first: Round
) -> None:
    again = cast["orla"]("reopen_round", {"open": True}, round=first.id)
    assert (again.status, again["state"], again["follows"]) == (201, "open", str(first.id))
    seen = {name: _shared(cast[name], "read_feedback", again["id"]) for name in READERS}
    assert all(one == seen["ify"] for one in seen.values())
    (line,) = seen["ify"]["items"]
    assert [(one["groups"], one["opinions"], one["median"]) for one in line["spreads"]] == [
        (["A", "P", "F", "T", "C", "U"], 9, "7")
    ]
    assert line["reasons"] == [{"groups": ["A", "P", "F", "T", "C", "U"], "words": "Too often."}]
    assert _shared(cast["ruth"], "read_movement", again["id"])["items"] == []
    second = Round.objects.get(id=again["id"])
    lismorrow.decide(second, **({name: "8" for name in ALL if name != "pat"}))
    moved = {name: _shared(cast[name], "read_movement", again["id"]) for name in READERS}
    assert all(one == moved["ify"] for one in moved.values())
    (told,) = moved["ify"]["items"][0]["moves"]
    assert told == {
        "groups": ["A", "P", "F", "T", "C", "U"], "again": 8, "left": 1, "joined": 0,
        "compared": 8, "up": 4, "down": 1, "changed": 5, "same": 3,
    }  # fmt: skip
    assert moved["ify"]["items"][0]["matched"] == 8


def test_own_answers_are_ones_own(lismorrow: Lismorrow, cast: Mapping[str, Caller], first: Round) -> None:
    again = cast["orla"]("reopen_round", {}, round=first.id)
    assert again["state"] == "draft"
    own = {name: cast[name]("read_feedback", round=again["id"])["items"][0]["own"] for name in READERS}
    assert own == {**dict.fromkeys(READERS, ""), "ify": "7", "ruth": "4", "samira": "2"}


def test_before_the_count_there_is_nothing_and_a_changed_mind_leaves_no_words(
    lismorrow: Lismorrow, cast: Mapping[str, Caller]
) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.vote(round, **ALL)
    item = str(round.items.get().id)
    for words in ("First.", "Second.", ""):
        assert cast["ify"]("give_reason", round=round.id, item=item, words=words)["words"] == words
    for name in READERS:
        said = cast[name]("read_feedback", round=round.id).body
        assert said == {"follows": None, "floor": 5, "items": []}
        assert "First." not in str(
            cast[name]("list_entries", partnership=lismorrow.partnership.id, query="?limit=100").body
        )


def _shared(caller: Caller, name: str, round: str) -> Any:
    """What is said to everybody: without one's own answer."""
    said = caller(name, round=round)
    assert said.status == 200
    for item in said["items"]:
        item.pop("own", None)
    return said.body
