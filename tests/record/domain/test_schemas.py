"""Entry types: declared once, and nothing undeclared gets into an entry."""

import pytest

from apps.common.errors import Invalid
from apps.record.domain import schemas
from apps.record.domain.schemas import KINDS, check, entry_type, latest_version, registered

LOG = "6f1d6f9e-2f6b-4f0a-9b58-0d3d7b6a1c11"


@pytest.fixture(autouse=True)
def _own_types(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schemas, "_types", {})
    entry_type("proposal.submitted", required={"element": "id", "reason": "text"}, optional={"sponsors": "ids"})


def good() -> dict[str, object]:
    return {"element": LOG, "reason": {"text": LOG, "sha256": "0" * 64}}


def test_data_that_fits_passes_with_and_without_optional_keys() -> None:
    check("proposal.submitted", good())
    check("proposal.submitted", {**good(), "sponsors": [LOG]})


def test_each_missing_undeclared_and_wrong_key_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        check("proposal.submitted", {"element": "x", "extra": 1})
    assert refused.value.code == "entry.wrong_data"
    assert refused.value.fields == {
        "reason": "is missing",
        "element": "is not of the kind id",
        "extra": "is not declared",
    }
    assert "proposal.submitted" in refused.value.message


def test_an_undeclared_type_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        check("proposal.vanished", {})
    assert refused.value.code == "entry.unknown_type"
    with pytest.raises(Invalid):
        latest_version("proposal.vanished")


def test_a_new_version_stands_beside_the_old_one() -> None:
    entry_type("proposal.submitted", version=2, required={"element": "id"})
    check("proposal.submitted", {"element": LOG}, version=2)
    check("proposal.submitted", good(), version=1)
    assert latest_version("proposal.submitted") == 2
    assert [(known.name, known.version) for known in registered()] == [
        ("proposal.submitted", 1),
        ("proposal.submitted", 2),
    ]


def test_a_declared_type_cannot_be_edited_but_may_be_imported_twice() -> None:
    entry_type("proposal.submitted", required={"element": "id", "reason": "text"}, optional={"sponsors": "ids"})
    with pytest.raises(ValueError, match="declared twice"):
        entry_type("proposal.submitted", required={"element": "id"})


@pytest.mark.parametrize("name", ["proposal", "Proposal.submitted", "proposal.", "proposal.submitted.twice", "a-b.c"])
def test_a_name_is_a_noun_and_a_past_participle(name: str) -> None:
    with pytest.raises(ValueError, match="not a proper entry type"):
        entry_type(name)


def test_an_unknown_kind_and_a_key_declared_twice_are_mistakes() -> None:
    with pytest.raises(ValueError, match="float"):
        entry_type("round.opened", required={"share": "float"})
    with pytest.raises(ValueError, match="not a proper"):
        entry_type("round.opened", required={"rule": "map"}, optional={"rule": "map"})


SAMPLES: dict[str, tuple[list[object], list[object]]] = {
    "id": ([LOG], [LOG.upper(), 5, None]),
    "ids": ([[], [LOG]], [LOG, ["x"]]),
    "str": (["", "a"], [5, None]),
    "int": ([0, -5], [True, "5", 1.0]),
    "bool": ([True, False], [0, "true"]),
    "list": ([[]], [{}, ()]),
    "map": ([{}], [[], None]),
    "any": ([None, 5, "a", []], []),
    "text": ([{"text": LOG, "sha256": "0" * 64}], [LOG, {}, {"text": 5, "sha256": 5}, {"text": LOG}]),
    "hash": (["0" * 64], ["0" * 63, "G" * 64, 5]),
    "date": (["2026-04-01"], ["2026-4-1", "2026-02-30", "20260401", 5]),
    "fraction": (["2/3", "0", "-1/2"], ["1/0", "0.5", 1]),
    "decimal": (["6.5", "-3", "10135"], ["6,5", ".5", 6.5, "1e3"]),
}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_takes_what_it_says_and_nothing_else(kind: str) -> None:
    taken, refused = SAMPLES[kind]
    assert all(KINDS[kind](value) for value in taken)
    assert not any(KINDS[kind](value) for value in refused)
