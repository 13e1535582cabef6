"""docs/rules.md and the tests name the same statements."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"\bRules ((?:\d+\.\d+)(?:, \d+\.\d+)*)")


def stated() -> list[str]:
    """The numbers of the document, in its order."""
    return re.findall(r"^- \*\*(\d+\.\d+)\*\* ", (ROOT / "docs/rules.md").read_text(), re.MULTILINE)


def named() -> set[str]:
    """The numbers tests name in their docstrings."""
    texts = (path.read_text() for path in (ROOT / "tests/consensus").glob("test_*.py"))
    return {number for text in texts for match in NAMED.findall(text) for number in match.split(", ")}


def test_every_statement_has_a_test_that_names_it() -> None:
    assert set(stated()) - named() == set()


def test_every_number_a_test_names_is_stated() -> None:
    assert named() - set(stated()) == set()


def test_numbers_are_stated_once_and_in_order() -> None:
    numbers = [tuple(map(int, number.split("."))) for number in stated()]
    assert numbers == sorted(set(numbers))
    assert len(numbers) > 100
