"""Many ratings, seven at a sitting, without scripts: each answer is kept when given, and one comes back to the first that waits."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.deliberation.models import Round
from tests.deliberation.test_agreement import RATING
from tests.pages.conftest import Browser
from tests.pages.reading import forms_of, words
from tests.people import MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db


def opened(lismorrow: Lismorrow, count: int, rule: dict[str, Any] = RATING) -> Round:
    return lismorrow.open(*(lismorrow.propose(code=f"M{number:02}") for number in range(1, count + 1)), rule=rule)


def ballots(client: Client, round: Round) -> list[dict[str, Any]]:
    """The ballot forms of a page in order, those that wait and those that were sent."""
    page = client.get(reverse("round", args=[round.id]))
    return [form for form in forms_of(page) if "item" in form["values"] and "key" in form["values"]]


def waiting(client: Client, round: Round) -> list[str]:
    return [form["values"]["item"] for form in ballots(client, round) if "Send my vote" in form["text"]]


def send(client: Client, round: Round, item: str, choice: str) -> Any:
    form = next(form for form in ballots(client, round) if form["values"]["item"] == item)
    return client.post(reverse("round", args=[round.id]), {**form["values"], "choice": choice})


def test_seven_of_eleven_stand_there_and_the_next_comes_when_one_is_answered(
    browser: Browser, lismorrow: Lismorrow
) -> None:
    round = opened(lismorrow, 11)
    items = [str(id) for id in round.items.order_by("order").values_list("id", flat=True)]
    ify = browser("ify")
    assert waiting(ify, round) == items[:7]
    assert "0 of 11 answered, about 20 seconds each." in words(ify.get(reverse("round", args=[round.id])))
    assert send(ify, round, items[0], "8")["Location"].endswith("#sitting")
    for item in items[1:4]:
        send(ify, round, item, "6")
    elsewhere = browser("ify")  # the next day, on another device
    assert waiting(elsewhere, round) == items[4:]
    said = words(elsewhere.get(reverse("round", args=[round.id])))
    assert "4 of 11 answered" in said
    assert "4 answers given: look at them or change them" in said


def test_what_was_answered_can_be_changed_and_the_last_answer_ends_it(browser: Browser, lismorrow: Lismorrow) -> None:
    round = opened(lismorrow, 8)
    items = [str(id) for id in round.items.order_by("order").values_list("id", flat=True)]
    ify = browser("ify")
    for item in items:
        send(ify, round, item, "8")
    assert waiting(ify, round) == []
    assert "All 8 answered." in words(ify.get(reverse("round", args=[round.id])))
    send(ify, round, items[2], "3")
    answered = {form["values"]["item"]: form["values"]["choice"] for form in ballots(ify, round)}
    assert answered == {item: ["3" if item == items[2] else "8"] for item in items}


@pytest.mark.parametrize(("count", "rule"), [(7, RATING), (9, MAJORITY_OF_EVERY_GROUP)])
def test_few_ratings_and_other_questions_stand_there_as_ever(
    browser: Browser, lismorrow: Lismorrow, count: int, rule: dict[str, Any]
) -> None:
    round = opened(lismorrow, count, rule)
    assert len(waiting(browser("ify"), round)) == count
    assert "seconds each" not in words(browser("ify").get(reverse("round", args=[round.id])))


def test_who_only_watches_has_no_sitting(browser: Browser, lismorrow: Lismorrow) -> None:
    round = opened(lismorrow, 9)
    for name in ("orla", "tomasz", ""):
        assert "seconds each" not in words(browser(name).get(reverse("round", args=[round.id])))
