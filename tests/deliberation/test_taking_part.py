"""Who has taken part in a round: kept up with as ballots come in, and always what the database would count."""

from uuid import UUID

import pytest
from django.db import connection, transaction

from apps.deliberation.models import Ballot, Round
from apps.deliberation.taking_part import TakingPart, Voted, taking_part
from tests.people import Lismorrow


def by_the_database(round: Round) -> dict[tuple[UUID, str], Voted]:
    """Seats by item and group, and the number of the entry with which the fifth came, counted from all ballots."""
    first: dict[tuple[UUID, str], dict[UUID, int]] = {}
    for item, group, seat, seq in Ballot.objects.filter(round=round).values_list("item", "group_key", "seat", "seq"):
        seats = first.setdefault((item, group), {})
        seats[seat] = min(seq, seats.get(seat, seq))
    return {
        cell: Voted(len(seats), sorted(seats.values())[4] if len(seats) > 4 else None) for cell, seats in first.items()
    }


@pytest.mark.django_db
def test_whoever_votes_again_is_counted_once(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose())
    following = TakingPart(round.id)
    assert following.catch_up() == {}
    for choices in ({"ify": "for"}, {"ruth": "for", "gareth": "for"}, {"ify": "against"}, lismorrow.everybody("for")):
        lismorrow.vote(round, **choices)
        assert following.catch_up() == by_the_database(round)
    assert TakingPart(round.id).catch_up() == following.catch_up()


@pytest.mark.django_db(transaction=True)
def test_what_is_undone_was_never_counted(live_lismorrow: Lismorrow) -> None:
    round = live_lismorrow.open(live_lismorrow.propose())
    live_lismorrow.vote(round, ify="for")
    before = taking_part(round.id)
    with transaction.atomic():
        live_lismorrow.vote(round, ruth="for")
        assert sum(voted.seats for voted in taking_part(round.id).values()) == 2
        transaction.set_rollback(True)
    assert not connection.in_atomic_block
    assert taking_part(round.id) == before == by_the_database(round)
