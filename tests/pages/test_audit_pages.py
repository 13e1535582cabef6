"""An auditor sees all of it first, finds what she looks for, and is watched by nobody she audits."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from apps.common.errors import NotAllowed
from apps.partnerships.services import take_role
from apps.record import selectors as record
from tests.deliberation.test_rounds import ALL_FOR
from tests.pages.conftest import Browser, Story
from tests.pages.reading import words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def address(story: Story, name: str, *more: object) -> str:
    return reverse(name, args=[story.lismorrow.partnership.id, *more])


def test_the_whole_population_comes_first_in_sentences(story: Story, browser: Browser) -> None:
    text = words(browser("tomasz").get(address(story, "audit")))
    size = record.size(story.lismorrow.log)
    assert re.search(r"\d+ measures? in force: \d+ imposed, \d+ mixed, \d+ negotiated\.", text)
    assert re.search(r"\d+ of \d+ offered changes? taken\.|no offered changes taken", text)
    assert f"Record complete: entries 0 to {size - 1}, no gap." in text
    assert "Nobody outside has signed a copy yet." in text


def test_the_same_stands_on_an_auditors_home_page(story: Story, browser: Browser) -> None:
    text = words(browser("tomasz").get(reverse("home")))
    assert "in force:" in text
    assert "Record complete" in text


def test_every_decision_is_in_the_list(story: Story, browser: Browser) -> None:
    lismorrow = story.lismorrow
    lismorrow.decide(lismorrow.open(lismorrow.propose(code="M77")), **ALL_FOR)
    page = browser("").get(address(story, "audit"))
    for entry in record.entries(lismorrow.log, types=["decision.made", "imposition.made"]):
        assert f'href="{address(story, "entry", entry.seq)}"' in page.content.decode()


def test_a_missing_entry_is_said_first_and_plainly(story: Story, browser: Browser) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET ROLE NONE")
        cursor.execute("ALTER TABLE record_entry DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM record_entry WHERE log_id = %s AND seq = 3", [story.lismorrow.log])
    assert "The record has a gap" in words(browser("tomasz").get(address(story, "audit")))


def test_what_administrators_did_can_be_listed_between_two_days(story: Story, browser: Browser) -> None:
    page = address(story, "administration")
    assert "Recorded mandate MD1" in words(browser("tomasz").get(page))
    later = (timezone.localdate() + timedelta(days=2)).isoformat()
    assert "Nothing in this time." in words(browser("tomasz").get(f"{page}?since={later}"))


def test_sign_ins_and_audits_are_shown_to_auditors_only(story: Story, browser: Browser) -> None:
    browser("orla")
    page = address(story, "administration")
    assert "Signed in as the convenor." in words(browser("tomasz").get(page))
    assert "Signed in as the convenor." not in words(browser("orla").get(page))


def test_the_record_is_filtered_by_words_group_and_days(story: Story, browser: Browser) -> None:
    story.lismorrow.propose(story.lismorrow.ify, code="M88", rationale="Because of the long winter evenings.")
    client, page = browser(""), address(story, "record")
    assert "long winter evenings" in words(client.get(f"{page}?words=WINTER+evenings"))
    assert "Nothing fits." in words(client.get(f"{page}?words=nobody-said-this"))
    by_staff = words(client.get(f"{page}?who=F"))
    assert "long winter evenings" in by_staff
    assert "Recorded mandate" not in by_staff
    assert "Recorded mandate" in words(client.get(f"{page}?who=role:"))
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert "Nothing fits." in words(client.get(f"{page}?since={tomorrow}"))


def test_a_filter_that_makes_no_sense_filters_nothing(story: Story, browser: Browser) -> None:
    assert (
        browser("").get(address(story, "record") + "?who=nobody&since=yesterday&topic=x&before=-4").status_code == 200
    )


def test_the_feed_is_atom_with_the_newest_act_first(story: Story, browser: Browser) -> None:
    answer = browser("").get(address(story, "feed"))
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed.findall(f"{ATOM}entry")]
    assert "Opened the round" in titles[0]
    assert all("Ify" not in title for title in titles)


def test_a_members_only_record_has_no_public_feed(story: Story, browser: Browser) -> None:
    type(story.lismorrow.partnership).objects.update(visibility="members")
    assert browser("").get(address(story, "feed")).status_code == 404
    assert browser("stan").get(address(story, "audit")).status_code == 404


def test_an_auditor_without_a_seat_is_let_in_and_cannot_be_put_out_by_the_convenor(lismorrow: Lismorrow) -> None:
    with pytest.raises(NotAllowed):
        take_role(by=lismorrow.orla, role="auditor", person=lismorrow.people["Tomasz"])
    assert take_role(by=lismorrow.tomasz, role="auditor", person=lismorrow.people["Tomasz"]).until is not None
