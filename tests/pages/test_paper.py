"""A vote on paper, entered on the pages by two witnesses, without scripts."""

import pytest
from django.urls import reverse

from apps.deliberation.models import Ballot
from tests.pages.conftest import Browser, Story
from tests.pages.reading import forms_of, words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def test_two_witnesses_enter_a_paper_and_the_voter_gets_a_slip(
    story: Story, browser: Browser, lismorrow: Lismorrow
) -> None:
    seat = lismorrow.pat.seat
    assert seat is not None
    orla, colm = browser("orla"), browser("colm")
    before = Ballot.objects.filter(seat=seat).count()
    address = reverse("paper", args=[story.round.id])
    asked = {"seat": str(seat.id), "item": str(story.round.items.get().id)}
    paper = orla.get(address, asked, follow=True)
    assert "Paper of Community" in words(paper)
    form = next(form for form in forms_of(paper) if "means" in form["values"])
    sent = {**form["values"], "choice": "for", "means": "paper"}
    entry = reverse("paper_ballot", args=[story.round.id, asked["item"], seat.id])
    assert "A second witness enters the same paper now." in words(orla.post(entry, sent, follow=True))
    assert "one witness has entered it" in words(colm.get(address))
    differs = colm.post(entry, {**sent, "choice": "against"})
    assert differs.status_code == 409
    assert "The two entries are not the same." in words(differs)
    slip = words(colm.post(entry, sent))
    assert "Slip for the voter" in slip
    assert "Yes, I am for it" in slip
    assert Ballot.objects.filter(seat=seat).count() == before + 1
    assert "Waits for a second witness" not in words(colm.get(address))


def test_a_witness_takes_an_entry_back(story: Story, browser: Browser, lismorrow: Lismorrow) -> None:
    assert lismorrow.pat.seat is not None
    orla = browser("orla")
    entry = reverse("paper_ballot", args=[story.round.id, story.round.items.get().id, lismorrow.pat.seat.id])
    orla.post(entry, {"choice": "for", "means": "hands"})
    page = orla.get(reverse("paper", args=[story.round.id]))
    form = next(form for form in forms_of(page) if "Take it back" in form["text"])
    assert "The entry is taken back." in words(orla.post(form["action"], form["values"], follow=True))


def test_strangers_and_broken_addresses_get_a_plain_answer(story: Story, browser: Browser) -> None:
    address = reverse("paper", args=[story.round.id])
    assert browser("stan").get(address).status_code in {403, 404}
    assert browser("orla").get(address, {"seat": "x", "item": "y"}).status_code == 404
