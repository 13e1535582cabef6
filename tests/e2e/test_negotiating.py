"""A measure negotiated field by field, in a real browser: by a member on her phone, by drafters at a desk, by keyboard."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from apps.common import clock
from apps.frameworks.models import Element
from apps.proposals.models import Offer, Proposal
from apps.proposals.services import offer_change
from tests.e2e.accessible import assert_accessible
from tests.e2e.keyboard import choose, press, unfold, write
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Page]


def in_force(lismorrow: Lismorrow) -> Element:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
    return Element.objects.get(code="M4")


def change(lismorrow: Lismorrow, element: Element) -> Proposal:
    return lismorrow.propose(
        by=lismorrow.samira,
        action="change",
        element=element.id,
        kind="",
        code="",
        patch={"population": "People of 11 and over"},
        offers_until=clock.now().date() + timedelta(days=14),
    )


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_member_taps_a_field_sees_who_said_the_like_joins_and_reads_what_became_of_it(
    live_lismorrow: Lismorrow, visit: Visit, phone: bool
) -> None:
    lismorrow, element = live_lismorrow, in_force(live_lismorrow)
    proposal = change(lismorrow, element)
    offer_change(by=lismorrow.ify, proposal=proposal, patch={"population": "People of 14 to 18"}, reason="Schools.")
    page = visit(lismorrow.people["Jamie"], reverse("element", args=[element.id]), phone=phone)
    page.get_by_role("link", name="Who is counted", exact=True).click()
    expect(page.get_by_text("Community and Frontline staff want it otherwise")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Frontline staff", exact=True).click()
    page.get_by_role("link", name="Offer a change").click()
    page.fill("[name=population]", "People of 14 to 18")
    page.fill("[name=reason]", "Instead of 16 to 24.")
    page.get_by_role("button", name="Offer this change").click()
    expect(page.get_by_text("Wants the same: who is counted.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Join this one instead of sending mine").click()
    expect(page.get_by_text("Joined by People who use services.")).to_be_visible()
    assert Offer.objects.count() == 1
    drafter = visit(lismorrow.people["Samira"], reverse("answer", args=[Offer.objects.get().id]))
    drafter.get_by_label("Take it as offered").check()
    drafter.locator("[name=reason]").fill("Two groups ask for it.")
    drafter.get_by_role("button", name="Send the answer").click()
    page.goto(reverse("contributed", args=[lismorrow.framework.id]))
    expect(page.get_by_text("It is in version 2. Community: “Two groups ask for it.”")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_the_same_by_keyboard_alone(live_lismorrow: Lismorrow, visit: Visit, phone: bool) -> None:
    lismorrow, element = live_lismorrow, in_force(live_lismorrow)
    page = visit(lismorrow.people["Jamie"], reverse("field", args=[element.id, "population"]), phone=phone)
    press(page, "Suggest a change")
    write(page, "population", "People of 14 to 18")
    write(page, "rationale", "Instead of 16 to 24.")
    press(page, "Put it on the table")
    expect(page.get_by_text("Your suggestion is on the table.")).to_be_visible()
    assert Proposal.objects.get(action="change").versions.get().patch == {"population": "People of 14 to 18"}
    press(page, "what became of them")
    expect(page.get_by_role("link", name="Change M4 Loneliness")).to_be_visible()


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_member_joins_what_another_group_said_by_keyboard_alone(
    live_lismorrow: Lismorrow, visit: Visit, phone: bool
) -> None:
    lismorrow, element = live_lismorrow, in_force(live_lismorrow)
    proposal = change(lismorrow, element)
    offer_change(by=lismorrow.ify, proposal=proposal, patch={"population": "People of 14 to 18"}, reason="Schools.")
    page = visit(lismorrow.people["Jamie"], reverse("proposal", args=[proposal.id]), phone=phone)
    press(page, "Offer a change")
    write(page, "population", "People of 14 to 18")
    write(page, "reason", "Instead of 16 to 24.")
    press(page, "Offer this change")
    expect(page.get_by_text("Wants the same: who is counted.")).to_be_visible()
    press(page, "Join this one instead of sending mine")
    expect(page.get_by_text("Joined by People who use services.")).to_be_visible()
    assert Offer.objects.count() == 1


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_drafter_merges_field_by_field_by_keyboard_alone_and_each_origin_is_kept(
    live_lismorrow: Lismorrow, visit: Visit, phone: bool
) -> None:
    lismorrow, element = live_lismorrow, in_force(live_lismorrow)
    proposal = change(lismorrow, element)
    taken, turned, refused = (
        offer_change(by=by, proposal=proposal, patch=patch, reason="So.").id
        for by, patch in (
            (lismorrow.ruth, {"periods": "monthly"}),
            (lismorrow.ify, {"population": "People of 12 and over"}),
            (lismorrow.colm, {"population": "All"}),
        )
    )
    page = visit(lismorrow.people["Samira"], reverse("proposal", args=[proposal.id]), phone=phone)
    press(page, "All of them side by side, field by field")
    expect(page.get_by_text("Not everybody wants the same here.")).to_be_visible()
    choose(page, f"{taken}-answer", 1)
    write(page, f"{taken}-reason", "Monthly it is.")
    choose(page, f"{turned}-answer", 2)
    write(page, f"{turned}-reason", "Half of it.")
    unfold(page, "In another form: what you take")
    write(page, f"{turned}-population", "People of 11 and a half")
    choose(page, f"{refused}-answer", 3)
    press(page, "Send these answers")
    expect(page.get_by_text("Say why: the group that offered it reads this.").first).to_be_visible()
    assert_accessible(page)
    write(page, f"{refused}-reason", "Too wide.")
    press(page, "Send these answers")
    expect(page.get_by_text("You have answered 3 offers")).to_be_visible()
    version = proposal.versions.get(number=2)
    assert version.patch == {"population": "People of 11 and a half", "periods": "monthly"}
    assert {str(offer.id): offer.state for offer in Offer.objects.all()} == {
        str(taken): "accepted",
        str(turned): "modified",
        str(refused): "declined",
    }


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_an_agency_sees_by_keyboard_which_fields_are_agreed_and_which_are_wanted_otherwise(
    live_lismorrow: Lismorrow, visit: Visit, phone: bool
) -> None:
    lismorrow, element = live_lismorrow, in_force(live_lismorrow)
    change(lismorrow, element)
    page = visit(lismorrow.people["Gareth"], reverse("framework", args=[lismorrow.framework.id]), phone=phone)
    press(page, "What is agreed, what is not")
    expect(page.get_by_text("Wanted otherwise 1 field")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    press(page, f"otherwise: {element.code}, Wanted otherwise: who is counted")
    expect(page.get_by_text("Community wants it otherwise")).to_be_visible()
    assert_accessible(page)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_two_drafters_merge_at_once_and_nobody_is_overwritten(
    live_lismorrow: Lismorrow, visit: Visit, phone: bool
) -> None:
    lismorrow, element = live_lismorrow, in_force(live_lismorrow)
    proposal = change(lismorrow, element)
    wishes = {
        "ify": {"population": "People of 12 and over"},
        "ruth": {"periods": "monthly"},
        "colm": {"population": "All"},
    }
    offers = {
        name: offer_change(by=getattr(lismorrow, name), proposal=proposal, patch=patch, reason="So.")
        for name, patch in wishes.items()
    }
    merge = reverse("merge", args=[proposal.id])
    samira = visit(lismorrow.people["Samira"], merge, phone=phone)
    pat = visit(lismorrow.people["Pat"], merge, phone=phone)
    expect(samira.get_by_text("Not everybody wants the same here.")).to_be_visible()
    assert_accessible(samira)
    answer(samira, offers["ify"], "accepted", "Schools count from 12.")
    expect(samira.get_by_text("Saved for your group.")).to_be_visible(timeout=15_000)
    answer(pat, offers["colm"], "declined", "Too wide.")
    expect(pat.get_by_text("A colleague has saved this in the meantime.")).to_be_visible(timeout=15_000)
    samira.get_by_role("button", name="Send these answers").click()
    expect(samira.get_by_text("You have answered 1 offer")).to_be_visible()
    pat.get_by_role("button", name="Send these answers").click()
    expect(pat.get_by_text("Version 2 has come in the meantime", exact=False).first).to_be_visible()
    assert pat.locator(f"[name='{offers['colm'].id}-reason']").input_value() == "Too wide."
    pat.get_by_role("button", name="Send these answers").click()
    expect(pat.get_by_text("You have answered 1 offer")).to_be_visible()
    proposal.refresh_from_db()
    assert proposal.number == 2
    assert proposal.versions.get(number=2).patch == {"population": "People of 12 and over"}
    assert {offer.state for offer in Offer.objects.all()} == {"accepted", "offered", "declined"}


def answer(page: Page, offer: Offer, choice: str, why: str) -> None:
    page.locator(f"[name='{offer.id}-answer'][value={choice}]").check()
    page.locator(f"[name='{offer.id}-reason']").fill(why)
