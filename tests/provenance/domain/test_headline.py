"""What a verdict says in words: the fact first, the position second."""

from apps.provenance.domain.deeds import Deeds
from apps.provenance.domain.headline import headline
from apps.provenance.domain.history import read_history
from apps.provenance.domain.rule import RULE_1
from tests.provenance.domain.builders import ALL, agreed, confirmed, imposed, scored

NAMES = {"A": "Agency", "P": "Providers", "C": "Community", "U": "People who use services"}


def test_an_agreement_says_by_how_many_groups_and_when() -> None:
    found = scored(agreed(*ALL[:-1], method="concurrent", on="2023-09-29", timing="plan", offers={"F": [1, 1]}))

    assert headline(found) == "Agreed by 5 of 6 groups in September 2023. Negotiated, planned."


def test_all_groups_are_called_all() -> None:
    assert headline(scored(agreed(offers={"F": [1, 1]}))).startswith("Agreed by all 6 groups. ")


def test_an_imposition_says_by_whom_under_what_and_against_whom() -> None:
    act = imposed(by="the independent chair", under="LD 7/2024", on="2024-04-01", asked_by=["U"], objecting=["P", "A"])

    assert headline(scored(act), NAMES) == (
        "Set by the independent chair in April 2024 under LD 7/2024, asked for by People who use services, "
        "against Agency and Providers. Imposed, planned."
    )


def test_an_imposition_without_words_is_still_a_sentence() -> None:
    assert headline(scored(imposed(method="consult"))) == "Set by an authority after a consultation. Imposed, planned."


def test_persons_counted_over_the_heads_of_groups_are_named() -> None:
    found = scored(agreed("A", "P", "F", "T", method="vote", on="2024-04-01"))

    assert headline(found, NAMES).startswith(
        "Voted through in April 2024 over the heads of Community and People who use services. "
    )


def test_later_acts_name_their_parts() -> None:
    found = scored(imposed(), agreed(t=1, type="change", parts=["population", "definition", "target"]))

    assert headline(found) == (
        "Set by an authority. What is counted, the target and who is counted: agreed by all 6 groups. Imposed, planned."
    )


def test_what_has_been_replaced_is_no_longer_told() -> None:
    assert "Set by" not in headline(scored(imposed(), agreed(t=1, type="change")))


def test_a_confirmation_that_moved_something_is_told() -> None:
    assert "Confirmed by all 6 groups in October 2025." in headline(scored(imposed(), confirmed(1, on="2025-10-01")))
    assert "Confirmed" not in headline(scored(imposed(), confirmed(1, binding=False)))


def test_what_is_in_force_without_a_decision_says_so() -> None:
    found = scored(agreed(), {"t": 1, "type": "set_outside", "parts": ["definition"], "on": "2025-07-01"})

    assert "What is counted: in force since July 2025 without a decision here." in headline(found)


def test_remarks_that_must_not_be_left_out() -> None:
    assert "No change was offered." in headline(scored(agreed(window=True)))
    assert "Grew from practice." in headline(scored(agreed(origin="practice")))
    assert "Agreed among organisations" in headline(scored(agreed("A", "P", "F", "T", offers={"F": [1, 1]})))
    assert "while a mandate and money stood behind it." in headline(scored(agreed(backing=["mandate", "money"])))
    assert headline(scored(imposed(statutory=True))).startswith("Required from outside, not ours to change. ")
    assert "Already in force at the start: agreed by all 6 groups." in headline(scored(agreed(type="inherited")))


def test_the_end_is_told() -> None:
    assert "Retired in May 2026." in headline(scored(imposed(), {"t": 1, "type": "retire", "on": "2026-05-04"}))


def test_the_same_word_on_both_axes_is_said_once() -> None:
    found = scored(agreed("F", "T", "C", timing="foreseen", window=True))

    assert headline(found).endswith(" Mixed on both counts.")


def test_with_one_group_only_the_other_axis_is_told() -> None:
    assert headline(scored(agreed("A"), groups={"A": "agency"})).endswith(" Emergent.")


def test_every_type_of_act_is_told_as_a_step() -> None:
    story = {
        "version": 1,
        "groups": {"A": "agency", "F": "frontline", "C": "community"},
        "until": 9,
        "acts": [
            {"t": 0, "type": "adopt", "method": "consent", "concurring": ["A", "F", "C"], "origin": "joint", "timing": "plan"},
            {"t": 1, "type": "impose", "parts": ["target"], "method": "decree", "origin": "authority", "timing": "plan"},
            {"t": 2, "type": "lapse", "parts": ["target"]},
            {"t": 3, "type": "confirm", "method": "consent", "concurring": ["A", "F", "C"], "binding": True},
            {"t": 4, "type": "set_outside", "parts": ["source"], "origin": "authority", "timing": "plan"},
            {"t": 5, "type": "retire"},
        ],
    }  # fmt: skip
    history = read_history(story)
    deeds, standing = Deeds(RULE_1, history.groups), set(history.acts[0].parts)
    assert [deeds.told(act, standing if number else ()) for number, act in enumerate(history.acts)] == [
        "Agreed by all 3 groups.",
        "The target: set by an authority.",
        "The target: the review never came, so it is as it was before.",
        "Confirmed by all 3 groups.",
        "Where the figure comes from: in force without a decision here.",
        "Retired.",
    ]
