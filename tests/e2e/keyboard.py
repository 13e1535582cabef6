"""Using a page by keyboard alone: everything is reached with the Tab key, as somebody without a pointer reaches it."""

from playwright.sync_api import Page

REACH = 200
"""After so many stops something counts as out of reach."""
_WORDS = """(document.activeElement?.innerText || document.activeElement?.value || '')
  .trim().replace(/\\s+/g, ' ').replace(/ :/g, ':')"""
_NAME = "document.activeElement?.getAttribute('name') || ''"


def press(page: Page, words: str) -> None:
    """Reach a link or button by what it says, press Enter, and wait for the page it leads to."""
    reach(page, _WORDS, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def unfold(page: Page, words: str) -> None:
    """Reach the heading of something folded, and open it."""
    reach(page, _WORDS, words)
    page.keyboard.press("Enter")


def write(page: Page, name: str, words: str) -> None:
    """Reach a control by its name, and type in place of what it holds."""
    reach(page, _NAME, name)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)


def choose(page: Page, name: str, down: int) -> None:
    """Reach a group of choices by its name, and go down so many from the one that is chosen."""
    reach(page, _NAME, name)
    for _ in range(down):
        page.keyboard.press("ArrowDown")


def reach(page: Page, what: str, wanted: str) -> None:
    """Press Tab until the script `what` gives what is wanted for the thing in focus."""
    for _ in range(REACH):
        page.keyboard.press("Tab")
        if page.evaluate(what) == wanted:
            return
    raise AssertionError(f"“{wanted}” cannot be reached by keyboard")
