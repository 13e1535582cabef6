"""A small story played inside the process against a real database, to its verdict."""

import itertools
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import pytest

from apps.accounts.models import ApiToken, Person
from apps.common.errors import Invalid, Refusal
from apps.deliberation.models import Ballot
from apps.partnerships.models import Holding, Partnership
from apps.partnerships.selectors import partnerships_for
from apps.record import selectors as record
from apps.record.models import Log
from apps.record.verify import verify_log
from negotiator.rehearsal import table, verification
from negotiator.rehearsal.api import Answer, Api
from negotiator.rehearsal.player import Player
from negotiator.rehearsal.scenario import parse_scenario
from negotiator.rehearsal.transports import Inside
from tests.rehearsal.story import last_of, story, with_step

pytestmark = pytest.mark.django_db


def player_of(told: dict[str, Any], **more: Any) -> Player:
    founder = Person.objects.create_user(name="Orla")
    return Player(parse_scenario(told), Api(Inside()), ApiToken.make(founder, "test"), **more)


def played(told: dict[str, Any], **more: Any) -> Player:
    player = player_of(told, **more)
    player.play()
    return player


def log_of(player: Player) -> UUID:
    return UUID(player.known["partnership"]["log"])


def test_a_story_is_played_to_its_verdict() -> None:
    player = played(story())
    (row,) = table.rows(player)
    assert (row.measure, row.decision, row.label) == ("S", "agreed", "negotiated, emergent")
    assert (row.ni, row.pe) == ("0.8875", "1.0000")
    assert row.why.startswith("Agreed by all 3 groups in February 2024.")
    assert list(table.differences(player, [row])) == []


def test_every_count_becomes_a_ballot_of_its_own_seat() -> None:
    played(story())
    found = sorted((ballot.seat.label, ballot.choice) for ballot in Ballot.objects.select_related("seat"))
    assert found == [("A1", "for"), ("A2", "for"), ("F1", "for"), ("F2", "abstain"), ("U1", "for")]


def test_each_seat_has_a_holder_and_a_link_is_really_used() -> None:
    player = played(story())
    assert Holding.objects.filter(partnership=player.known["partnership"]["id"]).count() == 6
    told = {entry.data["label"]: entry.data["how"] for entry in record.entries(log_of(player), types=["seat.assigned"])}
    assert told == {
        "A1": "assigned",
        "A2": "assigned",
        "F1": "assigned",
        "F2": "assigned",
        "U1": "invited",
        "U2": "assigned",
    }


def test_acts_carry_the_days_of_the_story_in_order() -> None:
    player = played(story())
    entries = record.entries(log_of(player))
    assert entries[0].at == "2024-01-01T09:00:00.000000Z"
    assert all(before.at <= after.at for before, after in itertools.pairwise(entries))
    decided = next(entry for entry in entries if entry.type == "decision.made")
    assert decided.at.startswith("2024-02-01T09:")
    assert Partnership.objects.get().story_day == datetime(2024, 2, 1, tzinfo=UTC).date()


def test_what_is_refused_as_expected_is_recorded_and_the_record_is_whole() -> None:
    player = played(story())
    refused = [entry.data["code"] for entry in record.entries(log_of(player), types=["act.refused"])]
    assert refused == ["mandate.scope"]
    log = Log.objects.get(id=log_of(player))
    assert list(verify_log(log)) == []
    assert verification.verify(player) == log.size


def test_a_client_notices_an_entry_that_the_checkpoint_was_not_signed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    player = played(story())
    honest = player.ask

    def forged(who: str, do: str, arguments: Any, expect: Any = None) -> Any:
        answer = honest(who, do, arguments, expect)
        if do == "list_entries":
            answer["items"][3]["data"] = {**answer["items"][3]["data"], "name": "Forged"}
        return answer

    monkeypatch.setattr(player, "ask", forged)
    with pytest.raises(Refusal) as noticed:
        verification.verify(player)
    assert noticed.value.code == "record.not_verified"


def test_the_same_story_can_be_played_again() -> None:
    first, second = played(story()), played(story())
    assert first.known["partnership"]["id"] != second.known["partnership"]["id"]
    assert table.rows(first) == table.rows(second)


def test_a_story_that_is_still_being_told_is_not_shown() -> None:
    player = played(story())
    assert Log.objects.get(id=log_of(player)).paused
    assert list(partnerships_for(None)) == []


