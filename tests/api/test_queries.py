"""Twice as much to show does not ask the database more often, and every list is bounded."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.deliberation.services import draft_round
from apps.frameworks.services import create_framework, publish_edition, seal_plan
from apps.partnerships.services import found_partnership, record_mandate
from apps.proposals.services import offer_change, raise_objection, revise_proposal
from tests.api.caller import OPERATIONS, Caller
from tests.api.world import FAR, requests, world_of
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db
LISTS = sorted(name for name in OPERATIONS if name.startswith(("list_", "read_")) or name == "me")
READERS = {
    "list_drafts": "gareth",
    "list_host_entries": "tomasz",
    "read_erasure": "tomasz",
}  # what the convenor does not see


def _more(lismorrow: Lismorrow, number: int) -> None:
    """One more of everything that is listed."""
    adopted = lismorrow.propose(code=f"X{number}")
    round = lismorrow.open(adopted, lismorrow.propose(code=f"W{number}"))
    lismorrow.decide(round, **{name: "for" for name in lismorrow.everybody("for") if name != "pat"})
    proposal = lismorrow.propose(code=f"Y{number}", offers_until=FAR)
    for _ in range(2):
        offer_change(by=lismorrow.ruth, proposal=proposal, patch={"unit": f"u{number}"}, reason="So.")
        raise_objection(by=lismorrow.ify, proposal=proposal, reason="So.")
        create_framework(by=lismorrow.orla, title="Another", starts_on=FAR)
        found_partnership(by=lismorrow.people["Orla"], name=f"P{number}")
    publish_edition(by=lismorrow.orla, framework=lismorrow.framework)
    record_mandate(
        by=lismorrow.orla,
        code=f"MX{number}",
        name="Somebody",
        authority="A",
        basis_kind="duty",
        basis="B",
        parts=["target"],
        valid_from=FAR,
    )


def test_twice_as_much_takes_no_more_queries(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    world = world_of(lismorrow)
    seal_plan(by=lismorrow.orla, framework=lismorrow.framework)
    for number in range(3):
        _more(lismorrow, number)
    asked = {
        name: _asking(cast[READERS.get(name, "orla")], name, *requests(world)[name])
        for name in LISTS
        if name != "read_checkpoint"
    }
    once = {name: _counted(ask) for name, ask in asked.items()}
    for number in range(3, 6):
        _more(lismorrow, number)
    twice = {name: _counted(ask) for name, ask in asked.items()}
    grows = {"read_inclusion_proof", "read_consistency_proof"}  # one query per level of the tree
    assert {name: twice[name] for name in once if twice[name] > once[name] and name not in grows} == {}
    assert max(twice[name] for name in once if name not in grows) <= 25
    assert max(twice[name] for name in grows) <= 40


def _asking(caller: Caller, name: str, path: dict[str, Any], body: dict[str, Any], query: str) -> Callable[[], Any]:
    return lambda: caller(name, body, query=query, **path)


def _counted(ask: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        said = ask()
    assert said.status == 200, said.body
    return len(queries)


def test_casting_many_ballots_asks_no_more_often_per_ballot(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    round = lismorrow.open(*(lismorrow.propose(code=f"M{n}") for n in range(20)))
    items = [str(id) for id in round.items.values_list("id", flat=True)]

    def vote(count: int) -> int:
        ballots = [{"item": item, "choice": "for", "key": str(uuid4())} for item in items[:count]]
        with CaptureQueriesContext(connection) as queries:
            said = cast["ify"]("cast_ballots", round=round.id, ballots=ballots)
        assert all(answer["receipt"] for answer in said["answers"])
        return len(queries)

    assert vote(20) - vote(2) < 18  # fewer than one more per ballot


def test_lists_go_on_where_the_last_piece_ended(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    made = [str(lismorrow.propose(code=f"M{n}").id) for n in range(5)]
    seen, query = [], "?limit=2"
    while True:
        piece = cast["nobody"]("list_proposals", framework=lismorrow.framework.id, query=query)
        assert len(piece["items"]) <= 2
        seen += [item["id"] for item in piece["items"]]
        if piece["next"] is None:
            break
        lismorrow.propose(code=f"N{len(seen)}")  # newer ones do not push anything off the next piece
        query = f"?limit=2&after={piece['next']}"
    assert seen == made[::-1]


def test_entries_go_on_by_number(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    seen, start = [], 0
    while start is not None:
        piece = cast["nobody"]("list_entries", partnership=lismorrow.partnership.id, query=f"?limit=7&from={start}")
        seen += [item["seq"] for item in piece["items"]]
        start = piece["next"]
    assert seen == list(range(piece["size"]))


def test_every_list_is_bounded(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    world = world_of(lismorrow)
    for name in LISTS:
        path, body, _ = requests(world)[name]
        if name.startswith("list_"):
            said = cast[READERS.get(name, "orla")](name, body, query="?limit=1", **path)
            assert said.body.keys() >= {"items", "next"}, (name, said.body)
            assert len(cast[READERS.get(name, "orla")](name, body, query="?limit=1", **path)["items"]) <= 1


def test_a_draft_is_read_as_cheaply(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    proposals = [lismorrow.propose(code=f"M{n}") for n in range(8)]
    rule = lismorrow.rule()
    few, many = (
        draft_round(by=lismorrow.orla, framework=lismorrow.framework, title="R", rule=rule, proposals=proposals[:n])
        for n in (2, 8)
    )
    for proposal in proposals:
        revise_proposal(by=lismorrow.gareth, proposal=proposal, patch=LONELINESS, rationale="So.", on_number=1)
    counts = [_counted(_asking(cast["orla"], "read_round", {"round": each.id}, {}, "")) for each in (few, many)]
    assert counts[0] == counts[1]


def test_reviews_go_on_behind_the_last_one_seen(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    for number in range(3):
        record_mandate(
            by=lismorrow.orla,
            code=f"MD{number}",
            name="Somebody",
            authority="A",
            basis_kind="duty",
            basis="B",
            parts=["target"],
            valid_from=FAR,
            review_on=FAR.replace(year=FAR.year + number),
        )
    ask, seen, query = cast["nobody"], [], "?limit=2"
    while query:
        said = ask("list_reviews", partnership=lismorrow.partnership.id, query=query)
        seen.append([item["code"] for item in said["items"]])
        query = f"?limit=2&after={said['next']}" if said["next"] else ""
    assert seen == [["MD0", "MD1"], ["MD2"]]
    assert ask("list_reviews", partnership=lismorrow.partnership.id, query="?after=x").code == "cursor.malformed"
