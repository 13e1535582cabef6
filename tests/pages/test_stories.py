"""The story of an element, a framework and a whole record: chosen, counted, leafed through, kept in the address."""

from html import unescape
from re import findall

import pytest
from django.urls import reverse

from apps.common import clock
from apps.pages.present.topics import TOPICS
from apps.proposals.services import raise_objection
from apps.record.domain.schemas import registered
from tests.pages.conftest import Browser, Story
from tests.pages.reading import words

pytestmark = pytest.mark.django_db
ELSEWHERE = {"administrator.signed_in", "audit.exported"}
"""Types that stand in the log of the host only."""


def told(browser: Browser, address: str) -> str:
    """What a page tells below the form that chooses."""
    text = words(browser("").get(address))
    return text.split("Show all of it again" if "Show all of it again" in text else "Choose by words,")[-1]


def element(story: Story, query: str = "") -> str:
    return reverse("element", args=[story.element.id]) + query


def test_every_type_of_entry_can_be_chosen() -> None:
    assert {known.name for known in registered()} - {
        type for _, types in TOPICS.values() for type in types
    } == ELSEWHERE


def test_the_story_of_an_element_is_chosen_by_kind_of_act_and_counted(story: Story, browser: Browser) -> None:
    text = told(browser, element(story, "?topic=alone"))
    assert "2 entries" in text
    assert "Told everybody" in text
    assert "Set the target of M4 under mandate MD1" in text
    assert "Nobody collects it." not in text


def test_the_story_of_an_element_is_chosen_by_group(story: Story, browser: Browser) -> None:
    text = told(browser, element(story, "?who=F"))
    assert "· Frontline staff" in text
    assert "· Community" not in text


def test_words_are_looked_for_in_the_story_of_this_element_only(story: Story, browser: Browser) -> None:
    other = story.lismorrow.propose(code="M9", rationale="It cannot wait, said the other one.")
    assert "1 entry" in told(browser, element(story, "?topic=all&words=cannot+wait"))
    other_page = reverse("record", args=[story.lismorrow.partnership.id]) + f"?on={other.element}&words=cannot+wait"
    assert "1 entry" in told(browser, other_page)
    both = reverse("record", args=[story.lismorrow.partnership.id]) + "?words=cannot+wait"
    assert "2 entries" in told(browser, both)


def test_days_bound_a_story_and_nothing_is_said_to_be_nothing(story: Story, browser: Browser) -> None:
    today = clock.now().date().isoformat()
    assert "It cannot wait." in told(browser, element(story, f"?since={today}&until={today}"))
    assert "Nothing fits. Take something away from what you chose." in told(
        browser, element(story, "?until=2001-01-01")
    )


def test_everything_on_an_element_is_there_too(story: Story, browser: Browser) -> None:
    assert "stands in version" not in told(browser, element(story))
    assert "stands in version" in told(browser, element(story, "?topic=all"))


def test_a_long_story_leads_to_earlier_entries_and_keeps_what_was_chosen(story: Story, browser: Browser) -> None:
    proposal = story.lismorrow.propose(
        by=story.lismorrow.ruth, action="change", element=story.element.id, kind="", code="", patch={"unit": "people"}
    )
    for _ in range(60):
        raise_objection(by=story.lismorrow.jamie, proposal=proposal, reason="Harm.")
    first = browser("").get(element(story, "?who=U&topic=proposals"))
    assert "60 entries" in words(first)
    (link,) = [unescape(found) for found in findall(r'href="(\?[^"]*)">Earlier', first.content.decode())]
    assert "who=U" in link
    assert link.endswith("#story")
    second = words(browser("").get(element(story, link)))
    assert second.count("Objected to the proposal") == 10
    assert "To the newest" in second
    assert "Earlier entries" not in second


def test_a_framework_tells_what_was_done_last_and_lets_one_choose(story: Story, browser: Browser) -> None:
    page = reverse("framework", args=[story.lismorrow.framework.id])
    assert "What was done last" in words(browser("").get(page))
    assert "Voted in" not in told(browser, page)
    text = told(browser, page + "?topic=framework&words=Living+well")
    assert "Began the framework Living well in Lismorrow." in text


def test_the_choice_stands_in_the_form_again(story: Story, browser: Browser) -> None:
    page = browser("").get(element(story, "?who=F&topic=alone&words=x")).content.decode()
    assert '<option value="F" selected>' in page
    assert '<option value="alone" selected>' in page
    assert "<details" in page[: page.index('name="topic"')]
    assert 'class="fold" open' in page
