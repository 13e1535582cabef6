"""Two versions of a proposal beside each other, and two drafters who wrote on the same one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.proposals.models import Proposal
from apps.proposals.services import revise_proposal
from tests.pages.conftest import Browser, Story
from tests.pages.reading import values_of, words

pytestmark = pytest.mark.django_db


def revise(story: Story, **patch: Any) -> None:
    """A colleague of Samira's makes version 2."""
    revise_proposal(by=story.lismorrow.pat, proposal=story.proposal, patch=patch, rationale="R.", on_number=1)


def begun(story: Story, browser: Browser) -> tuple[Client, str, dict[str, Any]]:
    client, address = browser("samira"), reverse("revise", args=[story.proposal.id])
    return client, address, dict(values_of(client.get(address)))


def patch_of(story: Story, number: int) -> dict[str, Any]:
    return dict(Proposal.objects.get(id=story.proposal.id).versions.get(number=number).patch)


def test_a_stale_form_shows_what_was_what_stands_and_what_one_typed(story: Story, browser: Browser) -> None:
    client, address, sent = begun(story, browser)
    revise(story, population="People of 12 and over", periods="monthly")
    sent |= {"population": "People of 13 and over", "owner": "The Council", "rationale": "Mine."}
    stale = client.post(address, sent)
    assert stale.status_code == 409
    seen = words(stale)
    assert "Version 2 has come in the meantime" in seen
    assert "You both changed it: the form has yours" in seen
    assert "A colleague changed it" in seen
    assert "You changed it" in seen
    assert patch_of(story, 2) == {"population": "People of 12 and over", "periods": "monthly"}


def test_the_form_goes_on_with_both_and_can_be_sent_again(story: Story, browser: Browser) -> None:
    client, address, sent = begun(story, browser)
    revise(story, population="People of 12 and over", periods="monthly")
    sent |= {"population": "People of 13 and over", "owner": "The Council", "rationale": "Mine."}
    again = values_of(client.post(address, sent))
    assert (again["on_number"], again["rationale"].strip()) == ("2", "Mine.")
    assert "Version 3 stands now." in words(client.post(address, again, follow=True))
    assert patch_of(story, 3) == {
        "population": "People of 13 and over",
        "periods": "monthly",
        "owner": "The Council",
    }


def test_what_a_colleague_took_back_is_not_brought_back_unasked(story: Story, browser: Browser) -> None:
    client, address, sent = begun(story, browser)
    revise(story, periods="monthly")
    again = values_of(client.post(address, sent | {"owner": "The Council", "rationale": "Mine."}))
    client.post(address, again)
    assert patch_of(story, 3) == {"periods": "monthly", "owner": "The Council"}


def test_a_field_that_was_cleared_says_so_on_its_side(story: Story, browser: Browser) -> None:
    client, address, sent = begun(story, browser)
    revise(story, population="People of 12 and over", periods=None)
    seen = words(client.post(address, sent | {"periods": "weekly", "rationale": "Mine."}))
    assert "You both changed it: the form has yours" in seen
    assert "Yearly Nothing" in seen
    assert "weekly" in seen.split("Yearly Nothing")[1].split("The measure, part by part")[0].lower()


def test_two_versions_side_by_side_say_in_words_what_each_has(story: Story, browser: Browser) -> None:
    revise(story, population="People of 12 and over", periods="monthly")
    client = browser("")
    assert "Two versions side by side" in words(client.get(reverse("proposal", args=[story.proposal.id])))
    seen = words(client.get(reverse("versions", args=[story.proposal.id])))
    assert "Version 1 and version 2." in seen
    assert "People of removed: 11 and over" in seen
    assert "People of added: 12 and over" in seen


@pytest.mark.parametrize("asked", ["?old=9&new=x", "?old=2&new=1", ""])
def test_nonsense_and_order_do_not_matter(asked: str, story: Story, browser: Browser) -> None:
    revise(story, population="People of 12 and over")
    answer = browser("").get(reverse("versions", args=[story.proposal.id]) + asked)
    assert "Version 1 and version 2." in words(answer)


def test_a_single_version_has_nothing_to_compare(story: Story, browser: Browser) -> None:
    assert "these two say the same" in words(browser("").get(reverse("versions", args=[story.proposal.id])))
