"""A lapse gives parts back what stood before: it never raises anything above what it was, and an agreed part stays agreed."""

from typing import Any

from apps.provenance.domain.history import read_history
from apps.provenance.domain.scoring import score

GROUPS = {"A": "agency", "F": "frontline", "C": "community", "U": "users"}
AGREED: dict[str, Any] = {
    "t": 0, "type": "adopt", "method": "consent", "concurring": list(GROUPS), "origin": "joint", "timing": "plan", "window": True,
}  # fmt: skip
IMPOSED: dict[str, Any] = {
    "t": 1, "type": "impose", "method": "decree", "origin": "authority", "timing": "unforeseen", "parts": ["target"],
}  # fmt: skip
LAPSE: dict[str, Any] = {"t": 2, "type": "lapse", "parts": ["target"]}


def scored(*acts: dict[str, Any]) -> Any:
    return score(read_history({"version": 1, "groups": GROUPS, "until": 4, "acts": list(acts)}))


def test_after_the_lapse_it_stands_where_it_stood() -> None:
    found = scored(AGREED, IMPOSED, LAPSE)
    assert found.path[0].ni == found.current.ni
    assert found.path[1].ni < found.current.ni
    assert found.parts["target"].set_by == 0
    assert "partly_imposed" not in found.flags


def test_a_part_that_nothing_had_set_counts_no_more() -> None:
    without = AGREED | {"parts": ["definition", "source"]}
    found = scored(without, IMPOSED, LAPSE)
    assert list(found.parts) == ["definition", "source"]
    assert found.current == scored(without).current


def test_a_later_agreement_on_other_parts_is_untouched() -> None:
    rework = AGREED | {"t": 1.5, "type": "change", "parts": ["source"], "method": "vote"}
    found = scored(AGREED, IMPOSED, rework, LAPSE)
    assert {part: state.set_by for part, state in found.parts.items() if state.set_by} == {"source": 2}


def test_the_last_part_does_not_lapse() -> None:
    found = scored(IMPOSED, LAPSE)
    assert list(found.parts) == ["target"]
    assert found.acts[1].terms[0].name == "lapse"
