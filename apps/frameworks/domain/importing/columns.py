"""What the columns of a table mean: the names that occur in published frameworks, and a look at the cells."""

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from apps.frameworks.domain.importing.tables import Table

IGNORED = ""


@dataclass(frozen=True)
class Target:
    """What a column can mean. `names` are headers that say so, in the order in which they count."""

    key: str
    label: str
    names: tuple[str, ...] = ()


TARGETS = (
    Target("title", "Title", (
        "title", "name", "indicator_title", "national_indicator", "indicator_name", "indicator", "measure", "item",
        "statement", "label", "global_title",
    )),
    Target("code", "Short sign", ("code", "ref", "reference", "id", "variable_id", "indicator_code", "sign")),
    Target("level", "Kind or level of the row", ("level", "kind", "type", "element")),
    Target("above", "Sign of what it stands under", ("parent", "parent_code", "parent_id", "under")),
    Target("goal", "Name of the outer group", ("mission", "goal", "pillar", "ambition")),
    Target("outcome", "Name of the desired outcome", ("outcome", "domain", "theme", "desired_outcome", "objective")),
    Target("outcome_code", "Sign of the desired outcome", ("outcome_code", "target_id", "domain_code", "theme_code")),
    Target("outcome_definition", "What the desired outcome means", (
        "domain_description", "outcome_description", "theme_description",
    )),
    Target("definition", "What is counted", (
        "definition", "description", "measure_label", "what_is_counted", "indicator_description",
    )),
    Target("calculation", "How it is worked out, in words", ("calculation", "formula", "method", "computation")),
    Target("numerator", "Counted (above the line)", ("numerator",)),
    Target("denominator", "Out of (below the line)", ("denominator",)),
    Target("unit", "Unit", ("unit", "units", "unit_of_measure", "unit_of_measurement")),
    Target("polarity", "Which way is better", ("polarity", "improvement", "direction", "better", "desired_direction")),
    Target("midpoint", "Best middle value", ("midpoint", "best_value")),
    Target("baseline", "Where it started: the value", ("baseline", "baseline_value", "base_value", "value")),
    Target("baseline_period", "Where it started: for which time", (
        "baseline_period", "baseline_year", "base_year", "period", "year",
    )),
    Target("target", "Target: the value", ("target_value", "target")),
    Target("target_by", "Target: by when", ("target_by", "target_year", "target_date", "by")),
    Target("data_source", "Where the figure comes from", ("data_source", "source", "source_of_data")),
    Target("instrument", "How it is collected", ("instrument", "survey", "tool")),
    Target("owner", "Who answers for it", ("owner", "lead", "responsible", "accountable")),
    Target("burden_minutes", "Time it takes to collect, in minutes", ("burden_minutes", "minutes")),
    Target("population", "Who is counted", ("population", "who_is_counted", "coverage")),
    Target("disaggregations", "Shown apart for", ("disaggregations", "disaggregation", "breakdown", "breakdowns")),
    Target("periods", "How often", ("periods", "frequency", "periodicity", "reporting_period", "how_often")),
    Target("consequence", "What follows if it is missed", ("consequence", "consequence_if_missed")),
    Target("change_criteria", "When it should be changed", ("change_criteria", "criteria_for_change")),
    Target("required_by", "What requires it", ("required_by", "statute")),
    Target("licence", "Licence", ("licence", "license")),
    Target("why", "Why it matters", ("why", "importance", "rationale", "reason")),
)  # fmt: skip
"""Everything a column can mean, in the order of a form."""

AMBIGUOUS = frozenset({"indicator", "measure", "item"})
"""Headers under which some tables give the title and others the sign: the cells tell."""

_RANK = {name: (target.key, rank) for target in TARGETS for rank, name in enumerate(target.names)}
_CODE_LIKE = re.compile(r"(?=.*[0-9])[\w&.\-/ ]{1,20}")
_NUMBER_LIKE = re.compile(r"[£$€<>≤≥]?\s*-?[0-9][0-9.,\s]*\s*%?")


@dataclass(frozen=True)
class Mapping:
    """What each column means, by its place; several may mean the same, and then the first that is filled counts.
    `rows_are` is the kind of element a row is where no column says so.
    """

    columns: Map[int, str] = field(default_factory=dict)
    rows_are: str = "measure"

    def of(self, target: str) -> list[int]:
        """The columns that mean this, in the order in which they count."""
        return [index for index, meant in self.columns.items() if meant == target]


def targets_of(table: Table) -> Map[str, str]:
    """Every target with its label, for a form."""
    return MappingProxyType({IGNORED: "Leave it out", **{target.key: target.label for target in TARGETS}})


def recognise(table: Table) -> Mapping:
    """What the columns seem to mean. Columns that several languages share are read in English; somebody may choose others."""
    ranked = sorted(
        (rank, index, meant)
        for index, name in enumerate(table.header)
        for meant, rank in [_meaning(name, table.column(index))]
        if meant
    )
    columns = {index: meant for _, index, meant in ranked}
    columns = _settled(columns, table)
    return Mapping(columns, _rows_are(columns, table))


def plain(name: str) -> str:
    """A header as it is compared: small letters, one underscore between words, without the mark of English."""
    words = re.sub(r"[^0-9a-z]+", "_", name.casefold()).strip("_")
    return words.removesuffix("_en")


def _meaning(name: str, cells: Sequence[str]) -> tuple[str, int]:
    meant, rank = _RANK.get(plain(name), (IGNORED, 0))
    filled = [cell.strip() for cell in cells if cell.strip()]
    numeric = bool(filled) and sum(bool(_NUMBER_LIKE.fullmatch(cell)) for cell in filled) * 10 >= len(filled) * 9
    if plain(name) == "target" and filled and not numeric:
        return "outcome", 9
    if meant == "goal" and numeric:
        return IGNORED, 0
    if (
        plain(name) in AMBIGUOUS
        and filled
        and sum(bool(_CODE_LIKE.fullmatch(cell)) for cell in filled) * 10 >= len(filled) * 9
    ):
        return "code", 9
    return meant, rank


def _settled(columns: dict[int, str], table: Table) -> dict[int, str]:
    """What columns mean beside each other: one sign only; an outcome that is the only name there is, is the title."""
    meant = set(columns.values())
    if "title" not in meant and "outcome" in meant:
        first = next(index for index, target in columns.items() if target == "outcome")
        columns = columns | {first: "title"}
    seen: set[str] = set()
    for index, target in list(columns.items()):
        if target != "title" and target in seen:
            del columns[index]
        seen.add(target)
    return columns


def _rows_are(columns: Map[int, str], table: Table) -> str:
    titles = {plain(table.header[index]) for index, target in columns.items() if target == "title"}
    return "outcome" if titles & {"outcome", "desired_outcome", "statement"} else "measure"
