"""An auditor takes a measure's file home and verifies it with the network cut; a member checks the receipt of a vote."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import PHONE
from tests.exchange.stories import moulded_measure
from tests.people import Lismorrow

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.django_db(transaction=True)]
SLOW = 20_000  # ms


@pytest.fixture
def at_home(browser: Browser, tmp_path: Path) -> Callable[[Path], Page]:
    """`at_home(dossier)`: the verifier out of a dossier, opened from the disk of a machine that has no network."""

    def go(dossier: Path) -> Page:
        with zipfile.ZipFile(dossier) as archive:
            archive.extract("verify.html", tmp_path)
        context = browser.new_context(offline=True, viewport=PHONE)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto((tmp_path / "verify.html").as_uri())
        return page

    return go


def fault_free(page: Page) -> bool:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    return True


def test_from_the_measure_to_a_dossier_verified_with_the_network_cut(
    live_lismorrow: Lismorrow, visit: Callable[..., Page], at_home: Callable[[Path], Page], tmp_path: Path
) -> None:
    measure = moulded_measure(live_lismorrow)
    page = visit(live_lismorrow.people["Tomasz"], f"/elements/{measure.id}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Take this measure’s file").click()
    dossier = tmp_path / download.value.suggested_filename
    download.value.save_as(dossier)
    home = at_home(dossier)
    assert fault_free(home)
    home.get_by_label("The dossier (ZIP file)").set_input_files(dossier)
    expect(home.get_by_role("heading", name="Verified")).to_be_visible(timeout=SLOW)
    expect(home.get_by_text(re.compile("counted under the rule")).first).to_be_visible()
    expect(home.get_by_text(re.compile("Who sat at the keyboard"))).to_be_visible()
    assert fault_free(home)
    assert home.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_verifier_names_what_was_changed_and_works_by_keyboard(
    live_lismorrow: Lismorrow, visit: Callable[..., Page], at_home: Callable[[Path], Page], tmp_path: Path
) -> None:
    measure = moulded_measure(live_lismorrow)
    page = visit(live_lismorrow.people["Tomasz"], f"/partnerships/{live_lismorrow.partnership.id}/record/files/")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(f"^{measure.code}")).click()
    dossier = tmp_path / "taken.zip"
    download.value.save_as(dossier)
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(dossier) as archive:
        archive.extractall(folder)
    ballots = next(one for one in (folder / "ballots").glob("*[0-9a-f].csv") if ",for" in one.read_text())
    ballots.write_text(ballots.read_text().replace(",for", ",against", 1))
    home = at_home(dossier)
    home.get_by_label("Or the folder it was unpacked to").set_input_files(folder)
    expect(home.get_by_role("heading", name="Not verified")).to_be_visible(timeout=SLOW)
    expect(home.get_by_text(re.compile(f"{ballots.name} is not the file that was signed"))).to_be_visible()
    home.get_by_role("heading", name="Verify a dossier").click()
    home.keyboard.press("Tab")
    assert home.evaluate("document.activeElement.id") == "file"
    home.get_by_role("button", name="Verify").focus()
    home.keyboard.press("Enter")
    expect(home.get_by_role("heading", name="Not verified")).to_be_visible(timeout=SLOW)


def test_a_member_keeps_the_receipt_of_a_private_vote_and_checks_it_later(
    live_lismorrow: Lismorrow, visit: Callable[..., Page]
) -> None:
    lismorrow = live_lismorrow
    round = lismorrow.open(lismorrow.propose())
    lismorrow.vote(round, ify="for")
    page = visit(lismorrow.people["Ify"], f"/rounds/{round.id}/", phone=True, java_script_enabled=False)
    page.get_by_role("link", name=re.compile("Receipt, entry")).first.click()
    kept = page.get_by_label("Your receipt").input_value()
    lismorrow.decide(round, ruth="for", colm="against")
    later = visit(lismorrow.people["Ify"], "/receipts/", phone=True)
    later.get_by_label("Your receipt").fill(kept)
    later.get_by_role("button", name="Check it").click()
    expect(later.get_by_role("heading", name="It is in the record")).to_be_visible(timeout=SLOW)
    expect(later.get_by_text(re.compile("It holds your choice, sealed: “for”"))).to_be_visible()
    expect(later.get_by_text(re.compile("nothing in between was rewritten"))).to_be_visible()
    assert fault_free(later)
    later.get_by_label("Your receipt").fill(kept.replace('"for"', '"against"'))
    later.get_by_role("button", name="Check it").click()
    expect(later.get_by_role("heading", name="Not proved")).to_be_visible(timeout=SLOW)


def test_without_scripts_the_server_checks_a_receipt(live_lismorrow: Lismorrow, visit: Callable[..., Page]) -> None:
    round = live_lismorrow.open(live_lismorrow.propose())
    live_lismorrow.vote(round, ify="for")
    ify = live_lismorrow.people["Ify"]
    page = visit(ify, f"/rounds/{round.id}/", java_script_enabled=False)
    page.get_by_role("link", name=re.compile("Receipt, entry")).first.click()
    kept = page.get_by_label("Your receipt").input_value()
    page = visit(ify, "/receipts/", java_script_enabled=False)
    page.get_by_label("Your receipt").fill(kept)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", name="It is in the record")).to_be_visible()
    page.get_by_label("Your receipt").fill("{ nonsense")
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_text(re.compile("This is not a receipt")).first).to_be_visible()
