"""Voting again on what was not decided, with what the groups said above the ballot: the same for everybody, and nothing before."""

from typing import Any

import pytest

from apps.common.errors import Conflict, Invalid, NotFound
from apps.deliberation.feedback import visible_feedback
from apps.deliberation.models import Round, RoundState
from apps.deliberation.services import close_round, draft_round, open_round, reopen_round
from apps.frameworks.services import create_framework
from apps.partnerships.services import assign_seat, vacate_seat
from apps.record import selectors as record
from tests.deliberation.test_agreement import RATING
from tests.deliberation.test_every_kind import document, question, two_texts
from tests.once import told_once
from tests.people import CONSENT, MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db
ALL = {
    "gareth": "9",
    "moira": "8",
    "colm": "8",
    "ify": "7",
    "ruth": "4",
    "samira": "2",
    "pat": "6",
    "jamie": "8",
    "margaret": "7",
}


@told_once
def first(lismorrow: Lismorrow) -> Round:
    """A private rating that was counted and decided nothing; all nine took part."""
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.decide(round, **ALL)
    round.refresh_from_db()
    assert round.items.get().outcome == "undecided"
    return round


def again(lismorrow: Lismorrow, first: Round, **more: Any) -> Round:
    return reopen_round(by=lismorrow.orla, round=first, **more)


def test_one_press_opens_the_next_round_with_what_was_said(lismorrow: Lismorrow, first: Round) -> None:
    second = again(lismorrow, first, open=True)
    assert (second.state, second.number, second.follows_id) == (RoundState.OPEN, 2, first.id)
    assert (second.secrecy, second.rule_id) == (first.secrecy, first.rule_id)
    types = [entry.type for entry in record.entries(lismorrow.log)][-2:]
    assert types == ["round.drafted", "round.opened"]
    found = visible_feedback(lismorrow.ify, second)
    assert found
    (line,) = found.items.values()
    assert (line.item, line.before, line.own) == (second.items.get().id, first.items.get().id, "7")
    (spread,) = line.spreads
    assert (spread.groups, spread.opinions) == (("A", "P", "F", "T", "C", "U"), 9)


def test_first_rated_then_consented_to(lismorrow: Lismorrow, first: Round) -> None:
    second = again(lismorrow, first, rule=lismorrow.rule(CONSENT), open=True)
    lismorrow.decide(second, **lismorrow.everybody("consent"))
    assert second.items.get().outcome == "agreed"


def test_a_rule_of_another_framework_or_of_another_kind_is_refused_and_nothing_happens(
    lismorrow: Lismorrow, first: Round
) -> None:
    size = record.size(lismorrow.log)
    choosing = lismorrow.rule(document("approval", {"alternatives": ["A", "B"]}))
    elsewhere = create_framework(by=lismorrow.orla, title="Another", starts_on=lismorrow.framework.starts_on)
    strange = lismorrow.rule(CONSENT)
    strange.framework = elsewhere
    with pytest.raises(Invalid, match="say which proposal each of them stands for"):
        again(lismorrow, first, rule=choosing, open=True)
    with pytest.raises(NotFound):
        again(lismorrow, first, rule=strange)
    assert {entry.type for entry in record.entries(lismorrow.log, since=size)} == {
        "rule.registered",
        "framework.created",
    }


def test_what_was_agreed_is_not_voted_on_again(lismorrow: Lismorrow) -> None:
    """It is in force: who wants it confirmed proposes to confirm it, and that is a question of its own."""
    round = lismorrow.open(lismorrow.propose(code="M1"), lismorrow.propose(code="M2"), rule=MAJORITY_OF_EVERY_GROUP)
    one, two = round.items.order_by("order")
    lismorrow.vote_on(one, **lismorrow.everybody("for"))
    lismorrow.vote_on(two, **lismorrow.everybody("against"))
    lismorrow.decide(round)
    round.refresh_from_db()
    second = again(lismorrow, round, open=True)
    assert [item.proposal_id for item in second.items.all()] == [two.proposal_id]
    close_round(by=lismorrow.orla, round=second)
    with pytest.raises(Conflict):
        again(lismorrow, round, open=True)


