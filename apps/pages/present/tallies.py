"""Results as rows of bars with a sentence each: what deliberation presents, in the shapes the partial templates show."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.deliberation.models import AGREED
from apps.deliberation.presenting import results
from apps.deliberation.presenting.stages import Stage
from apps.pages.drawing.bar import Choice
from apps.pages.present.words import listed
from apps.pages.shown import ResultRow


@dataclass(frozen=True)
class Result:
    """One item's result: the verdict as a sentence with its state, and the rows. Among alternatives also which are chosen in
    order, or which are tied, and the stages of the count."""

    verdict: str
    state: str
    state_words: str
    rows: Sequence[ResultRow]
    chosen: Sequence[str] = ()
    tied: Sequence[str] = ()
    stages: Sequence[Stage] = ()


def result_rows(result: results.ItemResult) -> Result:
    """A result as the page shows it."""
    rows = [bar_row(row) for row in result.rows]
    chosen = result.winners if result.outcome in AGREED else ()
    tied = [listed(tied) for tied in result.ties]
    return Result(result.verdict, result.state, result.state_words, rows, chosen, tied, result.stages)


def bar_row(row: results.ResultRow) -> ResultRow:
    """A row with its bar."""
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
