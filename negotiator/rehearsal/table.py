"""The table at the end: each measure with its decision, scores, verdict and why."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from negotiator.rehearsal.values import resolve

if TYPE_CHECKING:
    from negotiator.rehearsal.player import Player

COLUMNS = ("measure", "decision", "NI", "PE", "verdict", "why")


@dataclass(frozen=True)
class Row:
    """Where one measure stands at the end of the story; its last decision is an outcome, `imposed` or `set_outside`."""

    measure: str
    decision: str
    ni: str = ""
    pe: str = ""
    label: str = "no verdict"
    why: str = ""


def rows(player: "Player") -> list[Row]:
    """One row per measure of the scenario's table, in its order."""
    if not player.scenario.table:
        return []
    framework = {"framework": player.known["framework"]["id"]}
    decided = {each["element"]: each for each in player.everything("list_decisions", framework)}
    verdicts = {each["element"]: each for each in player.everything("list_verdicts", framework)}
    elements = [resolve(row["measure"], player.known) for row in player.scenario.table]
    return [_row(element, decided.get(element), verdicts.get(element)) for element in elements]


def differences(player: "Player", found: Sequence[Row]) -> Iterator[str]:
    """What is not as the scenario expects."""
    for wanted, row in zip(player.scenario.table, found, strict=True):
        for key, value in wanted.items():
            if key != "measure" and getattr(row, key) != value:
                yield f"{row.measure}: {key} is {getattr(row, key)} instead of {value}"


def lines(table: Sequence[Row]) -> Iterator[str]:
    """The table as text, columns aligned."""
    cells = [COLUMNS, *(astuple(row) for row in table)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(COLUMNS) - 1)]
    for row in cells:
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]).rstrip()


def _row(element: str, decision: Any, verdict: Any) -> Row:
    outcome = decision["outcome"] if decision else "none"
    if verdict is None:
        return Row(element, outcome)
    ni, pe = ("-" if score is None else str(score) for score in (verdict["ni"], verdict["pe"]))
    return Row(verdict["code"], outcome, ni, pe, ", ".join(verdict["label"]), verdict["headline"])
