"""The record: sentences, filters, bytes, receipts, checkpoints."""

import json

import pytest
from django.urls import reverse

from apps.pages.present.entries import TELLERS
from apps.record.checkpoints import publish
from apps.record.domain.entry import Entry
from apps.record.domain.schemas import registered
from apps.record.selectors import entry, size
from tests.pages.conftest import Browser, Story
from tests.pages.reading import words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def address(story: Story, name: str = "record", *more: object) -> str:
    return reverse(name, args=[story.lismorrow.partnership.id, *more])


def test_every_type_of_entry_has_its_sentence() -> None:
    assert {known.name for known in registered()} - TELLERS.keys() == set()


def test_entries_are_told_newest_first_by_group_and_not_by_name(story: Story, browser: Browser) -> None:
    text = words(browser("").get(address(story)))
    assert text.index("Opened the round") < text.index("Recorded mandate MD1")
    assert "Frontline staff" in text
    assert "Ify" not in text


def test_a_page_leads_to_earlier_entries_until_the_first(story: Story, browser: Browser) -> None:
    client, page, seen = browser(""), address(story), ""
    for _ in range(9):
        answer = client.get(page).content.decode()
        seen += answer
        if "Earlier entries" not in answer:
            break
        page = address(story) + answer.split('<a href="?')[-1].split('"')[0].join(["?", ""]).replace("&amp;", "&")
    assert "Founded the partnership Lismorrow." in seen
    assert all(f"entry {seq}<" in seen for seq in range(size(story.lismorrow.log)))


def test_entries_are_chosen_by_topic_and_matter(story: Story, browser: Browser) -> None:
    text = words(browser("").get(address(story) + f"?topic=decisions&on={story.element.id}"))
    assert "Set the target of M4 Loneliness under mandate MD1: urgent harm." in text
    assert "Voted" not in text
    assert "Proposed" not in text


@pytest.mark.parametrize(
    "query", ["?topic=nonsense", "?on=x", "?before=-4", "?before=99999999999999999999", "?before=x&on=&topic="]
)
def test_a_filter_that_makes_no_sense_shows_everything(query: str, story: Story, browser: Browser) -> None:
    answer = browser("").get(address(story) + query)
    assert answer.status_code == 200
    assert "Opened the round" in words(answer)


def test_one_entry_shows_the_bytes_that_were_hashed(story: Story, browser: Browser) -> None:
    client = browser("")
    raw = client.get(address(story, "entry_raw", 3)).content
    found = Entry.from_bytes(raw)
    assert found == entry(story.lismorrow.log, 3)
    page = client.get(address(story, "entry", 3))
    assert found.leaf_hash().hex() in words(page)
    assert json.dumps(found.type)[1:-1] in words(page)


def test_an_entry_that_is_not_there_is_unknown(story: Story, browser: Browser) -> None:
    assert browser("").get(address(story, "entry", 99999)).status_code == 404
    assert browser("").get(address(story, "receipt", 99999)).status_code == 404


def test_words_that_were_removed_are_said_to_be(story: Story, browser: Browser) -> None:
    text = story.offer.reason
    type(text).objects.filter(id=text.id).update(body=None, salt=None, erased_at="2026-01-01T00:00:00Z")
    page = words(browser("").get(reverse("proposal", args=[story.proposal.id])))
    assert "Schools ask from 12." not in page
    assert "(These words were removed on" in page
    assert "(These words were removed on" in words(browser("").get(address(story)))


def test_the_checkpoint_can_be_kept(story: Story, browser: Browser) -> None:
    client = browser("")
    assert client.get(address(story, "checkpoint")).status_code == 404
    publish(story.lismorrow.log)
    note = client.get(address(story, "checkpoint"))
    assert note["Content-Type"].startswith("text/plain")
    assert f"\n{size(story.lismorrow.log)}\n" in note.content.decode()
    assert "Keep a copy of it" in words(client.get(address(story)))


def test_a_refused_attempt_to_decide_alone_is_told(story: Story, browser: Browser) -> None:
    browser("ify").post(
        reverse("decide_element", args=[story.element.id]),
        {"mandate": str(story.mandate.id), "target__value": "1", "reason_code": "law", "reason": "So.", "step": "do"},
    )
    text = words(browser("").get(address(story) + "?topic=alone"))
    assert "Tried to decide alone and was refused" in text


def test_the_record_of_an_unknown_partnership_is_unknown(lismorrow: Lismorrow, browser: Browser) -> None:
    assert browser("orla").get(reverse("record", args=[lismorrow.framework.id])).status_code == 404
