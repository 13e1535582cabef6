"""A meeting in real browsers: the convenor's console, phones in the hall and the view on its wall."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from apps.deliberation.models import Ballot, Round
from apps.deliberation.services import close_round, draft_round, move_on, open_round, pause_round, resume_round
from apps.proposals.models import Comment
from tests.e2e.accessible import assert_accessible
from tests.people import LONELINESS, MAJORITY_OF_EVERY_GROUP, Lismorrow
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
SLOW = 20_000  # ms: two cores carry browsers, server, worker and tests
THREE = {"deciding": ["F", "T", "P"], "composition": {"kind": "all"}}
MAJORITY = {"version": 1, "method": {"kind": "majority"}, "groups": THREE}
VOTERS = ("Ify", "Ruth", "Colm")
WIDTHS, SCHEMES = (True, False), ("light", "dark")
FITS = "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
SMALL_TYPE = """() => [...document.querySelectorAll('.hall *')]
  .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) && !one.closest('.unseen, svg'))
  .map((one) => parseFloat(getComputedStyle(one).fontSize)).reduce((a, b) => Math.min(a, b))"""


@pytest.fixture
def round(live_lismorrow: Lismorrow) -> Round:
    """A private round that is talked about before its vote."""
    return draft_round(
        by=live_lismorrow.orla,
        framework=live_lismorrow.framework,
        title="Loneliness",
        rule=live_lismorrow.rule(MAJORITY),
        proposals=[live_lismorrow.propose()],
        plan=[{"phase": "clarify", "minutes": 10}, {"phase": "react", "minutes": None}],
    )


def said(page: Page) -> Locator:
    """What a screen reader is told there."""
    return page.get_by_role("status", name="What happens")


def bar(page: Page) -> Locator:
    """Where the meeting is, at the upper edge of a member's room."""
    return page.locator("#meeting")


def test_a_meeting_is_led_from_the_console_with_three_phones_in_the_hall(
    live_lismorrow: Lismorrow, round: Round, visit: Callable[..., Page]
) -> None:
    people, page = live_lismorrow.people, f"/rounds/{round.id}/"
    console, hall = visit(people["Orla"], f"{page}console/"), visit(None, f"{page}hall/")
    phones = {name: visit(people[name], page, phone=True) for name in VOTERS}
    ify, ruth, _ = phones.values()
    console.get_by_role("button", name="Go on to questions").click()
    for phone in phones.values():
        expect(bar(phone)).to_contain_text("Questions", timeout=SLOW)
        expect(bar(phone).get_by_role("timer")).to_have_text(re.compile(r"^\d:\d\d left$"))
    expect(hall.locator(".hall-state")).to_contain_text(
        re.compile(r"^Questions are asked. \d:\d\d left$"), timeout=SLOW
    )

    for phone, told in ((ify, "You are next."), (ruth, "You are second; Frontline staff comes next.")):
        phone.get_by_role("button", name="Raise hand").click()
        expect(bar(phone)).to_contain_text(told, timeout=SLOW)
    expect(hall.get_by_text("Next: Frontline staff, Team managers")).to_be_visible(timeout=SLOW)
    console.get_by_role("button", name=re.compile("^Give the floor to Frontline staff")).click()
    expect(bar(ify)).to_contain_text("You have the floor.", timeout=SLOW)
    expect(bar(ruth)).to_contain_text(re.compile("You are next.*Frontline staff, seat .* has the floor"), timeout=SLOW)
    expect(said(ruth)).to_have_text(re.compile("has the floor|You are next"), timeout=SLOW)
    expect(hall.locator(".hall-speaker")).to_contain_text("Frontline staff, seat", timeout=SLOW)
    ify.get_by_role("button", name="I have finished").click()
    expect(console.get_by_text("Nobody has the floor.")).to_be_visible(timeout=SLOW)
    silent = console.get_by_role("row").filter(has_text="Team managers")
    expect(silent).to_contain_text("has not spoken yet", timeout=SLOW)

    for phone in phones.values():
        phone.get_by_role("button", name="Ready to move on").click()
        expect(phone.get_by_role("button", name="Ready to move on", pressed=True)).to_be_visible(timeout=SLOW)
    expect(console.get_by_text(re.compile("Ready: .*Frontline staff 1 of 1"))).to_be_visible(timeout=SLOW)
    expect(console.get_by_text("At least half of each group here is ready.")).to_be_visible(timeout=SLOW)

    console.get_by_role("button", name="Go on to reactions").click()
    expect(bar(ify)).to_contain_text("Reactions", timeout=SLOW)
    expect(ify.get_by_role("button", name="Ready to move on", pressed=False)).to_be_visible()
    console.get_by_role("button", name="Open the vote").click()
    for phone, choice in zip(
        phones.values(), ("Yes, I am for it", "Yes, I am for it", "No, I am against it"), strict=True
    ):
        phone.get_by_label(choice).check(timeout=SLOW)
        phone.get_by_role("button", name="Send my vote").click()
        expect(phone.get_by_text("Your vote is recorded.").first).to_be_visible(timeout=SLOW)
    for group in ("Frontline staff", "Team managers", "Providers"):
        expect(console.get_by_role("row").filter(has_text=group)).to_contain_text("1 of 1", timeout=SLOW)
    for everybody in (console, hall, *phones.values()):
        assert everybody.get_by_text(re.compile("^Not agreed")).count() == 0, (
            "nobody sees a result before it is counted"
        )
    console.get_by_role("button", name="Close the round").click()
    for everybody in (console, hall, *phones.values()):
        expect(everybody.get_by_text("Not agreed").first).to_be_visible(timeout=SLOW)
    expect(said(ify)).to_contain_text("The votes have been counted.", timeout=SLOW)


