"""A dump of the database, as a backup holds it: of a counted secret round it links no seat to a choice, and no key is in it."""

import pytest

from apps.deliberation.models import Ballot, PaperBallot, RoundKey
from apps.deliberation.services import close_round
from apps.deliberation.services.paper import enter_on_paper
from tests.deliberation.test_every_kind import document
from tests.deliberation.test_every_kind import question as ask
from tests.people import Lismorrow
from tests.protection.dumping import dump

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
CHOSEN = "Quince>Medlar"
ELSEWHERE = "Medlar>Quince"


def test_neither_key_nor_sealed_ballots_are_left_and_no_line_has_a_seat_and_its_choice(
    live_lismorrow: Lismorrow,
) -> None:
    lismorrow = live_lismorrow
    rule = document("irv", {"alternatives": ["Quince", "Medlar"]})
    round = ask(lismorrow, rule, {"Quince": lismorrow.propose(), "Medlar": None}, secrecy="secret")
    lismorrow.vote(round, ify=ELSEWHERE)
    lismorrow.vote(round, ify=CHOSEN, ruth=ELSEWHERE)
    enter_on_paper(
        by=lismorrow.orla, round=round, item=round.items.get().id, seat=lismorrow.pat.require_seat().id, choice=CHOSEN
    )
    seats = [str(lismorrow.ify.require_seat().id), str(lismorrow.ruth.require_seat().id)]
    key = bytes(RoundKey.objects.get().key).hex()
    sealed = [bytes(ballot.sealed or b"").hex() for ballot in Ballot.objects.all()]
    sealed.append(bytes(PaperBallot.objects.get().sealed or b"").hex())

    while_open = dump()
    assert key in while_open
    assert all(one in while_open for one in sealed)
    assert CHOSEN not in while_open, "while it is open no choice stands there in clear"

    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    counted = dump()
    assert CHOSEN in counted, "the count is there"
    assert key not in counted
    assert not [one for one in sealed if one in counted]
    for line in counted.splitlines():
        assert not (any(seat in line for seat in seats) and (CHOSEN in line or ELSEWHERE in line)), line
    assert all(seat in counted for seat in seats), "that they have voted the record says"
