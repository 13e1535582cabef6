"""What a table would bring in, or has brought in, in words."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from apps.frameworks.domain.importing import Item, Plan
from apps.pages.present.words import KINDS, capital, number_of

DEEDS = {"add": "new", "change": "a change", "same": "there already"}


@dataclass(frozen=True)
class Row:
    """One row of a report."""

    row: int
    kind: str
    name: str
    deed: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """What comes of a table: a sentence, every row that makes something, every row that makes nothing with the reason."""

    sentence: str
    rows: list[Row]
    skipped: list[Row]
    makes: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def noted(self) -> list[Row]:
        """The rows of which something is left out or changed."""
        return [row for row in self.rows if row.notes]


def report_of(plan: Plan) -> Report:
    """A plan in words."""
    return Report(
        sentence=_sentence(plan),
        rows=[_row(item) for item in plan.items],
        skipped=[Row(each.row, "", each.name, "left out", (each.why,)) for each in plan.skipped],
        makes=len(plan.of("add")) + len(plan.of("change")),
    )


def report_from(kept: dict[str, Any]) -> Report:
    """A report that was kept."""
    return Report(kept["sentence"], _rows(kept["rows"]), _rows(kept["skipped"]), kept["makes"])


def _rows(kept: Iterable[dict[str, Any]]) -> list[Row]:
    return [Row(**{**row, "notes": tuple(row["notes"])}) for row in kept]


def _sentence(plan: Plan) -> str:
    kinds = [
        number_of(n, words) for kind, words in KINDS.items() if (n := sum(i.draft.kind == kind for i in plan.of("add")))
    ]
    new = f"{', '.join(kinds)} new" if kinds else "Nothing new"
    rest = [
        f"{number_of(len(plan.of('change')), 'change')} to what is there" if plan.of("change") else "",
        f"{len(plan.of('same'))} there already" if plan.of("same") else "",
        f"{number_of(len(plan.skipped), 'row')} left out" if plan.skipped else "no row left out",
    ]
    return f"{capital('; '.join([new, *filter(None, rest)]))}."


def _row(item: Item) -> Row:
    name = f"{item.code} {item.draft.title}"
    return Row(item.draft.row, KINDS[item.draft.kind], name, DEEDS[item.deed], item.draft.notes)
