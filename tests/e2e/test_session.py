"""A whole session in real browsers: a private first round, what the groups said, and a vote by consent on the same question."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.deliberation.models import Decision, Round
from apps.deliberation.services import draft_round, register_rule
from tests.deliberation.test_agreement import RATING
from tests.people import CONSENT, Lismorrow
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
SLOW = 20_000  # ms: two cores carry browsers, server, worker and tests
RATED = {"Ify": "8", "Samira": "3", "Colm": "7"}
OTHERS = {"gareth": "8", "moira": "9", "ruth": "6", "pat": "7", "jamie": "2", "margaret": "4"}


def vote(phone: Page, label: str) -> None:
    """Vote on a phone, and see that it is recorded."""
    phone.get_by_label(label, exact=True).check(timeout=SLOW)
    phone.get_by_role("button", name="Send my vote").click()
    expect(phone.get_by_text("Your vote is recorded.").first).to_be_visible(timeout=SLOW)


def test_a_private_round_then_what_the_groups_said_then_consent(
    live_lismorrow: Lismorrow, visit: Callable[..., Page]
) -> None:
    lismorrow, people = live_lismorrow, live_lismorrow.people
    register_rule(by=lismorrow.orla, framework=lismorrow.framework, title="Consent", document=CONSENT)
    proposals, rule = [lismorrow.propose()], lismorrow.rule(RATING)
    round = draft_round(
        by=lismorrow.orla, framework=lismorrow.framework, title="Loneliness", rule=rule, proposals=proposals
    )
    page = f"/rounds/{round.id}/"
    console, hall = visit(people["Orla"], f"{page}console/"), visit(None, f"{page}hall/")
    phones = {name: visit(people[name], page, phone=True) for name in RATED}
    everybody = [console, hall, *phones.values()]

    console.get_by_role("button", name="Open the round").click()
    for name, phone in phones.items():
        vote(phone, RATED[name])
    lismorrow.vote(round, **OTHERS)
    expect(console.get_by_role("row").filter(has_text="Community")).to_contain_text("2 of 2", timeout=SLOW)
    for one in everybody:
        assert one.get_by_text(re.compile("took part|What the groups said")).count() == 0, "nobody sees a rating yet"
    console.get_by_role("button", name="Close the round").click()
    for one in everybody:
        expect(
            one.get_by_text("The votes have been counted.").or_(one.get_by_text("has been counted.")).first
        ).to_be_attached(timeout=SLOW)

    again = console.get_by_role("button", name="Show what the groups said and vote again")
    expect(again).to_be_enabled(timeout=SLOW)
    console.get_by_label("By which rule").first.select_option("Consent")
    again.click()
    eventually(lambda: Round.objects.filter(follows=round, state="open").exists())
    second = Round.objects.get(follows=round)
    for one, place in ((console, "console/"), (hall, "hall/")):
        expect(one).to_have_url(re.compile(f"/rounds/{second.id}/{place}$"), timeout=SLOW)
    for name, phone in phones.items():
        phone.get_by_role("link", name="What the groups said, and your ballot").click(timeout=SLOW)
        said = phone.get_by_role("region", name="What the groups said")
        expect(said).to_contain_text("9 of 9 took part.", timeout=SLOW)
        expect(phone.get_by_text(f"Last time you said: {RATED[name]}")).to_be_visible()
        vote(phone, "Yes, I can live with it")
        assert phone.get_by_text(re.compile("^Agreed")).count() == 0
    lismorrow.vote(second, **dict.fromkeys(OTHERS, "consent"))
    console.get_by_role("button", name="Close the round").click(timeout=SLOW)
    for one in (console, hall, *phones.values()):
        expect(one.get_by_text("Agreed").first).to_be_visible(timeout=SLOW)
    eventually(lambda: Decision.objects.filter(item__round=second, adopted=True).exists())
