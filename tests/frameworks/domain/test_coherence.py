"""What does not fit together in a framework, said in a sentence."""

from typing import Any

from apps.frameworks.domain.coherence import Finding, check

HOME = {"id": "o4", "kind": "outcome", "code": "O4", "parent": None, "fields": {"title": "A settled home"}}


def element(id: str, kind: str, parent: str | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "id": id,
        "kind": kind,
        "code": id.upper(),
        "parent": parent,
        "fields": {"title": f"Title of {id}", **fields},
    }


def measure(id: str = "m9", parent: str | None = "o4", **fields: Any) -> dict[str, Any]:
    """A measure on which there is nothing to find, unless `fields` says otherwise; None leaves a field out."""
    sound: dict[str, Any] = {
        "unit": "households",
        "polarity": "down",
        "baseline": {"value": "27745", "period": "2019/20"},
        "target": {"value": "25000", "by": "2027/28"},
        "instrument": "housing list",
    }
    return element(
        id, "measure", parent, **{key: value for key, value in {**sound, **fields}.items() if value is not None}
    )


def codes(*elements: dict[str, Any], imposed: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(finding.element, finding.code) for finding in check([HOME, *elements], imposed)]


def test_a_sound_framework_has_no_findings() -> None:
    assert codes(measure()) == []


def test_a_target_worse_than_the_start_is_found_and_said() -> None:
    found = check([HOME, measure(target={"value": "30000", "by": "2027/28"})])
    assert found == [
        Finding(
            "m9",
            "measure.target_worse",
            "M9, Title of m9: the target of 30,000 households by 2027/28 is worse than where it started, "
            "27,745 households (2019/20); better is lower.",
        )
    ]


def test_standing_still_is_not_worse() -> None:
    assert codes(measure(target={"value": "27745"})) == []
    assert codes(measure(target={"value": "27745"}, polarity="up")) == []


def test_better_is_judged_by_the_polarity() -> None:
    assert codes(measure(polarity="up")) == [("m9", "measure.target_worse")]
    assert codes(measure(polarity="up", target={"value": "27745.000000001"})) == []
    assert codes(measure(polarity=None)) == []


def test_a_range_is_worse_when_one_of_its_ends_is() -> None:
    assert codes(measure(target={"low": "20000", "high": "28000"})) == [("m9", "measure.target_worse")]
    assert codes(measure(target={"low": "20000", "high": "27000"})) == []
    assert codes(measure(polarity="up", target={"low": "27000", "high": "30000"})) == [("m9", "measure.target_worse")]


def test_where_the_middle_is_best_a_target_farther_from_it_is_worse() -> None:
    middle: dict[str, Any] = {"polarity": "range", "midpoint": "22.5", "baseline": {"value": "27"}}
    assert codes(measure(**middle, target={"low": "20", "high": "25"})) == []
    assert codes(measure(**middle, target={"value": "17"})) == [("m9", "measure.target_worse")]
    assert codes(measure(**{**middle, "midpoint": None}, target={"value": "17"})) == [("m9", "measure.no_midpoint")]


def test_decimals_are_compared_exactly() -> None:
    close: dict[str, Any] = {"baseline": {"value": "0.300000001"}, "unit": "%"}
    assert codes(measure(**close, target={"value": "0.300000002"})) == [("m9", "measure.target_worse")]
    assert codes(measure(**close, target={"value": "0.300000001"})) == []


def test_a_measure_needs_a_start_and_a_source() -> None:
    assert codes(measure(baseline=None)) == [("m9", "measure.no_baseline")]
    assert codes(measure(instrument=None)) == [("m9", "measure.no_instrument")]
    assert codes(measure(instrument=None, data_source="housing register")) == []


def test_a_licensed_instrument_needs_its_licence_on_record() -> None:
    ghq = element("i1", "instrument", licence_needed=True)
    assert codes(measure(), ghq) == [("i1", "instrument.no_licence")]
    assert codes(measure(), element("i1", "instrument", licence_needed=True, licence="No. 7, Health Trust")) == []
    assert codes(measure(), element("i1", "instrument", licence_needed=False)) == []


def test_an_outcome_without_a_measure_is_found_and_one_with_any_below_it_is_not() -> None:
    assert codes() == [("o4", "outcome.no_measure")]
    below = element("o5", "outcome", parent="o4")
    assert codes(below, measure(parent="o5")) == []
    assert codes(below, measure(parent="o4")) == [("o5", "outcome.no_measure")]
    assert codes(below, measure(parent=None, serves=["o4", "o5"])) == []


def test_a_measure_that_serves_nothing_is_found() -> None:
    assert ("m9", "measure.no_outcome") in codes(measure(parent=None))
    assert ("m9", "measure.no_outcome") in codes(element("i1", "instrument"), measure(parent="i1"))


def test_an_outcome_all_of_whose_measures_were_imposed_is_found() -> None:
    two = (measure("m8"), measure("m9"))
    assert codes(*two, imposed=("m8", "m9")) == [("o4", "outcome.all_imposed")]
    assert codes(*two, imposed=("m8",)) == []


def test_a_measure_that_names_a_retired_element_is_found() -> None:
    gone = "6f1d6f9e-2f6b-4f0a-9b58-0d3d7b6a1c11"
    assert codes(measure(instrument=gone)) == [("m9", "reference.gone")]
    assert codes(measure(serves=[gone])) == [("m9", "reference.gone")]


def test_a_group_that_does_most_of_the_collecting_is_found_when_enough_is_known() -> None:
    frontline = [measure(f"m{n}", collectors=["F"], burden_minutes="10") for n in range(2)]
    shared = measure("m2", collectors=["F", "T"], burden_minutes="20")
    assert codes(*frontline, shared) == [("", "group.burden")]
    assert codes(*frontline) == []
    assert codes(*frontline, measure("m2", collectors=["T"], burden_minutes="20")) == []


def test_outcomes_that_stand_in_a_circle_do_not_hang_the_check() -> None:
    circle = [element("o1", "outcome", parent="o2"), element("o2", "outcome", parent="o1")]
    assert ("m9", "measure.no_outcome") not in codes(*circle, measure(parent="o1"))
