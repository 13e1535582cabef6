"""The picture in a real browser: the island draws what the server draws, on every day; by keyboard and from the table."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from apps.common import clock
from tests.e2e.accessible import assert_accessible
from tests.pages.conftest import tell
from tests.people import Lismorrow

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
SHAPES = """(page) => [...page.querySelectorAll("svg.matrix :is(circle, path, line, text, rect)")].map((shape) =>
  [shape.tagName, shape.getAttribute("class"), shape.textContent,
    ..."d cx cy r x y x1 y1 x2 y2 width height transform".split(" ").map((name) => shape.getAttribute(name) ?? "")].join(" "))
  .sort()"""
SERVED = (
    f"async (address) => ({SHAPES})(new DOMParser().parseFromString(await (await fetch(address)).text(), 'text/html'))"
)


@pytest.fixture
def picture(live_lismorrow: Lismorrow) -> str:
    """The address of the picture: M4 was agreed by every group, then its target set alone; M2 comes later."""
    story = tell(live_lismorrow)
    later = clock.now().date() + timedelta(days=40)
    round = live_lismorrow.open(live_lismorrow.propose(code="M2"), effective=later)
    live_lismorrow.decide(round, **live_lismorrow.everybody("for"))
    return f"/frameworks/{story.lismorrow.framework.id}/matrix/"


@pytest.fixture
def page(picture: str, visit: Callable[..., Page]) -> Page:
    """The picture, taken over by the island."""
    found = visit(None, picture)
    found.wait_for_selector("[data-island=matrix][data-mounted]", state="attached")
    return found


def test_on_every_day_the_island_puts_every_shape_where_the_server_puts_it(page: Page) -> None:
    island = f"() => ({SHAPES})(document)"
    days = page.evaluate("JSON.parse(document.querySelector('[data-island=matrix]').dataset.props).days")
    assert len(days) == 2
    drawn = page.evaluate(SERVED, page.url)
    assert drawn
    assert page.evaluate(island) == drawn
    for number, day in enumerate(days):
        page.locator("#matrix-day").fill(str(number))
        expect(page.locator(".days output")).to_contain_text(str(int(day[8:])))
        assert page.evaluate(island) == page.evaluate(SERVED, f"{page.url}?at={day}")


def test_by_keyboard_from_mark_to_mark_to_what_moved_it(page: Page) -> None:
    page.locator("#matrix-day").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    detail = page.locator(".matrix-detail")
    expect(detail.get_by_role("heading")).to_have_text("M2 Loneliness")
    page.keyboard.press("End")
    expect(detail.get_by_role("heading")).to_have_text("M4 Loneliness")
    expect(detail).to_contain_text("Agreed by all 6 groups. Negotiated, planned.")
    expect(detail).to_contain_text("The target: set by the Health Trust")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert re.search(r"/record/\d+/$", page.evaluate("document.activeElement.href"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/record/\d+/$"))


def test_from_the_table_to_the_measure_without_scripts(picture: str, visit: Callable[..., Page]) -> None:
    page = visit(None, picture, java_script_enabled=False)
    page.locator("svg.matrix a").nth(1).click()
    assert "#way-" in page.url
    row = page.locator("tr:target")
    expect(row).to_contain_text("The target: set by the Health Trust")
    row.get_by_role("link", name="M4 Loneliness").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Loneliness")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_it(phone: bool, scheme: str, picture: str, visit: Callable[..., Page]) -> None:
    page = visit(None, picture, phone=phone, color_scheme=scheme)
    page.wait_for_selector("[data-island=matrix][data-mounted]", state="attached")
    assert_accessible(page)
    page.get_by_role("option").first.focus()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("address", ["/idea/", "/cases/", "/cases/laa_nis/"])
def test_everybody_can_read_the_idea_and_the_cases(address: str, visit: Callable[..., Page]) -> None:
    for phone, scheme in ((True, "light"), (False, "dark")):
        page = visit(None, address, phone=phone, color_scheme=scheme)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
