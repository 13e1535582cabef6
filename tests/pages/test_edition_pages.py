"""Editions: published with the day from which they count, read at their own address, compared field by field."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from apps.frameworks.models import Edition
from apps.frameworks.services import publish_edition
from tests.pages.conftest import Browser, Story
from tests.pages.reading import words

pytestmark = pytest.mark.django_db


def address(story: Story, name: str, *more: int) -> str:
    return reverse(name, args=[story.lismorrow.framework.id, *more])


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return words(answer)


def test_the_partnership_publishes_an_edition_and_sees_what_changed_since_the_one_before(
    story: Story, browser: Browser
) -> None:
    lismorrow, orla = story.lismorrow, browser("orla")
    publish_edition(by=lismorrow.orla, framework=lismorrow.framework)
    lismorrow.decide(lismorrow.open(story.proposal), **lismorrow.everybody("for"))
    sent = {"effective_from": "2030-04-01", "note": "The contract counts from its variation."}
    orla.post(address(story, "publish"), sent)
    edition = Edition.objects.get(number=2)
    assert edition.effective_from == date(2030, 4, 1)
    page = read(browser(""), address(story, "edition", 2))
    assert "It counts from 1 April 2030" in page
    assert "The contract counts from its variation." in page
    changes = read(browser(""), address(story, "edition_changes") + "?since=1&to=2")
    assert "Edition 1" in changes
    assert "M4 Loneliness" in changes
    assert "Who is counted" in changes
    assert "16 11" in changes.replace("removed:", "").replace("added:", "").replace("  ", " ")


def test_the_founding_plan_can_be_compared_with_what_stands_now(story: Story, browser: Browser) -> None:
    page = read(browser(""), address(story, "edition_changes") + "?since=0&to=now")
    assert "Measure: M4 Loneliness" in page
    assert "New" in page


@pytest.mark.parametrize("asked", ["", "?since=99&to=1", "?since=x", "?to=now&since=", "?since=1&to=0"])
def test_whatever_is_asked_for_two_sides_are_compared(story: Story, browser: Browser, asked: str) -> None:
    publish_edition(by=story.lismorrow.orla, framework=story.lismorrow.framework)
    assert browser("").get(address(story, "edition_changes") + asked).status_code == 200


def test_an_edition_that_would_count_before_the_one_before_it_is_refused_at_the_field(
    story: Story, browser: Browser
) -> None:
    orla = browser("orla")
    orla.post(address(story, "publish"), {"effective_from": "2030-04-01"})
    answer = orla.post(address(story, "publish"), {"effective_from": "2030-03-01"})
    assert answer.status_code == 422
    assert "Is before the edition before it, 2030-04-01." in words(answer)


def test_levels_of_the_tree_get_their_names(story: Story, browser: Browser) -> None:
    browser("orla").post(address(story, "levels"), {"levels": "Goal\nOutcome\n"})
    story.lismorrow.framework.refresh_from_db()
    assert story.lismorrow.framework.levels == ["Goal", "Outcome"]
    form = browser("samira").get(reverse("propose_kind", args=[story.lismorrow.framework.id, "outcome"]))
    assert '<option value="Goal">' in form.content.decode()
