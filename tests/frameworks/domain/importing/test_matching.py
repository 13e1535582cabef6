"""Drafts beside what is there: by sign or else by title, each once; empty cells change nothing."""

from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from apps.frameworks.domain.importing import Draft, Drafts, Plan, Standing, drafts_of, plan, read_table, recognise


def drafts(text: str) -> Drafts:
    table = read_table(text)
    return drafts_of(table, recognise(table))


def standing(code: str, title: str, kind: str = "measure", **more: Any) -> Standing:
    fields = {"title": title, "definition": title} | more.pop("fields", {})
    return Standing(uuid4(), kind, code, fields, **more)


def deeds(found: Plan) -> list[tuple[str, str]]:
    return [(item.code, item.deed) for item in found.items]


def test_new_changed_and_there_already() -> None:
    there = [standing("M1", "A"), standing("M2", "B")]
    found = plan(drafts("code,title,unit\nM1,A,\nM2,B,%\nM3,C,\n"), there)
    assert deeds(found) == [("M1", "same"), ("M2", "change"), ("M3", "add")]
    assert found.items[1].patch == {"unit": "%"}


def test_without_signs_titles_count_and_new_signs_avoid_those_in_use() -> None:
    there = [standing("M2", "Loneliness")]
    found = plan(drafts("title\n  loneliness \nSafety\nSleep\n"), there)
    assert deeds(found) == [("M2", "change"), ("M1", "add"), ("M3", "add")]


def test_a_sign_of_another_kind_and_a_retired_one_are_left_out() -> None:
    there = [standing("X1", "A", kind="outcome"), standing("M2", "B", retired=True)]
    found = plan(drafts("code,title\nX1,A\nM2,B\n"), there)
    assert found.items == ()
    assert ["belongs to something else" in found.skipped[0].why, "retired" in found.skipped[1].why] == [True, True]


def test_what_others_have_on_the_table_is_not_touched_and_ones_own_is_revised() -> None:
    text = "code,title,unit\nM1,A,%\n"
    others = plan(drafts(text), [standing("M1", "A", pending=uuid4())])
    assert "offer them a change" in others.skipped[0].why
    assert deeds(plan(drafts(text), [standing("M1", "A", pending=uuid4(), mine=True)])) == [("M1", "change")]


def test_a_change_that_is_on_the_table_already_is_not_suggested_again() -> None:
    found = plan(drafts("code,title,unit\nM1,A,%\n"), [standing("M1", "A", asked=({"unit": "%", "owner": "Us"},))])
    assert deeds(found) == [("M1", "same")]


def test_entering_what_is_in_force_never_touches_what_is_there() -> None:
    there = [standing("M1", "A"), standing("M2", "B", pending=uuid4())]
    found = plan(drafts("code,title,unit\nM1,A,%\nM2,B,\nM3,C,\n"), there, only_new=True)
    assert deeds(found) == [("M3", "add")]
    assert len(found.skipped) == 2


def test_a_measure_finds_its_outcome_among_drafts_and_among_what_is_there() -> None:
    outcome = standing("O1", "Young", kind="outcome")
    found = plan(drafts("theme,indicator\nYoung,A\nOld,B\n"), [outcome])
    assert [item.above for item in found.items] == [None, outcome.id, None, "outcome old"]


titles = st.text(alphabet="abcAB ,\"'\n=é", min_size=1, max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["", "M1", "M2", "X"]), titles), min_size=1, max_size=8))
def test_every_row_is_accounted_for_and_a_second_import_makes_nothing(rows: list[tuple[str, str]]) -> None:
    cells = "".join(f'"{code}","{title.replace(chr(34), chr(34) * 2)}",x\n' for code, title in rows)
    found = drafts(f"code,title,note\n{cells}")
    first = plan(found, [])
    assert len(first.items) + len(first.skipped) == len(rows)
    assert len({item.code for item in first.items}) == len(first.items)
    again = plan(found, [_made(item.draft, item.code) for item in first.items])
    assert {item.deed for item in again.items} <= {"same"}


def _made(draft: Draft, code: str) -> Standing:
    return Standing(UUID(int=hash(draft.key) % 2**128), draft.kind, code, draft.fields)
