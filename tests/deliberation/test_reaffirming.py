"""Ballots stay with the version they were cast on, and can be affirmed on a newer one in one step."""

from uuid import UUID

import pytest

from apps.common.errors import Conflict
from apps.deliberation.models import Ballot
from apps.deliberation.services.ballots import Receipt
from apps.deliberation.services.reaffirming import earlier_choices, reaffirm
from apps.proposals.services import revise_proposal
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db


def test_a_vote_is_affirmed_on_the_new_version_and_the_old_one_stays(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose()
    first = lismorrow.open(proposal)
    lismorrow.decide(first, **(lismorrow.everybody("for") | {"colm": "against"}))
    old = {ballot.id: (ballot.choice, version(ballot)) for ballot in Ballot.objects.filter(round=first)}
    revise_proposal(
        by=lismorrow.gareth, proposal=proposal, patch=LONELINESS | {"unit": "x"}, rationale="R.", on_number=1
    )
    proposal.refresh_from_db()
    second = lismorrow.open(proposal)
    assert [(one.choice, one.number) for one in earlier_choices(lismorrow.colm, second).values()] == [("against", 1)]
    for _ in range(2):
        (receipt,) = reaffirm(by=lismorrow.colm, person=lismorrow.people["Colm"], round=second)
        assert isinstance(receipt, Receipt)
    (again,) = Ballot.objects.filter(round=second)
    assert (again.choice, version(again)) == ("against", proposal.versions.get(number=2).id)
    assert {one.id: (one.choice, version(one)) for one in Ballot.objects.filter(round=first)} == old


def test_who_has_not_voted_before_affirms_nothing(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose())
    with pytest.raises(Conflict) as refused:
        reaffirm(by=lismorrow.ify, person=lismorrow.people["Ify"], round=round)
    assert refused.value.code == "ballot.none_before"


def version(ballot: Ballot) -> UUID:
    """What the record says the ballot answers."""
    return ballot.item.answered_id
