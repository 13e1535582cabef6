"""The rule is a document: published, hashed, and read into the numbers that are used."""

import hashlib
import json
from fractions import Fraction

import pytest

from apps.frameworks.domain.fields import FIELDS, PARTS
from apps.provenance.domain.figures import four_decimals, time
from apps.provenance.domain.history import read_history
from apps.provenance.domain.rule import DOCUMENT_1, RULE_1, RULES, read_rule
from apps.provenance.domain.scoring import score
from tests.provenance.domain.builders import agreed, history


def test_the_hash_is_that_of_the_canonical_document() -> None:
    assert RULE_1.hash == hashlib.sha256(RULE_1.canonical).hexdigest()
    assert json.loads(RULE_1.canonical) == DOCUMENT_1
    assert RULE_1.canonical == json.dumps(DOCUMENT_1, sort_keys=True, separators=(",", ":")).encode()


def test_version_1_never_changes() -> None:
    assert RULES[1].hash == "19731bd1739a2862c18fb00c86b6ba7c49adbdc711d92cc24a1424ad590635d6"


def test_no_number_in_the_document_is_a_float() -> None:
    def refuse(text: str) -> None:
        raise AssertionError(text)

    json.loads(RULE_1.canonical, parse_float=refuse)


def test_a_copy_of_the_document_can_be_changed_without_harm() -> None:
    RULE_1.document()["caps"]["alone"] = "1"

    assert RULE_1.document()["caps"]["alone"] == "0.39"


def test_another_version_gives_other_verdicts_and_leaves_the_first_alone() -> None:
    document = RULE_1.document()
    document["version"] = 2
    document["cuts"] = {"below_is_low": "0.8", "from_is_high": "0.9"}
    stricter = read_rule(document)
    told = history(agreed())

    assert score(read_history({**told, "version": 2}, stricter), stricter).label[0] == "imposed"
    assert score(read_history(told)).label[0] == "negotiated"
    assert stricter.hash != RULE_1.hash


def test_the_parts_are_those_in_which_frameworks_keep_their_fields() -> None:
    assert RULE_1.elements["measure"] == tuple(PARTS)
    assert {kind: RULE_1.elements[kind] for kind in FIELDS if kind != "measure"} == dict.fromkeys(
        ["mission", "value", "outcome", "instrument", "rules"], ("definition",)
    )


@pytest.mark.parametrize(
    ("kinds", "origin"),
    [
        (["agency"], "authority"),
        (["users", "managers"], "practice"),
        (["agency", "users"], "joint"),
        (["provider"], "joint"),
        ([], "joint"),
    ],
)
def test_origin_by_kinds_of_group(kinds: list[str], origin: str) -> None:
    assert RULE_1.origin_of(kinds) == origin


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Fraction(21, 32), "0.6562"),
        (Fraction(1, 20000), "0.0000"),
        (Fraction(3, 20000), "0.0002"),
        (Fraction(1), "1.0000"),
        (Fraction(99996, 100000), "1.0000"),
    ],
)
def test_figures_are_rounded_half_to_even(value: Fraction, printed: str) -> None:
    assert four_decimals(value) == printed


@pytest.mark.parametrize(
    ("t", "printed"), [(Fraction(1, 3), "0.333333333333"), (Fraction(-1, 4), "-0.25"), (Fraction(7), "7.0")]
)
def test_times_keep_their_decimals(t: Fraction, printed: str) -> None:
    assert time(t) == printed
