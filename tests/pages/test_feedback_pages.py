"""Voting again: what the groups said stands above the ballot, one's own answer beside it, without scripts."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from apps.deliberation.models import Round
from apps.deliberation.services import close_round
from tests.deliberation.test_agreement import RATING
from tests.deliberation.test_feedback import ALL
from tests.pages.conftest import Browser
from tests.pages.reading import words
from tests.pages.test_steering import press
from tests.people import CONSENT, Lismorrow

pytestmark = pytest.mark.django_db
PRESS = "Show what the groups said and vote again"
SPREAD = (
    "Ratings: 1 × 2, 1 × 4, 1 × 6, 2 × 7, 3 × 8, 1 × 9. In the middle: 7; half of them from 6 to 8. 9 of 9 took part."
)


@pytest.fixture
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
