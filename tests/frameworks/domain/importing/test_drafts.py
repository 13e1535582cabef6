"""Rows become drafts; of every row that does not, and of everything left out of one, the reason is said."""

from typing import Any

import pytest

from apps.common.errors import Invalid
from apps.frameworks.domain.importing import Draft, Drafts, Mapping, drafts_of, read_table, recognise


def read(text: str, **changed: str) -> Drafts:
    table = read_table(text)
    found = recognise(table)
    columns = {**found.columns, **{table.header.index(name): meant for name, meant in changed.items()}}
    return drafts_of(table, Mapping(columns, found.rows_are))


def only(text: str) -> Draft:
    (draft,) = read(text).drafts
    return draft


def why(text: str) -> str:
    (skipped,) = read(text).skipped
    return skipped.why


def test_a_row_of_a_measure_with_everything_a_table_can_say() -> None:
    draft = only(
        "code;title;description;unit;polarity;baseline_value;base_year;target_value;target_year;source;frequency;breakdown\n"
        "M4;Loneliness;People who are lonely;%;decrease;20.2;2021/22;16 %;2027/28;Household survey;yearly;sex; age\n".replace(
            "sex; age", '"sex; age"'
        )
    )
    expected: dict[str, Any] = {
        "title": "Loneliness",
        "definition": "People who are lonely",
        "unit": "%",
        "polarity": "down",
        "baseline": {"value": "20.2", "period": "2021/22"},
        "target": {"value": "16", "by": "2027/28"},
        "data_source": "Household survey",
        "disaggregations": ["age", "sex"],
        "periods": "yearly",
    }
    assert (draft.code, draft.kind, dict(draft.fields), draft.notes) == ("M4", "measure", expected, ())


@pytest.mark.parametrize(
    ("word", "polarity"),
    [("Ascending", "down"), ("Descending", "up"), ("increase", "up"), ("Lower is better.", "down")],
)
def test_directions_in_the_words_that_published_frameworks_use(word: str, polarity: str) -> None:
    assert only(f"title,polarity\nA,{word}\n").fields["polarity"] == polarity


def test_a_best_middle_value_that_the_table_does_not_give_leaves_the_direction_out() -> None:
    draft = only("title,polarity\nA,Goldilocks\n")
    assert "polarity" not in draft.fields
    assert "middle value" in draft.notes[0]
    assert only("title,polarity,midpoint\nA,Goldilocks,22.5\n").fields["polarity"] == "range"


@pytest.mark.parametrize(
    ("cell", "target"),
    [
        ("30", {"value": "30"}),
        ("10,135", {"value": "10135"}),
        ("7.25%", {"value": "7.25"}),
        ("£ 12.50", {"value": "12.5"}),
        ("12,5", {"value": "12.5"}),
        ("5-7.5", {"low": "5", "high": "7.5"}),
        ("5 to 7 %", {"low": "5", "high": "7"}),
        ("-3", {"value": "-3"}),
    ],
)
def test_numbers_as_people_write_them(cell: str, target: dict[str, str]) -> None:
    assert only(f'title;target_value\nA;"{cell}"\n').fields["target"] == target


def test_a_cell_that_makes_no_sense_is_left_out_and_said_so() -> None:
    draft = only("title,target_value,polarity,burden_minutes\nA,99 or so,sideways,ten\n")
    assert "target" not in draft.fields
    assert len(draft.notes) == 3
    assert any("sideways" in note for note in draft.notes)


def test_a_huge_cell_is_left_out_and_the_row_kept() -> None:
    draft = only(f"title,source\nA,{'x' * 10_000}\n")
    assert draft.notes == ("Left out, where the figure comes from: at most 2000.",)


def test_a_title_that_is_too_long_is_shortened_and_stands_whole_in_the_definition() -> None:
    long = "word " * 100
    draft = only(f"title,description\n{long},More.\n")
    assert len(draft.title) <= 300
    assert draft.title.endswith("…")
    assert draft.fields["definition"] == f"{long.strip()}\n\nMore."


def test_a_measure_without_a_definition_is_defined_by_its_title() -> None:
    assert only("measure\nA\n").fields["definition"] == "A"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title,unit\n,%\n", "no title"),
        ("title,unit\nA,%\n\nB,%\n", "is empty"),
        ("title,unit\nA,%,and, more\nB,%\n", "needs quotes"),
        ("code,title\nM1,A\nM1,B\n", "stands in row 2 already"),
        ("code,title\nM1,A\nM1,a\n", "the same as row 2"),
        ("title,value\nA,1\nA,2\n", "the same as row 2"),
        ("level,title\nwish,A\nmeasure,B\n", "‘wish’ is not known"),
        ("code,title,parent\nM1,A,M1\nM2,B,\n", "under itself"),
        ("title,unit\nbell\x07,%\nA,%\n", "cannot be shown"),
    ],
)
def test_a_row_that_makes_nothing_says_why(text: str, words: str) -> None:
    assert words in why(text)


def test_a_file_whose_headers_nobody_knows_asks_which_column_is_the_title() -> None:
    with pytest.raises(Invalid) as refused:
        read("foo,bar\n1,Loneliness\n")
    assert refused.value.code == "table.no_title"
    assert read("foo,bar\n1,Loneliness\n", bar="title").drafts[0].title == "Loneliness"


def test_outcomes_that_rows_name_are_made_once_outer_ones_first() -> None:
    found = read(
        "mission,domain,domain_description,indicator\nPeople,Young,Begin well,A\nPeople,Young,,B\nPlanet,Clean,,C\n"
    )
    assert [(draft.kind, draft.title, draft.under) for draft in found.drafts] == [
        ("outcome", "People", ""),
        ("outcome", "Young", "outcome people"),
        ("measure", "A", "outcome young outcome people"),
        ("measure", "B", "outcome young outcome people"),
        ("outcome", "Planet", ""),
        ("outcome", "Clean", "outcome planet"),
        ("measure", "C", "outcome clean outcome planet"),
    ]
    assert found.drafts[1].fields["definition"] == "Begin well"


def test_what_stands_under_something_further_down_comes_after_it() -> None:
    found = read("level,code,title,parent\nindicator,1.1.1,C,1.1\ntarget,1.1,B,1\ngoal,1,A,\n")
    assert [draft.code for draft in found.drafts] == ["1", "1.1", "1.1.1"]
    assert found.drafts[1].fields["level"] == "Target"


def test_a_circle_is_cut_and_said() -> None:
    found = read("level,code,title,parent\ngoal,1,A,2\ngoal,2,B,1\n")
    assert sorted(draft.code for draft in found.drafts) == ["1", "2"]
    assert any("stands alone" in note for draft in found.drafts for note in draft.notes)


def test_languages_side_by_side_are_read_in_english_unless_somebody_chooses() -> None:
    text = "code,name_fr,name_en\nM1,Solitude,Loneliness\n"
    assert read(text).drafts[0].title == "Loneliness"
    assert read(text, name_en="", name_fr="title").drafts[0].title == "Solitude"


def test_the_mark_that_keeps_spreadsheets_from_running_a_cell_is_taken_off_again() -> None:
    assert only("title\n'=SUM(A1)\n").title == "=SUM(A1)"
    assert only("title\n'tis the season\n").title == "'tis the season"


def test_a_column_of_titles_stays_one_however_short_and_numbered_they_are() -> None:
    assert only("title,unit\nMeasure 1,%\n").title == "Measure 1"
    assert only("indicator,national_indicator\n1.1.1,Poverty\n").code == "1.1.1"
