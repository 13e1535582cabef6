"""Keepers, papers and the choice of entries by keyboard alone, at both widths and in both schemes without a fault axe can find."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.deliberation.services import draft_round
from tests.e2e.accessible import assert_accessible
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.keyboard import choose, press, reach, write
from tests.people import Lismorrow

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
NAME = "document.activeElement?.getAttribute('name') || ''"


def look(page: Page) -> None:
    """Nothing to object to on a phone or a wide screen, light or dark; and nothing to be scrolled sideways."""
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page)


def test_somebody_is_asked_to_keep_copies_and_sent_no_more(
    live_lismorrow: Lismorrow, visit: Callable[..., Page]
) -> None:
    page = visit(live_lismorrow.people["Orla"], f"/partnerships/{live_lismorrow.partnership.id}/record/")
    press(page, "Who keeps copies of it outside")
    look(page)
    press(page, "Ask somebody")
    press(page, "Ask them")
    expect(page.get_by_role("link", name=re.compile("^Who it is . Fill this in"))).to_be_visible()
    look(page)
    write(page, "name", "Internal audit")
    write(page, "mail", "audit@example.org")
    press(page, "Ask them")
    expect(page.get_by_text("Internal audit is asked within a minute.")).to_be_visible()
    expect(page.get_by_text("Has not said yes yet")).to_be_visible()
    look(page)
    press(page, "Send no more")
    look(page)
    press(page, "Send no more")
    expect(page.get_by_text("Nothing more is sent to Internal audit.")).to_be_visible()
    press(page, "Hold it against the record")
    write(page, "note", "Not a checkpoint")
    look(page)


def test_papers_are_asked_for_and_sent(live_lismorrow: Lismorrow, visit: Callable[..., Page]) -> None:
    lismorrow = live_lismorrow
    page = visit(lismorrow.people["Orla"], f"/partnerships/{lismorrow.partnership.id}/papers/")
    write(page, "days", "5")
    write(page, "days_off", "Christmas")
    press(page, "From now on")
    expect(page.get_by_text("Write each day like 2026-12-25, one a line.").first).to_be_visible()
    look(page)
    write(page, "days_off", "2026-12-25")
    press(page, "From now on")
    expect(page.get_by_text("From now on this is how long before a vote papers go out.")).to_be_visible()
    round = draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="Loneliness",
        rule=lismorrow.rule(),
        proposals=[lismorrow.propose()],
    )
    page.goto(f"/rounds/{round.id}/console/")
    press(page, "The agenda with every text, to print")
    look(page)
    press(page, "Send the papers")
    expect(page.get_by_text("The papers are out.")).to_be_visible()
    look(page)
    press(page, "The round")
    expect(page).to_have_url(re.compile(f"/rounds/{round.id}/$"))


def test_entries_are_chosen_from_the_record(live_lismorrow: Lismorrow, visit: Callable[..., Page]) -> None:
    live_lismorrow.decide(live_lismorrow.open(live_lismorrow.propose()), **live_lismorrow.everybody("for"))
    page = visit(live_lismorrow.people["Tomasz"], f"/partnerships/{live_lismorrow.partnership.id}/record/")
    look(page)
    write(page, "words", "loneliness")
    choose(page, "topic", 1)
    reach(page, NAME, "since")
    page.keyboard.type("01012024")
    press(page, "Show")
    expect(page).to_have_url(re.compile(r"words=loneliness&topic=\w+&who=&since=2024-01-01"))
    assert page.evaluate("location.hash") == "#story"
    look(page)
    press(page, "Show all of it again")
    expect(page).to_have_url(re.compile(r"/record/\?#story$"))
    expect(page.locator("[name=words]")).to_have_value("")
