"""When a review is due, held, overdue; and what stands when something lapses."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.deliberation.domain.lapsing import Before, Deed, before, parts_standing
from apps.deliberation.domain.reviews import Dated, ReviewState, held_on

DUE = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("today", "stage", "late"),
    [
        (date(2026, 3, 1), "", -31),
        (date(2026, 3, 2), "due", -30),
        (date(2026, 4, 1), "due", 0),
        (date(2026, 4, 2), "overdue", 1),
        (date(2026, 10, 1), "overdue", 183),
    ],
)
def test_a_review_is_called_thirty_days_ahead_and_overdue_from_the_day_after(
    today: date, stage: str, late: int
) -> None:
    state = ReviewState(DUE, today)
    assert (state.stage, state.days_late) == (stage, late)


@pytest.mark.parametrize("more", [{"held": DUE}, {"required": True}, {"ended": True}])
def test_nobody_waits_for_what_was_held_or_is_the_laws_or_is_over(more: dict[str, object]) -> None:
    state = ReviewState(DUE, date(2030, 1, 1), **more)  # type: ignore[arg-type]
    assert (state.is_waiting, state.stage, state.days_late) == (False, "", 0)


def test_a_round_is_a_review_only_of_parts_it_was_about_and_only_afterwards() -> None:
    earlier = Dated(3, DUE, {"target"})
    other = Dated(8, DUE + timedelta(1), {"source"})
    about = Dated(9, DUE + timedelta(2), {"target", "source"})
    assert held_on(["target"], 5, [earlier, other]) is None
    assert held_on(["target"], 5, [earlier, other, about]) == DUE + timedelta(2)


def agreed(seq: int, **patch: object) -> Deed:
    return Deed(seq, patch, frozenset(patch))


def test_what_lapses_falls_back_to_what_stood_before_or_to_nothing() -> None:
    deeds = [
        agreed(1, target="16", source="survey"),
        agreed(5, target="15", population="all"),
        agreed(7, population="16+"),
    ]
    assert before(deeds, 5) == {"target": Before("16", 1)}
    assert parts_standing(deeds, 5) == ["target"]
    alone = [agreed(1, source="survey"), agreed(5, target="15")]
    assert before(alone, 5) == {"target": Before(None, None)}


def test_what_has_lapsed_is_not_fallen_back_to() -> None:
    lapse = Deed(6, {"target": "16"}, frozenset({"target"}), undoes=5)
    deeds = [agreed(1, target="16"), agreed(5, target="15"), lapse, agreed(8, target="14")]
    assert before(deeds, 8) == {"target": Before("16", 1)}
    assert parts_standing([*deeds[:3]], 5) == []


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(), min_size=1), min_size=1, max_size=8), st.data())
def test_only_fields_the_lapsing_entry_still_set_move(patches: list[dict[str, int]], data: st.DataObject) -> None:
    deeds = [agreed(seq, **patch) for seq, patch in enumerate(patches, 1)]
    undone = data.draw(st.integers(1, len(deeds)))
    back = before(deeds, undone)
    for key in "abc":
        setters = [deed for deed in deeds if key in deed.patch]
        assert (key in back) == bool(setters and setters[-1].seq == undone)
        if key in back and len(setters) > 1:
            assert back[key] == Before(setters[-2].patch[key], setters[-2].seq)
