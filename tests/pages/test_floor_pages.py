"""Speaking in turn by form, without scripts: hands, readiness, the floor; each says what came of it."""

from typing import Any

import pytest
from django.urls import reverse

from apps.deliberation.models import Round
from apps.deliberation.services import give_floor, open_round, raise_hand
from apps.deliberation.speaking import floor_of
from apps.proposals.services import add_comment
from tests.pages.conftest import Browser
from tests.pages.reading import words
from tests.pages.test_round_pages import props
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    return lismorrow.talk("clarify")


def say(client: Any, round: Round, **fields: str) -> Any:
    return client.post(reverse("floor", args=[round.id]), fields, follow=True)


def waiting(round: Round) -> list[str]:
    return [one.group for one in floor_of(round).waiting]


def test_a_hand_goes_up_and_down_and_the_page_says_ones_place(browser: Browser, round: Round) -> None:
    ify, ruth = browser("ify"), browser("ruth")
    assert "Your hand is raised." in words(say(ify, round, say="raise"))
    page = words(say(ruth, round, say="raise"))
    assert "You are second." in page
    assert "Take hand down" in page
    assert waiting(round) == ["F", "T"]
    assert "Your hand is down." in words(say(ify, round, say="lower"))
    assert "You are next." in words(ruth.get(reverse("round", args=[round.id])))


def test_the_convenor_calls_whom_the_console_shows_and_whoever_speaks_ends_it(
    browser: Browser, lismorrow: Lismorrow, round: Round
) -> None:
    raise_hand(by=lismorrow.ify, round=round)
    orla = browser("orla")
    page = orla.get(reverse("console", args=[round.id]))
    assert "Frontline staff, seat F1 Give the floor" in words(page)
    seat = str(floor_of(round).waiting[0].seat)
    called = say(orla, round, say="call", seat=seat, seconds="120", back="console")
    assert "The floor is given." in words(called)
    assert "End the turn" in words(called)
    assert "You have the floor." in words(browser("ify").get(reverse("round", args=[round.id])))
    assert "Frontline staff, seat F1 has the floor." in words(browser("").get(reverse("round", args=[round.id])))
    assert "The turn has ended." in words(say(browser("ify"), round, say="rest"))
    assert floor_of(round).speaking is None


def test_being_ready_is_said_and_taken_back(browser: Browser, round: Round) -> None:
    ify = browser("ify")
    assert "Not ready yet" in words(say(ify, round, say="ready"))
    assert props(ify.get(reverse("round", args=[round.id])))["voice"]["ready"] is True
    assert "You are not ready yet." in words(say(ify, round, say="unready"))


def test_who_has_no_vote_may_speak_and_is_not_asked_whether_ready(browser: Browser, round: Round) -> None:
    page = words(browser("tomasz").get(reverse("round", args=[round.id])))
    assert "Raise hand" in page
    assert "Ready to move on" not in page


@pytest.mark.parametrize("name", ["", "stan", "orla"])
def test_who_has_no_seat_sees_no_hand_to_raise(name: str, browser: Browser, round: Round) -> None:
    page = browser(name).get(reverse("round", args=[round.id]))
    assert "Raise hand" not in words(page)
    assert props(page)["voice"] is None


@pytest.mark.parametrize(
    ("name", "fields", "status", "sentence"),
    [
        ("ify", {"say": "sing"}, 422, "Say one of raise, lower"),
        ("ify", {"say": "rest"}, 409, "Nobody has the floor."),
        ("ify", {"say": "call"}, 403, ""),
        ("stan", {"say": "raise"}, 403, "You hold no seat"),
        ("orla", {"say": "call"}, 409, "Nobody has raised a hand."),
        ("orla", {"say": "call", "seat": "x"}, 422, "That is no seat."),
        ("orla", {"say": "call", "seconds": "9" * 5000}, 422, "Give a number of seconds."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence_on_the_page_and_to_an_island(
    name: str, fields: dict[str, str], status: int, sentence: str, browser: Browser, round: Round
) -> None:
    answer = say(browser(name), round, **fields)
    assert (answer.status_code, sentence in words(answer)) == (status, True)
    told = browser(name).post(reverse("floor", args=[round.id]), fields, headers={"accept": JSON})
    assert (told.status_code, sentence in told.json()["detail"]) == (status, True)


def test_after_the_round_nobody_speaks(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    raise_hand(by=lismorrow.ify, round=round)
    give_floor(by=lismorrow.orla, round=round)
    lismorrow.decide(open_round(by=lismorrow.orla, round=round), **lismorrow.everybody("for"))
    page = browser("ify").get(reverse("round", args=[round.id]))
    assert "the floor" not in words(page)
    assert "Raise hand" not in words(page)


def test_the_room_knows_how_much_is_said_about_each_field(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    proposal = lismorrow.framework.proposals.get()
    for field in ("population", "population", ""):
        add_comment(by=lismorrow.ify, on=proposal, words="Why?", field=field)
    (text,) = props(browser("ify").get(reverse("round", args=[round.id])))["said"]
    counts = {field["key"]: field["count"] for field in text["fields"]}
    assert (counts[""], counts["population"], counts["target"]) == (1, 2, 0)
    assert text["fields"][0]["label"] == "The whole"
    assert browser("ify").get(text["url"]).json()["items"][0]["words"] == "Why?"


def test_a_page_that_was_opened_before_the_vote_can_send_votes_and_words_later(browser: Browser, round: Round) -> None:
    """Its island sends them with the token of the page, also where the page has no ballot yet."""
    island = browser("ify").get(reverse("round", args=[round.id])).content.decode().partition("data-island")[2]
    assert 'name="csrfmiddlewaretoken"' in island
    assert "csrfmiddlewaretoken" not in browser("").get(reverse("round", args=[round.id])).content.decode()