def test_a_phone_without_a_network_for_ten_seconds_loses_nothing_and_needs_no_reload(
    live_lismorrow: Lismorrow, round: Round, visit: Callable[..., Page]
) -> None:
    people, orla = live_lismorrow.people, live_lismorrow.orla
    open_round(by=orla, round=round)
    phone = visit(people["Ify"], f"/rounds/{round.id}/", phone=True)
    phone.evaluate("window.sameage = true")
    phone.get_by_label("No, I am against it").check()
    phone.get_by_text(re.compile("^What is said about")).click()
    phone.get_by_text(re.compile("^The whole: 0")).click()
    phone.get_by_label(re.compile("^Your words about: The whole")).fill("They are on their own after")
    phone.context.set_offline(True)
    live_lismorrow.vote(round, ruth="for")
    pause_round(by=orla, round=round)
    phone.wait_for_timeout(10_000)
    resume_round(by=orla, round=round)
    phone.context.set_offline(False)
    voted = phone.get_by_role("region", name="Who has voted").get_by_role("listitem").filter(has_text="Team managers")
    expect(voted).to_contain_text("1 of 1", timeout=SLOW)
    expect(bar(phone)).to_have_text(re.compile(r"^\s*Vote\b"), timeout=SLOW)
    expect(phone.get_by_label("No, I am against it")).to_be_checked()
    expect(phone.get_by_label(re.compile("^Your words about: The whole"))).to_have_value("They are on their own after")
    phone.get_by_role("button", name="Say it, about: The whole").click()
    expect(phone.get_by_text("It is said. Everybody can read it.")).to_be_visible(timeout=SLOW)
    phone.get_by_role("button", name="Send my vote").click()
    eventually(lambda: Ballot.objects.filter(round=round).count() == 2)
    assert Comment.objects.get().words.body == "They are on their own after"
    assert phone.evaluate("window.sameage"), "the page was never loaded again"


def test_console_hall_and_room_are_accessible_at_every_width_and_in_both_schemes(
    live_lismorrow: Lismorrow, round: Round, visit: Callable[..., Page]
) -> None:
    move_on(by=live_lismorrow.orla, round=round)
    places = (("console/", "Orla"), ("hall/", None), ("", "Ify"))
    pages = [
        visit(
            live_lismorrow.people[name] if name else None,
            f"/rounds/{round.id}/{place}",
            phone=phone,
            color_scheme=scheme,
        )
        for place, name in places
        for phone in WIDTHS
        for scheme in SCHEMES
    ]
    pages[-1].get_by_role("button", name="Raise hand").click()
    expect(pages[0].get_by_role("button", name=re.compile("^Give the floor to"))).to_be_visible(timeout=SLOW)
    for page in pages:
        expect(said(page)).to_be_attached(timeout=SLOW)
        assert_accessible(page)
    open_round(by=live_lismorrow.orla, round=round)
    for page in pages:
        expect(page.get_by_text("The vote is open.").first).to_be_visible(timeout=SLOW)
        assert_accessible(page)


