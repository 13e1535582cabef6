"""Ballots of every kind of rule as forms without scripts, from the form in which a round is prepared to the verdict."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.deliberation.models import Ballot, Decision, Round
from apps.deliberation.services import close_round, open_round
from apps.provenance.models import Verdict
from tests.deliberation.test_every_kind import CHOOSING, JUDGING, SEVERAL, document, question, two_texts
from tests.pages.conftest import Browser
from tests.pages.reading import Answer, forms_of, values_of, words
from tests.people import GROUPS, Lismorrow

pytestmark = pytest.mark.django_db
VOTERS = tuple(name.lower() for _, _, _, names in GROUPS for name in names)
Fields = Mapping[str, Any]
RANKS: Fields = {"place:A": "1", "place:B": "2", "place:C": "3"}
FILLED: dict[str, Fields] = {
    "majority": {"choice": "for"},
    "consensus": {"choice": "consent"},
    "consent": {"choice": "consent"},
    "rating": {"choice": "9"},
    "rating by RAM": {"choice": "7"},
    "rating by median": {"choice": "10"},
    "approval": {"approve": ["A"]},
    "score": {"score:A": "5", "score:B": "1"},
    "star": {"score:A": "5", "score:B": "1", "score:keep": "0"},
    "majority_judgment": {"score:A": "4", "score:B": "2"},
    **{kind: {**RANKS} for kind in ("borda", "irv", "schulze", "ranked_pairs", "stv", "stv by Meek")},
    **{kind: {"approve": ["A", "B"]} for kind in ("sequential_pav", "phragmen", "equal_shares")},
}
"""What people fill in, kind by kind: the first text wins, and of a shortlist the first two."""


def ballot(answer: Answer) -> dict[str, Any]:
    """The ballot on the page, as it would be sent untouched."""
    return dict(next(form["values"] for form in forms_of(answer) if "key" in form["values"]))


def fill(client: Client, round: Round, fields: Fields) -> Any:
    page = reverse("round", args=[round.id])
    sent = ballot(client.get(page))
    return client.post(page, sent | {name: value for name, value in fields.items() if name in sent or ":" not in name})


def prepared(lismorrow: Lismorrow, client: Client, rule: dict[str, Any], standing: dict[str, str]) -> Round:
    """A round as a convenor prepares it in the form, opened."""
    registered = lismorrow.rule(rule)
    page = reverse("new_round", args=[lismorrow.framework.id])
    asked = values_of(client.get(page)) | {"title": "The round", "secrecy": "blind", "rule": str(registered.id)}
    given = asked | {"proposals": list(standing.values())}
    answer = client.post(page, given)
    if answer.status_code == 200:
        assert "This rule chooses one answer among several" in words(answer)
        names = {f"stands:{name}": proposal for name, proposal in standing.items()}
        answer = client.post(page, values_of(answer) | {"rule": str(registered.id), "secrecy": "blind"} | names)
    assert answer.status_code == 302, words(answer)
    return open_round(by=lismorrow.orla, round=Round.objects.latest("drafted_at"))


@pytest.mark.parametrize("kind", [*JUDGING, *CHOOSING, *SEVERAL])
def test_from_the_form_to_the_verdict(lismorrow: Lismorrow, browser: Browser, kind: str) -> None:
    if kind in JUDGING:
        standing, rule = {"": str(lismorrow.propose().id)}, document(kind, JUDGING[kind][0])
    elif kind in CHOOSING:
        names = {"alternatives": ["A", "B", "keep"]}
        standing = {key: str(one.id) if one else "keep" for key, one in two_texts(lismorrow).items()}
        rule = document(kind, CHOOSING[kind][0] | names)
    else:
        standing = {name: str(lismorrow.propose(code=name).id) for name in "ABC"}
        # By the Scottish rules one voter alone fills one place and ties for the next: a group of one never concurs.
        together = "pooled" if kind == "stv" else "all"
        rule = document(kind, SEVERAL[kind][0] | {"alternatives": list("ABC"), "seats": 2}, together)
    round = prepared(lismorrow, browser("orla"), rule, standing)
    for name in VOTERS:
        answer = fill(browser(name), round, FILLED[kind])
        assert answer.status_code == 302, words(answer)
    again = browser("ify").get(reverse("round", args=[round.id]))
    assert "Your vote is recorded:" in words(again)
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    assert Decision.objects.filter(adopted=True).count() == (2 if kind in SEVERAL else 1)
    pooled = rule["groups"]["composition"]["kind"] == "pooled"
    assert {verdict.label_ni for verdict in Verdict.objects.all()} == {"imposed" if pooled else "negotiated"}
    result = words(browser("").get(reverse("round", args=[round.id])))
    assert ("All persons are counted together" if pooled else "Every deciding group must agree: 6 of 6 do.") in result
    assert ("The count, stage by stage" in result) == (kind not in JUDGING)


def test_what_a_voter_filled_in_stands_there_when_they_come_back(lismorrow: Lismorrow, browser: Browser) -> None:
    cases: dict[str, tuple[dict[str, Any], str]] = {
        "irv": ({"place:A": "2", "place:B": "1"}, "1. B and 2. A"),
        "approval": ({"approve": ["A", "keep"]}, "A and keep"),
        "majority_judgment": ({"score:B": "3"}, "B 3"),
    }
    for kind, (fields, said) in cases.items():
        round = question(lismorrow, document(kind, {"alternatives": ["A", "B", "keep"]}), two_texts(lismorrow))
        client = browser("ify")
        assert fill(client, round, fields).status_code == 302
        page = client.get(reverse("round", args=[round.id]))
        assert f"Your vote is recorded: {said}." in words(page)
        assert {name: ballot(page)[name] for name in fields} == fields
        close_round(by=lismorrow.orla, round=round)
        lismorrow.settle()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Give at least one of them a place"),
        ({"place:A": "first"}, "A: 'first' is not a whole number"),
        ({"place:A": "1", "instead": "abstain"}, "also chosen to abstain"),
        ({"instead": "dance"}, "dance"),
    ],
)
def test_a_ranking_that_cannot_be_read_is_refused_and_nothing_typed_is_lost(
    lismorrow: Lismorrow, browser: Browser, fields: dict[str, str], said: str
) -> None:
    round = question(lismorrow, document("irv", {"alternatives": ["A", "B", "keep"]}), two_texts(lismorrow))
    client = browser("ify")
    answer = fill(client, round, {"place:B": ""} | fields)
    assert answer.status_code == 422
    assert said in words(answer)
    assert f"#ballot-{round.items.get().id}" in answer.content.decode()
    assert ballot(answer)["place:A"] == fields.get("place:A", "")
    assert not Ballot.objects.exists()


def test_abstaining_and_being_unable_to_say(lismorrow: Lismorrow, browser: Browser) -> None:
    round = question(lismorrow, document("score", {"alternatives": ["A", "B", "keep"]}), two_texts(lismorrow))
    for way, said in (("abstain", "I abstain: do not count me"), ("unable", "I cannot say")):
        assert fill(browser("ify"), round, {"instead": way}).status_code == 302
        assert f"Your vote is recorded: {said}." in words(browser("ify").get(reverse("round", args=[round.id])))


def test_a_wide_scale_is_picked_from_a_list(lismorrow: Lismorrow, browser: Browser) -> None:
    rule = document("rating", {"scale": [0, 100], "criterion": "median", "at_least": "50"})
    round = lismorrow.open(lismorrow.propose(), rule=rule)
    page = browser("ify").get(reverse("round", args=[round.id]))
    assert page.content.decode().count("<option value=") == 103
    assert fill(browser("ify"), round, {"choice": "73"}).status_code == 302
    assert "Your vote is recorded: 73." in words(browser("ify").get(reverse("round", args=[round.id])))


def test_grades_have_words(lismorrow: Lismorrow, browser: Browser) -> None:
    round = question(
        lismorrow, document("majority_judgment", {"alternatives": ["A", "B", "keep"]}), two_texts(lismorrow)
    )
    text = words(browser("ify").get(reverse("round", args=[round.id])))
    assert "5: excellent" in text
    assert "0: reject" in text


def test_a_question_shows_each_text_and_what_keeping_means(lismorrow: Lismorrow, browser: Browser) -> None:
    round = question(lismorrow, document("irv", {"alternatives": ["A", "B", "keep"]}), two_texts(lismorrow))
    text = words(browser("ify").get(reverse("round", args=[round.id])))
    for said in (
        "Which text for M4?",
        "A: Add M4 Loneliness",
        "B: Add M4 Loneliness, told by",
        "Keep what is in force",
    ):
        assert said in text
    proposal = words(browser("ify").get(reverse("proposal", args=[two_texts_of(round)[0]])))
    assert "as alternative A" in proposal


def two_texts_of(round: Round) -> list[Any]:
    return [option.proposal_id for option in round.items.get().options]


def test_a_tie_is_told(lismorrow: Lismorrow, browser: Browser) -> None:
    rule = document("approval", {"alternatives": ["A", "B", "keep"]}, "pooled")
    round = question(lismorrow, rule, two_texts(lismorrow))
    lismorrow.decide(round, gareth="A", ify="B")
    text = words(browser("").get(reverse("round", args=[round.id])))
    assert "Undecided" in text
    assert "Tied A and B" in text


def test_a_question_must_say_what_every_name_stands_for(lismorrow: Lismorrow, browser: Browser) -> None:
    client, rule = browser("orla"), lismorrow.rule(document("irv", {"alternatives": ["A", "B", "keep"]}))
    texts = two_texts(lismorrow)
    page = reverse("new_round", args=[lismorrow.framework.id]) + f"?rule={rule.id}"
    given = values_of(client.get(page)) | {"title": "R", "secrecy": "blind", "rule": str(rule.id)}
    assert client.post(page, given | {"stands:A": str(texts["A"].id)}).status_code == 422  # type: ignore[union-attr]
    same = {f"stands:{name}": str(texts["A"].id) for name in ("A", "B", "keep")}  # type: ignore[union-attr]
    answer = client.post(page, given | same)
    assert "The same proposal stands on the agenda twice." in words(answer)
    assert not Round.objects.exists()
