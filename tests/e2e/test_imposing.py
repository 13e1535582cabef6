"""In real browsers: set alone, told, half of it reworked, the picture shows the way; contested and answered; also by keyboard."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from apps.common import clock
from apps.frameworks.models import Element
from apps.measurement.models import Pulse
from apps.partnerships.models import Mandate
from apps.partnerships.services import record_mandate
from apps.proposals.models import Proposal
from apps.provenance.models import Challenge, Verdict
from apps.record import selectors as record
from tests.people import CONSENT, Lismorrow
from tests.provenance.test_challenges import people_on
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
SLOW = 20_000  # ms: two cores carry browsers, server, worker and tests
Visit = Callable[..., Page]


@pytest.fixture
def measure(live_lismorrow: Lismorrow) -> Element:
    """M4, agreed by all; Moira may decide alone on target and on who is counted, and on nothing else."""
    lismorrow = live_lismorrow
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
    eventually(lambda: Verdict.objects.exists())
    mandate(lismorrow)
    return Element.objects.get(code="M4")


def mandate(lismorrow: Lismorrow) -> Mandate:
    today = clock.now().date()
    return record_mandate(
        by=lismorrow.orla,
        code="MD1",
        holder=lismorrow.people["Moira"],
        authority="the Health Trust",
        basis_kind="duty",
        basis="Instruction of 1 March",
        limits="How often it is asked stays with the teams.",
        parts=["target", "population"],
        valid_from=today,
        review_on=today + timedelta(days=92),
    )


def press(page: Page, target: Locator, key: str = "Enter") -> None:
    """Reach something by the Tab key alone, and press a key on it."""
    handle = target.element_handle()
    for _ in range(250):
        if page.evaluate("one => document.activeElement === one", handle):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError("it cannot be reached by keyboard")


def test_set_alone_told_half_reworked_and_the_picture_shows_the_way(
    live_lismorrow: Lismorrow, measure: Element, visit: Visit
) -> None:
    lismorrow = live_lismorrow
    moira = visit(lismorrow.people["Moira"], f"/elements/{measure.id}/")
    moira.get_by_role("link", name="Decide under this mandate").click()
    expect(moira.get_by_text("How often it is asked stays with the teams.").first).to_be_visible()
    moira.locator("[name=target__value]").fill("12")
    moira.locator("[name=population]").fill("People of 18 and over")
    moira.get_by_label("Urgent harm").check()
    moira.get_by_label("In your own words").fill("It cannot wait.")
    moira.get_by_role("button", name="See how it will be shown").click()
    expect(moira.get_by_text("Nothing has been set yet.")).to_be_visible()
    expect(moira.get_by_text(re.compile("set by the Health Trust")).first).to_be_visible()
    assert Verdict.objects.count() == 1
    moira.get_by_role("button", name="Decide it under MD1").click()
    expect(moira.get_by_text("everybody can see by whom and why")).to_be_visible()
    eventually(lambda: record.entries(lismorrow.log, types=["notice.given"]) != [])

    ify = visit(lismorrow.people["Ify"], "/", phone=True)
    ify.get_by_role(
        "link", name=re.compile("The Health Trust has set who is counted and the target|has set .* of M4")
    ).click()
    expect(ify.get_by_text("nobody was asked or told beforehand")).to_be_visible()
    ify.get_by_role("link", name="Start the talk: suggest a change").click()
    ify.locator("[name=population]").fill("People of 11 and over")
    ify.get_by_label("Why", exact=True).fill("They are on their own after school.")
    ify.get_by_role("button", name="Put it on the table").click()
    if not Proposal.objects.filter(action="change").exists():  # what comes near was shown first
        ify.get_by_role("button", name=re.compile("table", re.I)).last.click()
    eventually(lambda: Proposal.objects.filter(action="change").exists())
    rework = lismorrow.open(Proposal.objects.get(action="change"), rule=CONSENT)
    lismorrow.decide(rework, **lismorrow.everybody("consent"))
    eventually(lambda: Verdict.objects.count() == 3)

    picture = visit(None, f"/frameworks/{lismorrow.framework.id}/matrix/")
    for reason in (
        r"M4.*Agreed by all 6 groups",
        r"M4.*set by the Health Trust under MD1",
        r"M4.*who is counted: agreed by all 6 groups",
    ):
        assert re.search(reason, picture.inner_text("main") + picture.content(), re.I | re.S), reason
    assert len(Verdict.objects.order_by("seq")[2].document["path"]) == 3
    drawing = picture.locator("svg.matrix").first
    left = drawing.locator("circle.journey-stop", has=picture.locator("title", has_text=re.compile("^M4, ")))
    expect(left).to_have_count(2)  # the two points it has left, each saying why; the mark is the third
    expect(drawing.get_by_text("M4", exact=True)).to_be_visible()
    measure.refresh_from_db()
    assert (measure.fields["population"], measure.fields["target"]["value"]) == ("People of 11 and over", "12")
    talk = visit(None, f"/elements/{measure.id}/")
    expect(talk.get_by_role("link", name=re.compile("^The target: open for a talk"))).to_be_visible()


def test_setting_alone_by_keyboard_and_what_is_refused_changes_nothing(
    live_lismorrow: Lismorrow, measure: Element, visit: Visit
) -> None:
    lismorrow = live_lismorrow
    page = visit(lismorrow.people["Moira"], f"/elements/{measure.id}/decide/")
    press(page, page.locator("[name=target__value]"), "Control+A")
    page.keyboard.type("12")
    press(page, page.get_by_label("Urgent harm"), "Space")
    press(page, page.get_by_label("In your own words"), "End")
    page.keyboard.type("It cannot wait.")
    press(page, page.get_by_role("button", name="See how it will be shown"))
    expect(page.get_by_text("Nothing has been set yet.")).to_be_visible()
    Mandate.objects.update(valid_from=clock.now().date() - timedelta(days=9))
    Mandate.objects.update(valid_until=clock.now().date() - timedelta(days=1))  # it ends while she looks
    press(page, page.get_by_role("button", name="Decide it under MD1"))
    expect(page.get_by_text(re.compile("is not valid on")).first).to_be_visible()
    Mandate.objects.update(valid_until=None)
    press(page, page.get_by_role("button", name="See how it will be shown"))
    press(page, page.get_by_role("button", name="Decide it under MD1"))
    expect(page.get_by_text("everybody can see by whom and why")).to_be_visible()
    eventually(lambda: Verdict.objects.count() == 2)
    refused = [entry.data["code"] for entry in record.entries(lismorrow.log, types=["act.refused"])]
    assert refused == ["mandate.not_valid"]
    measure.refresh_from_db()
    assert measure.fields["target"]["value"] == "12"


def test_contesting_and_answering_by_keyboard(live_lismorrow: Lismorrow, measure: Element, visit: Visit) -> None:
    lismorrow = live_lismorrow
    samira = visit(lismorrow.people["Samira"], f"/elements/{measure.id}/")
    press(samira, samira.get_by_role("link", name="Contest how it was decided"))
    samira.wait_for_url("**/contest/")
    press(samira, samira.get_by_label("What is wrong with it"), "End")
    samira.keyboard.type("Two of us were not asked.")
    press(samira, samira.get_by_role("button", name="Contest it"))
    expect(samira.get_by_text("Two of us were not asked.")).to_be_visible()
    made = Challenge.objects.get()
    for name in people_on(made)[:2]:
        member = visit(lismorrow.people[name.capitalize()], "/", phone=True)
        member.get_by_role("link", name=re.compile("You sit on a panel of three")).first.click()
        press(member, member.get_by_label("The challenge is right"), "ArrowDown")
        expect(member.get_by_label("It stands as recorded")).to_be_checked()
        press(member, member.get_by_label("Why"), "End")
        member.keyboard.type("The invitation stands in the record.")
        press(member, member.get_by_role("button", name="Give your opinion"))
        expect(member.get_by_text("Your opinion is recorded")).to_be_visible()
    expect(
        visit(None, f"/elements/{measure.id}/").get_by_text(re.compile("found that it stands as recorded"))
    ).to_be_visible()
    pulse = Pulse.objects.get(element=measure.id)
    ify = visit(lismorrow.people["Ify"], f"/pulses/{pulse.id}/", phone=True)
    ify.locator("[name=shape][value='7']").check()
    ify.locator("[name=matter][value='9']").check()
    ify.get_by_role("button", name="Send both").click()
    expect(ify.get_by_text("nobody sees your answer")).to_be_visible()
