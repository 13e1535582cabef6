"""Every published framework at hand becomes drafts, with a reason for each row that does not, and none twice."""

from pathlib import Path
from uuid import uuid4

import pytest

from apps.common.errors import Invalid
from apps.frameworks.domain.importing import Standing, drafts_of, plan, read_table, recognise

PUBLISHED = Path(__file__).resolve().parents[4] / "../shared/data/frameworks"
EXPECTED = {
    "ascof-measures-2015-2021": (29, {"measure": 29}, 0),
    "canada-cif-indicators": (86, {"outcome": 34, "measure": 86}, 0),
    "ichom-breast-cancer-set": (80, {"outcome": 6, "measure": 80}, 0),
    "lgbf-indicators": (108, {"outcome": 9, "measure": 108}, 0),
    "ni-pfg-wellbeing-indicators": (51, {"outcome": 14, "measure": 51}, 0),
    "ni-pfg-wellbeing-series": (602, {"outcome": 10, "measure": 51}, 551),
    "scotland-npf-2007-2018-outcomes": (17, {"mission": 1, "outcome": 16}, 0),
    "uk-sdg-indicator-metadata": (248, {"measure": 245}, 3),
    "un-sdg-goals-targets-indicators": (438, {"outcome": 186, "measure": 252}, 0),
    "vermont-population-outcomes": (10, {"outcome": 10}, 0),
}
"""Rows, drafts by kind, rows left out. Outcomes come from rows and from what rows name."""

pytestmark = pytest.mark.skipif(not PUBLISHED.exists(), reason="the published frameworks are not here (../shared/data)")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_published_framework_becomes_drafts_and_the_second_time_none(name: str) -> None:
    table = read_table((PUBLISHED / f"{name}.csv").read_bytes())
    found = drafts_of(table, recognise(table))
    first = plan(found, [])
    kinds = [item.draft.kind for item in first.of("add")]
    counts = {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}
    assert (len(table.rows), counts, len(first.skipped)) == (EXPECTED[name][0], EXPECTED[name][1], EXPECTED[name][2])
    assert all(each.why for each in first.skipped)
    there = [Standing(uuid4(), item.draft.kind, item.code, item.draft.fields) for item in first.items]
    assert {item.deed for item in plan(found, there).items} == {"same"}


def test_every_row_of_a_published_framework_is_accounted_for() -> None:
    for path in PUBLISHED.glob("*.csv"):
        table = read_table(path.read_bytes())
        columns = recognise(table)
        if columns.of("title"):
            found = drafts_of(table, columns)
            rows = {draft.row for draft in found.drafts} | {each.row for each in found.skipped}
            assert rows == {number for number, _ in table.rows}, path.name


def test_a_series_of_figures_without_names_asks_for_the_title() -> None:
    table = read_table((PUBLISHED / "lgbf-scotland-series.csv").read_bytes())
    with pytest.raises(Invalid) as refused:
        drafts_of(table, recognise(table))
    assert refused.value.code == "table.no_title"


def test_a_file_that_is_no_table_says_so() -> None:
    with pytest.raises(Invalid) as refused:
        read_table((PUBLISHED / "ni-pfg-wellbeing-domains.json").read_bytes())
    assert refused.value.code == "table.other_format"
