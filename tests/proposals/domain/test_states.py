"""Where proposals and offers can go: the whole table, and a reason for every refusal."""

from itertools import product

import pytest

from apps.common.errors import Conflict
from apps.proposals.domain.states import ANSWERS, OFFER_MOVES, PROPOSAL_MOVES, move_offer, move_proposal, require_tabled

ALLOWED_PROPOSAL = {
    ("tabled", "tabled"),
    ("tabled", "in_round"),
    ("tabled", "withdrawn"),
    ("tabled", "decided"),
    ("in_round", "tabled"),
    ("in_round", "decided"),
}
ALLOWED_OFFER = {
    ("offered", "accepted"),
    ("offered", "modified"),
    ("offered", "declined"),
    ("offered", "withdrawn"),
    ("offered", "replaced"),
    ("offered", "lapsed"),
    ("declined", "put_to_vote"),
}


@pytest.mark.parametrize(("state", "to"), [*product(PROPOSAL_MOVES, repeat=2)])
def test_a_proposal_moves_only_where_it_may(state: str, to: str) -> None:
    if (state, to) in ALLOWED_PROPOSAL:
        assert move_proposal(state, to) == to
        return
    with pytest.raises(Conflict) as refused:
        move_proposal(state, to)
    assert refused.value.code == f"proposal.{state}"
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(("state", "to"), [*product(OFFER_MOVES, repeat=2)])
def test_an_offer_moves_only_where_it_may(state: str, to: str) -> None:
    if (state, to) in ALLOWED_OFFER:
        assert move_offer(state, to) == to
        return
    with pytest.raises(Conflict) as refused:
        move_offer(state, to)
    assert refused.value.code == f"offer.{state}"
    assert refused.value.message.endswith(".")


def test_nothing_moves_to_a_state_that_does_not_exist() -> None:
    with pytest.raises(Conflict):
        move_proposal("tabled", "forgotten")
    with pytest.raises(Conflict):
        move_offer("offered", "forgotten")


def test_only_a_tabled_proposal_can_be_worked_on() -> None:
    require_tabled("tabled")
    for state in PROPOSAL_MOVES.keys() - {"tabled"}:
        with pytest.raises(Conflict) as refused:
            require_tabled(state)
        assert refused.value.code == f"proposal.{state}"


def test_every_answer_is_a_move_from_an_open_offer() -> None:
    assert [move_offer("offered", answer) for answer in ANSWERS] == list(ANSWERS)
