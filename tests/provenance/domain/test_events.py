"""Entries of the record become the history that is scored."""

from datetime import date
from typing import Any

import pytest

from apps.common.errors import Invalid
from apps.provenance.domain.events import history_document, history_from_events
from apps.provenance.domain.scoring import score
from tests.provenance.domain.builders import GROUPS, agreed, imposed

SEALED = date(2023, 10, 1)
UNTIL = date(2026, 10, 1)


def entry(seq: int, at: str, act: dict[str, Any] | None, type_: str = "decision.made", **data: Any) -> dict[str, Any]:
    """An entry of the record; an act in it has no time of its own unless one is given."""
    body = data if act is None else {**data, "act": act}
    return {"v": 1, "seq": seq, "at": f"{at}T10:00:00.000000Z", "type": type_, "data": body}


def timeless(act: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in act.items() if key != "t"}


IMPOSED = entry(41, "2024-03-20", timeless(imposed()), "imposition.made", effective="2024-04-01")
CHANGED = entry(97, "2025-05-26", timeless(agreed(type="change", parts=["target"])))


def test_acts_are_dated_by_the_quarter_in_which_they_come_into_force() -> None:
    found = history_from_events([IMPOSED, CHANGED], GROUPS, SEALED, UNTIL)

    assert [str(act.t) for act in found.acts] == ["1/2", "3/2"]
    assert [act.on for act in found.acts] == ["2024-04-01", "2025-05-26"]
    assert found.until == 3


@pytest.mark.parametrize(
    ("day", "t"),
    [("2023-12-31", "0"), ("2024-01-01", "1/4"), ("2024-03-31", "1/4"), ("2024-04-01", "1/2"), ("2023-09-30", "-1/4")],
)
def test_a_quarter_lasts_from_its_first_day_to_its_last(day: str, t: str) -> None:
    found = history_from_events([entry(1, day, timeless(imposed()))], GROUPS, SEALED, UNTIL)

    assert str(found.acts[0].t) == t


def test_every_act_keeps_the_number_of_its_entry() -> None:
    assert score(history_from_events([IMPOSED, CHANGED], GROUPS, SEALED, UNTIL)).entries == (41, 97)


def test_a_time_stated_in_the_act_is_kept() -> None:
    found = history_from_events([entry(1, "2024-01-01", imposed("0.125"))], GROUPS, SEALED, UNTIL)

    assert str(found.acts[0].t) == "1/8"


def test_entries_that_decided_nothing_about_it_do_not_count() -> None:
    ballots = entry(7, "2024-03-01", None, "ballot.cast", choice="for")
    refused = entry(8, "2024-03-02", None, "act.refused", code="mandate.expired")
    named = {**refused, "data": {"act": "impose", "code": "mandate.expired"}}

    assert len(history_from_events([ballots, refused, named, IMPOSED], GROUPS, SEALED, UNTIL).acts) == 1


def test_acts_stand_in_the_order_in_which_they_came_into_force() -> None:
    later = entry(50, "2024-02-01", timeless(agreed(type="change")), effective="2025-01-01")

    assert history_from_events([later, IMPOSED], GROUPS, SEALED, UNTIL).acts[0].entry == 41


def test_an_act_decided_for_a_later_day_is_read_as_of_that_day() -> None:
    found = history_from_events([IMPOSED], GROUPS, SEALED, date(2024, 3, 20))

    assert found.until == found.acts[0].t


def test_the_document_gives_the_same_verdict_as_a_file() -> None:
    document = history_document([IMPOSED, CHANGED], GROUPS, SEALED, UNTIL)

    assert document["acts"][0]["t"] == "0.5"
    assert document["until"] == "3.0"
    assert document["acts"][1]["entry"] == 97


def test_without_any_act_there_is_no_history() -> None:
    with pytest.raises(Invalid) as caught:
        history_from_events([], GROUPS, SEALED, UNTIL)
    assert "acts" in caught.value.fields


def test_entries_are_not_changed() -> None:
    before = repr(IMPOSED)
    history_from_events([IMPOSED], GROUPS, SEALED, UNTIL)

    assert repr(IMPOSED) == before
