"""The four published worked histories come out to the last of their four decimals."""

import json
from pathlib import Path
from typing import Any

import pytest

from apps.provenance.domain.history import read_history
from apps.provenance.domain.scoring import score

PUBLISHED = Path(__file__).resolve().parents[3] / "../shared/data/provenance/worked_histories.json"


@pytest.fixture(scope="module")
def worked() -> dict[str, dict[str, Any]]:
    if not PUBLISHED.exists():
        pytest.skip("the published worked histories are not beside this checkout (../shared/data/provenance)")
    return {found["id"]: found for found in json.loads(PUBLISHED.read_text())["histories"]}


@pytest.mark.parametrize("name", ["W1", "W2", "W5", "W7"])
def test_a_worked_history_gives_exactly_the_published_verdict(worked: dict[str, dict[str, Any]], name: str) -> None:
    printed = score(read_history(worked[name])).to_json()
    terms = printed.pop("terms")

    assert printed == worked[name]["expected"]
    assert [term["act"] for term in terms] == list(range(len(worked[name]["acts"])))


def test_what_a_file_expects_has_no_influence(worked: dict[str, dict[str, Any]]) -> None:
    with_lies = {**worked["W2"], "expected": {"label": ["imposed", "emergent"]}}
    without = {key: value for key, value in worked["W2"].items() if key not in {"expected", "story", "id"}}

    assert score(read_history(with_lies)).to_json() == score(read_history(without)).to_json()


def test_the_terms_of_an_act_add_up_to_its_score_by_hand(worked: dict[str, dict[str, Any]]) -> None:
    (act,) = score(read_history(worked["W2"])).acts
    values = {term.name: (term.value, term.weight) for term in act.terms}

    assert act.ni == sum(value * weight for value, weight in (values["D"], values["A"]) if value and weight)
    assert act.pe == sum(value * weight for value, weight in (values["T"], values["O"]) if value is not None and weight)
