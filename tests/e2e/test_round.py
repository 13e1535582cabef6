"""The main job in real browsers: a round is opened, three people vote, turnout moves in all of them, the verdict stands."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.deliberation.services import draft_round
from apps.frameworks.models import Element
from apps.provenance.models import Verdict
from tests.people import Lismorrow
from tests.waiting import eventually

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
THREE_GROUPS = {
    "version": 1,
    "method": {"kind": "majority"},
    "groups": {"deciding": ["F", "T", "P"], "composition": {"kind": "all"}},
}
VOTERS = {"Ify": "Frontline staff", "Ruth": "Team managers", "Colm": "Providers"}
VERDICT = re.compile(r"^Agreed\b")
SLOW = 20_000  # ms: two cores carry browsers, server, worker and tests


def turnout(page: Page, group: str) -> str:
    """The line of the turnout that speaks of a group, as it stands on the page."""
    return page.get_by_role("region", name="Who has voted").get_by_role("listitem").filter(has_text=group).inner_text()


def test_a_round_from_opening_to_the_verdict_on_the_measures_page(
    live_lismorrow: Lismorrow, visit: Callable[..., Page]
) -> None:
    lismorrow = live_lismorrow
    round = draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="Loneliness",
        rule=lismorrow.rule(THREE_GROUPS),
        proposals=[lismorrow.propose()],
    )
    address = f"/rounds/{round.id}/"
    orla = visit(lismorrow.people["Orla"], address)
    orla.get_by_role("button", name="Open").click()
    voters = {name: visit(lismorrow.people[name], address, phone=True) for name in VOTERS}
    everybody = [orla, *voters.values()]
    for name, group in VOTERS.items():
        for page in everybody:
            assert re.search(r"\b0 of 1\b", turnout(page, group))
        voters[name].get_by_label("Yes, I am for it").check()
        voters[name].get_by_role("button", name="Send my vote").click()
        expect(voters[name].get_by_text(re.compile("vote is recorded", re.I)).first).to_be_visible(timeout=SLOW)
        for page in everybody:
            line = page.get_by_role("region", name="Who has voted").get_by_role("listitem").filter(has_text=group)
            expect(line).to_contain_text("1 of 1", timeout=SLOW)
            assert page.get_by_text(VERDICT).count() == 0, "nobody sees a result before the round is counted"
    orla.get_by_role("button", name="Close").first.click()
    for page in everybody:
        expect(page.get_by_text(VERDICT).first).to_be_visible(timeout=SLOW)
    eventually(lambda: Verdict.objects.exists())
    measure = visit(None, f"/elements/{Element.objects.get(code='M4').id}/")
    expect(measure.get_by_text(re.compile("Agreed by 3 of 6 groups")).first).to_be_visible(timeout=SLOW)
    measure.get_by_text("How its place is worked out").click()
    expect(measure.get_by_text(re.compile("3 of 6")).last).to_be_visible()
