"""In the live room nothing of what groups said or why travels: a manager hears what a member hears, to the letter."""

import pytest

from apps.deliberation.models import Round
from apps.deliberation.services import close_round, give_reason, reopen_round
from tests.deliberation.test_agreement import RATING
from tests.deliberation.test_feedback import ALL
from tests.live.rooms import Frame, Guest, entered
from tests.people import Lismorrow

pytestmark = [pytest.mark.usefixtures("live"), pytest.mark.django_db(transaction=True)]


async def test_a_manager_hears_what_a_member_hears(lismorrow: Lismorrow) -> None:
    round = _told(lismorrow)
    people = lismorrow.people
    async with entered(round.id, people["Ify"]) as ify, entered(round.id, people["Ruth"]) as ruth:
        _counted_and_opened_again(lismorrow, round)
        for guest in (ify, ruth):
            await guest.hear("state", lambda frame: bool((frame.get("round") or {}).get("next")))
        assert _latest(ify) == _latest(ruth)
        for guest in (ify, ruth):
            assert "Too often" not in str(guest.all)
            assert "reason.recorded" not in str(guest.all)


def _told(lismorrow: Lismorrow) -> Round:
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.vote(round, **ALL)
    give_reason(by=lismorrow.ify, round=round, item=round.items.get().id, words="Too often.")
    return round


def _counted_and_opened_again(lismorrow: Lismorrow, round: Round) -> None:
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    round.refresh_from_db()
    reopen_round(by=lismorrow.orla, round=round, open=True)


def _latest(guest: Guest) -> dict[str, object]:
    """What the last frames have said of the round and its results."""
    known: Frame = {}
    for frame in guest.all:
        if frame["t"] == "state":
            known |= {key: frame[key] for key in ("round", "results", "turnout") if frame.get(key) is not None}
    return known
