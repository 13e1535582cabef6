"""Casting: checked before the first write, counted once per key, acknowledged after commit, the latest counts."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from apps.common.errors import Refusal
from apps.deliberation.domain.ballots import canonical_ballot, commitment
from apps.deliberation.models import Ballot, Round
from apps.deliberation.selectors import latest_ballots
from apps.deliberation.services import Cast, Receipt, cast_ballots, cast_one, close_round
from apps.partnerships.services import vacate_seat
from apps.record import proving
from apps.record import selectors as record
from apps.record.domain.receipt import Receipt as Kept
from tests.once import told_once
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@told_once
def round(lismorrow: Lismorrow) -> Round:
    return lismorrow.open(lismorrow.propose())


def cast(lismorrow: Lismorrow, on: Round, name: str = "Ify", **change: object) -> Cast:
    given = {
        "person": lismorrow.people[name],
        "round": on.id,
        "item": on.items.get().id,
        "choice": "for",
        "key": uuid4(),
    }
    return Cast(**{**given, **change})  # type: ignore[arg-type]


def test_a_receipt_opens_ones_own_commitment(lismorrow: Lismorrow, round: Round) -> None:
    receipt = cast_one(cast(lismorrow, round))
    entry = record.entry(lismorrow.log, receipt.seq)
    ballot = Ballot.objects.get()
    raw = canonical_ballot(
        round=str(round.id),
        item=entry.data["item"],
        seat=str(ballot.seat_id),
        version=entry.data["version"],
        choice="for",
    )
    assert commitment(bytes.fromhex(receipt.salt), raw) == entry.data["commitment"]


def test_a_receipts_checkpoint_covers_its_entry(lismorrow: Lismorrow, round: Round) -> None:
    receipt = cast_one(cast(lismorrow, round))
    kept = Kept(str(receipt.log), receipt.seq, receipt.leaf_hash, receipt.checkpoint)
    covering = kept.verify(
        proving.inclusion(lismorrow.log, receipt.seq, receipt.seq + 1),
        record.origin(lismorrow.log),
        [record.verifier()],
    )
    assert covering.size == receipt.seq + 1


def test_the_same_key_counts_once_and_gives_the_same_receipt_number(lismorrow: Lismorrow, round: Round) -> None:
    again = cast(lismorrow, round)
    assert cast_one(again).seq == cast_one(again).seq
    assert Ballot.objects.count() == 1


def test_the_same_key_twice_in_one_list_counts_once(lismorrow: Lismorrow, round: Round) -> None:
    again = cast(lismorrow, round)
    first, second = cast_ballots([again, again])
    assert isinstance(first, Receipt)
    assert isinstance(second, Receipt)
    assert first.seq == second.seq


def test_voting_again_keeps_history_and_counts_the_latest(lismorrow: Lismorrow, round: Round) -> None:
    cast_one(cast(lismorrow, round, choice="for"))
    cast_one(cast(lismorrow, round, choice="against"))
    assert Ballot.objects.count() == 2
    assert [ballot.choice for ballot in latest_ballots(round)] == ["against"]


@pytest.mark.parametrize(
    ("name", "change", "code"),
    [
        ("Stan", {}, "seat.none"),
        ("Orla", {}, "seat.none"),
        ("Tomasz", {}, "seat.no_vote"),
        ("Ify", {"choice": "perhaps"}, "ballot.unknown_choice"),
        ("Ify", {"item": UUID(int=1)}, "item.unknown"),
        ("Ify", {"round": UUID(int=1)}, "round.unknown"),
    ],
)
def test_a_ballot_that_cannot_count_is_refused_and_nothing_changes(
    lismorrow: Lismorrow, round: Round, name: str, change: dict[str, object], code: str
) -> None:
    before = record.size(lismorrow.log)
    with pytest.raises(Refusal) as refused:
        cast_one(cast(lismorrow, round, name, **change))
    assert refused.value.code == code
    assert record.size(lismorrow.log) == before


def test_a_refused_ballot_does_not_harm_its_neighbours(lismorrow: Lismorrow, round: Round) -> None:
    answers = cast_ballots(
        [
            cast(lismorrow, round, "Ify"),
            cast(lismorrow, round, "Stan"),
            cast(lismorrow, round, "Ruth", choice="against"),
        ]
    )
    assert [type(answer).__name__ for answer in answers] == ["Receipt", "NotAllowed", "Receipt"]
    assert Ballot.objects.count() == 2


def test_a_closed_round_takes_no_ballots(lismorrow: Lismorrow, round: Round) -> None:
    close_round(by=lismorrow.orla, round=round)
    with pytest.raises(Refusal) as refused:
        cast_one(cast(lismorrow, round))
    assert refused.value.code == "round.not_open"


def test_the_vote_stays_with_the_seat_when_its_holder_goes(lismorrow: Lismorrow, round: Round) -> None:
    cast_one(cast(lismorrow, round))
    vacate_seat(by=lismorrow.orla, seat=lismorrow.ify.require_seat())
    assert len(latest_ballots(round)) == 1
    with pytest.raises(Refusal):
        cast_one(cast(lismorrow, round))


def test_a_ballot_is_never_changed_below_the_application(lismorrow: Lismorrow, round: Round) -> None:
    cast_one(cast(lismorrow, round))
    for change in ({"choice": "against"}, {"salt": b"x"}, {"seq": 1}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Ballot.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Ballot.objects.all().delete()
