"""Results as rows of bars with a sentence each: what deliberation presents, in the shapes the partial templates show."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.deliberation.presenting import results
from apps.pages.drawing.bar import Choice
from apps.pages.shown import ResultRow


@dataclass(frozen=True)
class Result:
    """One item's result: the verdict as a sentence with its state, and the rows."""

    verdict: str
    state: str
    state_words: str
    rows: Sequence[ResultRow]


def result_rows(result: results.ItemResult) -> Result:
    """A result as the page shows it."""
    return Result(result.verdict, result.state, result.state_words, [_row(row) for row in result.rows])


def _row(row: results.ResultRow) -> ResultRow:
    return ResultRow(
        name=row.name,
        choices=_choices(row.choices),
        took_part=row.took_part,
        entitled=row.entitled,
        sentence=row.sentence,
        threshold=row.threshold,
        apart=_choices(row.apart),
        state=row.state,
        state_words=row.state_words,
        overall=row.overall,
    )


def _choices(choices: Sequence[results.Choice]) -> list[Choice]:
    return [Choice(choice.kind, choice.label, choice.count) for choice in choices]
