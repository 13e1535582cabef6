"""Entries are found by what they say, and by nothing that somebody had erased."""

import pytest

from apps.deliberation.selectors import visible_entries
from apps.protection.services import erase_words
from apps.record.searching import saying
from tests.people import LONELINESS, Lismorrow
from tests.protection.story import officer

pytestmark = pytest.mark.django_db


def found(lismorrow: Lismorrow, words: str) -> list[str]:
    return [entry.type for entry in visible_entries(lismorrow.orla, lismorrow.log, words=words)]


def test_words_are_found_in_entries_and_in_the_texts_they_refer_to(lismorrow: Lismorrow) -> None:
    lismorrow.propose(patch=LONELINESS | {"title": "Loneliness 100 %"}, rationale="Because of the long winter.")
    assert found(lismorrow, "LONG winter") == ["proposal.submitted"]
    assert found(lismorrow, "100 %") == ["proposal.submitted"]
    assert found(lismorrow, "Living well in Lismorrow") == ["framework.created"]


def test_signs_of_a_pattern_are_only_signs(lismorrow: Lismorrow) -> None:
    lismorrow.propose(rationale="Fifty_fifty")
    assert found(lismorrow, "fifty_FIFTY") == ["proposal.submitted"]
    assert found(lismorrow, "fifty%") == found(lismorrow, "l_ving well") == found(lismorrow, "\\") == []


def test_ids_and_hashes_are_not_words(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose()
    assert saying(lismorrow.log, str(proposal.versions.get().id)) == []


def test_what_was_erased_is_not_found(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose(rationale="About a neighbour")
    text = proposal.versions.get().rationale
    assert text is not None
    erase_words(by=officer(lismorrow), texts=[text.id], ground="unlawful")
    assert found(lismorrow, "neighbour") == []
