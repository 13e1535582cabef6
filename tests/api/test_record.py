"""Proofs and changes over the API, checked with nothing but the published formats."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from apps.api.problems import problem_of
from apps.record.checkpoints import publish
from apps.record.domain.checkpoint import verify_checkpoint
from apps.record.domain.note import Verifier
from apps.record.domain.tree import verify_consistency, verify_inclusion
from tests.api.caller import Caller
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def _path(lismorrow: Lismorrow) -> dict[str, Any]:
    return {"partnership": lismorrow.partnership.id}


def test_two_checkpoints_and_the_proof_between_them(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    nobody, path = cast["nobody"], _path(lismorrow)
    assert nobody("read_checkpoint", **path).code == "checkpoint.none"
    publish(lismorrow.log)
    old = nobody("read_checkpoint", **path).body
    lismorrow.propose()
    publish(lismorrow.log)
    new = nobody("read_checkpoint", **path).body
    key = Verifier.parse(new["key"])
    roots = [verify_checkpoint(each["note"], each["origin"], [key]).checkpoint.root for each in (old, new)]
    assert [root.hex() for root in roots] == [old["root"], new["root"]]
    proof = nobody("read_consistency_proof", query=f"?from={old['size']}&to={new['size']}", **path).body
    hashes = [bytes.fromhex(value) for value in proof["hashes"]]
    assert verify_consistency(old["size"], roots[0], new["size"], roots[1], hashes)
    assert not verify_consistency(old["size"], roots[1], new["size"], roots[1], hashes)


def test_an_entry_in_an_earlier_record(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    nobody, path = cast["nobody"], _path(lismorrow)
    published = publish(lismorrow.log)
    lismorrow.propose()
    proof = nobody("read_inclusion_proof", query=f"?size={published.size}", seq=4, **path).body
    hashes = [bytes.fromhex(value) for value in proof["hashes"]]
    assert verify_inclusion(bytes.fromhex(proof["leaf_hash"]), 4, published.size, hashes, bytes(published.root))
    assert (proof["checkpoint"], proof["file"]) == ("", "")


def test_changes_are_frames_from_the_cursor_on(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    path = _path(lismorrow)
    size = cast["nobody"]("read_record", **path)["size"]
    lismorrow.propose()
    entries, state = cast["nobody"]("read_changes", query=f"?from={size}", **path)["frames"]
    assert (entries["t"], entries["from"], entries["to"]) == ("entries", size, size + 1)
    assert [(item["type"], item["who"]) for item in entries["items"]] == [("proposal.submitted", "Agency")]
    assert (state["t"], state["at"]) == ("state", size + 1)
    (only,) = cast["nobody"]("read_changes", query=f"?from={size + 1}", **path)["frames"]
    assert only["t"] == "state"


def test_changes_of_a_round_tell_turnout_and_never_ballots(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    round = lismorrow.open(lismorrow.propose())
    size = cast["nobody"]("read_record", partnership=lismorrow.partnership.id)["size"]
    lismorrow.vote(round, ify="for")
    entries, state = cast["nobody"]("read_round_changes", round=round.id, query=f"?from={size}")["frames"]
    assert (entries["items"], entries["to"]) == ([], size + 1)
    turnout = {group["group"]: group["took_part"] for group in state["turnout"][0]["groups"]}
    assert (turnout["F"], turnout["A"]) == (1, 0)
    assert (state["round"]["status"], state["results"]) == ("open", [])


def test_no_entry_of_a_private_round_tells_a_choice_before_it_is_counted(
    lismorrow: Lismorrow, cast: Mapping[str, Caller]
) -> None:
    round = lismorrow.open(lismorrow.propose())
    lismorrow.vote(round, ify="against")
    for person in ("orla", "tomasz", "gareth", "nobody"):
        page = cast[person]("list_entries", partnership=lismorrow.partnership.id, query="?type=ballot.cast").body
        (entry,) = page["items"]
        assert entry["data"].keys() == {"item", "group", "version", "commitment"}
        tally = cast[person]("read_round", round=round.id)["items"][0]["tally"]
        assert tally["result"] is None
        assert "private until" in tally["why"]


def test_the_record_cannot_be_changed_and_the_api_says_so(lismorrow: Lismorrow) -> None:
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE record_entry SET type = 'x' WHERE log_id = %s", [lismorrow.log])
    problem = problem_of(caught.value)
    assert (problem.status, problem.code) == (409, "record.append_only")


def test_entries_by_the_seats_of_one_group(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    made = lismorrow.propose(by=lismorrow.ify, code="M7")
    lismorrow.propose(code="M8")

    def told(query: str) -> list[str]:
        found = cast["nobody"]("list_entries", partnership=lismorrow.partnership.id, query=query)["items"]
        return [entry["on"]["proposal"] for entry in found if entry["type"] == "proposal.submitted"]

    assert told("?group=F") == [str(made.id)]
    assert told("?group=nobody") == []
