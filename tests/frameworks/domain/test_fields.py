"""Typed fields: every value has one form, every fault is named at its field, and every field has a part."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.frameworks.domain.fields import FIELDS, PARTS, Field, fields_of, parts_of, require_whole, show, validate

OUTCOME = "6f1d6f9e-2f6b-4f0a-9b58-0d3d7b6a1c11"
LONELINESS: dict[str, Any] = {
    "title": "Loneliness",
    "definition": "People who feel lonely often, always or some of the time",
    "unit": "%",
    "polarity": "down",
    "baseline": {"value": "20.2", "period": "2021/22"},
    "target": {"value": "16", "by": "2027/28"},
    "population": "People of 16 and over",
    "periods": "yearly",
    "consequence": "none",
}


def measure_field(key: str) -> Field:
    return next(field for field in fields_of("measure") if field.key == key)


def faults(kind: str, fields: dict[str, Any], *, complete: bool = False) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        validate(kind, fields, complete=complete)
    assert refused.value.code == "element.fields"
    return refused.value.fields


def value_of(key: str, value: object) -> Any:
    return validate("measure", {key: value}, complete=False)[key]


def test_a_whole_measure_passes_unchanged() -> None:
    assert validate("measure", LONELINESS, complete=True) == LONELINESS


def test_fields_come_back_in_the_order_of_the_page() -> None:
    shuffled = dict(reversed(LONELINESS.items()))
    assert list(validate("measure", shuffled, complete=True)) == list(LONELINESS)


def test_every_field_of_a_measure_has_one_of_the_seven_parts_and_every_part_a_field() -> None:
    assert {field.part for field in fields_of("measure")} == set(PARTS)
    assert all(field.part == "definition" for kind in FIELDS if kind != "measure" for field in fields_of(kind))
    for kind in FIELDS:
        keys = [field.key for field in fields_of(kind)]
        assert len(keys) == len(set(keys))


def test_the_parts_of_a_patch_are_those_of_its_fields() -> None:
    assert parts_of("measure", ["target", "baseline", "periods"]) == {"target", "frequency"}
    assert parts_of("measure", ["collectors", "burden_minutes", "numerator"]) == {"source", "formula"}
    assert parts_of("mission", ["title"]) == {"definition"}
    assert parts_of("measure", []) == set()
    with pytest.raises(Invalid) as refused:
        parts_of("mission", ["title", "target"])
    assert list(refused.value.fields) == ["target"]


def test_an_unknown_kind_is_refused() -> None:
    for call in (lambda: fields_of("goal"), lambda: parts_of("goal", []), lambda: validate("goal", {}, complete=False)):
        with pytest.raises(Invalid) as refused:
            call()
        assert refused.value.code == "element.unknown_kind"


def test_every_fault_is_named_at_once() -> None:
    wrong = {"title": "", "target": {"value": "many"}, "polarity": "sideways", "colour": "red", "unit": "%"}
    assert set(faults("measure", wrong, complete=True)) == {"title", "definition", "target", "polarity", "colour"}


def test_a_whole_element_needs_its_title_and_a_measure_also_what_is_counted() -> None:
    assert set(faults("measure", {}, complete=True)) == {"title", "definition"}
    for kind in ("mission", "value", "outcome", "instrument"):
        assert set(faults(kind, {"definition": "words"}, complete=True)) == {"title"}


def test_a_patch_clears_a_field_by_leaving_it_blank_but_not_a_needed_one() -> None:
    blanks: dict[str, Any] = {"unit": "", "target": {}, "disaggregations": [], "periods": None, "owner": "  "}
    assert validate("measure", blanks, complete=False) == dict.fromkeys(
        ["unit", "target", "owner", "disaggregations", "periods"]
    )
    assert set(faults("measure", {"title": None})) == {"title"}


def test_blanks_of_a_whole_element_are_left_out() -> None:
    assert validate("measure", {**LONELINESS, "owner": "", "measured": []}, complete=True) == LONELINESS


def test_an_empty_patch_is_an_empty_patch() -> None:
    assert validate("measure", {}, complete=False) == {}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("20.20", "20.2"),
        ("16.0", "16"),
        (" 7 ", "7"),
        ("+3", "3"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("007", "7"),
        ("0.5", "0.5"),
        (12, "12"),
        ("100", "100"),
        ("-1.50", "-1.5"),
        ("999999999999999.999999999", "999999999999999.999999999"),
    ],
)
def test_a_number_has_one_form(given: object, expected: str) -> None:
    assert value_of("burden_minutes", given) == expected


@pytest.mark.parametrize(
    "wrong", [1.5, "1,5", "1.", ".5", "1e3", "10,135", "12 %", "NaN", "٣", True, "1" * 16, "abc", ["1"]]
)
def test_what_is_not_a_plain_number_is_refused(wrong: object) -> None:
    assert set(faults("measure", {"burden_minutes": wrong})) == {"burden_minutes"}


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=6))
def test_a_number_keeps_its_value_and_reading_it_again_changes_nothing(number: Any) -> None:
    once = value_of("burden_minutes", f"{number:f}")
    assert number == type(number)(once)
    assert value_of("burden_minutes", once) == once


def test_a_target_is_a_value_or_a_range_with_or_without_a_date() -> None:
    assert value_of("target", {"value": 16}) == {"value": "16"}
    assert value_of("target", {"value": "16.0", "by": " 2028 "}) == {"value": "16", "by": "2028"}
    assert value_of("target", {"low": "9", "high": "10"}) == {"low": "9", "high": "10"}
    assert value_of("target", {"low": "5", "high": "7.50", "by": ""}) == {"low": "5", "high": "7.5"}


@pytest.mark.parametrize(
    "wrong",
    [
        "16",
        16,
        [],
        {"by": "2028"},
        {"low": "5"},
        {"low": "7", "high": "5"},
        {"low": "10", "high": "9"},
        {"low": "-2", "high": "-3"},
        {"low": "5", "high": "7", "value": "6"},
        {"value": "16", "unit": "%"},
        {"value": 16.5},
        {"value": "16", "by": "x" * 41},
        {"value": "16", "by": 2028},
    ],
)
def test_a_malformed_target_is_refused(wrong: object) -> None:
    if wrong == []:  # an empty list is a blank
        assert value_of("target", wrong) is None
    else:
        assert set(faults("measure", {"target": wrong})) == {"target"}


def test_a_baseline_is_a_value_and_for_which_time() -> None:
    assert value_of("baseline", {"value": "168", "period": "2014-18"}) == {"value": "168", "period": "2014-18"}
    assert set(faults("measure", {"baseline": {"period": "2019"}})) == {"baseline"}
    assert set(faults("measure", {"baseline": {"value": "1", "by": "2019"}})) == {"baseline"}


def test_a_set_has_no_order_and_no_doubles() -> None:
    assert value_of("disaggregations", [" sex", "area", "sex"]) == ["area", "sex"]
    assert value_of("coproduction", ["design", "collect"]) == ["collect", "design"]
    assert set(faults("measure", {"coproduction": ["pray"]})) == {"coproduction"}
    assert set(faults("measure", {"disaggregations": "area"})) == {"disaggregations"}
    assert set(faults("measure", {"disaggregations": [str(n) for n in range(61)]})) == {"disaggregations"}
    assert set(faults("measure", {"disaggregations": [5]})) == {"disaggregations"}


def test_outcomes_are_named_by_id_and_an_instrument_by_id_or_in_words() -> None:
    assert value_of("serves", [OUTCOME, OUTCOME]) == [OUTCOME]
    assert set(faults("measure", {"serves": ["O1"]})) == {"serves"}
    assert value_of("instrument", "school survey") == "school survey"
    assert value_of("instrument", OUTCOME) == OUTCOME


def test_yes_and_no_are_not_words() -> None:
    assert value_of("required_from_outside", False) is False
    assert set(faults("measure", {"required_from_outside": "yes"})) == {"required_from_outside"}


def test_a_middle_value_belongs_to_a_measure_whose_best_lies_in_the_middle() -> None:
    assert "midpoint" in faults("measure", {**LONELINESS, "midpoint": "5"}, complete=True)
    assert "midpoint" in faults("measure", {**LONELINESS, "polarity": "range"}, complete=True)
    assert validate("measure", {**LONELINESS, "polarity": "range", "midpoint": "5"}, complete=True)["midpoint"] == "5"


def test_markup_is_text_and_stays_text() -> None:
    words = "<script>alert('x')</script> & **bold** {{ name }}"
    assert value_of("owner", words) == words


@pytest.mark.parametrize("key", ["title", "definition", "unit", "population", "instrument"])
@pytest.mark.parametrize("bad", ["bell\x07", "null\x00", "escape\x1b[31m"])
def test_control_characters_are_refused(key: str, bad: str) -> None:
    assert set(faults("measure", {key: bad})) == {key}


def test_a_line_has_no_line_ends_and_a_text_may_have_them() -> None:
    assert set(faults("measure", {"unit": "a\nb"})) == {"unit"}
    assert value_of("population", "a\r\nb") == "a\nb"


def test_the_limit_of_each_text_is_the_one_it_declares() -> None:
    for kind in FIELDS:
        for field in fields_of(kind):
            if field.kind in {"text", "long_text", "reference"}:
                longest = "x" * field.length
                assert validate(kind, {field.key: longest}, complete=False) == {field.key: longest}
                assert set(faults(kind, {field.key: longest + "x"})) == {field.key}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "by", "low", "high", "period", "x"]), inner)
    ),
    max_leaves=6,
)
measures = st.dictionaries(st.sampled_from([field.key for field in fields_of("measure")] + ["other"]), json_values)


def read_or_faults(given_fields: dict[str, Any], complete: bool) -> tuple[dict[str, Any], dict[str, str]]:
    try:
        return validate("measure", given_fields, complete=complete), {}
    except Invalid as error:
        return {}, error.fields or {"": "refused without naming a field"}


@given(measures, st.booleans())
def test_any_input_is_refused_by_name_or_read_into_a_form_that_stays(
    given_fields: dict[str, Any], complete: bool
) -> None:
    read, wrong = read_or_faults(given_fields, complete)
    if wrong:
        assert wrong.keys() <= given_fields.keys() | {"title", "definition", "midpoint"}
        return
    assert validate("measure", read, complete=complete) == read
    assert not any(isinstance(value, float) for value in read.values())
    for key, value in read.items():
        show(measure_field(key), value, "%")


@pytest.mark.parametrize(
    ("key", "value", "unit", "expected"),
    [
        ("target", {"value": "30000", "by": "2027/28"}, "households", "30,000 households by 2027/28"),
        ("target", {"low": "5", "high": "7.5"}, "%", "5 to 7.5 %"),
        ("baseline", {"value": "20.2", "period": "2021/22"}, "%", "20.2 % (2021/22)"),
        ("baseline", {"value": "-0.5"}, "", "-0.5"),
        ("target", {"value": "16", "day": "2028-03-31"}, "%", "16 % by 2028-03-31"),
        ("target", {"value": "16", "by": "2027/28", "day": "2028-03-31"}, "%", "16 % by 2027/28 (2028-03-31)"),
        (
            "reporting_periods",
            [{"label": "2023/24", "from": "2023-04-01", "to": "2024-03-31"}],
            "",
            "2023/24 (2023-04-01 to 2024-03-31)",
        ),
        ("burden_minutes", "10", "%", "10 minutes"),
        ("burden_minutes", "1", "%", "1 minute"),
        ("midpoint", "22.5", "BMI", "22.5 BMI"),
        ("polarity", "down", "", "better is lower"),
        ("disaggregations", ["area", "sex"], "", "area, sex"),
        ("coproduction", ["collect", "design"], "", "collect the data, design"),
        ("required_from_outside", True, "", "yes"),
        ("population", "People of 16 and over", "%", "People of 16 and over"),
        ("unit", None, "", ""),
    ],
)
def test_a_value_in_words(key: str, value: object, unit: str, expected: str) -> None:
    assert show(measure_field(key), value, unit) == expected


def test_reporting_periods_stand_by_their_first_days_and_may_overlap() -> None:
    windows = [
        {"label": "2018-22", "from": "2018-01-01", "to": "2022-12-31"},
        {"label": "2014-18", "from": "2014-01-01", "to": "2018-12-31"},
    ]
    assert value_of("reporting_periods", windows) == windows[::-1]


@pytest.mark.parametrize(
    "wrong",
    [
        "2023/24",
        [{"label": "2023/24"}],
        [{"label": "2023/24", "from": "2024-03-31", "to": "2023-04-01"}],
        [{"label": "2023/24", "from": "1 April", "to": "2024-03-31"}],
        [{"label": "x", "from": "2023-04-01", "to": "2024-03-31"}] * 2,
    ],
)
def test_what_is_no_list_of_periods_is_refused(wrong: object) -> None:
    assert set(faults("measure", {"reporting_periods": wrong})) == {"reporting_periods"}


def test_a_target_is_due_on_a_day_of_the_calendar() -> None:
    assert set(faults("measure", {"target": {"value": "16", "day": "2027-02-30"}})) == {"target"}


def test_a_range_without_its_middle_is_refused_where_somebody_touches_it() -> None:
    fields = {"polarity": "range"}
    require_whole("measure", fields, ["title"])
    with pytest.raises(Invalid):
        require_whole("measure", fields, ["polarity"])
