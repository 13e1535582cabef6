"""Who comes to a meeting, in real browsers: said on a phone without scripts, read by the convenor, untold to everybody else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from apps.deliberation.models import Round
from apps.deliberation.services import announce_round, draft_round
from tests.e2e.accessible import assert_accessible
from tests.people import Lismorrow

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def round(live_lismorrow: Lismorrow) -> Round:
    drafted = draft_round(
        by=live_lismorrow.orla,
        framework=live_lismorrow.framework,
        title="Adult social care",
        rule=live_lismorrow.rule(),
        proposals=[live_lismorrow.propose()],
    )
    return announce_round(by=live_lismorrow.orla, round=drafted)


def test_a_member_says_it_on_a_phone_without_scripts_and_the_convenor_writes_down_who_telephoned(
    live_lismorrow: Lismorrow, round: Round, visit: Callable[..., Page]
) -> None:
    people, page = live_lismorrow.people, f"/rounds/{round.id}/"
    samira = visit(people["Samira"], page, phone=True, java_script_enabled=False)
    samira.get_by_role("button", name="I will come").click()
    expect(samira.locator("#coming")).to_contain_text("You have said that you will come.")

    orla = visit(people["Orla"], f"{page}coming/", color_scheme="dark")
    assert_accessible(orla)
    orla.get_by_label("Whose seat").select_option(label="Community, seat C2: Pat")
    orla.get_by_role("button", name="Write it down").click()
    expect(orla.get_by_role("main")).to_contain_text("Apologies: Pat (written down by the convenor)")
    orla.goto(f"{page}console/")
    expect(orla.get_by_role("main")).to_contain_text("Community: 1 of 2")
    orla.goto("/")
    expect(orla.get_by_role("main")).to_contain_text("Community: 1 of 2")
    expect(orla.get_by_role("main")).to_contain_text("1 sends apologies.")

    pat = visit(people["Pat"], page, phone=True)
    assert_accessible(pat)
    expect(pat.locator("#coming")).to_contain_text("You have sent apologies. The convenor has written it down for you.")
    public = visit(None, page, phone=True)
    expect(public.get_by_role("main")).to_contain_text("Loneliness")
    expect(public.locator("#coming")).to_have_count(0)
    expect(public.get_by_role("main")).not_to_contain_text("pologies")