def test_nothing_is_said_before_the_first_round_is_counted(lismorrow: Lismorrow, first: Round) -> None:
    waiting = lismorrow.open(lismorrow.propose(code="M9"), rule=RATING)
    lismorrow.vote(waiting, **ALL)
    draft = draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="Too early",
        rule=lismorrow.rule(CONSENT),
        proposals=[lismorrow.propose(code="M8")],
        follows=waiting,
    )
    assert visible_feedback(lismorrow.orla, draft) is None
    close_round(by=lismorrow.orla, round=waiting)
    draft = Round.objects.get(id=draft.id)
    assert visible_feedback(lismorrow.orla, draft) is None
    assert visible_feedback(lismorrow.orla, first) is None  # it takes up no other


def test_everybody_sees_the_same_and_only_their_own_answer(lismorrow: Lismorrow, first: Round) -> None:
    second = again(lismorrow, first)
    seen = {}
    for name in ("ify", "ruth", "orla", "tomasz", "stan", "samira"):
        found = visible_feedback(getattr(lismorrow, name), second)
        assert found
        seen[name] = found.items[second.items.get().id]
    assert {name: line.own for name, line in seen.items()} == {
        "ify": "7", "ruth": "4", "orla": "", "tomasz": "", "stan": "", "samira": "2",
    }  # fmt: skip
    assert len({repr(line.spreads) for line in seen.values()}) == 1


def test_who_takes_a_seat_over_does_not_see_what_was_chosen_from_it(lismorrow: Lismorrow, first: Round) -> None:
    seat = lismorrow.ify.require_seat()
    vacate_seat(by=lismorrow.orla, seat=seat)
    assign_seat(by=lismorrow.orla, seat=seat, name="Stan", email="stan@example.org")
    found = visible_feedback(lismorrow.stan, again(lismorrow, first))
    assert found
    assert [line.own for line in found.items.values()] == [""]


def test_an_open_round_is_shown_in_the_same_way(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=RATING, secrecy="open")
    lismorrow.decide(round, **ALL)
    round.refresh_from_db()
    found = visible_feedback(lismorrow.pat, again(lismorrow, round))
    assert found
    (line,) = found.items.values()
    assert (line.own, line.spreads[0].opinions) == ("6", 9)


@pytest.mark.parametrize("kind", ["rating", "approval"])
def test_a_secret_round_shows_how_often_what_was_said_and_keeps_nobodys_answer(lismorrow: Lismorrow, kind: str) -> None:
    if kind == "rating":
        round = lismorrow.open(lismorrow.propose(), rule=RATING, secrecy="secret")
        lismorrow.decide(round, **ALL)
    else:
        rule = document("approval", {"alternatives": ["A", "B", "keep"]})
        round = question(lismorrow, rule, two_texts(lismorrow), secrecy="secret")
        lismorrow.decide(round, gareth="A", moira="B", colm="A", ify="B", ruth="A", samira="B")
    round.refresh_from_db()
    found = visible_feedback(lismorrow.ify, again(lismorrow, round))
    assert found
    (line,) = found.items.values()
    assert (line.own, line.spreads[0].opinions) == ("", 9 if kind == "rating" else 6)


def test_a_tie_among_texts_is_shown_as_first_choices(lismorrow: Lismorrow) -> None:
    rule = document("approval", {"alternatives": ["A", "B", "keep"]})
    round = question(lismorrow, rule, two_texts(lismorrow))
    even = ["gareth", "colm", "ruth", "pat"], ["moira", "ify", "samira", "jamie"]
    lismorrow.decide(round, **dict.fromkeys(even[0], "A"), **dict.fromkeys(even[1], "B"))
    round.refresh_from_db()
    second = again(lismorrow, round, open=True)
    found = visible_feedback(lismorrow.ify, second)
    assert found
    (line,) = found.items.values()
    assert (line.item, line.own, dict(line.spreads[0].counts)) == (
        second.items.get().id,
        "B",
        {"A": 4, "B": 4, "keep": 0},
    )


def test_what_is_drafted_only_opens_when_somebody_says_so(lismorrow: Lismorrow, first: Round) -> None:
    second = again(lismorrow, first)
    assert second.state == RoundState.DRAFT
    assert open_round(by=lismorrow.orla, round=second).state == RoundState.OPEN
