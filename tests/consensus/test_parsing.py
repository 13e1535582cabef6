"""Reading rule.json: what is understood, and what is refused with the place named."""

import hashlib
from copy import deepcopy
from fractions import Fraction
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.consensus import parse_rule, rule_hash
from apps.consensus.methods.majority import Majority, Threshold
from apps.consensus.shares import decimal_text, read_fraction, share_words
from tests.consensus.building import ALL, HALF, HARMAN, at_least, document

WEIGHTED = {"kind": "weighted", "pooled": "0.60", "each": "0.40"}
EXAMPLE: dict[str, Any] = {
    "version": 1,
    "method": {**HARMAN, "unable": "excluded"},
    "quorum": {"share": "1/2", "of": "entitled"},
    "groups": {
        "deciding": ["agency", "community", "staff"],
        "composition": {"kind": "all"},
        "absent": "not_concurring",
        "overrides": {"community": {"quorum": {"share": "1/3", "of": "entitled"}}},
    },
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """The example with one place changed; `...` removes it."""
    made = deepcopy(EXAMPLE)
    *way, last = path.split("/")
    here: Any = made
    for step in way:
        here = here[int(step)] if step.isdigit() else here[step]
    if value is ...:
        del here[last]
    else:
        here[int(last) if last.isdigit() else last] = value
    return made


def test_the_published_example_is_read_with_its_parameters() -> None:
    """Rules 1.1."""
    rule = parse_rule(EXAMPLE)
    assert rule.deciding == ("agency", "community", "staff")
    assert rule.quorum_for("agency") != rule.quorum_for("community")
    assert rule.absent == "not_concurring"


def test_the_hash_is_that_of_the_rule_as_given() -> None:
    """Rules 1.2: the order of keys does not matter, a default written out does."""
    reordered = dict(reversed(EXAMPLE.items()))
    assert rule_hash(EXAMPLE) == rule_hash(reordered) == hashlib.sha256(rfc8785.dumps(EXAMPLE)).hexdigest()
    assert rule_hash(EXAMPLE) != rule_hash(changed("groups/absent", ...))
    assert parse_rule(EXAMPLE).hash == rule_hash(EXAMPLE)


def test_what_is_left_out_has_the_published_default() -> None:
    """Rules 1.3."""
    rule = parse_rule(document("majority"))
    assert rule.method == Majority(Threshold(Fraction(1, 2), strict=True, of="cast"))
    assert (rule.quorum, rule.absent, dict(rule.overrides)) == (None, "not_concurring", {})


def test_a_share_is_exact_however_it_is_written() -> None:
    """Rules 1.4."""
    assert read_fraction("0.70") == read_fraction("7/10") == Fraction(7, 10)
    assert read_fraction("0.15") == Fraction(3, 20)


@pytest.mark.parametrize(
    "text", ["", "70%", "1/0", "-1/2", "1e-1", "0,7", " 1/2", ".5", "1/2/3", "½", "０.５", "Infinity", "nan"]
)
def test_what_is_no_plain_number_is_no_share(text: str) -> None:
    """Rules 1.4."""
    assert read_fraction(text) is None


@given(st.fractions(min_value=0, max_value=1, max_denominator=10**6))
def test_a_fraction_survives_being_written_and_read(value: Fraction) -> None:
    """Rules 1.4."""
    assert read_fraction(str(value)) == value


def test_thresholds_are_said_in_words_and_statistics_in_decimals() -> None:
    assert [share_words(Fraction(text)) for text in ("2/3", "7/10", "5/11", "1")] == [
        "two thirds",
        "70 %",
        "5/11",
        "100 %",
    ]
    assert [decimal_text(Fraction(text)) for text in ("13/2", "7", "-1/4", "1/3")] == ["6.5", "7", "-0.25", "0.333333"]


FAULTS: list[tuple[str, Any, str, str]] = [
    ("version", ..., "rule.missing_key", "version"),
    ("version", 2, "rule.unknown_version", "version"),
    ("version", "1", "rule.wrong_type", "version"),
    ("version", True, "rule.wrong_type", "version"),
    ("method", ..., "rule.missing_key", "method"),
    ("method", "rating", "rule.wrong_type", "method"),
    ("method/kind", "lottery", "rule.unknown_value", "method.kind"),
    ("method/kind", ..., "rule.missing_key", "method.kind"),
    ("method/speed", 1, "rule.unknown_key", "method.speed"),
    ("method/criterion", "mode", "rule.unknown_value", "method.criterion"),
    ("method/scale", [1, 9.5], "rule.float", "method.scale[1]"),
    ("method/scale", [9, 1], "rule.out_of_range", "method.scale"),
    ("method/scale", [1], "rule.wrong_type", "method.scale"),
    ("method/in", [], "rule.empty", "method.in"),
    ("method/in", ..., "rule.missing_key", "method.in"),
    ("method/in/0/at_least", 0.7, "rule.float", "method.in[0].at_least"),
    ("method/in/0/at_least", "0,7", "rule.not_exact", "method.in[0].at_least"),
    ("method/in/0/at_least", "1.01", "rule.out_of_range", "method.in[0].at_least"),
    ("method/in/0/at_least", 1, "rule.not_exact", "method.in[0].at_least"),
    ("method/in/0/at_least", ..., "rule.missing_key", "method.in[0]"),
    ("method/in/0/below", "0.9", "rule.missing_key", "method.in[0]"),
    ("method/in/0/range", [7, 10], "rule.out_of_range", "method.in[0].range[1]"),
    ("method/in/0/range", [9, 7], "rule.out_of_range", "method.in[0].range"),
    ("method/unable", "ignored", "rule.unknown_value", "method.unable"),
    ("quorum", {}, "rule.missing_key", "quorum.share"),
    ("quorum/share", "3/2", "rule.out_of_range", "quorum.share"),
    ("quorum/of", "cast", "rule.unknown_value", "quorum.of"),
    ("quorum", None, "rule.wrong_type", "quorum"),
    ("groups", ..., "rule.missing_key", "groups"),
    ("groups/deciding", ..., "rule.missing_key", "groups.deciding"),
    ("groups/deciding", [], "rule.empty", "groups.deciding"),
    ("groups/deciding", "agency", "rule.wrong_type", "groups.deciding"),
    ("groups/deciding", ["agency", "agency"], "rule.duplicate", "groups.deciding[1]"),
    ("groups/deciding", ["agency", ""], "rule.blank", "groups.deciding[1]"),
    ("groups/composition", ..., "rule.missing_key", "groups.composition"),
    ("groups/composition", {}, "rule.unknown_value", "groups.composition.kind"),
    ("groups/composition", {"kind": "at_least"}, "rule.missing_key", "groups.composition.n"),
    ("groups/composition", {"kind": "at_least", "n": 4}, "rule.out_of_range", "groups.composition.n"),
    ("groups/composition", {"kind": "at_least", "n": 0}, "rule.out_of_range", "groups.composition.n"),
    ("groups/composition", {"kind": "all", "n": 2}, "rule.unknown_key", "groups.composition.n"),
    ("groups/composition", WEIGHTED, "rule.no_support", "groups.composition.kind"),
    ("groups/absent", "ignored", "rule.unknown_value", "groups.absent"),
    ("groups/overrides/comunity", {}, "rule.unknown_group", "groups.overrides.comunity"),
    ("groups/overrides/community/quota", {}, "rule.unknown_key", "groups.overrides.community.quota"),
    ("groups/overrides/community/quorum", "1/3", "rule.wrong_type", "groups.overrides.community.quorum"),
    ("groups/overrides/community/quorum/share", 0.5, "rule.float", "groups.overrides.community.quorum.share"),
    ("groups/overrides/community/in", [{"range": [7, 9]}], "rule.missing_key", "groups.overrides.community.in[0]"),
    ("note", "hello", "rule.unknown_key", "note"),
]


@pytest.mark.parametrize(("path", "value", "code", "place"), FAULTS)
def test_a_fault_is_refused_and_its_place_is_named(path: str, value: Any, code: str, place: str) -> None:
    """Rules 1.5."""
    with pytest.raises(Invalid) as refused:
        parse_rule(changed(path, value))
    assert refused.value.code == code
    assert refused.value.message.startswith(f"{place}: ")


@pytest.mark.parametrize(
    ("method", "code", "place"),
    [
        ({"kind": "majority", "threshold": {"share": "1"}}, "rule.out_of_range", "method.threshold.share"),
        ({"kind": "majority", "threshold": {"strict": "yes"}}, "rule.wrong_type", "method.threshold.strict"),
        ({"kind": "majority", "threshold": {"of": "all"}}, "rule.unknown_value", "method.threshold.of"),
        ({"kind": "consensus", "blocks": -1}, "rule.out_of_range", "method.blocks"),
        ({"kind": "consensus", "stand_asides": 2}, "rule.not_exact", "method.stand_asides"),
        ({"kind": "consent", "blocks": 0}, "rule.unknown_key", "method.blocks"),
        ({"kind": "rating", "criterion": "ram", "scale": [1, 10]}, "rule.out_of_range", "method.scale"),
        ({"kind": "rating", "criterion": "ram", "percentile": "type8"}, "rule.unknown_value", "method.percentile"),
        ({"kind": "rating", "criterion": "median"}, "rule.missing_key", "method.at_least"),
        ({"kind": "rating", "criterion": "median", "at_least": 10}, "rule.out_of_range", "method.at_least"),
    ],
)
def test_a_fault_in_a_method_is_refused_and_its_place_is_named(method: Any, code: str, place: str) -> None:
    """Rules 1.5."""
    with pytest.raises(Invalid) as refused:
        parse_rule(document(method))
    assert (refused.value.code, refused.value.message.split(": ")[0]) == (code, place)


def test_a_document_that_is_no_object_or_too_deep_is_refused() -> None:
    """Rules 1.5."""
    deep: Any = "end"
    for _ in range(40):
        deep = [deep]
    for value, code in ((["rule"], "rule.wrong_type"), ({"version": 1, "method": deep}, "rule.too_deep")):
        with pytest.raises(Invalid) as refused:
            parse_rule(value)  # type: ignore[arg-type]
        assert refused.value.code == code


def test_a_rule_that_has_no_canonical_form_has_no_hash() -> None:
    """Rules 1.2."""
    with pytest.raises(Invalid) as refused:
        rule_hash({"version": 2**60})
    assert refused.value.code == "rule.not_canonical"


def test_an_override_replaces_the_threshold_of_its_group_alone() -> None:
    """Rules 1.6."""
    rule = parse_rule(
        document(
            {"kind": "majority", "threshold": {"share": "2/3", "strict": False}},
            ["A", "B"],
            at_least(2),
            HALF,
            overrides={"B": {"threshold": {"share": "3/4", "strict": False}}},
        )
    )
    assert rule.method_for("A") == Majority(Threshold(Fraction(2, 3), strict=False))
    assert rule.method_for("B") == Majority(Threshold(Fraction(3, 4), strict=False))
    assert rule.quorum_for("B") == rule.quorum


def test_weighted_needs_a_method_with_support() -> None:
    """Rules 1.7."""
    for kind in ("majority", "consensus", "consent"):
        assert parse_rule(document(kind, ["A"], WEIGHTED)).composition.kind == "weighted"
    with pytest.raises(Invalid, match="shares of support"):
        parse_rule(document(HARMAN, ["A"], WEIGHTED))
    assert parse_rule(document(HARMAN, ["A"], ALL)).kind == "rating"


@given(st.fractions(max_denominator=10**4), st.integers(0, 6))
def test_a_statistic_is_rounded_half_to_even(value: Fraction, places: int) -> None:
    """Rules 27.1."""
    assert Fraction(decimal_text(value, places)) == Fraction(round(value * 10**places), 10**places)
