"""docs/record.md lists every type of entry and every kind of words as the code declares them."""

from pathlib import Path

import pytest

from apps.record.domain.kinds import TextKind, kinds
from apps.record.domain.schemas import EntryType, registered

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "record.md").read_text()
ROWS = {line.rsplit("|", 2)[0] for line in PAGE.splitlines() if line.startswith("| `")}


def entry_row(kind: EntryType) -> str:
    """How a type of entry stands in the table, without what it says."""
    keys = [f"{key}: {of}" for key, of in kind.required.items()]
    keys += [f"{key}?: {of}" for key, of in kind.optional.items()]
    return f"| `{kind.name}` {kind.version} | {kind.audience} | {', '.join(keys) or 'nothing more'} "


def text_row(kind: TextKind) -> str:
    """How a kind of words stands in the table, without its title."""
    kept = "as long as the record" if kind.years is None else f"{kind.years} years"
    return f"| `{kind.name}` | {'stays with its act' if kind.official else 'goes when its author asks'} | {kept} "


@pytest.mark.parametrize("row", [*map(entry_row, registered()), *map(text_row, kinds())])
def test_what_is_declared_is_documented(row: str) -> None:
    assert row in ROWS, f"add to docs/record.md: {row}| what it says |"


def test_nothing_is_documented_that_is_not_declared() -> None:
    assert ROWS - {*map(entry_row, registered()), *map(text_row, kinds())} == set()
