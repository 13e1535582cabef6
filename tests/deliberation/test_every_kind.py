"""A round runs under every kind of rule: from the ballot to the verdict, counted again from the record, and shown."""

from typing import Any

import pytest

from apps.common.errors import Conflict, Invalid
from apps.consensus.parsing import METHODS
from apps.deliberation.checks import check
from apps.deliberation.models import Decision, Round, Secrecy
from apps.deliberation.presenting import plain, state_of
from apps.deliberation.selectors import visible_tally
from apps.deliberation.services import draft_round, open_round
from apps.frameworks.models import Element
from apps.proposals.models import Proposal
from apps.provenance.models import Verdict
from apps.record import selectors as record
from apps.record.models import Log
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db
EVERY = ["A", "P", "F", "T", "C", "U"]
ABC = {"alternatives": ["A", "B", "keep"]}
SHARES = {"in": [{"range": [7, 9], "at_least": "0.70"}], "out": [{"range": [1, 3], "at_least": "0.70"}]}
JUDGING: dict[str, tuple[dict[str, Any], str]] = {
    "majority": ({}, "for"),
    "consensus": ({}, "consent"),
    "consent": ({}, "consent"),
    "rating": ({"scale": [1, 9], "criterion": "share", **SHARES}, "9"),
    "rating by RAM": ({"scale": [1, 9], "criterion": "ram"}, "8"),
    "rating by median": ({"scale": [0, 10], "criterion": "median", "at_least": "7"}, "7"),
}
CHOOSING: dict[str, tuple[dict[str, Any], str]] = {
    "approval": ({}, "A"),
    "score": ({"scale": [0, 5]}, "A:5|B:2"),
    "borda": ({}, "A>B>keep"),
    "star": ({}, "A:5|B:2|keep:0"),
    "majority_judgment": ({}, "A:4|B:1"),
    "irv": ({}, "A>B"),
    "schulze": ({}, "A>B=keep"),
    "ranked_pairs": ({}, "A>keep>B"),
}
SEVERAL: dict[str, tuple[dict[str, Any], str]] = {
    "stv": ({}, "A>B>C"),
    "stv by Meek": ({"variant": "meek"}, "B>A>C"),
    "sequential_pav": ({}, "A|B"),
    "phragmen": ({}, "A|B"),
    "equal_shares": ({}, "A|B"),
}


def document(kind: str, more: dict[str, Any], composition: str = "all") -> dict[str, Any]:
    method = {"kind": kind.partition(" ")[0], **more}
    return {
        "version": 1,
        "method": method,
        "groups": {"deciding": EVERY, "composition": {"kind": composition}},
    }


def question(lismorrow: Lismorrow, rule: dict[str, Any], standing: dict[str, Proposal | None], **more: Any) -> Round:
    drafted = draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="Which one?",
        rule=lismorrow.rule(rule),
        questions=[standing],
        **more,
    )
    return open_round(by=lismorrow.orla, round=drafted)


def two_texts(lismorrow: Lismorrow) -> dict[str, Proposal | None]:
    """Two wordings of one measure, or none of them."""
    other = lismorrow.propose(lismorrow.ify, patch={**LONELINESS, "title": "Loneliness, told by those who are lonely"})
    return {"A": lismorrow.propose(), "B": other, "keep": None}


def nothing_is_wrong(lismorrow: Lismorrow, round: Round) -> None:
    """The record agrees with the rows, every ballot opens, the count comes out the same, and everybody can be shown it."""
    assert list(check(Log.objects.get(id=lismorrow.log))) == []
    round.refresh_from_db()
    (view,) = visible_tally(lismorrow.samira, round)
    assert view.final
    (shown,) = plain(state_of(lismorrow.samira, round))["results"]
    assert shown["verdict"]
    assert len(shown["rows"]) == 7


def test_every_kind_there_is_stands_in_these_tests() -> None:
    assert {kind.partition(" ")[0] for kind in (*JUDGING, *CHOOSING, *SEVERAL)} == set(METHODS)


@pytest.mark.parametrize("secrecy", Secrecy.values)
@pytest.mark.parametrize("kind", JUDGING)
def test_each_proposal_is_judged(lismorrow: Lismorrow, kind: str, secrecy: str) -> None:
    more, choice = JUDGING[kind]
    round = lismorrow.open(lismorrow.propose(), rule=document(kind, more), secrecy=secrecy)
    lismorrow.decide(round, **lismorrow.everybody(choice))
    assert Decision.objects.get().adopted
    assert Verdict.objects.get().label_ni == "negotiated"
    nothing_is_wrong(lismorrow, round)


