"""Whatever is not exactly understood is refused, and the refusal names the place."""

import copy
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.provenance.domain.history import read_history
from tests.provenance.domain.builders import ALL, GROUPS, agreed, confirmed, history, imposed
from tests.provenance.domain.strategies import histories

SOUND = history(
    imposed(method="consult", objecting=["C"], bound=["C"], window=True, offers={"C": [0, 1]}),
    agreed(t=1, type="change", parts=["target"], offers={"F": [1, 2]}),
    confirmed(2),
)


def place_of_fault(document: object) -> str:
    with pytest.raises(Invalid) as caught:
        read_history(document)
    (place,) = caught.value.fields
    assert caught.value.message.startswith(f"{place}: ")
    assert caught.value.code == "history.malformed"
    return place


def altered(change: Any) -> dict[str, Any]:
    document = copy.deepcopy(SOUND)
    change(document)
    return document


def with_act(index: int, **changed: Any) -> dict[str, Any]:
    return altered(lambda document: document["acts"][index].update(changed))


def without(index: int, key: str) -> dict[str, Any]:
    return altered(lambda document: document["acts"][index].pop(key))


def test_the_sound_history_is_read() -> None:
    assert len(read_history(SOUND).acts) == 3


@pytest.mark.parametrize("document", [None, [], "history", 3])
def test_a_history_is_an_object(document: object) -> None:
    assert place_of_fault(document) == "history"


@pytest.mark.parametrize("key", ["version", "groups", "until", "acts"])
def test_what_is_missing_at_the_top_is_named(key: str) -> None:
    assert place_of_fault(altered(lambda document: document.pop(key))) == key


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", 2),
        ("version", True),
        ("version", "1"),
        ("id", ""),
        ("element", "poem"),
        ("groups", []),
        ("until", "soon"),
        ("until", None),
        ("until", 1),
        ("acts", {}),
        ("acts", []),
        ("surprise", 1),
    ],
)
def test_what_is_wrong_at_the_top_is_named(key: str, value: object) -> None:
    assert place_of_fault({**SOUND, key: value}) == key


def test_an_unknown_kind_of_group_is_named_with_the_group() -> None:
    assert place_of_fault({**SOUND, "groups": {**GROUPS, "U": "clients"}}) == "groups.U"


@pytest.mark.parametrize("key", ["t", "type", "method", "origin", "timing", "concurring"])
def test_what_an_agreement_needs_is_named_if_missing(key: str) -> None:
    assert place_of_fault(without(1, key)) == f"acts[1].{key}"


def test_a_binding_confirmation_needs_a_method_and_an_acknowledgement_none() -> None:
    assert place_of_fault(without(2, "method")) == "acts[2].method"
    bare = history(imposed(), {"t": 1, "type": "confirm"})

    assert read_history(bare).acts[1].method is None


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("type", "decree", "type"),
        ("method", "lottery", "method"),
        ("method", ["vote"], "method"),
        ("origin", "nobody", "origin"),
        ("timing", "late", "timing"),
        ("t", True, "t"),
        ("t", "1/4", "t"),
        ("t", float("nan"), "t"),
        ("t", float("inf"), "t"),
        ("t", Decimal("1e999999"), "t"),
        pytest.param("t", 10**5000, "t", id="more digits than can be printed"),
        ("t", -1, "t"),
        ("parts", [], "parts"),
        ("parts", "target", "parts"),
        ("parts", ["target", "colour"], "parts[1]"),
        ("parts", ["target", "target"], "parts[1]"),
        ("concurring", ["A", "X"], "concurring[1]"),
        ("concurring", ["A", "A"], "concurring[1]"),
        ("concurring", ["A", ["P"]], "concurring[1]"),
        ("concurring", "A", "concurring"),
        ("objecting", ["A"], "objecting"),
        ("bound", [None], "bound[0]"),
        ("initiators", ["X"], "initiators[0]"),
        ("entitled", ["X"], "entitled[0]"),
        ("window", 1, "window"),
        ("binding", "yes", "binding"),
        ("statutory", None, "statutory"),
        ("completeness", "3/2", "completeness"),
        ("completeness", "1/0", "completeness"),
        ("entry", -1, "entry"),
        ("entry", True, "entry"),
        ("on", "last week", "on"),
        ("by", "", "by"),
        ("note", 7, "note"),
        ("backing", ["love"], "backing[0]"),
        ("offers", [], "offers"),
        ("offers", {"X": [0, 1]}, "offers[0]"),
        ("offers", {"F": [2, 1]}, "offers.F"),
        ("offers", {"F": [1]}, "offers.F"),
        ("offers", {"F": 1}, "offers.F"),
        ("offers", {"F": [0.5, 1]}, "offers.F[0]"),
        ("offers", {"F": [0, -1]}, "offers.F[1]"),
        ("parst", ["target"], "parst"),
    ],
)
def test_what_is_wrong_in_an_act_is_named_to_the_item(key: str, value: object, place: str) -> None:
    assert place_of_fault(with_act(1, **{key: value})) == f"acts[1].{place}"


def test_an_objection_that_stands_is_not_consent() -> None:
    act = agreed(*ALL[:-1], objecting=["U"])

    assert place_of_fault(history(act)) == "acts[0].objecting"


@pytest.mark.parametrize("type_", ["impose", "set_outside"])
def test_what_is_decided_together_cannot_be_an_imposition(type_: str) -> None:
    assert place_of_fault(history(agreed(type=type_))) == "acts[0].method"


def test_acts_stand_in_the_order_of_their_times() -> None:
    assert place_of_fault(history(imposed(2), agreed(t=1, type="change"))) == "acts[1].t"


@pytest.mark.parametrize("type_", ["confirm", "retire"])
def test_a_history_begins_with_an_act_that_sets_something(type_: str) -> None:
    assert place_of_fault(history({"t": 0, "type": type_})) == "acts[0].type"


def test_nothing_follows_a_retirement() -> None:
    assert place_of_fault(history(imposed(), {"t": 1, "type": "retire"}, imposed(1))) == "acts[2]"


@pytest.mark.parametrize("t", [1, "1", "1.0", Decimal("1.0"), 1.0, Decimal("10E-1")])
def test_a_time_is_exact_however_it_is_written(t: object) -> None:
    assert read_history(history(imposed(t))).acts[0].t == Fraction(1)


def test_a_tenth_stays_a_tenth() -> None:
    assert read_history(history(imposed(0.1))).acts[0].t == Fraction(1, 10)


def test_a_message_stays_on_one_line_whatever_the_file_holds() -> None:
    for document in (with_act(1, method="two\nlines"), with_act(1, **{"two\nlines": 1})):
        with pytest.raises(Invalid) as caught:
            read_history(document)
        assert "\n" not in caught.value.message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(histories(), st.data())
def test_any_value_anywhere_is_read_or_refused_in_words(document: dict[str, Any], data: st.DataObject) -> None:
    target = data.draw(st.sampled_from([document, *document["acts"]]))
    target[data.draw(st.sampled_from([*sorted(target), "entitled", "entry", "on", "completeness"]))] = data.draw(JSON)
    with suppress(Invalid):
        read_history(document)
