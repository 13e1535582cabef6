"""Packages on pages: bound, promised, ratified."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apps.common import clock
from apps.proposals.models import Commitment, Package, Ratification
from tests.pages.conftest import Browser, Story
from tests.pages.reading import values_of, words

pytestmark = pytest.mark.django_db


def test_a_package_is_bound_with_promises_and_ratification(story: Story, browser: Browser) -> None:
    lismorrow, later = story.lismorrow, str(clock.now().date() + timedelta(days=20))
    two = [str(lismorrow.propose(code=code).id) for code in ("M7", "M8")]
    page = reverse("new_package", args=[lismorrow.framework.id])
    client = browser("gareth")
    sent = values_of(client.get(page)) | {
        "title": "Both counts",
        "proposals": two,
        "reason": "One needs the other.",
        "who_1": "P",
        "what_1": "Six tablets",
        "due_1": later,
        "body_1": "C",
        "until_1": later,
    }
    half = client.post(page, sent | {"due_1": ""})
    assert half.status_code == 422
    assert "Fill in the whole row, or leave it empty." in words(half)
    seen = words(client.post(page, sent, follow=True))
    assert "They stand or fall together from now on." in seen
    assert "Six tablets" in seen
    assert "Waits for its own body" in seen
    assert "Both counts" in words(browser("").get(reverse("packages", args=[lismorrow.framework.id])))
    kept = browser("colm").post(reverse("keep", args=[Commitment.objects.get().id]), follow=True)
    assert "Brought," in words(kept)
    ratify = reverse("ratify", args=[Ratification.objects.get().id])
    assert browser("ify").post(ratify, {"answer": "ratified", "evidence": "x"}).status_code == 403
    said = browser("pat").post(ratify, {"answer": "ratified", "evidence": "Minute 7 of 3 May."}, follow=True)
    assert "Minute 7 of 3 May." in words(said)
    gone = client.post(reverse("dissolve", args=[Package.objects.get().id]), {"reason": "Each alone."}, follow=True)
    assert "Dissolved" in words(gone)


def test_only_what_ones_group_speaks_for_can_be_bound(story: Story, browser: Browser) -> None:
    page = reverse("new_package", args=[story.lismorrow.framework.id])
    sent = {"title": "T", "reason": "So.", "proposals": [str(story.proposal.id)]}
    assert browser("ify").post(page, sent).status_code == 422
    assert browser("tomasz").get(page).status_code == 403
