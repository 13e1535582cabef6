"""What people notice when a part is away: nothing is lost, pages say so, and it comes right again by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.deliberation.models import Ballot
from tests.e2e.conftest import Server
from tests.people import Lismorrow
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
SLOW = 20_000  # ms


def test_a_phone_that_loses_the_network_catches_up_and_keeps_its_half_made_choice(
    live_lismorrow: Lismorrow, visit: Callable[..., Page]
) -> None:
    lismorrow = live_lismorrow
    round = lismorrow.open(lismorrow.propose())
    phone = visit(lismorrow.people["Ify"], f"/rounds/{round.id}/", phone=True)
    other = visit(lismorrow.people["Ruth"], f"/rounds/{round.id}/")
    phone.get_by_label("No, I am against it").check()
    phone.context.set_offline(True)
    other.get_by_label("Yes, I am for it").check()
    other.get_by_role("button", name="Send my vote").click()
    eventually(lambda: Ballot.objects.count() == 1)
    phone.context.set_offline(False)
    turnout = phone.get_by_role("region", name="Who has voted").get_by_role("listitem").filter(has_text="Team managers")
    expect(turnout).to_contain_text("1 of 1", timeout=SLOW)
    expect(phone.get_by_label("No, I am against it")).to_be_checked()


def test_a_page_outlives_the_process_that_served_it(
    live_lismorrow: Lismorrow, visit: Callable[..., Page], server: Server
) -> None:
    lismorrow = live_lismorrow
    round = lismorrow.open(lismorrow.propose())
    page = visit(lismorrow.people["Ify"], f"/rounds/{round.id}/")
    server.kill("web")
    server.start("web")
    page.get_by_label("Yes, I am for it").check()
    page.get_by_role("button", name="Send my vote").click()
    turnout = (
        page.get_by_role("region", name="Who has voted").get_by_role("listitem").filter(has_text="Frontline staff")
    )
    expect(turnout).to_contain_text("1 of 1", timeout=SLOW)
    assert Ballot.objects.count() == 1


def test_reading_and_voting_work_without_scripts(live_lismorrow: Lismorrow, visit: Callable[..., Page]) -> None:
    lismorrow = live_lismorrow
    round = lismorrow.open(lismorrow.propose())
    page = visit(lismorrow.people["Ify"], f"/rounds/{round.id}/", java_script_enabled=False)
    page.get_by_label("Yes, I am for it").check()
    page.get_by_role("button", name="Send my vote").click()
    expect(page.locator("body")).to_contain_text("recorded")
    assert Ballot.objects.get().choice == "for"
