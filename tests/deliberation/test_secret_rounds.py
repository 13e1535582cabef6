"""A secret round: sealed while it is open, counted, and then nothing is left that says who chose what."""

from uuid import UUID, uuid4

import pytest

from apps.deliberation.models import Ballot, Decision, Dissent, Round, RoundKey
from apps.deliberation.own import own_ballot_at, own_ballots
from apps.deliberation.services import Cast, Receipt, cast_ballots, cast_one, close_round, reopen_round
from apps.deliberation.services.reaffirming import earlier_choices
from apps.deliberation.simulating import counts_of
from apps.deliberation.turnout import who_voted
from apps.frameworks.models import Element
from apps.protection.own import own_data
from apps.provenance.models import Verdict
from apps.record import selectors as record
from apps.record.models import Log
from apps.record.verify import verify_log
from tests.deliberation.test_every_kind import document
from tests.deliberation.test_rounds import ALL_FOR
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
AGAINST = {**ALL_FOR, "moira": "against"}


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    return lismorrow.open(lismorrow.propose(), secrecy="secret")


def item(round: Round) -> UUID:
    return round.items.get().id


def cast(lismorrow: Lismorrow, round: Round, name: str, choice: str, key: UUID | None = None) -> Receipt:
    return cast_one(Cast(lismorrow.people[name], round.id, item(round), choice, key or uuid4()))


def count_of(lismorrow: Lismorrow) -> dict[tuple[str, str], int]:
    (entry,) = record.entries(lismorrow.log, types=["round.tallied"])
    return {(line["group"], line["choice"]): line["count"] for line in entry.data["multiset"]}


def findings(lismorrow: Lismorrow) -> list[str]:
    """What `record verify` names."""
    return [str(finding) for finding in verify_log(Log.objects.get(id=lismorrow.log))]


def test_beside_a_seat_only_sealed_bytes_lie_and_the_entry_says_only_that_it_has_voted(
    lismorrow: Lismorrow, round: Round
) -> None:
    receipt = cast(lismorrow, round, "Ify", "for")
    ballot = Ballot.objects.get()
    assert (ballot.choice, ballot.salt) == ("", None)
    assert b"for" not in bytes(ballot.sealed or b"")
    (entry,) = record.entries(lismorrow.log, types=["ballot.cast"])
    assert entry.data.keys() == {"item", "group", "version"}
    assert (receipt.seq, receipt.choice, receipt.salt) == (entry.seq, "", "")


def test_every_ballot_of_a_round_is_sealed_in_as_many_bytes(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.vote(round, ify="for", ruth="against", colm="abstain")
    assert len({len(bytes(ballot.sealed or b"")) for ballot in Ballot.objects.all()}) == 1


def test_voters_see_their_own_choice_while_it_is_open_and_nobody_elses(lismorrow: Lismorrow, round: Round) -> None:
    seq = cast(lismorrow, round, "Ify", "against").seq
    assert own_ballots(lismorrow.ify, round)[item(round)].choice == "against"
    mine = own_ballot_at(lismorrow.ify, seq)
    assert mine is not None
    assert mine.choice == "against"
    assert own_ballots(lismorrow.ruth, round) == {}
    assert own_ballot_at(lismorrow.ruth, seq) is None
    (here,) = own_data(lismorrow.people["Ify"])["partnerships"]
    assert [vote["choice"] for vote in here["votes"]] == ["against"]


def test_a_vote_can_be_changed_and_the_last_one_counts(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.vote(round, **ALL_FOR)
    lismorrow.vote(round, moira="against")
    assert own_ballots(lismorrow.moira, round)[item(round)].choice == "against"
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    assert (count_of(lismorrow)["A", "for"], count_of(lismorrow)["A", "against"]) == (1, 1)


def test_sent_twice_it_counts_once(lismorrow: Lismorrow, round: Round) -> None:
    key = uuid4()
    assert cast(lismorrow, round, "Ify", "for", key).seq == cast(lismorrow, round, "Ify", "for", key).seq
    both = cast_ballots(
        [Cast(lismorrow.people[name], round.id, item(round), "for", uuid4()) for name in ("Ruth", "Colm")]
    )
    assert all(isinstance(answer, Receipt) for answer in both)
    assert Ballot.objects.count() == 3


def test_from_sealed_ballots_to_a_verdict_everything_follows(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.decide(round, **ALL_FOR)
    assert Decision.objects.get().outcome == "agreed"
    assert Verdict.objects.get().label_ni == "negotiated"
    assert Element.objects.get(code="M4")
    assert findings(lismorrow) == []


def test_once_counted_nothing_is_left_but_how_often_each_group_chose_what(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.decide(round, **AGAINST)
    assert not Ballot.objects.exists()
    assert not RoundKey.objects.exists()
    assert count_of(lismorrow) == {
        ("A", "against"): 1,
        ("A", "for"): 1,
        ("C", "for"): 2,
        ("F", "for"): 1,
        ("P", "for"): 1,
        ("T", "for"): 1,
        ("U", "for"): 2,
    }
    assert counts_of(Round.objects.get().items.get())["A"] == {"against": 1, "for": 1}


def test_afterwards_a_voter_still_sees_that_there_was_a_vote_but_nobody_what(
    lismorrow: Lismorrow, round: Round
) -> None:
    seq = cast(lismorrow, round, "Ify", "for").seq
    lismorrow.decide(round, ruth="for")
    found = own_ballots(lismorrow.ify, Round.objects.get())[item(round)]
    assert (found.seq, found.choice) == (seq, "")
    assert own_ballots(lismorrow.colm, Round.objects.get()) == {}
    assert own_ballot_at(lismorrow.ify, seq) is None
    (here,) = own_data(lismorrow.people["Ify"])["partnerships"]
    assert here["votes"] == []
    assert {"entry": seq, "type": "ballot.cast"}.items() <= here["acts"][-1].items()
    assert who_voted(Round.objects.get()) == {lismorrow.ify.require_seat().id, lismorrow.ruth.require_seat().id}


def test_groups_that_disagree_are_counted_and_nobody_is_named(lismorrow: Lismorrow) -> None:
    rule = {
        **document("majority", {}),
        "groups": {"deciding": ["A", "P", "F", "T", "C", "U"], "composition": {"kind": "pooled"}},
    }
    round = lismorrow.open(lismorrow.propose(), rule=rule, secrecy="secret")
    lismorrow.decide(round, **{**AGAINST, "gareth": "against"})
    assert [(dissent.group_key, dissent.against) for dissent in Dissent.objects.all()] == [("A", 2)]


def test_nobody_is_offered_to_vote_as_before(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.decide(round, **AGAINST)
    again = reopen_round(by=lismorrow.orla, round=Round.objects.get())
    assert again.secrecy == "secret"
    assert earlier_choices(lismorrow.moira, again) == {}


def test_nobody_voted_and_still_it_is_counted(lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.decide(round)
    assert count_of(lismorrow) == {}
    assert not RoundKey.objects.exists()
    assert findings(lismorrow) == []
