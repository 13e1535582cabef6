"""Values of fields: what somebody typed, checked and brought into its one form; and the same value in words.

Values are JSON. Numbers are decimal strings ("20.2"), never floats, so that comparing and hashing them is exact.
Every reader raises `Invalid` whose message is about the value alone; the caller names the field.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from apps.common.errors import Invalid
from apps.common.texts import clean_line, clean_text

MOST_ITEMS = 60
LONGEST_ITEM = 200
LONGEST_PERIOD = 40

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,9})?")


def read_line(value: object, limit: int) -> str:
    """One line of text. Markup stays what it is: text."""
    return clean_line("value", value, limit)


def read_text(value: object, limit: int) -> str:
    """Several lines of text."""
    return clean_text("value", value, limit)


def read_number(value: object) -> str:
    """A decimal string without plus, needless zeros or minus zero; from such a string or an integer."""
    text = str(value) if type(value) is int else value
    if not isinstance(text, str) or not _NUMBER.fullmatch(text.strip()):
        raise _wrong("is a number such as 12 or 12.5, without commas or a unit")
    plain = f"{Decimal(text.strip()):f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain == "-0" else plain


def read_bool(value: object) -> bool:
    if type(value) is not bool:
        raise _wrong("is yes or no")
    return value


def read_choice(value: object, choices: Mapping[str, str]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise _wrong(f"is one of: {', '.join(choices)}")
    return value


def read_set(value: object, allowed: Mapping[str, str]) -> list[str]:
    """Distinct lines, sorted; from `allowed` only, where there is any. The order typed means nothing."""
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise _wrong(f"is a list of at most {MOST_ITEMS} items")
    items = {read_line(item, LONGEST_ITEM) for item in value}
    if allowed and not items <= allowed.keys():
        raise _wrong(f"takes only: {', '.join(allowed)}")
    return sorted(items)


def read_references(value: object) -> list[str]:
    """Ids of elements, each once, sorted."""
    items = read_set(value, {})
    if not all(_is_id(item) for item in items):
        raise _wrong("names elements by their ids")
    return items


def read_baseline(value: object) -> dict[str, str]:
    """{"value": where it stood, "period": when}; the period may be missing."""
    given = _parts(value, {"value"}, {"period"})
    return {"value": read_number(given["value"])} | _period(given, "period")


def read_target(value: object) -> dict[str, str]:
    """{"value": ...}, or {"low": ..., "high": ...} for a range; "by" names the time it is due, "day" its last day."""
    if isinstance(value, dict) and value.get("low") not in (None, "") and value.get("value") in (None, ""):
        given = _parts(value, {"low", "high"}, {"by", "day"})
        low, high = read_number(given["low"]), read_number(given["high"])
        if Fraction(low) > Fraction(high):
            raise _wrong("has a lower end above its upper end")
        return {"low": low, "high": high} | _due(given)
    given = _parts(value, {"value"}, {"by", "day"})
    return {"value": read_number(given["value"])} | _due(given)


def read_periods(value: object) -> list[dict[str, str]]:
    """[{"label": "2023/24", "from": "2023-04-01", "to": "2024-03-31"}], by their first days; labels differ. Periods may
    overlap: a five-year window each year does.
    """
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise _wrong(f"is a list of at most {MOST_ITEMS} periods")
    periods = sorted((_one_period(item) for item in value), key=lambda each: (each["from"], each["to"], each["label"]))
    if len({each["label"] for each in periods}) < len(periods):
        raise _wrong("has the same label twice")
    return periods


def read_day(value: object) -> str:
    """A day as ISO 8601 writes it."""
    try:
        return date.fromisoformat(str(value).strip()).isoformat()
    except ValueError:
        raise _wrong("has a day that is not like 2024-03-31") from None


def show_number(value: str, unit: str = "") -> str:
    """The number with its unit, as a page writes it: "30,000 households", "20.2 %"."""
    return f"{Decimal(value):,f} {unit}".rstrip()


def show_baseline(value: Mapping[str, str], unit: str = "") -> str:
    period = value.get("period")
    return show_number(value["value"], unit) + (f" ({period})" if period else "")


def show_target(value: Mapping[str, str], unit: str = "") -> str:
    number = show_number(value["value"], unit) if "value" in value else _show_range(value["low"], value["high"], unit)
    by, day = value.get("by"), value.get("day")
    due = f"{by} ({day})" if by and day else by or day
    return f"{number} by {due}" if due else number


def show_period(value: Mapping[str, str]) -> str:
    """2023/24 (2023-04-01 to 2024-03-31)."""
    return f"{value['label']} ({value['from']} to {value['to']})"


def ends(target: Mapping[str, str]) -> tuple[Fraction, Fraction]:
    """Lower and upper end of a target, equal where it is a single value."""
    low, high = (target["value"],) * 2 if "value" in target else (target["low"], target["high"])
    return Fraction(low), Fraction(high)


def _show_range(low: str, high: str, unit: str) -> str:
    return f"{show_number(low)} to {show_number(high, unit)}"


def _parts(value: object, required: set[str], optional: set[str]) -> dict[str, Any]:
    """The filled-in keys of a compound value."""
    if not isinstance(value, dict):
        raise _wrong(f"has the parts {', '.join(sorted(required | optional))}")
    filled = {key: item for key, item in value.items() if item not in (None, "")}
    missing, unknown = sorted(required - filled.keys()), sorted(map(str, filled.keys() - required - optional))
    if missing or unknown:
        raise _wrong(f"lacks {', '.join(missing)}" if missing else f"has no part {', '.join(unknown)}")
    return filled


def _period(given: Mapping[str, Any], key: str) -> dict[str, str]:
    return {key: read_line(given[key], LONGEST_PERIOD)} if key in given else {}


def _due(given: Mapping[str, Any]) -> dict[str, str]:
    day = {"day": read_day(given["day"])} if "day" in given else {}
    return _period(given, "by") | day


def _one_period(value: object) -> dict[str, str]:
    given = _parts(value, {"label", "from", "to"}, set())
    first, last = read_day(given["from"]), read_day(given["to"])
    if first > last:
        raise _wrong("has a period whose first day comes after its last")
    return {"label": read_line(given["label"], LONGEST_PERIOD), "from": first, "to": last}


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _wrong(why: str) -> Invalid:
    return Invalid("field.malformed", why)