def test_an_answer_that_is_not_as_expected_names_step_and_person() -> None:
    told = story()
    last_of(told, "read_round")["expect"]["items.0.tally.result.outcome"] = "not_agreed"
    with pytest.raises(Invalid) as wrong:
        played(told)
    assert wrong.value.code == "rehearsal.unexpected"
    assert wrong.value.message == (
        "step 12: gareth read_round: 'items.0.tally.result.outcome' is 'agreed' instead of 'not_agreed'."
    )


def test_a_refusal_nobody_expects_is_told_in_the_servers_words() -> None:
    told = story()
    del last_of(told, "impose")["expect"]
    with pytest.raises(Invalid, match="step 13: helen impose: status 403, Mandate MD does not reach how often"):
        played(told)


def test_a_refused_vote_is_told() -> None:
    told = story()
    last_of(told, "vote")["with"]["A"] = {"maybe": 1}
    with pytest.raises(Invalid, match="step 10: orla vote: "):
        played(told)


def test_nothing_is_founded_for_a_story_that_cannot_be_told() -> None:
    with pytest.raises(Invalid, match="step 14: the API has no operation 'sing'"):
        played(with_step({"by": "orla", "do": "sing"}, at=13))
    assert not Partnership.objects.exists()


def test_somebody_without_seat_role_or_mandate_cannot_act_yet() -> None:
    with pytest.raises(Invalid) as wrong:
        played(with_step({"by": "helen", "do": "me"}))
    assert wrong.value.code == "rehearsal.no_token"


def test_a_seat_changes_its_holder_and_the_new_one_votes() -> None:
    told = story()
    told["partnership"]["cast"].append({"key": "nuala", "name": "Nuala"})
    partnership, seat = "$partnership.id", "$U.seats.0.id"
    told["steps"][7:7] = [
        {"by": "orla", "do": "vacate_seat", "with": {"partnership": partnership, "seat": seat}},
        {"by": "orla", "do": "assign_seat", "with": {"partnership": partnership, "seat": seat, "holder": "nuala"}},
    ]
    player = played(told)
    assert player.known["seated"]["U"] == ["nuala", "u2"]
    ballot = Ballot.objects.get(seat__label="U1")
    assert ballot.choice == "for"
    assert Holding.objects.get(seat__label="U1", until=None).person.name == "Nuala"


def test_steps_that_happen_together_all_happen_and_each_keeps_its_answer() -> None:
    together = [{"by": who, "do": "me", "as": f"{who}_is"} for who in ("gareth", "ify", "tomasz")]
    player = played(with_step({"parallel": together}))
    names = [player.known[f"{who}_is"]["name"] for who in ("gareth", "ify", "tomasz")]
    assert names == ["Gareth", "Ify", "Tomasz"]
    assert player.known["tomasz_is"]["partnerships"][0]["roles"] == ["auditor"]


def test_what_is_worth_telling_is_told() -> None:
    lines: list[str] = []
    played(story(), tell=lines.append)
    assert lines == ["An offer is made and taken."]


def test_a_verdict_that_differs_from_the_expected_one_is_shown() -> None:
    player = played(story(table=[{"measure": "$sleep.element", "label": "imposed, planned", "ni": "0.8875"}]))
    assert list(table.differences(player, table.rows(player))) == [
        "S: label is negotiated, emergent instead of imposed, planned"
    ]


def test_a_measure_that_was_never_decided_has_no_verdict() -> None:
    told = story()
    told["steps"] = told["steps"][:6]
    (row,) = table.rows(played(told))
    assert (row.decision, row.label) == ("none", "no verdict")
    printed = list(table.lines([row]))
    assert printed[0].split() == ["measure", "decision", "NI", "PE", "verdict", "why"]


class Stuck:
    """A server over the network whose workers are not there."""

    class transport:
        url = "http://server"

    operations: dict[str, Any] = {}

    def call(self, id: str, arguments: Any, token: str = "") -> Answer:
        return Answer(200, {"behind": True, "state": "closed"})


def test_without_a_worker_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("negotiator.rehearsal.player.PATIENCE", 0.1)
    player = Player(parse_scenario(story()), cast(Api, Stuck()), "token", known={"partnership": {"id": "p"}})
    with pytest.raises(Refusal, match="is a worker running"):
        player.settle()


def test_what_is_read_is_waited_for_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("negotiator.rehearsal.player.PATIENCE", 0.1)
    player = Player(parse_scenario(story()), cast(Api, Stuck()), "token")
    with pytest.raises(Invalid, match="'state' is 'closed' instead of 'tallied'"):
        player.ask("", "read_round", {"round": "r"}, {"state": "tallied"})
