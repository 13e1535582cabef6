"""The agency and the partnership in a real browser: a table brought in by keyboard, an edition published, what changed read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from apps.frameworks.models import Edition
from apps.frameworks.services import publish_edition, seal_plan
from apps.proposals.models import Proposal
from tests.e2e.accessible import assert_accessible
from tests.e2e.keyboard import press, write
from tests.people import Lismorrow

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
TABLE = "domain,indicator,unit,improvement\nYoung,Self-efficacy,%,increase\nYoung,,%,\n"
SLOW = 20_000


def fits(page: Page) -> None:
    """Nothing is wider than the window, and nothing stands in the way of anybody."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert_accessible(page)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_an_agency_brings_its_framework_by_keyboard_alone(
    live_lismorrow: Lismorrow, visit: Callable[..., Page], tmp_path: Path, phone: bool
) -> None:
    file = tmp_path / "framework.csv"
    file.write_text(TABLE)
    framework = live_lismorrow.framework
    page = visit(live_lismorrow.people["Gareth"], f"/frameworks/{framework.id}/import/", phone=phone)
    page.get_by_label("The table", exact=True).set_input_files(str(file))
    press(page, "Look at it")
    expect(page.get_by_role("heading", name="Look before you bring it in")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("It has no title.")).to_be_visible()
    fits(page)
    write(page, "rationale", "Our draft.")
    press(page, "Bring it in")
    expect(page.get_by_role("heading", name="What came of the table")).to_be_visible(timeout=SLOW)
    assert sorted(Proposal.objects.values_list("code", flat=True)) == ["M1", "O1"]
    press(page, "To the framework")
    expect(page.get_by_role("link", name="Add M1 Self-efficacy")).to_be_visible(timeout=SLOW)
    fits(page)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_partnership_publishes_an_edition_and_reads_what_changed_by_keyboard_alone(
    live_lismorrow: Lismorrow, visit: Callable[..., Page], phone: bool
) -> None:
    lismorrow = live_lismorrow
    seal_plan(by=lismorrow.orla, framework=lismorrow.framework)
    publish_edition(by=lismorrow.orla, framework=lismorrow.framework)
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
    page = visit(lismorrow.people["Orla"], f"/frameworks/{lismorrow.framework.id}/editions/publish/", phone=phone)
    write(page, "effective_from", "04012030")
    press(page, "Publish it")
    expect(page.get_by_role("heading", name="Edition 2 of Living well in Lismorrow")).to_be_visible(timeout=SLOW)
    assert str(Edition.objects.get(number=2).effective_from) == "2030-04-01"
    fits(page)
    press(page, "What changed since the edition before")
    expect(page.get_by_role("link", name="Measure: M4 Loneliness")).to_be_visible(timeout=SLOW)
    fits(page)
