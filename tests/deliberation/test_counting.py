"""Counts by the database and live counts say the same, also after people change their vote."""

from typing import Any

import pytest

from apps.deliberation import counting
from apps.deliberation.counting import LiveCounts, live_votes, recount
from apps.deliberation.models import Round
from apps.deliberation.selectors import latest_ballots, visible_tally
from tests.people import Lismorrow


def plain(votes: Any) -> dict[str, dict[str, dict[str, int]]]:
    return {
        item: {group: {choice: n for choice, n in some.items() if n} for group, some in groups.items()}
        for item, groups in votes.items()
    }


def by_hand(round: Round) -> dict[str, dict[str, dict[str, int]]]:
    counts: dict[str, dict[str, dict[str, int]]] = {}
    for ballot in latest_ballots(round):
        here = counts.setdefault(str(ballot.item_id), {}).setdefault(ballot.group_key, {})
        here[ballot.choice] = here.get(ballot.choice, 0) + 1
    return counts


@pytest.mark.django_db
def test_the_database_counts_the_latest_ballot_of_each_seat(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(code="M1"), lismorrow.propose(code="M2"))
    for item in round.items.all():
        lismorrow.vote_on(item, **lismorrow.everybody("for"))
        lismorrow.vote_on(item, ify="against", pat="abstain")
    assert plain(recount(round.id)) == by_hand(round)


@pytest.mark.django_db
def test_live_counts_keep_up_with_votes_that_change(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(), secrecy="open")
    lismorrow.vote(round, ify="for", ruth="for")
    counts = LiveCounts(lismorrow.log, round.id)
    assert plain(counts.catch_up()) == by_hand(round)
    for choices in ({"ify": "against"}, {"samira": "for", "pat": "abstain"}, {"pat": "for", "ify": "for"}, {}):
        lismorrow.vote(round, **choices)
        assert plain(counts.catch_up()) == plain(recount(round.id)) == by_hand(round)
    other = lismorrow.open(lismorrow.propose(code="M9"), secrecy="open")
    lismorrow.vote(other, ify="against")
    assert plain(counts.catch_up()) == by_hand(round)


@pytest.mark.django_db(transaction=True)
def test_an_open_round_shows_live_counts_of_as_many_rounds_as_are_kept(
    live_lismorrow: Lismorrow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "KEPT", 1)
    lismorrow = live_lismorrow
    first, second = (lismorrow.open(lismorrow.propose(code=code), secrecy="open") for code in ("M1", "M2"))
    for round in (first, second, first):
        lismorrow.vote(round, ify="against")
        lismorrow.vote(round, ify="for", ruth="for")
        assert live_votes(lismorrow.log, round.id) == by_hand(round)
    assert list(counting._live) == [first.id]
    (view,) = visible_tally(lismorrow.orla, first)
    assert view.result
    assert view.result["together"]["counts"]["for"] == 2
