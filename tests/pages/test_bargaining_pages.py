"""After an offer: joining it from the look before sending, new versions, counter-offers, windows; and what became of it."""

import pytest
from django.urls import reverse

from apps.proposals.models import Offer
from apps.proposals.services import answer_offer, counter_offer
from tests.pages.conftest import Browser, Story
from tests.pages.reading import values_of, words

pytestmark = pytest.mark.django_db


def at(name: str, offer: Offer) -> str:
    return reverse(name, args=[offer.id])


def test_a_group_joins_what_is_offered_already(story: Story, browser: Browser) -> None:
    client, page = browser("ruth"), reverse("offer", args=[story.proposal.id])
    sent = values_of(client.get(page)) | {"population": "People of 12 and over", "reason": "Schools."}
    look = client.post(page, sent)
    assert "Who is counted People of 12 and over" in words(look)
    assert at("join_offer", story.offer) in look.content.decode()
    joined = words(client.post(at("join_offer", story.offer), follow=True))
    assert "Your group has joined it." in joined
    assert "Joined by Team managers." in joined
    assert Offer.objects.count() == 1


def test_a_group_makes_a_new_version_of_its_offer(story: Story, browser: Browser) -> None:
    client = browser("ify")
    assert "Make a new version of it" in words(client.get(reverse("proposal", args=[story.proposal.id])))
    page = reverse("offer", args=[story.proposal.id]) + f"?replaces={story.offer.id}"
    form = values_of(client.get(page))
    assert (form["population"], form["reason"]) == ("People of 12 and over", "Schools ask from 12.")
    answer = client.post(page, form | {"population": "People of 13 and over"}, follow=True)
    assert "Your change is offered." in words(answer)
    assert "A new version of an earlier offer." in words(answer)
    assert sorted(Offer.objects.values_list("state", flat=True)) == ["offered", "replaced"]
    gone = client.get(page)
    assert gone.status_code == 409


def test_a_group_takes_its_offer_back(story: Story, browser: Browser) -> None:
    answer = browser("ify").post(at("withdraw_offer", story.offer), {"reason": "We have talked."}, follow=True)
    assert "Taken back" in words(answer)
    assert "We have talked." in words(answer)
    assert browser("ruth").post(at("withdraw_offer", story.offer), {"reason": "Mine?"}).status_code == 403


def test_a_counter_offer_is_made_and_agreed_to(story: Story, browser: Browser) -> None:
    client = browser("samira")
    form = values_of(client.get(at("counter", story.offer)))
    sent = form | {"population": "People of 11 and over, 12 in schools", "reason": "Both."}
    made = words(client.post(at("counter", story.offer), sent, follow=True))
    assert "Counter-offer of Community" in made
    counter = Offer.objects.get(counters=story.offer)
    theirs = browser("ify")
    assert "Say yes or no" in words(theirs.get(reverse("proposal", args=[story.proposal.id])))
    answer = theirs.post(at("answer_counter", counter), {"answer": "accepted", "reason": "Good."}, follow=True)
    assert "Taken into version 2." in words(answer)
    assert story.proposal.versions.get(number=2).patch == {"population": "People of 11 and over, 12 in schools"}


def test_a_counter_offer_asks_for_an_answer_and_a_reason(story: Story, browser: Browser) -> None:
    counter = counter_offer(
        by=story.lismorrow.samira, offer=story.offer, patch={"population": "All"}, reason="Simplest."
    )
    client = browser("ify")
    assert client.post(at("answer_counter", counter), {}).status_code == 422
    assert browser("ruth").get(at("answer_counter", counter)).status_code == 403


def test_the_window_is_set_by_those_who_propose(story: Story, browser: Browser) -> None:
    page = reverse("window", args=[story.proposal.id])
    client = browser("samira")
    until = values_of(client.get(page))["offers_until"]
    shown = words(client.post(page, {"offers_until": until, "offers_each": "2"}, follow=True))
    assert "at most 2 changes by each group" in shown
    assert client.post(page, {"offers_until": "2020-01-01"}).status_code == 422
    assert browser("ify").get(page).status_code == 403


def test_everybody_reads_what_became_of_it(story: Story, browser: Browser) -> None:
    answer_offer(by=story.lismorrow.samira, offer=story.offer, answer="declined", reason="11 it is.")
    page = reverse("contributed", args=[story.lismorrow.framework.id])
    mine = words(browser("ify").get(page))
    assert "Frontline staff offered a change to M4 Loneliness: who is counted" in mine
    assert "Not taken" in mine
    assert "Community: “11 it is.”" in mine
    assert "Community proposed" not in mine
    everybodys = words(browser("").get(page))
    assert "Agency proposed to add M4 Loneliness Adopted" in everybodys
    assert "Agreed by all 6 groups" in everybodys
    assert "Nothing yet." in words(browser("ruth").get(page))
    assert "Frontline staff offered" in words(browser("ruth").get(f"{page}?whose=all"))
