"""Where a field stands."""

from hypothesis import given
from hypothesis import strategies as st

from apps.deliberation.domain.standing import Setting, Wish, standings

FIELDS = ["title", "unit", "target", "periods"]
WISH = Wish("proposal", "p", ("C", "U"), frozenset({"target", "unit"}))


def test_what_somebody_wants_otherwise_is_contested_and_still_says_how_it_was_set() -> None:
    found = standings(
        FIELDS,
        {"title", "unit", "target"},
        {"title": Setting("agreed", 3), "target": Setting("imposed", 7), "periods": Setting("open", 9)},
        [WISH],
    )
    assert [(one.state, one.set_as, one.seq) for one in found.values()] == [
        ("agreed", "agreed", 3),
        ("contested", "", None),
        ("contested", "imposed", 7),
        ("open", "", 9),
    ]
    assert found["target"].wished_by == ["C", "U"]


SETTINGS = st.dictionaries(
    st.sampled_from(FIELDS), st.builds(Setting, st.sampled_from(["agreed", "imposed", "open"]), st.integers(0, 99))
)
WISHES = st.lists(
    st.builds(
        Wish, st.just("offer"), st.text("ab", min_size=1), st.just(("C",)), st.frozensets(st.sampled_from(FIELDS))
    )
)


@given(st.sets(st.sampled_from(FIELDS)), SETTINGS, WISHES)
def test_a_field_is_contested_exactly_where_something_on_the_table_touches_it(
    there: set[str], settings: dict[str, Setting], wishes: list[Wish]
) -> None:
    for field, found in standings(FIELDS, there, settings, wishes).items():
        assert (found.state == "contested") == any(field in wish.fields for wish in wishes)
        assert (found.state == "open") <= (
            field not in there or settings.get(field, Setting("open", 0)).state == "open"
        )
