"""A secret vote on a phone: sealed while it is open, changed once, counted, and then nobody's."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.deliberation.models import Ballot, RoundKey
from apps.deliberation.services import close_round
from tests.e2e.accessible import assert_accessible
from tests.people import Lismorrow
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
SLOW = 20_000


def test_a_vote_is_sent_changed_counted_and_not_kept(live_lismorrow: Lismorrow, visit: Callable[..., Page]) -> None:
    lismorrow = live_lismorrow
    round = lismorrow.open(lismorrow.propose(), secrecy="secret")
    page = visit(lismorrow.people["Ify"], f"/rounds/{round.id}/", phone=True)
    for choice, said in (("Yes, I am for it", "Send my vote"), ("No, I am against it", "Change my vote")):
        page.get_by_label(choice).check()
        page.get_by_role("button", name=said).click()
        expect(page.get_by_text(f"You chose: {choice}")).to_be_visible(timeout=SLOW)
    told = page.get_by_role("region", name="Who has voted").get_by_role("listitem").filter(has_text="Frontline staff")
    expect(told).to_contain_text("shown once counted")
    assert {ballot.choice for ballot in Ballot.objects.all()} == {""}
    page.reload()
    expect(page.get_by_label("No, I am against it")).to_be_checked()
    page.get_by_text("All three ways of voting").click()
    expect(page.get_by_text("Whoever votes late knows how others have voted.")).to_be_visible()
    assert_accessible(page)
    close_round(by=lismorrow.orla, round=round)
    eventually(lambda: not RoundKey.objects.exists())
    assert not Ballot.objects.exists()
    page.reload()
    expect(page.get_by_text("you voted; what you chose is not kept")).to_be_visible(timeout=SLOW)
    assert_accessible(page)