def controls(page: Page) -> list[str]:
    """Everything on a page that can be used, as a screen reader names it: its role, and its name in quotes."""
    found = page.locator("main").locator("button, a[href], input:not([type=hidden]), select, textarea").all()
    return [one.aria_snapshot().splitlines()[0].removeprefix("- ").rstrip(":") for one in found if one.is_visible()]


def test_a_screen_reader_has_a_role_and_a_name_for_every_control(
    live_lismorrow: Lismorrow, round: Round, visit: Callable[..., Page]
) -> None:
    move_on(by=live_lismorrow.orla, round=round)
    room = visit(live_lismorrow.people["Ify"], f"/rounds/{round.id}/", phone=True)
    room.get_by_role("button", name="Raise hand").click()
    console = visit(live_lismorrow.people["Orla"], f"/rounds/{round.id}/console/")
    expect(console.get_by_role("button", name=re.compile("^Give the floor to"))).to_be_visible(timeout=SLOW)
    hall = visit(None, f"/rounds/{round.id}/hall/")
    room.get_by_text(re.compile("^What is said about")).click()
    room.get_by_text(re.compile("^Target: 0")).click()
    for page, wanted in (
        (room, ('button "Take hand down"', 'button "Ready to move on"', 'radio "Yes, I am for it" [disabled]')),
        (room, ('button "Say it, about: Target"', 'textbox "Your words about: Target.')),
        (console, ('button "Go on to reactions"', 'button "Pause"', 'button "5 minutes more"')),
        (console, ('button "Give the floor to Frontline staff, seat F1"', 'combobox "A turn lasts"')),
        (hall, ("link",)),
    ):
        found = controls(page)
        assert [one for one in found if '"' not in one] == [], "every control has a name"
        for name in wanted:
            assert any(one.removeprefix("'").startswith(name) for one in found), (name, found)
    for page, name in ((console, "How each group stands"), (console, "Who speaks"), (room, "Who has voted")):
        assert page.get_by_role("table", name=name).or_(page.get_by_role("region", name=name)).count() == 1
    assert hall.get_by_role("img", name="A code that opens this round on a phone").count() == 1


def test_the_hall_reads_it_from_the_last_row_without_scrolling(
    live_lismorrow: Lismorrow, round: Round, visit: Callable[..., Page]
) -> None:
    move_on(by=live_lismorrow.orla, round=round)
    hall = visit(None, f"/rounds/{round.id}/hall/")
    for width, height in ((1280, 720), (1920, 1080), (1024, 768)):
        hall.set_viewport_size({"width": width, "height": height})
        assert hall.evaluate(SMALL_TYPE) >= 0.034 * height
        assert hall.evaluate("document.documentElement.scrollHeight <= innerHeight")


def wait_until_fitted(hall: Page) -> None:
    """The hall is fitted once a new size has reached the page, a moment after it was set."""
    for _ in range(100):
        if hall.evaluate(FITS):
            return
        hall.wait_for_timeout(50)


def test_the_hall_shows_as_much_as_fits_and_never_scrolls(
    live_lismorrow: Lismorrow, visit: Callable[..., Page]
) -> None:
    """Two questions without a quorum in any of six groups fit with their reasons; nine with their outcomes; none is left out."""
    lismorrow, quorum = live_lismorrow, MAJORITY_OF_EVERY_GROUP | {"quorum": {"share": "1/2", "of": "entitled"}}
    title = {"title": "Repairs done in time: tenants whose urgent repair was done within ten working days"}
    proposals = [lismorrow.propose(code=f"M{code}", patch=LONELINESS | title) for code in range(11, 20)]
    for asked, told in ((proposals[:2], 2), (proposals, 0)):
        round = lismorrow.open(*asked, rule=quorum)
        close_round(by=lismorrow.orla, round=round)
        lismorrow.settle()
        hall = visit(None, f"/rounds/{round.id}/hall/")
        expect(hall.get_by_text("Too few took part")).to_have_count(len(asked), timeout=SLOW)
        for width, height in ((1280, 720), (1920, 1080), (1024, 768)):
            hall.set_viewport_size({"width": width, "height": height})
            wait_until_fitted(hall)
            expect(hall.get_by_text("at least one half needed").locator("visible=true")).to_have_count(told)
            assert hall.evaluate(SMALL_TYPE) >= 0.0225 * height
            assert hall.evaluate(FITS)
        assert_accessible(hall)
