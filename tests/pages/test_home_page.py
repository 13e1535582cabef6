"""The first page: what this is for, and what waits for whom."""

import pytest
from django.test import Client

from tests.pages.conftest import Browser, Story, when_overdue
from tests.pages.reading import words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def home(browser: Browser, name: str) -> str:
    return words(browser(name).get("/"))


def test_a_visitor_learns_what_this_is_for_and_reads_the_mark(lismorrow: Lismorrow) -> None:
    page = Client().get("/")
    text = words(page)
    assert "Who chose the measures decides whether anyone believes them" in text
    assert "was it imposed by one party, or negotiated by all?" in text
    assert 'class="matrix"' in page.content.decode()
    assert "Lismorrow" in text


def test_a_member_is_asked_to_vote_once(story: Story, browser: Browser) -> None:
    waiting = "1 question in “The round”. Your answer counts as Community's, with 1 other."
    assert waiting in home(browser, "samira")
    story.lismorrow.vote(story.round, samira="for")
    assert waiting not in home(browser, "samira")


def test_who_tables_a_proposal_is_asked_to_answer(story: Story, browser: Browser) -> None:
    assert "1 change offered to the proposal on M4 waits for your answer." in home(browser, "samira")
    assert "waits for your answer" not in home(browser, "ruth")


def test_others_are_told_until_when_they_can_offer_changes(story: Story, browser: Browser) -> None:
    assert "you can offer changes to the proposal on M4: 14 days left." in home(browser, "ruth")
    assert "you can offer changes" not in home(browser, "samira")
    assert "you can offer changes" not in home(browser, "tomasz")


def test_a_holder_of_a_mandate_reads_what_it_reaches_and_when_its_review_is_due(story: Story, browser: Browser) -> None:
    assert "Under mandate MD1 you may decide alone: the target and how often, of every measure." in home(
        browser, "moira"
    )
    with when_overdue():
        assert "Review overdue since" in home(browser, "moira")
    assert "Under mandate MD1" not in home(browser, "gareth")


def test_the_convenor_reads_what_is_open(story: Story, browser: Browser) -> None:
    assert "“The round” is open; you close it by hand: 1 question." in home(browser, "orla")


def test_the_convenor_is_told_of_reviews_that_nobody_held(story: Story, browser: Browser) -> None:
    assert "overdue" not in home(browser, "orla")
    with when_overdue():
        assert "Lismorrow: 1 review overdue, the longest by 183 days." in home(browser, "orla")


def test_the_convenor_is_reminded_to_seal_the_plan(lismorrow: Lismorrow, browser: Browser) -> None:
    assert "The founding plan of Living well in Lismorrow is not sealed." in home(browser, "orla")


def test_the_auditor_reads_the_state_of_things(story: Story, browser: Browser) -> None:
    assert "Lismorrow: 1 measure in force: " in home(browser, "tomasz")
    with when_overdue():
        assert "1 review overdue (183 days)" in home(browser, "tomasz")


def test_somebody_without_a_partnership_has_nothing_waiting(story: Story, browser: Browser) -> None:
    assert "Nothing at the moment." in home(browser, "stan")
