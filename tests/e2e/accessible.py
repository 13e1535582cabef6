"""axe-core on a page as a browser shows it."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "frontend/node_modules/axe-core/axe.min.js"
RUN = """async () => (await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }))
  .violations.map((fault) => `${fault.id}: ${fault.help}: ${fault.nodes.map((node) => node.target).join(", ")}`)"""


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA that axe can find."""
    page.evaluate(AXE.read_text())
    assert page.evaluate(RUN) == []
