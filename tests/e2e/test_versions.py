"""A form that has gone stale, two versions side by side, and a vote cast again: by keyboard, phone and desktop, light and dark."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.deliberation.models import Ballot
from apps.proposals.services import revise_proposal
from tests.e2e.accessible import assert_accessible
from tests.e2e.keyboard import press, write
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db(transaction=True)
EVERYWHERE = pytest.mark.parametrize(
    ("phone", "scheme"), [(True, "light"), (False, "dark")], ids=["phone-light", "desktop-dark"]
)
Visit = Callable[..., Page]


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert_accessible(page)


@EVERYWHERE
def test_a_colleague_was_faster_and_both_texts_are_kept(
    live_lismorrow: Lismorrow, visit: Visit, phone: bool, scheme: str
) -> None:
    lismorrow = live_lismorrow
    proposal = lismorrow.propose(by=lismorrow.samira)
    page = visit(lismorrow.people["Samira"], reverse("revise", args=[proposal.id]), phone=phone, color_scheme=scheme)
    theirs = LONELINESS | {"population": "People of 12 and over", "owner": "The Council"}
    revise_proposal(by=lismorrow.pat, proposal=proposal, patch=theirs, rationale="R.", on_number=1)
    write(page, "population", "People of 13 and over")
    write(page, "rationale", "Schools ask for it.")
    press(page, "Make this version")
    expect(page.get_by_text("You both changed it: the form has yours")).to_be_visible()
    fits(page)
    press(page, "Make this version")
    expect(page.get_by_text("Version 3 stands now.")).to_be_visible()
    assert proposal.versions.get(number=3).patch == theirs | {"population": "People of 13 and over"}
    press(page, "Two versions side by side")
    expect(page.get_by_text("Version 2 and version 3.")).to_be_visible()
    fits(page)


@EVERYWHERE
def test_a_vote_is_cast_again_by_keyboard(live_lismorrow: Lismorrow, visit: Visit, phone: bool, scheme: str) -> None:
    lismorrow = live_lismorrow
    proposal = lismorrow.propose()
    lismorrow.decide(lismorrow.open(proposal), **(lismorrow.everybody("for") | {"colm": "against"}))
    newer = LONELINESS | {"population": "People of 12 and over"}
    revise_proposal(by=lismorrow.gareth, proposal=proposal, patch=newer, rationale="R.", on_number=1)
    proposal.refresh_from_db()
    second = lismorrow.open(proposal)
    page = visit(lismorrow.people["Colm"], reverse("round", args=[second.id]), phone=phone, color_scheme=scheme)
    expect(page.get_by_role("link", name="What has changed")).to_be_visible()
    fits(page)
    press(page, "Vote as before")
    expect(page.get_by_text("1 vote recorded, as before.")).to_be_visible()
    assert Ballot.objects.get(round=second).choice == "against"