@pytest.mark.parametrize("secrecy", Secrecy.values)
@pytest.mark.parametrize("kind", CHOOSING)
def test_one_of_several_texts_is_chosen(lismorrow: Lismorrow, kind: str, secrecy: str) -> None:
    more, choice = CHOOSING[kind]
    standing = two_texts(lismorrow)
    round = question(lismorrow, document(kind, more | ABC), standing, secrecy=secrecy)
    lismorrow.decide(round, **lismorrow.everybody(choice))
    chosen, other = Decision.objects.order_by("seq")
    assert (chosen.proposal, chosen.adopted, chosen.outcome) == (standing["A"], True, "agreed")
    assert (other.proposal, other.adopted, other.outcome) == (standing["B"], False, "not_chosen")
    assert Element.objects.get().title == "Loneliness"
    assert Verdict.objects.get().headline.startswith("Agreed by all 6 groups")
    states = {name: Proposal.objects.get(id=one.id).state for name, one in standing.items() if one}
    assert states == {"A": "decided", "B": "tabled"}
    nothing_is_wrong(lismorrow, round)


@pytest.mark.parametrize("kind", SEVERAL)
def test_a_shortlist_of_new_measures_is_chosen(lismorrow: Lismorrow, kind: str) -> None:
    more, choice = SEVERAL[kind]
    standing: dict[str, Proposal | None] = {
        name: lismorrow.propose(code=f"M{number}") for number, name in enumerate("ABC", start=1)
    }
    rule = document(kind, more | {"alternatives": list("ABC"), "seats": 2}, "pooled")
    round = question(lismorrow, rule, standing)
    lismorrow.decide(round, **lismorrow.everybody(choice))
    assert [(decision.adopted, decision.outcome) for decision in Decision.objects.order_by("seq")] == [
        (True, "agreed"),
        (True, "agreed"),
        (False, "not_chosen"),
    ]
    assert sorted(element.code for element in Element.objects.all()) == ["M1", "M2"]
    assert Verdict.objects.count() == 2
    nothing_is_wrong(lismorrow, round)


def test_the_record_says_what_was_chosen_from_and_what_with_it(lismorrow: Lismorrow) -> None:
    standing = two_texts(lismorrow)
    round = question(lismorrow, document("irv", ABC), standing)
    lismorrow.decide(round, **lismorrow.everybody("A>B"))
    (opened,) = record.entries(lismorrow.log, types=["round.opened"])
    (line,) = opened.data["items"]
    assert [one["name"] for one in line["alternatives"]] == ["A", "B", "keep"]
    assert "proposal" not in line["alternatives"][2]
    (cast, *_) = record.entries(lismorrow.log, types=["ballot.cast"])
    assert cast.data["version"] == line["item"]
    first, second = record.entries(lismorrow.log, types=["decision.made"])
    told = [(entry.data["alternative"], entry.data["chosen"], entry.data["outcome"]) for entry in (first, second)]
    assert told == [("A", ["A"], "agreed"), ("B", ["A"], "not_chosen")]
    assert first.data["together_with"] == [second.data["proposal"]]


def test_a_tie_leaves_the_question_undecided_and_every_text_on_the_table(lismorrow: Lismorrow) -> None:
    standing = two_texts(lismorrow)
    round = question(lismorrow, document("approval", ABC, "pooled"), standing)
    lismorrow.decide(round, gareth="A", ify="B")
    assert [(one.adopted, one.outcome) for one in Decision.objects.all()] == [(False, "undecided")] * 2
    assert {one.state for one in Proposal.objects.all()} == {"tabled"}
    (shown,) = plain(state_of(lismorrow.samira, Round.objects.get()))["results"]
    assert (shown["winners"], shown["ties"]) == (["A", "B"], [["A", "B"]])
    nothing_is_wrong(lismorrow, round)


def test_a_declared_lot_breaks_the_tie(lismorrow: Lismorrow) -> None:
    rule = document("approval", ABC | {"tie_break": "listed"}, "pooled")
    round = question(lismorrow, rule, two_texts(lismorrow))
    lismorrow.decide(round, gareth="A", ify="B")
    assert [one.adopted for one in Decision.objects.order_by("seq")] == [True, False]


def test_keeping_what_is_in_force_can_win(lismorrow: Lismorrow) -> None:
    round = question(lismorrow, document("irv", ABC), two_texts(lismorrow))
    lismorrow.decide(round, **lismorrow.everybody("keep"))
    assert [(one.adopted, one.outcome) for one in Decision.objects.all()] == [(False, "not_chosen")] * 2
    assert not Element.objects.exists()


