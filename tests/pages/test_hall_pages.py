"""The view for the hall: how a round stands, for whoever opens it; nothing to press, and nothing that is not theirs to see."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from apps.deliberation.models import Round
from apps.pages.hall import pieces
from tests.pages.conftest import Browser, Story
from tests.pages.reading import forms_of, words
from tests.pages.test_round_pages import props
from tests.people import found_lismorrow

pytestmark = pytest.mark.django_db


def address(round: Round) -> str:
    return reverse("hall", args=[round.id])


@pytest.mark.parametrize("name", ["", "stan", "ify", "orla", "tomasz"])
def test_everybody_sees_where_the_round_stands_and_nothing_to_press(name: str, story: Story, browser: Browser) -> None:
    page = browser(name).get(address(story.round))
    assert "The vote is open. Add M5 Loneliness" in words(page)
    assert "Frontline staff 1 of 1" in words(page)
    assert forms_of(page) == []
    assert props(page)["results"] == []


def test_a_result_is_shown_once_it_may_be_seen(story: Story, browser: Browser) -> None:
    page = browser("").get(address(story.decided))
    assert "6 of 6" in words(page)
    assert [result["outcome"] for result in props(page)["results"]] == ["agreed"]


def test_a_members_only_round_is_not_there_for_others() -> None:
    hidden = found_lismorrow(visibility="members")
    round = hidden.open(hidden.propose())
    for page in (address(round), reverse("short", args=[round.id.hex[:8]])):
        assert Client().get(page).status_code == 404


def test_the_short_address_leads_to_the_round(story: Story, browser: Browser) -> None:
    short = reverse("short", args=[story.round.id.hex[:8]])
    page = browser("").get(address(story.round))
    assert f"{settings.BASE_URL.partition('://')[2]}{short}" in words(page)
    assert browser("").get(short).headers["location"] == reverse("round", args=[story.round.id])


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        ("127.0.0.1:8000/r/7544a2ed/", ["127", ".0", ".0", ".1:8000", "/r/7544a2ed/"]),
        ("speak.lismorrow-council.example/r/7544a2ed/", ["speak", ".lismorrow-council", ".example", "/r/7544a2ed/"]),
    ],
)
def test_an_address_breaks_before_a_dot_of_its_host_and_before_its_path(address: str, lines: list[str]) -> None:
    assert pieces(address) == lines


@pytest.mark.parametrize("name", ["0", "0123", "zzzzzzzz", "0" * 8, "0" * 60, "²" * 8])
def test_an_address_that_is_none_says_so(name: str, story: Story, browser: Browser) -> None:
    answer = browser("").get(reverse("short", args=[name]))
    assert answer.status_code == 404
    assert "Compare it with the one that is shown in the hall." in words(answer)


def test_the_page_keeps_itself_up_to_date_without_scripts(story: Story, browser: Browser) -> None:
    assert b'<noscript><meta http-equiv="refresh"' in browser("").get(address(story.round)).content
