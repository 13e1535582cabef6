"""Words from outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.common.texts import clean_line, clean_text


def test_markup_stays_text() -> None:
    assert clean_line("name", " <b>Ify & co</b> ", 50) == "<b>Ify & co</b>"


def test_line_ends_become_one_kind_and_stay_out_of_lines() -> None:
    assert clean_text("reason", "a\r\nb\rc", 50) == "a\nb\nc"
    with pytest.raises(Invalid):
        clean_line("name", "a\nb", 50)


@pytest.mark.parametrize("value", ["", "   ", None, 7, ["x"], "a\x00b", "\ud800", "x" * 51])
def test_what_is_not_words_is_refused_naming_the_field(value: object) -> None:
    with pytest.raises(Invalid) as refused:
        clean_line("name", value, 50)
    assert "name" in refused.value.fields


@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(value: str) -> None:
    try:
        once = clean_text("reason", value, 80)
    except Invalid:
        return
    assert clean_text("reason", once, 80) == once
