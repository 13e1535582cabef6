"""What sentences about entries are made of."""

from collections.abc import Callable
from datetime import date

from apps.frameworks.domain.fields import PARTS
from apps.pages.present.names import Names
from apps.pages.present.words import day, listed
from apps.record.domain.entry import Entry

Teller = Callable[[Entry, Names], str]


def on(entry: Entry, names: Names) -> str:
    """What an entry is about: M4 Loneliness."""
    return names.element(entry.on.get("element"))


def parts_of(parts: object) -> str:
    """Who is counted and the target."""
    return listed(PARTS.get(str(part), str(part)) for part in parts) if isinstance(parts, list) else ""


def day_of(text: object) -> str:
    """1 April 2024, of a day or moment as an entry holds it."""
    return day(date.fromisoformat(str(text)[:10])) if text else ""
