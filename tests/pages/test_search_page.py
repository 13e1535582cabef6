"""Somebody looks for a word and finds where it is said."""

import pytest
from django.urls import reverse

from tests.pages.conftest import Browser, Story
from tests.pages.reading import words

pytestmark = pytest.mark.django_db


def test_somebody_finds_a_measure_by_a_word_of_it(story: Story, browser: Browser) -> None:
    answer = browser("samira").get("/search/?q=household")
    assert "Measure: M4 Loneliness" in words(answer)
    assert reverse("element", args=[story.element.id]) in answer.content.decode()
    assert "<mark>Household</mark>" in answer.content.decode()


def test_nothing_found_says_what_to_do(story: Story, browser: Browser) -> None:
    assert "Try fewer words" in words(browser("").get("/search/?q=zanzibar"))


def test_nothing_to_look_for_is_said_at_the_field(story: Story, browser: Browser) -> None:
    answer = browser("").get("/search/?q=%3F%3F")
    assert answer.status_code == 422
    assert "Write one or more words" in words(answer)
