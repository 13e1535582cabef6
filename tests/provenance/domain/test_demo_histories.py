"""The ten measures of the invented town of Lismorrow, written as histories, and what the rule says of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from apps.provenance.domain.history import read_history
from apps.provenance.domain.scoring import Scored, score
from apps.provenance.domain.summary import framework_summary

HISTORIES = json.loads((Path(__file__).parent / "demo_histories.json").read_text())["histories"]

EXPECTED: dict[str, tuple[tuple[str, str], tuple[str, str], set[str]]] = {
    "M1": (("mixed", "emergent"), ("0.4223", "0.6429"), {"partly_imposed", "label_depends_on_weights"}),
    "M2": (("negotiated", "emergent"), ("0.9688", "1.0000"), set()),
    "M3": (("negotiated", "planned"), ("0.7083", "0.1667"), {"no_change_offered", "label_depends_on_weights"}),
    "M4": (("negotiated", "planned"), ("0.8179", "0.1429"), set()),
    "M5": (("mixed", "planned"), ("0.5774", "0.2857"), {"label_depends_on_weights"}),
    "M6": (("imposed", "emergent"), ("0.2500", "0.7143"), {"no_change_offered", "partly_imposed"}),
    "M7": (("imposed", "planned"), ("0.0000", "0.0000"), set()),
    "M8": (("imposed", "planned"), ("0.2875", "0.0000"), set()),
    "M9": (("mixed", "planned"), ("0.5670", "0.1190"), {"no_mandate", "partly_imposed"}),
    "M10": (("negotiated", "mixed"), ("0.6946", "0.5714"), {"partly_imposed", "label_depends_on_weights"}),
}


def verdict(name: str) -> Scored:
    found: dict[str, Any] = next(one for one in HISTORIES if one["id"] == name)
    return score(read_history(found))


@pytest.mark.parametrize("name", EXPECTED)
def test_a_measure_of_the_demo_stands_where_its_story_says(name: str) -> None:
    label, place, flags = EXPECTED[name]
    found = verdict(name)
    printed = found.to_json()

    assert found.label == label
    assert (printed["current"]["NI"], printed["current"]["PE"]) == place
    assert set(found.flags) == flags


def test_three_are_imposed_three_mixed_and_four_negotiated() -> None:
    labels = [verdict(name).label[0] for name in EXPECTED]

    assert [labels.count(word) for word in ("imposed", "mixed", "negotiated")] == [3, 3, 4]


def test_what_the_law_requires_is_counted_apart() -> None:
    summary = framework_summary(verdict(name) for name in EXPECTED)

    assert (summary.counted, summary.required) == (9, 1)
    assert summary.cells[("imposed", "planned")] == 1


def test_a_target_left_open_has_no_score_until_it_is_set() -> None:
    found = verdict("M1")

    assert found.path[0].ni == found.acts[0].ni
    assert "target" not in found.acts[0].moved
    assert "target" in found.acts[1].moved
