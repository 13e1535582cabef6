"""Choosing a rule and among texts, in real browsers: by buttons and keys alone, and with nothing axe objects to."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from apps.deliberation.models import Ballot, Round
from apps.deliberation.services import close_round
from tests.deliberation.test_every_kind import document, question, two_texts
from tests.people import Lismorrow
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
SLOW = 20_000  # ms: two cores carry browsers, server, worker and tests
ABC = {"alternatives": ["A", "B", "keep"]}


def accessible(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_ranking_is_made_with_buttons_sent_and_counted(live_lismorrow: Lismorrow, visit: Callable[..., Page]) -> None:
    lismorrow = live_lismorrow
    round = question(lismorrow, document("irv", ABC, "pooled"), two_texts(lismorrow))
    page = visit(lismorrow.people["Ify"], f"/rounds/{round.id}/", phone=True)
    expect(page.get_by_role("button", name="Move B up")).to_be_visible(timeout=SLOW)
    accessible(page)
    for name in ("B", "A"):
        page.get_by_role("button", name=f"Move {name} up").click()
    expect(page.get_by_text("A is now at place 2.")).to_be_visible()
    page.get_by_role("button", name="Send my vote").press("Enter")
    expect(page.get_by_text("You chose: 1. B and 2. A.")).to_be_visible(timeout=SLOW)
    assert Ballot.objects.get().choice == "B>A"
    close_round(by=lismorrow.orla, round=round)
    eventually(lambda: Round.objects.get(id=round.id).state == "tallied")
    expect(page.get_by_text("The count, stage by stage")).to_be_visible(timeout=SLOW)
    result = visit(None, f"/rounds/{round.id}/")
    result.get_by_text("The count, stage by stage").click()
    accessible(result)


def test_ballots_of_every_shape_are_accessible_with_and_without_scripts(
    live_lismorrow: Lismorrow, visit: Callable[..., Page]
) -> None:
    lismorrow = live_lismorrow
    for kind in ("approval", "majority_judgment"):
        round = question(lismorrow, document(kind, ABC), two_texts(lismorrow))
        for scripts in (True, False):
            page = visit(lismorrow.people["Ruth"], f"/rounds/{round.id}/", java_script_enabled=scripts)
            expect(page.get_by_role("button", name="Send my vote")).to_be_visible(timeout=SLOW)
            if scripts:
                accessible(page)
            else:
                page.get_by_role("checkbox" if kind == "approval" else "combobox").first.press("Space")
        close_round(by=lismorrow.orla, round=round)
        eventually(lambda: not lismorrow.framework.proposals.filter(state="in_round").exists())


def test_a_rule_is_chosen_tried_and_registered_by_keyboard(
    live_lismorrow: Lismorrow, visit: Callable[..., Page]
) -> None:
    lismorrow = live_lismorrow
    rules = visit(lismorrow.people["Orla"], f"/frameworks/{lismorrow.framework.id}/rules/", phone=True)
    accessible(rules)
    rules.get_by_role("link", name="Two thirds of all").press("Enter")
    accessible(rules)
    rules.get_by_role("link", name="Try it").press("Enter")
    rules.get_by_text("Other numbers").press("Enter")
    for name, votes in (
        ("Agency", "2 x for"),
        ("Providers", "1 x for"),
        ("Frontline staff", "1 x for"),
        ("Community", "2 x against"),
    ):
        rules.get_by_role("textbox", name=name, exact=True).fill(votes)
    accessible(rules)
    rules.get_by_role("button", name="Show what would come out").press("Enter")
    expect(rules.get_by_text("over the heads of Community").first).to_be_visible(timeout=SLOW)
    accessible(rules)
    rules.get_by_label("Name of the rule").fill("Two thirds of everybody")
    rules.get_by_role("button", name="Register this rule").press("Enter")
    expect(rules.get_by_role("heading", name="What it was tried on before")).to_be_visible(timeout=SLOW)
    accessible(rules)
