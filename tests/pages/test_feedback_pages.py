"""Voting again: what the groups said stands above the ballot, one's own answer beside it, without scripts."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.deliberation.models import Ballot, Round
from apps.deliberation.services import close_round
from tests.deliberation.test_agreement import RATING
from tests.deliberation.test_feedback import ALL
from tests.once import told_once
from tests.pages.conftest import Browser
from tests.pages.reading import forms_of, words
from tests.pages.test_steering import press
from tests.people import CONSENT, Lismorrow

pytestmark = pytest.mark.django_db
PRESS = "Show what the groups said and vote again"
SPREAD = (
    "Ratings: 1 × 2, 1 × 4, 1 × 6, 2 × 7, 3 × 8, 1 × 9. In the middle: 7; half of them from 6 to 8. 9 of 9 took part."
)


@told_once
def first(lismorrow: Lismorrow) -> Round:
    """A private rating that was counted and decided nothing."""
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.decide(round, **ALL)
    round.refresh_from_db()
    return round


@pytest.fixture
def second(lismorrow: Lismorrow, first: Round, browser: Browser) -> Round:
    """The same again, opened with one press."""
    press(browser("orla"), first, PRESS)
    return Round.objects.get(follows=first)


def page(client: Client, round: Round) -> str:
    return words(client.get(reverse("round", args=[round.id])))


def feedback_in(client: Client, round: Round) -> str:
    """The feedback of a page, from its heading to the ballot."""
    found = client.get(reverse("round", args=[round.id])).content.decode()
    return re.sub(r"\s+", " ", re.findall(r'<section class="feedback".*?</section>', found, re.DOTALL)[0])


def test_one_press_shows_what_was_said_and_opens_the_vote(browser: Browser, lismorrow: Lismorrow, first: Round) -> None:
    said = press(browser("orla"), first, PRESS)
    assert "The vote is open again." in said
    assert SPREAD in said
    again = Round.objects.get(follows=first)
    assert (again.state, again.rule_id) == ("open", first.rule_id)


def test_the_ballot_says_what_one_said_last_time(browser: Browser, second: Round) -> None:
    ify, ruth = page(browser("ify"), second), page(browser("ruth"), second)
    assert "Last time you said: 7" in ify
    assert "Last time you said: 4" in ruth
    assert ify.index("What the groups said") < ify.index("Last time you said") < ify.index("Send my vote")
    assert "Last time you said" not in page(browser("orla"), second) + page(browser(""), second)


def test_a_manager_sees_no_more_than_a_member(browser: Browser, second: Round) -> None:
    everybody = ("ify", "ruth", "orla", "tomasz", "stan", "")
    assert len({feedback_in(browser(name), second) for name in everybody}) == 1
    for name in everybody:
        assert "a manager sees no more than a member" in page(browser(name), second)


def test_after_a_rating_the_convenor_may_ask_for_consent(browser: Browser, lismorrow: Lismorrow, first: Round) -> None:
    consent = lismorrow.rule(CONSENT)
    said = press(browser("orla"), first, PRESS, rule=str(consent.id))
    assert Round.objects.get(follows=first).rule_id == consent.id
    assert SPREAD in said
    assert "Last time you said: 7" in page(browser("ify"), Round.objects.get(follows=first))
    assert "Yes, I can live with it" in page(browser("ify"), Round.objects.get(follows=first))


def test_a_rule_that_is_no_rule_is_refused_in_words(browser: Browser, first: Round) -> None:
    answer = browser("orla").post(reverse("reopen_round", args=[first.id]), {"rule": "majority", "open": "1"})
    assert answer.status_code == 422
    assert "Choose the rule from the list." in words(answer)
    assert not Round.objects.filter(follows=first).exists()


def test_the_round_before_shows_the_way_to_the_next(browser: Browser, first: Round, second: Round) -> None:
    assert "This is voted on again." in page(browser("ify"), first)
    assert "The round before" in page(browser("ify"), second)


def test_nothing_of_it_shows_before_the_count(browser: Browser, lismorrow: Lismorrow) -> None:
    waiting = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.vote(waiting, **ALL)
    assert "What the groups said" not in page(browser("orla"), waiting)
    close_round(by=lismorrow.orla, round=waiting)
    assert "What the groups said" not in page(browser("orla"), waiting)


def test_once_counted_again_what_was_said_before_is_folded(
    browser: Browser, lismorrow: Lismorrow, second: Round
) -> None:
    lismorrow.decide(second, **lismorrow.everybody("8"))
    said = page(browser("samira"), second)
    assert said.index("What came out") < said.index("What the groups said the time before")
    assert SPREAD in said


def test_a_reason_comes_with_the_vote_and_is_read_without_a_name(browser: Browser, lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.vote(round, **ALL)
    ify, address = browser("ify"), reverse("round", args=[round.id])
    form = next(
        form for form in forms_of(ify.get(address)) if "Send my vote" in form["text"] or "Change my" in form["text"]
    )
    assert "Whoever runs the server could find out" in form["text"]
    ify.post(address, {**form["values"], "choice": "7", "why": "Twice a week is too often."}, follow=True)
    assert "Twice a week is too often." in page(ify, round)
    assert "too often" not in page(browser("ruth"), round) + page(browser("orla"), round)
    lismorrow.decide(round)
    round.refresh_from_db()
    press(browser("orla"), round, PRESS)
    again = Round.objects.get(follows=round)
    seen = {feedback_in(browser(name), again) for name in ("ify", "ruth", "orla", "")}
    assert len(seen) == 1
    assert "1 reason, without names and in no order" in seen.pop()
    assert "Twice a week is too often." in page(browser("ruth"), again)
    assert "Twice a week is too often." not in page(browser("ify"), round)


def test_a_reason_that_is_too_long_keeps_the_vote_back_and_what_was_typed(
    browser: Browser, lismorrow: Lismorrow
) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    ify, address = browser("ify"), reverse("round", args=[round.id])
    form = next(form for form in forms_of(ify.get(address)) if "Send my vote" in form["text"])
    answer = ify.post(address, {**form["values"], "choice": "7", "why": "too long " * 60})
    assert answer.status_code == 422
    assert "500 is the limit" in words(answer)
    assert "too long too long" in words(answer)
    assert not Ballot.objects.exists()


def test_what_moved_is_said_once_it_is_counted_again(browser: Browser, lismorrow: Lismorrow, second: Round) -> None:
    assert "What moved" not in page(browser("orla"), second)
    lismorrow.decide(second, **{name: "8" for name in ALL if name != "pat"})
    everybody = "Agency, Providers, Frontline staff, Team managers, Community and People who use services"
    for name in ("ify", "ruth", "orla", ""):
        said = page(browser(name), second)
        assert f"4 of 8 {everybody} moved up, 1 down; 1 did not answer again." in said
        assert "Of the answers of all 8 who gave one twice, 62.5 % lie elsewhere now: opinions are still moving" in said


def test_after_another_question_only_who_took_part_is_said(
    browser: Browser, lismorrow: Lismorrow, first: Round
) -> None:
    press(browser("orla"), first, PRESS, rule=str(lismorrow.rule(CONSENT).id))
    again = Round.objects.get(follows=first)
    lismorrow.decide(again, **{name: "consent" for name in ALL if name not in ("pat", "ify")})
    said = page(browser("ruth"), again)
    assert "took part again; 2 did not answer again." in said
    assert "moved up" not in said


def test_after_a_secret_round_nobody_can_say_who_moved(browser: Browser, lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=RATING, secrecy="secret")
    lismorrow.decide(round, **ALL)
    round.refresh_from_db()
    press(browser("orla"), round, PRESS)
    again = Round.objects.get(follows=round)
    lismorrow.decide(again, **ALL)
    assert "nobody can say who moved" in page(browser("ify"), again)
