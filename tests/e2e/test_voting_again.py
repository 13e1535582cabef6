"""In real browsers: rated in private with a reason, shown what the groups said, voted on again; many ratings at two sittings."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.deliberation.test_agreement import RATING
from tests.deliberation.test_feedback import ALL
from tests.e2e.accessible import assert_accessible
from tests.people import Lismorrow

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
SLOW = 20_000  # ms: two cores carry browsers, server, worker and tests


def test_a_phone_rates_says_why_sees_what_the_groups_said_and_rates_again(
    live_lismorrow: Lismorrow, visit: Callable[..., Page]
) -> None:
    lismorrow = live_lismorrow
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.vote(round, **{name: choice for name, choice in ALL.items() if name != "ify"})
    address = f"/rounds/{round.id}/"
    phone = visit(lismorrow.people["Ify"], address, phone=True)
    orla = visit(lismorrow.people["Orla"], address)
    phone.get_by_role("radio", name="7", exact=True).check()
    phone.get_by_text("Say why, if you like").click()
    phone.get_by_label("Why", exact=True).fill("Twice a week is too often.")
    phone.get_by_role("button", name="Send my vote").click()
    expect(phone.get_by_text("Your reason is kept.")).to_be_visible(timeout=SLOW)
    orla.get_by_role("button", name="Close the round").click()
    expect(orla.get_by_text("Undecided").first).to_be_visible(timeout=SLOW)
    orla.reload()
    orla.get_by_role("button", name="Show what the groups said and vote again").click()
    phone.get_by_role("link", name="What the groups said, and your ballot").click(timeout=SLOW)
    said = phone.get_by_role("region", name=re.compile("What the groups said"))
    expect(said).to_contain_text("Ratings: 1 × 2, 1 × 4, 1 × 6, 2 × 7, 3 × 8, 1 × 9.")
    expect(said).to_contain_text("Twice a week is too often.")
    expect(phone.get_by_text("Last time you said: 7")).to_be_visible()
    expect(phone.get_by_text("a manager sees no more than a member")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_role("radio", name="8", exact=True).check()
    phone.get_by_role("button", name="Send my vote").click()
    expect(phone.get_by_text("Your vote is recorded").first).to_be_visible(timeout=SLOW)


def test_nine_ratings_are_given_at_two_sittings_on_two_devices(
    live_lismorrow: Lismorrow, visit: Callable[..., Page]
) -> None:
    lismorrow = live_lismorrow
    round = lismorrow.open(*(lismorrow.propose(code=f"M{n}") for n in range(1, 10)), rule=RATING)
    address = f"/rounds/{round.id}/"
    phone = visit(lismorrow.people["Ify"], address, phone=True)
    expect(phone.get_by_text("0 of 9 answered, about 20 seconds each.")).to_be_visible(timeout=SLOW)
    ballots = phone.locator("form[data-ballot]")
    expect(ballots).to_have_count(7)
    assert_accessible(phone)
    for at in range(4):
        ballots.nth(at).get_by_role("radio", name="7", exact=True).check()
        ballots.nth(at).get_by_role("button", name="Send my vote").click()
        expect(phone.get_by_text(f"{at + 1} of 9 answered")).to_be_visible(timeout=SLOW)
    desk = visit(lismorrow.people["Ify"], address)
    expect(desk.get_by_text("4 of 9 answered")).to_be_visible(timeout=SLOW)
    expect(desk.locator("form[data-ballot]:visible")).to_have_count(5)
    desk.get_by_text("4 answers given").click()
    expect(desk.locator("form[data-ballot]:visible")).to_have_count(9)
