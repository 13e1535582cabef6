"""How acts move parts, and what is reported of the journey: path, means, labels, flags, range."""

from fractions import Fraction

from tests.provenance.domain.builders import ALL, GROUPS, agreed, confirmed, history, imposed, scored


def test_an_act_moves_only_its_parts() -> None:
    found = scored(imposed(), agreed(t=1, type="change", parts=["target"], window=True))

    assert {part: state.ni for part, state in found.parts.items() if state.ni} == {"target": 1}
    assert found.current.ni == Fraction(1, 7)


def test_a_part_keeps_the_act_that_last_set_it() -> None:
    found = scored(agreed(), imposed(1, parts=["target", "source"]), agreed(t=2, type="change", parts=["target"]))

    assert [found.parts[part].set_by for part in ("definition", "target", "source")] == [0, 2, 1]


def test_parts_that_nothing_has_set_are_left_out_of_the_mean() -> None:
    found = scored(agreed(parts=["definition", "formula"], window=True))

    assert list(found.parts) == ["definition", "formula"]
    assert found.current.ni == 1


def test_a_mission_has_one_part() -> None:
    found = scored(agreed(window=True), element="mission")

    assert list(found.parts) == ["definition"]


def test_an_acknowledgement_moves_nothing_but_stands_in_the_path() -> None:
    found = scored(imposed(), confirmed(1, binding=False))

    assert [point.ni for point in found.path] == [0, 0]
    assert found.acts[1].moved == ()


def test_ratified_is_not_moulded_however_often() -> None:
    found = scored(imposed(), *(confirmed(t) for t in range(1, 8)))

    assert found.current.ni == Fraction(1, 2)
    assert found.label[0] == "mixed"


def test_a_binding_confirmation_moves_what_was_agreed_half_way_up_or_down() -> None:
    low = scored(agreed(), confirmed(1))
    high = scored(agreed(window=True), confirmed(1, method="decree"))

    assert low.current.ni == (Fraction(3, 4) + 1) / 2
    assert high.current.ni == Fraction(1, 2)


def test_a_confirmation_moves_only_the_parts_it_names_and_no_unset_one() -> None:
    found = scored(agreed(parts=["definition", "formula"]), confirmed(1, parts=["formula", "target"]))

    assert [state.ni for state in found.parts.values()] == [Fraction(3, 4), Fraction(7, 8)]


def test_a_confirmation_does_not_move_emergence() -> None:
    found = scored(imposed(), confirmed(1, origin="practice", timing="unforeseen"))

    assert found.current.pe == 0


def test_after_a_change_together_the_limit_of_confirmations_is_gone() -> None:
    found = scored(imposed(), confirmed(1), agreed(t=2, type="change"), confirmed(3))

    assert found.current.ni == Fraction(7, 8)


def test_retirement_ends_the_life_and_the_time_weighted_mean() -> None:
    found = scored(imposed(), agreed(t=1, type="change", window=True), {"t": 2, "type": "retire"}, until=100)

    assert found.time_weighted.ni == Fraction(1, 2)
    assert found.path[-1].t == 2
    assert found.current.ni == 1


def test_the_time_weighted_mean_counts_how_long_each_position_stood() -> None:
    found = scored(imposed(), agreed(t="0.25", type="change", window=True), until=1)

    assert found.time_weighted.ni == Fraction(3, 4)
    assert found.time_weighted.pe == Fraction(3, 4) * Fraction(5, 6)


def test_of_several_acts_at_one_time_only_the_last_has_weight() -> None:
    found = scored(imposed(), agreed(type="change", window=True), until=4)

    assert len(found.path) == 2
    assert found.origin.ni == 0
    assert found.time_weighted.ni == 1


def test_read_at_the_very_moment_of_the_last_act_the_position_is_its_own_mean() -> None:
    assert scored(imposed(), agreed(type="change", window=True), until=0).time_weighted.ni == 1


def test_a_path_can_move_on_both_axes() -> None:
    first, second = scored(imposed(), agreed(t=1, type="change", origin="practice")).path

    assert first.ni is not None
    assert second.ni is not None
    assert first.ni < second.ni
    assert first.pe < second.pe


def test_agreed_among_organisations_is_never_negotiated() -> None:
    found = scored(agreed("A", "P", "F", "T", window=True, offers={"F": [1, 1]}, method="consent"))

    assert found.current.ni == Fraction(3, 4)
    assert found.label[0] == "mixed"
    assert found.flags == ("agreed_among_organisations",)


