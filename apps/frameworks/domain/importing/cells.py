"""From the text of a cell to the value of a field, as published frameworks write them."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from apps.common.errors import Invalid

BLANK = frozenset({"", "-", "–", "n/a", "na", "none", "null", "nil", "not applicable", "no specific target"})
LEVELS: Mapping[str, str] = {
    "mission": "mission", "purpose": "mission", "vision": "mission",
    "value": "value", "principle": "value",
    "goal": "outcome", "outcome": "outcome", "national_outcome": "outcome", "desired_outcome": "outcome",
    "target": "outcome", "objective": "outcome", "domain": "outcome", "theme": "outcome", "sub_outcome": "outcome",
    "indicator": "measure", "measure": "measure", "kpi": "measure", "variable": "measure",
    "instrument": "instrument", "survey": "instrument",
}  # fmt: skip
"""Words for levels, and the kind of element they mean."""
POLARITY: Mapping[str, str] = {
    **dict.fromkeys(("up", "increase", "increasing", "higher", "higher is better", "better is higher", "more", "positive",
                     "maximise", "descending"), "up"),
    **dict.fromkeys(("down", "decrease", "decreasing", "lower", "lower is better", "better is lower", "less", "negative",
                     "minimise", "reduce", "ascending"), "down"),
    **dict.fromkeys(("range", "middle", "goldilocks", "in range"), "range"),
}  # fmt: skip
"""Words for directions. Ascending and descending speak of ranking: where the lowest comes first, lower is better."""
CONSEQUENCE: Mapping[str, str] = {
    **dict.fromkeys(("payment", "payment by results", "money"), "payment"),
    **dict.fromkeys(("ranking", "league table", "published ranking"), "ranking"),
    **dict.fromkeys(("intervention", "special measures"), "intervention"),
    **dict.fromkeys(("nothing", "no consequence", "information only"), "none"),
}
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_COMMA = re.compile(r"-?[0-9]+,[0-9]{1,2}")
_RANGE = re.compile(r"(-?[0-9.,]+)\s*(?:-|–|to)\s*(-?[0-9.,]+)")


def filled(cell: str) -> str:
    """The cell without blanks around; nothing where it only says that there is nothing. The mark by which exports keep
    spreadsheets from running a cell as a formula is taken off again.
    """
    text = cell.strip()
    if len(text) > 1 and text[0] == "'" and text[1] in "=+-@":
        text = text[1:]
    return "" if text.casefold() in BLANK else text


def one_line(cell: str) -> str:
    """On one line."""
    return " ".join(cell.split())


def number(cell: str) -> str:
    """A plain number: without unit, currency and thousands commas. What is none stays as it is, to be refused by name."""
    text = re.sub(r"^[£$€<>≤≥~\s]+|[%\s]+$", "", cell)
    if _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    return text.replace(",", ".") if _COMMA.fullmatch(text) else text


def target(cell: str) -> dict[str, str]:
    """A value, or a range as "5-7" or "5 to 7"."""
    pair = _RANGE.fullmatch(cell.strip().rstrip("% "))
    return {"low": number(pair[1]), "high": number(pair[2])} if pair else {"value": number(cell)}


def items(cell: str) -> list[str]:
    """Distinct items, divided by semicolons, bars or lines, or else by commas."""
    parts = re.split(r"[;|\n]", cell) if re.search(r"[;|\n]", cell) else cell.split(",")
    return sorted({one_line(part) for part in parts} - {""})


def chosen(words: Mapping[str, str]) -> Callable[[str], str]:
    """One of a fixed list, by the words that published frameworks use for it."""

    def read(cell: str) -> str:
        word = one_line(cell).casefold().rstrip(".")
        if word not in words:
            raise Invalid(
                "cell.choice", f"‘{word[:40]}’ is not understood; write one of {', '.join(sorted(set(words.values())))}"
            )
        return words[word]

    return read


READERS: Mapping[str, Callable[[str], Any]] = {
    "polarity": chosen(POLARITY),
    "consequence": chosen(CONSEQUENCE),
    "midpoint": number,
    "burden_minutes": number,
    "disaggregations": items,
    "definition": str,
    "calculation": str,
    "data_source": str,
    "population": str,
    "change_criteria": str,
}
"""How the cell of a field is read, by field; every other is one line of text."""
