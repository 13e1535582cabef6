"""A meeting by keyboard alone: the convenor leads it, a member speaks, says ready, votes and comments, and hears what happens."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.deliberation.models import Ballot, Round
from apps.deliberation.services import draft_round
from tests.e2e.keyboard import REACH
from tests.people import Lismorrow
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
SLOW = 20_000  # ms
NAMED = """() => { const at = document.activeElement; return (at?.getAttribute('aria-label') || at?.labels?.[0]?.innerText
  || at?.innerText || '').trim().replace(/\\s+/g, ' ') }"""

VISIBLE = """() => { const at = document.activeElement, box = at.getBoundingClientRect();
  const on = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return on !== null && (at.contains(on) || on.contains(at) || at.labels?.[0]?.contains(on) === true) }"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is in focus is named so, and can be seen."""
    for _ in range(REACH):
        page.keyboard.press("Tab")
        if re.search(name, page.evaluate(NAMED)):
            assert page.evaluate(VISIBLE), f"{name} has the focus where nobody sees it"
            return
    raise AssertionError(f"“{name}” cannot be reached by keyboard")


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Reach it and press it, as soon as it takes a press."""
    tab_to(page, name)
    expect(page.locator(":focus")).to_be_enabled(timeout=SLOW)
    page.keyboard.press(key)


def test_a_meeting_by_keyboard_alone(live_lismorrow: Lismorrow, visit: Callable[..., Page]) -> None:
    lismorrow = live_lismorrow
    round = draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="Loneliness",
        rule=lismorrow.rule(),
        proposals=[lismorrow.propose()],
        plan=[{"phase": "clarify", "minutes": None}],
    )
    console = visit(lismorrow.people["Orla"], f"/rounds/{round.id}/console/")
    phone = visit(lismorrow.people["Ify"], f"/rounds/{round.id}/", phone=True)
    hears = phone.get_by_role("status", name="What happens")
    expect(phone.get_by_role("status", name="What happens")).to_be_attached(timeout=SLOW)
    press(console, "^Go on to questions$")
    expect(hears).to_have_text("Questions are asked. The vote comes later.", timeout=SLOW)
    expect(console.get_by_role("button", name="Open the vote")).to_be_focused(timeout=SLOW)

    press(phone, "^Raise hand$")
    expect(hears).to_have_text("You are next.", timeout=SLOW)
    expect(phone.get_by_role("button", name="Take hand down")).to_be_focused()
    press(console, "^Give the floor to Frontline staff")
    expect(hears).to_have_text("You have the floor.", timeout=SLOW)
    finished = phone.get_by_role("button", name="I have finished")
    expect(finished).to_be_focused()
    expect(finished).to_be_enabled(timeout=SLOW)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("button", name="Raise hand")).to_be_visible(timeout=SLOW)
    press(phone, "^Ready to move on$", "Space")
    expect(hears).to_have_text("At least half of each group here is ready to move on.", timeout=SLOW)

    press(phone, "^What is said about")
    press(phone, "^The whole")
    tab_to(phone, "^Your words about: The whole")
    phone.keyboard.type("It matters.")
    press(phone, "^Say it, about: The whole$")
    expect(phone.get_by_text("It is said. Everybody can read it.")).to_be_visible(timeout=SLOW)

    console.get_by_role("heading", name="What next?").evaluate("(one) => { one.tabIndex = -1; one.focus() }")
    press(console, "^Open the vote$")
    expect(hears).to_have_text("The vote is open.", timeout=SLOW)
    phone.get_by_role("heading", level=1).evaluate("(one) => { one.tabIndex = -1; one.focus() }")
    press(phone, "^Yes, I am for it$", "Space")
    press(phone, "^Send my vote$")
    eventually(lambda: Ballot.objects.filter(round=round, choice="for").exists())
    expect(console.get_by_role("button", name="Close the round")).to_be_enabled(timeout=SLOW)
    press(console, "^Close the round$")
    eventually(lambda: Round.objects.get(id=round.id).state == "tallied")
    expect(hears).to_contain_text("The votes have been counted.", timeout=SLOW)
