"""Search finds words wherever they stand, for those who may read them, and nothing that has been erased."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.common.errors import Invalid
from apps.deliberation.searching import Found, pieces, search
from apps.frameworks.models import Element
from apps.proposals.services import offer_change
from apps.record.models import Text
from tests.once import told_once
from tests.pages.conftest import Story, tell
from tests.people import Lismorrow, found_lismorrow

pytestmark = pytest.mark.django_db


@told_once
def story(lismorrow: Lismorrow) -> Story:
    return tell(lismorrow)


def found(story: Story, words: str, who: str = "") -> list[tuple[str, str]]:
    person = story.lismorrow.people[who] if who else None
    return [(hit.what, hit.code) for hit in search(person, words)]


def test_words_are_found_in_elements_proposals_offers_and_rounds(story: Story) -> None:
    assert ("element", "M4") in found(story, "household survey")
    assert found(story, "on their own after school")[0] == ("proposal", "M4")
    assert found(story, "schools ask") == [("offer", "M4")]
    assert {what for what, _ in found(story, "round")} == {"round"}


@pytest.mark.parametrize("words", ["lonel", "LONELINESS", "loneliness  target", "feel lonely", "lonely feeling"])
def test_beginnings_capitals_and_other_forms_of_a_word_are_found(story: Story, words: str) -> None:
    asked = "loneliness household" if "target" in words else words
    assert ("element", "M4") in found(story, asked)


def test_the_names_of_fields_are_no_words(story: Story) -> None:
    assert found(story, "data_source") == []
    assert found(story, "polarity") == []


def test_any_script_is_found(story: Story) -> None:
    proposal = story.lismorrow.propose(code="M77", patch={"title": "الوحدة بين الشباب", "definition": "孤独"})
    assert found(story, "الوحدة") == [("proposal", proposal.code)]


def test_words_that_have_been_erased_are_not_found(story: Story) -> None:
    offer = offer_change(
        by=story.lismorrow.ruth, proposal=story.proposal, patch={"unit": "people"}, reason="Zanzibar said so."
    )
    assert found(story, "zanzibar") == [("offer", "M4")]
    Text.objects.filter(id=offer.reason_id).update(body=None, salt=None, erased_at=offer.offered_at)
    assert found(story, "zanzibar") == []


def test_what_is_for_members_only_is_found_by_members_only(db: None) -> None:
    closed = found_lismorrow(visibility="members")
    story = tell(closed)
    assert found(story, "loneliness") == []
    assert found(story, "loneliness", "Stan") == []
    assert ("element", "M4") in found(story, "loneliness", "Ify")


@pytest.mark.parametrize("words", ["", "   ", "!?&|", "x" * 300])
def test_nothing_to_look_for_is_refused(story: Story, words: str) -> None:
    with pytest.raises(Invalid):
        search(None, words)


@pytest.mark.parametrize("words", ["a' | b", "(((", "foo:* & !bar", "\\", "it's", "50 %", "<->", "nul\x00"])
def test_signs_of_the_query_language_do_no_harm(story: Story, words: str) -> None:
    try:
        search(None, words)
    except Invalid:
        assert not any(char.isalnum() for char in words) or "\x00" in words


def test_a_passage_shows_what_was_found(story: Story) -> None:
    hit = next(hit for hit in search(None, "household") if hit.what == "element")
    assert ("Household" in word for marked, word in pieces(hit.passage) if marked)
    assert any(marked for marked, _ in pieces(hit.passage))
    assert isinstance(hit, Found)


def test_a_search_is_two_queries_however_much_there_is(story: Story) -> None:
    assert Element.objects.exists()
    with CaptureQueriesContext(connection) as asked:
        search(story.lismorrow.people["Ify"], "loneliness")
    assert len(asked) == 2
