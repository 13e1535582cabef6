"""The case library: every step has its sources, every scored one its reasons, and the scores are those of the rule."""

import json
from urllib.parse import urlsplit

import pytest

from apps.common.errors import NotFound
from apps.provenance.casebook import LIBRARY, Case, case_of, cases
from apps.provenance.domain.history import read_history
from apps.provenance.domain.scoring import score

CASES = list(cases().values())


def test_there_are_ten_cases_and_each_has_a_short_name_of_its_own() -> None:
    assert len(CASES) == 10
    assert len({case.code for case in CASES}) == 10


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_step_names_its_sources_and_is_scored_or_says_why_not(case: Case) -> None:
    for step in case.steps:
        assert step.sources
        assert all(
            urlsplit(source).scheme in {"http", "https"} and urlsplit(source).hostname for source in step.sources
        )
        assert bool(step.why_not) == (step.point is None)
        assert bool(step.words) == (step.point is not None)
        assert step.point is None or step.assumed or step.told == "Retired."
    assert [step.on[:4] for step in case.steps] == sorted(step.on[:4] for step in case.steps)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_score_is_that_of_the_history_file_anybody_can_take(case: Case) -> None:
    taken = json.loads(json.dumps(case.history))
    assert score(read_history(taken)).to_json() == case.scored.to_json()
    assert len(case.journey.stops) == len(case.scored.path)


def test_the_figures_of_the_cases() -> None:
    found = {case.id: (case.scored.to_json()["current"], list(case.scored.label)) for case in CASES}
    assert found["psa"] == ({"NI": "0.4250", "PE": "0.0000"}, ["mixed", "planned"])
    assert found["compstat_citistat"] == ({"NI": "0.0000", "PE": "0.8333"}, ["imposed", "emergent"])
    assert found["strive"] == ({"NI": "0.5100", "PE": "0.8333"}, ["mixed", "emergent"])
    assert found["peterborough_sib"] == ({"NI": "0.6000", "PE": "0.1667"}, ["mixed", "planned"])
    assert "agreed_among_organisations" in case_of("peterborough_sib").scored.flags


def test_a_step_is_judged_by_what_had_happened_until_then() -> None:
    words = [step.words for step in case_of("psa").steps]
    assert words == ["imposed, planned", "mixed, planned", "", "", "mixed, planned"]


def test_an_unknown_case_is_named_as_such() -> None:
    with pytest.raises(NotFound):
        case_of("atlantis")


def test_the_library_says_whose_reading_it_is() -> None:
    assert "our reading" in json.loads(LIBRARY.read_text())["about"]
