"""Several presses at the same moment: a mandate is used once, the other tries are refused and recorded; a hand is one hand."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from apps.common.errors import Refusal
from apps.deliberation.models import Decision, Voice
from apps.deliberation.services import give_floor, raise_hand
from apps.frameworks.models import Element
from apps.record import selectors as record
from tests.deliberation.test_impositions import TARGET, decree, mandate
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 3


def at_once(do: Callable[[], object]) -> list[str]:
    """Do the same over several connections at the same moment; what each was told, in order."""
    ready = Barrier(TIMES)

    def one() -> str:
        try:
            ready.wait(timeout=20)
            do()
            return "done"
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        return sorted(each.result() for each in [pool.submit(one) for _ in range(TIMES)])


def test_setting_the_same_of_an_element_twice_at_once(live_lismorrow: Lismorrow) -> None:
    lismorrow = live_lismorrow
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
    element, held = Element.objects.get(), mandate(lismorrow, parts=["target"])
    said = at_once(lambda: decree(lismorrow, held, element=element.id, patch=TARGET))
    assert said == ["done", "imposition.same", "imposition.same"]
    assert Decision.objects.filter(kind="imposition").count() == 1
    refused = record.entries(lismorrow.log, types=["act.refused"])
    assert [entry.data["code"] for entry in refused] == ["imposition.same"] * 2


def test_deciding_the_same_proposal_twice_at_once(live_lismorrow: Lismorrow) -> None:
    lismorrow = live_lismorrow
    proposal, held = lismorrow.propose(code="M1"), mandate(lismorrow)
    said = at_once(lambda: decree(lismorrow, held, proposal=proposal))
    assert said.count("done") == 1
    assert Decision.objects.count() == 1
    assert len(record.entries(lismorrow.log, types=["act.refused"])) == TIMES - 1


def test_raising_the_same_hand_twice_at_once(live_lismorrow: Lismorrow) -> None:
    lismorrow = live_lismorrow
    round, ify = lismorrow.open(lismorrow.propose()), lismorrow.ify
    assert at_once(lambda: raise_hand(by=ify, round=round)) == ["done"] * TIMES
    assert len(record.entries(lismorrow.log, types=["hand.raised"])) == 1


def test_calling_who_is_shown_as_the_next_one_twice_at_once(live_lismorrow: Lismorrow) -> None:
    lismorrow = live_lismorrow
    round, orla = lismorrow.open(lismorrow.propose()), lismorrow.orla
    for who in (lismorrow.ify, lismorrow.ruth):
        raise_hand(by=who, round=round)
    seat = lismorrow.ify.require_seat().id
    assert at_once(lambda: give_floor(by=orla, round=round, seat=seat)) == ["done"] * TIMES
    assert [entry.data["group"] for entry in record.entries(lismorrow.log, types=["floor.given"])] == ["F"]
    assert Voice.objects.filter(since__isnull=False).count() == 1
