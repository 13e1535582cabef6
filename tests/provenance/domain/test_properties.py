"""What holds for every history, however it went."""

from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from apps.provenance.domain.history import read_history
from apps.provenance.domain.rule import RULE_1
from apps.provenance.domain.scoring import Scored, score
from tests.provenance.domain.builders import ALL, GROUPS
from tests.provenance.domain.strategies import acts, alone, confirmation, groups, histories, joint, setting

REFUSING = ["vote", "concurrent"]


def verdict(document: dict[str, Any]) -> Scored:
    return score(read_history(document))


def with_act(document: dict[str, Any], index: int, **changed: Any) -> dict[str, Any]:
    acts = [dict(act) for act in document["acts"]]
    acts[index].update(changed)
    return {**document, "acts": acts}


def figure(value: Fraction | None) -> Fraction:
    assert value is not None
    return value


@given(histories())
def test_scores_lie_between_0_and_1_and_the_current_one_within_its_range(document: dict[str, Any]) -> None:
    found = verdict(document)
    places = [found.origin, found.current, found.time_weighted]
    ni = [*(place.ni for place in places), *(point.ni for point in found.path)]
    pe = [*(place.pe for place in places), *(point.pe for point in found.path)]
    ni += [state.ni for state in found.parts.values()]

    assert all(0 <= figure(value) <= 1 for value in (*ni, *pe))
    assert found.ni_range is not None
    assert found.ni_range[0] <= figure(found.current.ni) <= found.ni_range[1]


@given(alone)
def test_an_act_decided_alone_never_exceeds_its_cap_under_any_preset(act: dict[str, Any]) -> None:
    found = verdict({"version": 1, "groups": GROUPS, "until": 0, "acts": [{**act, "t": 0}]})
    over = len(act["objecting"]) > 3 or bool(set(act["objecting"]) & set(act["bound"]))

    assert found.ni_range is not None
    assert found.ni_range[1] <= (Fraction(1, 5) if over else Fraction(39, 100))
    assert found.label[0] == "imposed"


@given(histories(first=alone, later=st.one_of(alone, confirmation)))
def test_no_number_of_confirmations_makes_the_imposed_negotiated(document: dict[str, Any]) -> None:
    found = verdict(document)

    assert found.label[0] != "negotiated"
    assert all(figure(state.ni) <= Fraction(1, 2) for state in found.parts.values())


@given(histories(), st.sampled_from(["plan", "foreseen", "unforeseen"]))
def test_what_an_authority_requires_is_planned_whenever_it_arrives(document: dict[str, Any], timing: str) -> None:
    late = {"t": 100, "type": "impose", "method": "decree", "origin": "authority", "timing": timing}
    found = verdict({**document, "acts": [*document["acts"], late], "until": 200})

    assert found.current.pe == 0
    assert found.label[1] == "planned"


@given(histories(first=setting, later=st.one_of(setting, confirmation)))
def test_what_users_and_community_both_refused_is_never_negotiated(document: dict[str, Any]) -> None:
    refused = [{**act, "concurring": [g for g in act["concurring"] if g not in "CU"]} for act in document["acts"]]

    assert verdict({**document, "acts": refused}).label[0] != "negotiated"


@given(histories(), st.data())
def test_an_act_moves_only_its_own_parts(document: dict[str, Any], data: st.DataObject) -> None:
    extra = {**data.draw(st.one_of(setting, confirmation)), "t": document["until"]}
    before = verdict(document).parts
    after = verdict({**document, "acts": [*document["acts"], extra]}).parts

    others = set(after) - set(extra["parts"])
    assert {part: after[part] for part in others} == {part: before[part] for part in set(before) - set(extra["parts"])}


@given(histories(), st.data())
def test_one_more_offer_taken_never_lowers_a_score(document: dict[str, Any], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(document["acts"]) - 1))
    offers = document["acts"][index]["offers"]
    improvable = [group for group, (taken, offered) in offers.items() if taken < offered]
    assume(improvable)
    group = data.draw(st.sampled_from(improvable))
    taken, offered = offers[group]
    better = verdict(with_act(document, index, offers={**offers, group: [taken + 1, offered]}))
    worse = verdict(document)

    assert figure(better.current.ni) >= figure(worse.current.ni)
    assert all(figure(after.ni) >= figure(before.ni) for after, before in zip(better.path, worse.path, strict=True))


@given(histories(first=alone), st.sampled_from(ALL))
def test_one_more_group_that_objects_never_raises_a_score(document: dict[str, Any], group: str) -> None:
    objecting = document["acts"][0]["objecting"]
    assume(group not in objecting)
    more = verdict(with_act(document, 0, objecting=[*objecting, group]))
    fewer = verdict(document)

    assert figure(more.current.ni) <= figure(fewer.current.ni)
    assert figure(more.time_weighted.ni) <= figure(fewer.time_weighted.ni)


@given(histories(first=joint), st.sampled_from(ALL))
def test_one_more_group_that_concurs_never_lowers_a_score(document: dict[str, Any], group: str) -> None:
    act = document["acts"][0]
    assume(group not in act["concurring"] and group not in act["objecting"])
    more = verdict(with_act(document, 0, concurring=[*act["concurring"], group]))

    assert figure(more.current.ni) >= figure(verdict(document).current.ni)


@given(histories())
def test_the_score_of_the_whole_is_the_mean_of_its_parts(document: dict[str, Any]) -> None:
    found = verdict(document)
    ni = [figure(state.ni) for state in found.parts.values()]

    assert found.current.ni == sum(ni, Fraction()) / len(ni)


@given(histories())
def test_the_names_of_groups_and_the_unit_of_time_do_not_matter(document: dict[str, Any]) -> None:
    renamed = dict(zip(ALL, ["one", "two", "three", "four", "five", "six"], strict=True))
    acts = [
        {
            **act,
            "t": str(float(act["t"]) * 4),
            "offers": {renamed[group]: pair for group, pair in act["offers"].items()},
            **{key: [renamed[group] for group in act[key]] for key in ("concurring", "objecting", "bound")},
        }
        for act in document["acts"]
    ]
    kinds = {renamed[group]: kind for group, kind in document["groups"].items()}
    other = verdict({**document, "groups": kinds, "until": document["until"] * 4, "acts": acts})
    same = verdict(document)

    assert (other.current, other.time_weighted, other.label, other.flags) == (
        same.current,
        same.time_weighted,
        same.label,
        same.flags,
    )


@given(histories())
def test_the_terms_printed_for_an_act_give_its_score(document: dict[str, Any]) -> None:
    for act in verdict(document).acts:
        terms = {term.name: term for term in act.terms}
        counted = [term for term in (terms["D"], terms["A"]) if term.weight is not None and term.value is not None]
        weights = sum((figure(term.weight) for term in counted), Fraction())
        n = sum((figure(term.value) * figure(term.weight) for term in counted), Fraction()) / weights
        assert act.ni == (min(n, figure(terms["cap"].value)) if "cap" in terms else n)
        if act.pe is not None:
            assert act.pe == sum((figure(terms[name].value) * figure(terms[name].weight) for name in "TO"), Fraction())


@given(histories(first=acts(["adopt"], REFUSING)), groups)
def test_observers_change_nothing(document: dict[str, Any], watching: list[str]) -> None:
    with_observers = {**document["groups"], **{f"observer {group}": "observer" for group in watching}}

    assert verdict({**document, "groups": with_observers}).current == verdict(document).current


def test_there_are_nine_presets_and_the_first_is_the_verdict() -> None:
    assert len(RULE_1.presets) == 9
    assert RULE_1.base.name == "anchored 3/4:1/4"
