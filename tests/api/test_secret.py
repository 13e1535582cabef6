"""A secret round by programs: what can be asked, what is answered, and what nobody is told."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from apps.deliberation.models import Ballot
from apps.deliberation.services import close_round
from tests.api.caller import Caller
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def drafted(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> dict[str, Any]:
    """An open secret round, as `read_round` shows it."""
    asked = {
        "title": "R",
        "rule": str(lismorrow.rule().id),
        "proposals": [str(lismorrow.propose().id)],
        "secrecy": "secret",
    }
    made = cast["orla"]("draft_round", asked, framework=lismorrow.framework.id)
    assert (made.status, made.body["secrecy"]) == (201, "secret")
    return dict(cast["orla"]("open_round", round=made.body["id"]).body)


def test_a_vote_is_sealed_and_only_its_voter_reads_it(
    lismorrow: Lismorrow, cast: Mapping[str, Caller], drafted: dict[str, Any]
) -> None:
    ify, item = cast["ify"], drafted["items"][0]["id"]
    said = ify("cast_ballot", round=drafted["id"], item=item, choice="against", key=str(uuid4()))
    assert (said.status, said["receipt"]["choice"], said["receipt"]["salt"]) == (201, "", "")
    assert [own["choice"] for own in ify("list_own_ballots", round=drafted["id"])["items"]] == ["against"]
    assert Ballot.objects.get().choice == ""
    for reader in (cast["orla"], cast["nobody"], cast["tomasz"]):
        (shown,) = reader("read_round", round=drafted["id"])["items"]
        assert {part["voted"] for part in shown["tally"]["turnout"]} == {None}
        assert shown["tally"]["result"] is None
        found = reader("list_entries", query="?type=ballot.cast", partnership=lismorrow.partnership.id)
        assert found["items"] == []
        assert reader("read_entry", partnership=lismorrow.partnership.id, seq=said["receipt"]["seq"]).status == 404
        frames = reader("read_round_changes", query="?from=0", round=drafted["id"])["frames"]
        assert {part["took_part"] for one in frames[-1]["turnout"] for part in one["groups"]} == {None}


def test_once_counted_the_number_is_told_and_the_choice_is_gone(
    lismorrow: Lismorrow, cast: Mapping[str, Caller], drafted: dict[str, Any]
) -> None:
    ify, item = cast["ify"], drafted["items"][0]["id"]
    ify("cast_ballot", round=drafted["id"], item=item, choice="against", key=str(uuid4()))
    close_round(by=lismorrow.orla, round=lismorrow.framework.rounds.get())
    lismorrow.settle()
    (shown,) = cast["nobody"]("read_round", round=drafted["id"])["items"]
    assert {part["group"]: part["voted"] for part in shown["tally"]["turnout"]}["F"] == 1
    assert [own["choice"] for own in ify("list_own_ballots", round=drafted["id"])["items"]] == [""]
    (entry,) = cast["nobody"]("list_entries", query="?type=round.tallied", partnership=lismorrow.partnership.id)[
        "items"
    ]
    assert [(line["group"], line["choice"], line["count"]) for line in entry["data"]["multiset"]] == [
        ("F", "against", 1)
    ]