def test_a_group_that_would_choose_otherwise_stops_the_choice_or_stays_as_dissent(lismorrow: Lismorrow) -> None:
    everybody = {**lismorrow.everybody("A>B"), "samira": "B>A", "pat": "B>A"}
    standing = two_texts(lismorrow)
    lismorrow.decide(question(lismorrow, document("irv", ABC), standing), **everybody)
    assert {one.outcome for one in Decision.objects.all()} == {"not_agreed"}
    again = {key: Proposal.objects.get(id=one.id) if one else None for key, one in standing.items()}
    lismorrow.decide(question(lismorrow, document("irv", ABC, "pooled"), again), **everybody)
    adopted = Decision.objects.get(adopted=True)
    assert [(one.group_key, one.against) for one in adopted.dissents.all()] == [("C", 2)]


def test_a_poll_among_alternatives_decides_nothing(lismorrow: Lismorrow) -> None:
    round = question(lismorrow, document("borda", ABC), two_texts(lismorrow), advisory=True)
    lismorrow.decide(round, **lismorrow.everybody("A>B"))
    assert not Decision.objects.exists()
    assert {one.state for one in Proposal.objects.all()} == {"tabled"}


def test_abstaining_and_an_unreadable_ranking(lismorrow: Lismorrow) -> None:
    round = question(lismorrow, document("borda", ABC, "pooled"), two_texts(lismorrow))
    for choice in ("A>Z", "A>A", "A:5"):
        with pytest.raises(Invalid):
            lismorrow.vote(round, ify=choice)
    lismorrow.decide(round, ify="abstain", ruth=" A > B ")
    (view,) = visible_tally(lismorrow.ruth, Round.objects.get())
    assert view.result
    assert view.result["together"]["counts"]["abstain"] == 1


def test_what_does_not_fit_a_rule_that_chooses_is_refused_with_the_reason(lismorrow: Lismorrow) -> None:
    irv, majority = document("irv", ABC), document("majority", {})
    texts = two_texts(lismorrow)
    a, b = texts["A"], texts["B"]
    other = lismorrow.propose(code="M9")
    cases: list[tuple[dict[str, Any], dict[str, Any], str]] = [
        (majority, {"questions": [texts]}, "cannot choose among alternatives"),
        (irv, {"proposals": [a]}, "say which proposal each of them stands for"),
        (irv, {"questions": [{"A": a, "B": b}]}, "the question names A, B"),
        (irv, {"questions": [{"A": a, "B": None, "keep": None}]}, "not several of them"),
        (irv, {"questions": [{"A": a, "B": a, "keep": None}]}, "twice"),
        (irv, {"questions": [texts, {**texts, "A": other}]}, "twice"),
        (majority, {"proposals": [a, b]}, "same code"),
    ]
    for rule, agenda, words in cases:
        with pytest.raises(Invalid) as refused:
            draft_round(
                by=lismorrow.orla, framework=lismorrow.framework, title="R", rule=lismorrow.rule(rule), **agenda
            )
        assert words in str(refused.value.message) + str(refused.value.fields)


def test_several_places_need_proposals_that_each_add_something(lismorrow: Lismorrow) -> None:
    rule = document("stv", {"alternatives": ["A", "B", "keep"], "seats": 2}, "pooled")
    with pytest.raises(Invalid) as refused:
        question(lismorrow, rule, two_texts(lismorrow))
    assert refused.value.code == "round.alternatives"


def test_two_rounds_cannot_vote_on_the_same_new_code_at_once(lismorrow: Lismorrow) -> None:
    lismorrow.open(lismorrow.propose())
    with pytest.raises(Conflict) as refused:
        lismorrow.open(lismorrow.propose(lismorrow.ify))
    assert refused.value.code == "element.code_voted_on"


def test_a_code_that_was_taken_in_the_meantime_is_not_voted_on(lismorrow: Lismorrow) -> None:
    late = lismorrow.propose(lismorrow.ify)
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
    with pytest.raises(Conflict) as refused:
        lismorrow.open(late)
    assert refused.value.code == "element.code_taken"


@pytest.mark.parametrize("name", ["Größe", "x" * 61])
def test_names_of_alternatives_must_fit_a_ballot_and_the_record(lismorrow: Lismorrow, name: str) -> None:
    with pytest.raises(Invalid) as refused:
        lismorrow.rule(document("irv", {"alternatives": ["A", name]}))
    assert refused.value.code == "rule.alternative_name"


def test_a_rule_without_deciding_groups_cannot_be_used_here(lismorrow: Lismorrow) -> None:
    with pytest.raises(Invalid) as refused:
        lismorrow.rule({"version": 1, "method": {"kind": "irv", **ABC}})
    assert refused.value.code == "rule.nobody_decides"
