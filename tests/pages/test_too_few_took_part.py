"""That too few took part is said once, with the numbers, wherever a result is told; the record keeps its full sentence."""

import pytest
from django.urls import reverse

from apps.consensus.sentences import behind
from apps.deliberation.models import Round
from apps.deliberation.presenting import plain, state_of
from apps.exchange.domain.archive import unpack
from apps.exchange.domain.verifying import verify_archive
from apps.frameworks.models import Element
from apps.record import checkpoints
from apps.record import selectors as record
from apps.record.models import Log
from apps.record.verify import verify_log
from tests.exchange.stories import dossier_of
from tests.pages.conftest import Browser
from tests.pages.reading import words
from tests.people import MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db
QUORUM = MAJORITY_OF_EVERY_GROUP | {"quorum": {"share": "1/2", "of": "entitled"}}
SHORT = "Community 0 of 2 seats, at least one half needed."
TOO_FEW = "Too few took part"


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    """Everybody is for it, but nobody of the community comes; before, the measure was agreed."""
    proposed = lismorrow.propose()
    lismorrow.decide(lismorrow.open(proposed), **lismorrow.everybody("for"))
    change = {"population": "People of 11 and over"}
    again = lismorrow.propose(action="change", element=proposed.element, patch=change)
    round = lismorrow.open(again, rule=QUORUM)
    choices = lismorrow.everybody("for")
    del choices["samira"], choices["pat"]
    lismorrow.decide(round, **choices)
    return round


@pytest.mark.parametrize("page", ["round", "note", "hall"])
def test_a_page_says_it_once(page: str, round: Round, browser: Browser) -> None:
    text = words(browser("ify").get(reverse(page, args=[round.id])))
    assert f"{TOO_FEW} {SHORT}" in text
    assert text.count(TOO_FEW) == 1


def test_live_rooms_and_programs_are_told_it_once(lismorrow: Lismorrow, round: Round) -> None:
    (result,) = plain(state_of(lismorrow.ify, Round.objects.get(id=round.id)))["results"]
    assert (result["state_words"], result["verdict"]) == (TOO_FEW, SHORT)


def test_the_record_and_its_dossier_tell_it_once_and_keep_the_full_sentence(
    lismorrow: Lismorrow, round: Round, browser: Browser
) -> None:
    entry = record.entries(lismorrow.log, types=["decision.made"])[-1]
    assert entry.data["reason"] == f"{TOO_FEW}: {SHORT}"
    text = words(browser("ify").get(reverse("entry", args=[lismorrow.partnership.id, entry.seq])))
    assert f"{TOO_FEW}: M4 Loneliness. {SHORT}" in text
    checkpoints.publish(lismorrow.log)
    made = dossier_of(lismorrow, Element.objects.get().id)
    story = unpack(made.body)[0]["story.html"].decode()
    assert f"{TOO_FEW}. {SHORT}" in story
    assert story.count(TOO_FEW) == 1
    assert verify_archive(made.body).is_verified
    assert not list(verify_log(Log.objects.get(id=lismorrow.log)))


@pytest.mark.parametrize(
    ("label", "reason", "read"),
    [
        (TOO_FEW, f"{TOO_FEW}: {SHORT}", SHORT),
        (TOO_FEW, "No group that decides took part.", "No group that decides took part."),
        ("Not agreed", "Every deciding group must agree: 2 of 6 do.", "Every deciding group must agree: 2 of 6 do."),
        ("Too few", f"{TOO_FEW}: {SHORT}", f"{TOO_FEW}: {SHORT}"),
    ],
)
def test_only_what_the_label_says_is_left_out(label: str, reason: str, read: str) -> None:
    assert behind(label, reason) == read
