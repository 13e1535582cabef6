"""Disagreement that stays: the register and what can be done in it."""

import pytest
from django.urls import reverse

from apps.deliberation.models import Decision, Reservation
from tests.pages.conftest import Browser, Story
from tests.pages.reading import words

pytestmark = pytest.mark.django_db


def test_a_group_records_its_disagreement_and_calls_the_review(story: Story, browser: Browser) -> None:
    register = reverse("dissent", args=[story.lismorrow.framework.id])
    assert "Nothing stands against which a group has spoken." in words(browser("").get(register))
    decision = Decision.objects.get(kind="imposition")
    client = browser("samira")
    assert "Record that your group disagrees" in words(client.get(reverse("field", args=[story.element.id, "target"])))
    sent = {"kind": "dissent", "words": "15 is out of reach.", "condition": "It is missed twice."}
    seen = words(client.post(reverse("reserve", args=[decision.id]), sent, follow=True))
    assert "15 is out of reach." in seen
    assert "Calls a review if: It is missed twice." in seen
    made = Reservation.objects.get()
    page = reverse("call_review", args=[made.id])
    assert browser("ify").post(page, {"reason": "Yes."}).status_code == 403
    called = words(client.post(page, {"reason": "2027 and 2028."}, follow=True))
    assert "Its review has been called. 2027 and 2028." in called


def test_a_disagreement_needs_words(story: Story, browser: Browser) -> None:
    page = reverse("reserve", args=[Decision.objects.get(kind="imposition").id])
    assert browser("samira").post(page, {"kind": "dissent"}).status_code == 422
    assert browser("tomasz").get(page).status_code == 403
