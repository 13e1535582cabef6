"""To the socket of a seat's new holder nothing is told of what the former one chose."""

import pytest

from apps.deliberation.models import Ballot
from tests.deliberation.test_whose_ballot import handed_over, knows
from tests.live.rooms import entered
from tests.people import Lismorrow

pytestmark = [pytest.mark.usefixtures("live"), pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("secrecy", ["open", "blind", "secret"])
async def test_the_key_of_the_former_holder_brings_no_receipt(lismorrow: Lismorrow, secrecy: str) -> None:
    round = handed_over(lismorrow, secrecy)
    ballot = Ballot.objects.get()
    async with entered(round.id, lismorrow.people["Nuala"]) as nuala:
        refused = await nuala.vote(ballot.item_id, "for", ballot.key)
        assert (refused["t"], refused["code"]) == ("refused", "ballot.key_used")
        assert (await nuala.vote(ballot.item_id))["t"] == "receipt"
        heard = str(nuala.all)
    assert not knows(heard)
