"""The pulse: asked after every decision on a measure, answered in private, summed up and forgotten."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.deliberation.models import Decision
from apps.frameworks.models import Element
from apps.measurement.models import Pulse, PulseAnswer
from apps.measurement.selectors import unanswered
from apps.measurement.services import answer_pulse
from apps.measurement.tasks import close
from apps.record import selectors as record
from apps.record.models import Log
from apps.record.verify import verify_log
from tests.deliberation.test_impositions import TARGET, decree, mandate
from tests.once import told_once
from tests.pages.conftest import Browser, browser
from tests.pages.reading import words
from tests.people import Lismorrow, found_lismorrow

pytestmark = pytest.mark.django_db
__all__ = ["browser"]
SEATED = ("gareth", "moira", "colm", "ify", "ruth", "samira", "pat", "jamie", "margaret")


@told_once
def lismorrow() -> Lismorrow:
    """Only in a demonstration can the clock be moved."""
    return found_lismorrow(demo=True)


@told_once
def pulse(lismorrow: Lismorrow) -> Pulse:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
    return Pulse.objects.get()


def everybody_answers(lismorrow: Lismorrow, pulse: Pulse, shape: int, matter: int) -> None:
    for name in SEATED:
        answer_pulse(by=getattr(lismorrow, name), pulse=pulse, shape=shape, matter=matter)


def test_it_is_asked_after_a_decision_on_a_measure_and_of_nothing_else(lismorrow: Lismorrow, pulse: Pulse) -> None:
    assert pulse.about == Decision.objects.get().seq
    assert (pulse.closes_on - pulse.opened_on).days == 28
    value = lismorrow.propose(kind="value", code="V1", patch={"title": "With people"})
    lismorrow.decide(lismorrow.open(value), **lismorrow.everybody("for"))
    assert Pulse.objects.count() == 1


def test_only_sums_remain_and_the_record_holds_no_answer(lismorrow: Lismorrow, pulse: Pulse) -> None:
    everybody_answers(lismorrow, pulse, 2, 8)
    answer_pulse(by=lismorrow.ify, pulse=pulse, shape=7, matter=8)  # another answer of the same seat replaces it
    assert PulseAnswer.objects.count() == 9
    entries = record.entries(lismorrow.log, types=["pulse.answered"])
    assert [entry.data for entry in entries] == [{}] * 9
    with clock.moved_to(clock.now() + timedelta(days=28)):
        close()
    pulse.refresh_from_db()
    assert pulse.closed_seq is None
    with clock.moved_to(clock.now() + timedelta(days=29)):
        close()
        close()
    pulse.refresh_from_db()
    assert pulse.result == [
        {"groups": ["A", "P", "F", "T", "C", "U"], "answers": 9, "seats": 9, "shape": "2.6", "matter": "8.0"}
    ]
    assert not PulseAnswer.objects.exists()
    assert len(record.entries(lismorrow.log, types=["pulse.closed"])) == 1
    assert list(verify_log(Log.objects.get(id=lismorrow.log))) == []


def test_a_new_decision_closes_the_earlier_questions_and_asks_anew(lismorrow: Lismorrow, pulse: Pulse) -> None:
    everybody_answers(lismorrow, pulse, 8, 8)
    decree(lismorrow, mandate(lismorrow, parts=["target"]), patch=TARGET, element=pulse.element)
    lismorrow.settle()
    pulse.refresh_from_db()
    assert pulse.closed_seq is not None
    later = Pulse.objects.get(closed_seq=None)
    assert later.about == Decision.objects.order_by("seq")[1].seq
    with pytest.raises(Conflict):
        answer_pulse(by=lismorrow.ify, pulse=pulse, shape=1, matter=1)


def test_too_few_answers_are_not_shown(lismorrow: Lismorrow, pulse: Pulse) -> None:
    answer_pulse(by=lismorrow.ify, pulse=pulse, shape=1, matter=1)
    with clock.moved_to(clock.now() + timedelta(days=29)):
        close()
    pulse.refresh_from_db()
    assert pulse.result == []


def test_who_may_answer_and_what(lismorrow: Lismorrow, pulse: Pulse) -> None:
    with pytest.raises(NotAllowed):
        answer_pulse(by=lismorrow.tomasz, pulse=pulse, shape=1, matter=1)
    with pytest.raises(NotAllowed):
        answer_pulse(by=lismorrow.orla, pulse=pulse, shape=1, matter=1)
    with pytest.raises(Invalid):
        answer_pulse(by=lismorrow.ify, pulse=pulse, shape=0, matter=10)
    assert unanswered(lismorrow.people["Ify"]).get() == pulse
    answer_pulse(by=lismorrow.ify, pulse=pulse, shape=1, matter=9)
    assert not unanswered(lismorrow.people["Ify"]).exists()


def test_it_is_answered_on_a_phone_and_the_gap_stands_on_the_measures_page(
    lismorrow: Lismorrow, pulse: Pulse, browser: Browser
) -> None:
    client, address = browser("ify"), reverse("pulse", args=[pulse.id])
    assert "Two questions, 20 seconds: M4 Loneliness" in words(client.get(reverse("home")))
    assert "Nobody sees what you answer" in words(client.get(address))
    assert "Choose one." in words(client.post(address, {"shape": "3"}))
    assert client.post(address, {"shape": "3", "matter": "10"}).status_code == 422
    assert "Thank you." in words(client.post(address, {"shape": "3", "matter": "7"}, follow=True))
    everybody_answers(lismorrow, pulse, 3, 7)
    page = reverse("element", args=[pulse.element])
    assert "Being asked until" in words(browser("").get(page))
    with clock.moved_to(clock.now() + timedelta(days=29)):
        close()
    text = words(browser("").get(page))
    assert "The record shows that it was negotiated; Agency, Providers" in text
    assert "say they could not shape it." in text
    assert client.post(address, {"shape": "3", "matter": "7"}).status_code == 409


def test_an_element_that_is_retired_is_not_asked_about(lismorrow: Lismorrow, pulse: Pulse) -> None:
    end = lismorrow.propose(action="retire", element=pulse.element, kind="", code="", patch={})
    lismorrow.decide(lismorrow.open(end), **lismorrow.everybody("for"))
    assert Element.objects.get().retired_at is not None
    assert UUID(str(Pulse.objects.get().id)) == pulse.id