def test_those_who_do_the_work_are_needed_as_well_as_those_it_is_for() -> None:
    found = scored(agreed("A", "P", "C", "U", window=True, offers={"F": [1, 1]}))

    assert "agreed_among_organisations" in found.flags


def test_those_who_could_not_have_refused_do_not_make_it_negotiated() -> None:
    among = agreed("A", "P", "F", "T", window=True, offers={"F": [1, 1]})
    found = scored(among, imposed(1, parts=["target"], concurring=["C", "U"]))

    assert found.current.ni == Fraction(6, 7) * Fraction(3, 4)
    assert found.label[0] == "mixed"


def test_groups_that_a_partnership_does_not_have_cannot_be_missing() -> None:
    groups = {"A": "agency", "P": "provider", "F": "frontline"}
    found = scored(agreed("A", "P", "F", window=True), groups=groups)

    assert found.label[0] == "negotiated"


def test_concurrence_in_an_act_that_has_been_replaced_no_longer_counts() -> None:
    later = agreed("A", "P", "F", "T", t=1, type="change", window=True, offers={"F": [1, 1]})

    assert scored(agreed(window=True), later).label[0] == "mixed"
    assert scored(agreed(window=True), {**later, "parts": ["target"]}).label[0] == "negotiated"


def test_a_low_score_among_organisations_needs_no_flag() -> None:
    found = scored(agreed("A", "P", method="vote"))

    assert found.label[0] == "imposed"
    assert "agreed_among_organisations" not in found.flags


def test_flags_speak_of_acts_in_force_only() -> None:
    outside = {"t": 1, "type": "set_outside", "parts": ["target"]}
    taken_back = agreed(t=2, type="change", parts=["target"], offers={"U": [1, 1]})
    before = agreed(offers={"U": [1, 1]})

    assert scored(before, outside).flags == ("no_mandate", "partly_imposed")
    assert scored(before, outside, taken_back).flags == ()


def test_partly_imposed_needs_parts_of_both_sorts() -> None:
    assert "partly_imposed" not in scored(imposed(), confirmed(1)).flags
    assert "partly_imposed" in scored(imposed(), agreed(t=1, type="change", parts=["target"])).flags


def test_a_label_that_hangs_on_the_weights_says_so_and_gives_its_range() -> None:
    found = scored(agreed(*ALL[:-1], method="concurrent", window=True))

    assert found.label[0] == "negotiated"
    assert found.ni_range == (Fraction(5, 7) * Fraction(5, 6), Fraction(17, 20) * Fraction(5, 6))
    assert found.flags == ("label_depends_on_weights", "no_change_offered")


def test_labels_are_compared_exactly_at_their_cuts() -> None:
    groups = {**GROUPS, "X": "other", "Y": "other", "Z": "other", "V": "other"}
    four, six = (scored(agreed(*names, window=True), groups=groups) for names in ("AFCU", "APFTCU"))

    assert (four.current.ni, four.label[0]) == (Fraction(2, 5), "mixed")
    assert (six.current.ni, six.label[0]) == (Fraction(3, 5), "negotiated")


def test_a_requirement_of_law_on_every_part_has_its_own_status() -> None:
    law = imposed(statutory=True)

    assert scored(law).status == "required_from_outside"
    assert scored(law, agreed(t=1, type="change", parts=["frequency"])).status == "ours"


def test_a_verdict_names_the_entries_it_rests_on() -> None:
    found = scored(imposed(entry=12), agreed(t=1, type="change", entry=40))

    assert found.entries == (12, 40)
    assert [point.entry for point in found.path] == [12, 40]
    assert [act["entry"] for act in found.to_json()["terms"]] == [12, 40]


def test_times_are_printed_as_they_were_written() -> None:
    acts = [
        imposed("-1"),
        agreed(t=0.25, type="change"),
        agreed(t="3", type="change"),
        agreed(t="3.125", type="change"),
    ]

    assert [point[0] for point in scored(*acts).to_json()["path"]] == ["-1.0", "0.25", "3.0", "3.125"]


def test_a_history_is_not_changed_by_being_scored() -> None:
    document = history(imposed(), agreed(t=1, type="change"))
    before = repr(document)
    scored(*document["acts"])

    assert repr(document) == before
