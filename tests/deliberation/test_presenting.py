"""What is told to many: by whitelist, without persons and hidden choices, results in rows that say what the tally says."""

import json
from typing import Any

import pytest

from apps.common.errors import NotFound
from apps.deliberation.models import Round
from apps.deliberation.presenting import audience_of, encode, entries_of, partnership_changes, plain, state_of
from apps.deliberation.presenting.showing import SHOWN
from apps.deliberation.services import cast_one, close_round
from apps.partnerships.actors import Actor, actor_in
from apps.partnerships.models import Visibility
from apps.record import selectors as record
from apps.record.domain.schemas import registered
from tests.deliberation.test_ballots import cast
from tests.once import told_once
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@told_once
def round(lismorrow: Lismorrow) -> Round:
    return lismorrow.open(lismorrow.propose())


def told(lismorrow: Lismorrow, viewer: Actor | None = None) -> dict[str, Any]:
    """Everything that happened, as frames tell it."""
    return plain(entries_of(viewer or lismorrow.ify, 0, record.size(lismorrow.log)))


def state(lismorrow: Lismorrow, round: Round) -> dict[str, Any]:
    return plain(state_of(lismorrow.ify, Round.objects.get(id=round.id)))


def test_what_is_shown_is_declared() -> None:
    declared = {known.name: {**known.required, **known.optional} for known in registered()}
    for type, keys in SHOWN.items():
        assert set(keys) <= declared[type].keys(), type
        assert not {declared[type][key] for key in keys} & {"text", "hash"}, type


def test_nobody_is_named_and_no_words_are_sent(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.decide(round, **lismorrow.everybody("for"))
    sent = json.dumps(told(lismorrow))
    for entry in record.entries(lismorrow.log):
        for id in (entry.by.get("person"), entry.by.get("seat"), entry.data.get("holder")):
            assert id is None or id not in sent
        for value in entry.data.values():
            assert not (isinstance(value, dict) and value.keys() == {"text", "sha256"} and value["text"] in sent)


def test_ballots_are_told_as_turnout_only(lismorrow: Lismorrow, round: Round) -> None:
    receipt = cast_one(cast(lismorrow, round))
    sent = told(lismorrow)
    assert (sent["from"], sent["to"]) == (0, receipt.seq + 1)
    assert not [item for item in sent["items"] if item["type"] == "ballot.cast"]
    (turnout,) = state(lismorrow, round)["turnout"]
    assert {"group": "F", "name": "Frontline staff", "took_part": 1, "entitled": 1} in turnout["groups"]


def test_who_acted_is_told_by_group(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.decide(round, **lismorrow.everybody("for"))
    who = {item["type"]: item["who"] for item in told(lismorrow)["items"]}
    assert who["proposal.submitted"] == "Agency"
    assert who["round.opened"] == ""
    assert who["round.tallied"] == "tally"


def test_results_of_a_private_round_come_after_the_count(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.vote(round, **lismorrow.everybody("for") | {"ify": "against"})
    assert state(lismorrow, round)["results"] == []
    close_round(by=lismorrow.orla, round=round)
    assert state(lismorrow, round)["results"] == []
    lismorrow.settle()
    (result,) = state(lismorrow, round)["results"]
    assert (result["outcome"], result["state_words"]) == ("not_agreed", "Not agreed")
    rows = {row["name"]: row for row in result["rows"]}
    assert rows["Frontline staff"]["state_words"] == "does not agree"
    assert {choice["label"]: choice["count"] for choice in rows["Everybody together"]["choices"]} == {
        "for": 8,
        "against": 1,
    }
    assert rows["Everybody together"]["overall"] is True


def test_results_of_an_open_round_are_told_as_they_stand(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(), secrecy="open")
    lismorrow.vote(round, ify="for")
    (result,) = state(lismorrow, round)["results"]
    assert result["state_words"].endswith(", as it stands")


def test_the_agenda_has_another_name_when_the_questions_change(lismorrow: Lismorrow) -> None:
    first, second = lismorrow.propose(), lismorrow.propose(code="M5")
    rounds = [lismorrow.open(proposal) for proposal in (first, second)]
    names = [state(lismorrow, round)["round"]["agenda"] for round in rounds]
    assert names[0] != names[1]
    assert names[0] == state(lismorrow, rounds[0])["round"]["agenda"]


def test_what_is_not_known_is_left_out(lismorrow: Lismorrow, round: Round) -> None:
    sent = state(lismorrow, round)
    assert sent.keys() == {"t", "at", "round", "turnout", "results", "floor", "ready"}
    assert sent["round"]["closes"] is None
    entries, end = partnership_changes(lismorrow.ify, 0)
    assert plain(end) == {"t": "state", "at": record.size(lismorrow.log)}
    assert encode(entries).startswith('{"t":"entries","from":0,')


def test_a_foreign_record_is_not_read(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.partnership.visibility = Visibility.MEMBERS
    lismorrow.partnership.save()
    stan = actor_in(lismorrow.partnership, lismorrow.people["Stan"])
    with pytest.raises(NotFound):
        told(lismorrow, stan)
    with pytest.raises(NotFound):
        state_of(stan, round)


def test_audiences(lismorrow: Lismorrow) -> None:
    people = [lismorrow.orla, lismorrow.tomasz, lismorrow.ify, lismorrow.stan]
    assert [audience_of(actor) for actor in people] == ["facilitator", "auditor", "member", "public"]
