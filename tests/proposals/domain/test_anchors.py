"""What becomes of a comment when the text moves on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.proposals.domain.anchors import Anchor, anchor

TEXT = {"population": "People of 16 and over, and carers", "unit": "%"}


@pytest.mark.parametrize(
    ("field", "now", "quote", "hangs"),
    [
        ("", {}, "", Anchor.WHOLE),
        ("unit", TEXT, "", Anchor.HERE),
        ("unit", TEXT | {"population": "All"}, "", Anchor.HERE),
        ("population", TEXT | {"population": "All people"}, "", Anchor.EARLIER),
        ("population", TEXT | {"population": "Pupils, and carers"}, "and carers", Anchor.FOLLOWED),
        ("population", TEXT | {"population": "Pupils"}, "and carers", Anchor.EARLIER),
        ("population", {"unit": "%"}, "and carers", Anchor.EARLIER),
        ("target", TEXT, "", Anchor.HERE),
    ],
)
def test_a_comment_stays_follows_its_passage_or_is_about_an_earlier_version(
    field: str, now: dict[str, str], quote: str, hangs: Anchor
) -> None:
    assert anchor(field, TEXT, now, quote) == hangs


@given(st.dictionaries(st.sampled_from("abc"), st.text(max_size=3)), st.sampled_from("abc"), st.text(max_size=2))
def test_nothing_comes_loose_while_nothing_changes(fields: dict[str, str], field: str, quote: str) -> None:
    assert anchor(field, fields, dict(fields), quote) == Anchor.HERE
