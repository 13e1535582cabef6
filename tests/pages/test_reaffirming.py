"""The button with which a vote on an earlier version is cast again on the new one."""

import pytest
from django.urls import reverse

from apps.deliberation.models import Ballot, Round
from apps.proposals.services import revise_proposal
from tests.pages.conftest import Browser
from tests.pages.reading import forms_of, words
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db
BUTTON = "Vote as before"


@pytest.fixture
def again(lismorrow: Lismorrow) -> Round:
    """A second round, on version 2 of what was voted on in the first; Colm was against version 1."""
    proposal = lismorrow.propose()
    lismorrow.decide(lismorrow.open(proposal), **(lismorrow.everybody("for") | {"colm": "against"}))
    patch = LONELINESS | {"unit": "points"}
    revise_proposal(by=lismorrow.gareth, proposal=proposal, patch=patch, rationale="R.", on_number=1)
    proposal.refresh_from_db()
    return lismorrow.open(proposal)


def test_a_vote_is_cast_again_with_one_button_and_says_what_it_was(again: Round, browser: Browser) -> None:
    client, address = browser("colm"), reverse("round", args=[again.id])
    page = client.get(address)
    assert "You chose “No, I am against it” on version 1; version 2 is voted on now." in words(page)
    form = next(form for form in forms_of(page) if BUTTON in form["text"])
    seen = words(client.post(form["action"], form["values"], follow=True))
    assert "1 vote recorded, as before." in seen
    assert BUTTON not in seen
    ballot = Ballot.objects.get(round=again)
    assert (ballot.choice, ballot.item.version and ballot.item.version.number) == ("against", 2)


def test_who_has_voted_meanwhile_keeps_that_vote(again: Round, browser: Browser, lismorrow: Lismorrow) -> None:
    client, address = browser("colm"), reverse("round", args=[again.id])
    form = next(form for form in forms_of(client.get(address)) if BUTTON in form["text"])
    lismorrow.vote(again, colm="for")
    assert "Nothing was changed." in words(client.post(form["action"], form["values"], follow=True))
    assert [ballot.choice for ballot in Ballot.objects.filter(round=again)] == ["for"]


def test_who_has_not_voted_before_has_no_such_button_and_is_refused(
    again: Round, browser: Browser, lismorrow: Lismorrow
) -> None:
    fresh = lismorrow.open(lismorrow.propose(code="M7"))
    assert BUTTON not in words(browser("ify").get(reverse("round", args=[fresh.id])))
    answer = browser("ify").post(reverse("reaffirm", args=[fresh.id]))
    assert answer.status_code == 409
    assert BUTTON not in words(browser("").get(reverse("round", args=[again.id])))
