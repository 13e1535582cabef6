"""Interests are declared before the vote; who leaves it is out of what the group is counted by. A note is corrected in the open."""

from typing import Any
from uuid import uuid4

import pytest

from apps.common.errors import Conflict, NotAllowed
from apps.deliberation.models import Decision, Interest, Round
from apps.deliberation.selectors import corrections, visible_tally
from apps.deliberation.services import (
    Cast,
    cast_one,
    correct_note,
    declare_interest,
    draft_round,
    open_round,
    register_rule,
    rule_on_interest,
)
from apps.partnerships.actors import Actor
from apps.record import selectors as record
from tests.people import MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db
TWO_THIRDS: dict[str, Any] = {
    **MAJORITY_OF_EVERY_GROUP,
    "method": {"kind": "majority", "threshold": {"share": "2/3", "strict": False, "of": "cast"}},
    "groups": {**MAJORITY_OF_EVERY_GROUP["groups"], "composition": {"kind": "pooled"}},
}


def drafted(lismorrow: Lismorrow, document: Any = MAJORITY_OF_EVERY_GROUP) -> Round:
    rule = register_rule(by=lismorrow.orla, framework=lismorrow.framework, title="A rule", document=document)
    return draft_round(
        by=lismorrow.orla, framework=lismorrow.framework, title="R6", rule=rule, proposals=[lismorrow.propose()]
    )


def declared(round: Round, by: Actor) -> Interest:
    return declare_interest(by=by, round=round, item=round.items.get().id, reason="It stands in our contracts.")


def test_who_declares_an_interest_speaks_and_votes_unless_ruled_otherwise(lismorrow: Lismorrow) -> None:
    round = drafted(lismorrow)
    interest = declared(round, lismorrow.colm)
    rule_on_interest(by=lismorrow.orla, interest=interest, leaves=False, reason="Our policy: speaks, does not leave.")
    open_round(by=lismorrow.orla, round=round)
    cast_one(Cast(lismorrow.people["Colm"], round.id, round.items.get().id, "for", uuid4()))
    ruled = record.entries(lismorrow.log, types=["interest.ruled"])[-1]
    assert (ruled.data["leaves"], ruled.because) == (False, interest.seq)
    assert "out" not in record.entries(lismorrow.log, types=["round.opened"])[-1].data


def test_a_group_that_has_left_the_vote_is_out_of_the_count_of_groups(lismorrow: Lismorrow) -> None:
    round = drafted(lismorrow)
    rule_on_interest(
        by=lismorrow.orla, interest=declared(round, lismorrow.colm), leaves=True, reason="Their contracts."
    )
    round = open_round(by=lismorrow.orla, round=round)
    item = round.items.get().id
    opened = record.entries(lismorrow.log, types=["round.opened"])[-1]
    assert opened.data["out"] == {str(item): {"P": 1}}
    with pytest.raises(NotAllowed, match="left the vote"):
        cast_one(Cast(lismorrow.people["Colm"], round.id, item, "for", uuid4()))
    providers = next(part for part in visible_tally(lismorrow.orla, round)[0].turnout if part.group == "P")
    assert (providers.voted, providers.seats) == (0, 0)
    everybody = {name: "for" for name in lismorrow.everybody("for") if name != "colm"}
    lismorrow.decide(round, **everybody)
    decision = Decision.objects.get()
    assert decision.adopted
    result = round.items.get().result
    assert result is not None
    assert "P" not in result["groups"]


def test_one_seat_fewer_changes_what_a_threshold_asks(lismorrow: Lismorrow) -> None:
    """Nine seats: six for, three against are exactly two thirds; with one of the six out they are five of eight."""
    round = drafted(lismorrow, TWO_THIRDS)
    rule_on_interest(by=lismorrow.orla, interest=declared(round, lismorrow.gareth), leaves=True, reason="So.")
    round = open_round(by=lismorrow.orla, round=round)
    votes = {name: "for" for name in lismorrow.everybody("for") if name != "gareth"}
    lismorrow.decide(round, **votes | dict.fromkeys(("samira", "jamie", "ify"), "against"))
    assert Decision.objects.get().adopted is False


def test_interests_are_declared_once_and_before_the_vote(lismorrow: Lismorrow) -> None:
    round = drafted(lismorrow)
    interest = declared(round, lismorrow.colm)
    with pytest.raises(Conflict, match="already"):
        declared(round, lismorrow.colm)
    with pytest.raises(NotAllowed):
        declared(round, lismorrow.tomasz)
    with pytest.raises(NotAllowed):
        rule_on_interest(by=lismorrow.ify, interest=interest, leaves=True, reason="So.")
    open_round(by=lismorrow.orla, round=round)
    with pytest.raises(Conflict, match="before"):
        declared(round, lismorrow.ify)
    with pytest.raises(Conflict, match="before"):
        rule_on_interest(by=lismorrow.orla, interest=interest, leaves=True, reason="So.")


def test_a_note_is_corrected_beside_what_it_says(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose())
    with pytest.raises(Conflict, match="counted"):
        correct_note(by=lismorrow.orla, round=round, words="Lismorow: Lismorrow")
    lismorrow.decide(round, **lismorrow.everybody("for"))
    round.refresh_from_db()
    with pytest.raises(NotAllowed):
        correct_note(by=lismorrow.ify, round=round, words="Lismorow: Lismorrow")
    correct_note(by=lismorrow.orla, round=round, words="Lismorow: Lismorrow")
    assert [one.words.body for one in corrections(round)] == ["Lismorow: Lismorrow"]
    assert record.entries(lismorrow.log)[-1].type == "note.corrected"
