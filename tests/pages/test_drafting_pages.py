"""The drafting room, and answers that are kept before they are sent."""

import pytest
from django.urls import reverse

from apps.proposals.models import Draft, Offer, Proposal
from tests.pages.conftest import Browser, Story
from tests.pages.reading import seen_of, values_of, words

pytestmark = pytest.mark.django_db


def test_a_suggestion_is_kept_found_again_and_tabled(story: Story, browser: Browser) -> None:
    page, client = reverse("suggest", args=[story.element.id]), browser("ruth")
    sent = values_of(client.get(page)) | {"population": "Pupils", "target__value": "half a thought", "keep": "1"}
    kept = words(client.post(page, sent, follow=True))
    assert "It is kept. Only your group sees it" in kept
    assert "A change to M4 Loneliness" in kept
    assert "A change to M4" not in words(browser("ify").get(reverse("room", args=[story.lismorrow.framework.id])))
    again = values_of(client.get(f"{page}?draft=1"))
    assert (again["population"], again["target__value"]) == ("Pupils", "half a thought")
    sent = again | {"target__value": "15", "rationale": "They are many."}
    look = client.post(f"{page}?draft=1", sent)
    answer = client.post(f"{page}?draft=1", seen_of(look), follow=True)
    assert "Your suggestion is on the table." in words(answer)
    assert not Draft.objects.exists()
    assert Proposal.objects.order_by("-tabled_at")[0].versions.get().patch == {"population": "Pupils"}


def test_a_draft_of_another_group_does_not_exist(story: Story, browser: Browser) -> None:
    page = reverse("suggest", args=[story.element.id])
    browser("ruth").post(page, {"population": "Pupils", "keep": "1"})
    draft = Draft.objects.get()
    assert browser("ify").post(reverse("drop_draft", args=[draft.id])).status_code == 404
    assert browser("").get(reverse("room", args=[story.lismorrow.framework.id])).status_code == 302
    browser("ruth").post(reverse("drop_draft", args=[draft.id]))
    assert not Draft.objects.exists()


def test_answers_in_the_merge_table_are_kept_for_colleagues(story: Story, browser: Browser) -> None:
    page, client = reverse("merge", args=[story.proposal.id]), browser("samira")
    key = f"{story.offer.id}-reason"
    typed = values_of(client.get(page)) | {key: "We thought long.", f"{story.offer.id}-answer": "declined"}
    quietly = client.post(page, typed | {"keep": "quietly"})
    assert quietly.json() == {"number": 1}
    assert Offer.objects.get().state == "offered"
    theirs = browser("pat")
    assert values_of(theirs.get(page))[key] == "We thought long."
    late = client.post(page, typed | {"keep": "quietly"})
    assert (late.status_code, late.json()["code"]) == (409, "draft.stale")
    sent = values_of(theirs.get(page))
    assert "You have answered 1 offer" in words(theirs.post(page, sent, follow=True))
    assert not Draft.objects.exists()
