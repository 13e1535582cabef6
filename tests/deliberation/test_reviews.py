"""Reviews of what was set alone: called once when near, once when overdue; what lapses goes back to what stood before it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from apps.common import clock
from apps.deliberation.models import Decision, RenegotiationTrack
from apps.deliberation.reviews import reviews_of
from apps.deliberation.selectors import field_states
from apps.deliberation.services.reviews import call_reviews
from apps.deliberation.tasks import review
from apps.frameworks.models import Element
from apps.provenance.models import Verdict
from apps.record import selectors as record
from apps.record.models import Log
from apps.record.verify import verify_log
from tests.deliberation.test_impositions import TARGET, decree, mandate
from tests.once import told_once
from tests.people import Lismorrow, found_lismorrow

pytestmark = pytest.mark.django_db


@told_once
def lismorrow() -> Lismorrow:
    """Only in a demonstration can the clock be moved."""
    return found_lismorrow(demo=True)


@contextmanager
def after(days: int) -> Iterator[None]:
    """Some days later."""
    with clock.moved_to(clock.now() + timedelta(days=days)):
        yield


def set_target(lismorrow: Lismorrow, **more: Any) -> Element:
    """M4 agreed by all; then its target set under a mandate whose review is due in 60 days."""
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
    element = Element.objects.get()
    due = clock.now().date() + timedelta(days=60)
    held = mandate(lismorrow, parts=["target", "frequency"], review_on=due, **more)
    decree(lismorrow, held, patch=TARGET, element=element.id)
    lismorrow.settle()
    return element


def called(lismorrow: Lismorrow) -> list[str]:
    return [entry.data["stage"] for entry in record.entries(lismorrow.log, types=["review.called"])]


def test_a_review_is_called_when_it_is_near_and_when_it_is_overdue_each_once(lismorrow: Lismorrow) -> None:
    set_target(lismorrow)
    for days, stages in ((10, []), (31, ["due"]), (40, ["due"]), (61, ["due", "overdue"]), (70, ["due", "overdue"])):
        with after(days):
            review()
        assert called(lismorrow) == stages


def test_a_round_on_another_part_is_no_review_of_it(lismorrow: Lismorrow) -> None:
    element = set_target(lismorrow)
    other = lismorrow.propose(action="change", element=element.id, kind="", code="", patch={"population": "All"})
    lismorrow.decide(lismorrow.open(other), **lismorrow.everybody("for"))
    (found,) = reviews_of([lismorrow.partnership.id])
    assert found.state.is_waiting
    same = lismorrow.propose(action="change", element=element.id, kind="", code="", patch={"target": {"value": "14"}})
    lismorrow.decide(lismorrow.open(same), **lismorrow.everybody("against"))
    (found,) = reviews_of([lismorrow.partnership.id])
    assert found.state.held is not None
    with after(90):
        assert call_reviews([lismorrow.partnership.id]) == 0


def test_without_a_review_what_lapses_goes_back_to_what_was_agreed(lismorrow: Lismorrow) -> None:
    element = set_target(lismorrow, lapses=True)
    before, imposed = Verdict.objects.order_by("seq")
    assert imposed.ni is not None
    with after(61):
        assert call_reviews([lismorrow.partnership.id]) == 1
        lismorrow.settle()
        assert call_reviews([lismorrow.partnership.id]) == 0
    element.refresh_from_db()
    assert element.fields["target"] == {"value": "16", "by": "2027/28"}
    assert field_states(element.id)["target"].state == "agreed"
    assert RenegotiationTrack.objects.get().open_parts == []
    last = Verdict.objects.order_by("seq").last()
    assert last is not None
    assert (last.ni, last.label_ni) == (before.ni, before.label_ni)
    assert last.document["terms"][-1]["type"] == "lapse"
    assert list(verify_log(Log.objects.get(id=lismorrow.log))) == []


def test_a_part_that_nobody_had_set_before_is_open_again(lismorrow: Lismorrow) -> None:
    lismorrow.decide(
        lismorrow.open(lismorrow.propose(patch={"title": "Loneliness", "definition": "Lonely people"})),
        **lismorrow.everybody("for"),
    )
    element = Element.objects.get()
    held = mandate(lismorrow, parts=["target"], review_on=clock.now().date() + timedelta(days=5), lapses=True)
    decree(lismorrow, held, patch=TARGET, element=element.id)
    lismorrow.settle()
    with after(6):
        review()
        lismorrow.settle()
    element.refresh_from_db()
    assert "target" not in element.fields
    assert field_states(element.id)["target"].state == "open"
    verdict = Verdict.objects.order_by("-seq")[0]
    assert list(verdict.document["parts"]) == ["definition"]
    assert "partly_imposed" not in verdict.flags


def test_a_measure_that_stood_by_the_mandate_alone_ends(lismorrow: Lismorrow) -> None:
    held = mandate(lismorrow, review_on=clock.now().date() + timedelta(days=5), lapses=True)
    decree(lismorrow, held, proposal=lismorrow.propose(lismorrow.jamie, code="M1"))
    lismorrow.settle()
    with after(6):
        review()
        lismorrow.settle()
    assert Element.objects.get().retired_at is not None
    assert Decision.objects.order_by("seq").values_list("outcome", flat=True)[1] == "lapsed"
    assert list(verify_log(Log.objects.get(id=lismorrow.log))) == []


def test_what_was_reviewed_in_time_does_not_lapse(lismorrow: Lismorrow) -> None:
    element = set_target(lismorrow, lapses=True)
    asked = lismorrow.propose(action="confirm", element=element.id, kind="", code="", patch={})
    lismorrow.decide(lismorrow.open(asked), **lismorrow.everybody("for"))
    with after(90):
        review()
    element.refresh_from_db()
    assert element.fields["target"]["value"] == "15"
    assert record.entries(lismorrow.log, types=["imposition.lapsed", "review.called"]) == []
