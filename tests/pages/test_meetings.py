"""Interests and the decision note on their pages."""

import pytest
from django.urls import reverse

from apps.deliberation.models import Interest, Round
from apps.deliberation.services import draft_round, give_floor, open_round, register_rule
from tests.pages.conftest import Browser
from tests.pages.reading import values_of, words
from tests.people import MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    rule = register_rule(
        by=lismorrow.orla, framework=lismorrow.framework, title="Every group", document=MAJORITY_OF_EVERY_GROUP
    )
    return draft_round(
        by=lismorrow.orla, framework=lismorrow.framework, title="R6", rule=rule, proposals=[lismorrow.propose()]
    )


def test_an_interest_is_declared_ruled_on_and_seen_before_the_vote(browser: Browser, round: Round) -> None:
    colm, orla = browser("colm"), browser("orla")
    address = reverse("declare_interest", args=[round.id])
    sent = values_of(colm.get(address)) | {"reason": "The measure stands in our home-care contracts."}
    assert "home-care contracts" in words(colm.post(address, sent, follow=True))
    ruling = reverse("rule_on_interest", args=[round.id, Interest.objects.get().id])
    assert "Rule on it" in words(orla.get(reverse("round", args=[round.id])))
    page = orla.post(ruling, {"leaves": "yes", "reason": "Those are theirs."}, follow=True)
    assert "Leaves the vote; Providers counts one seat fewer, and not at all if no seat is left." in words(page)
    assert colm.post(ruling, {"leaves": "no", "reason": "So."}).status_code == 403


def test_an_interest_without_words_is_asked_for_them(browser: Browser, round: Round) -> None:
    colm = browser("colm")
    address = reverse("declare_interest", args=[round.id])
    answer = colm.post(address, values_of(colm.get(address)) | {"reason": " "})
    assert answer.status_code == 422
    assert not Interest.objects.exists()


def test_the_note_makes_itself_and_is_corrected_in_the_open(
    browser: Browser, lismorrow: Lismorrow, round: Round
) -> None:
    orla = browser("orla")
    address = reverse("note", args=[round.id])
    assert orla.get(address).status_code == 409
    everybody = {name: "for" for name in lismorrow.everybody("for") if name != "pat"}
    lismorrow.decide(open_round(by=lismorrow.orla, round=round), **everybody)
    text = words(orla.get(address))
    assert "Community 1 of 2 seats: Samira. Not there: Pat" in text
    assert "M4: counts from" in text
    assert "Why it was proposed:" in text
    assert "Correct this note" not in words(browser("ify").get(address))
    corrected = words(orla.post(address, {"words": "'Lismorow' should read 'Lismorrow'."}, follow=True))
    assert "'Lismorow' should read 'Lismorrow'. By the convenor," in corrected
    assert browser("ify").post(address, {"words": "Mine."}).status_code == 403


def test_an_empty_correction_is_refused_with_its_words(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.decide(open_round(by=lismorrow.orla, round=round), **lismorrow.everybody("for"))
    assert browser("orla").post(reverse("note", args=[round.id]), {"words": ""}).status_code == 422


def test_the_note_says_who_was_heard_and_who_was_not(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    open_round(by=lismorrow.orla, round=round)
    give_floor(by=lismorrow.orla, round=round, seat=lismorrow.ify.require_seat().id)
    lismorrow.decide(round, **lismorrow.everybody("for"))
    said = words(browser("").get(reverse("note", args=[round.id])))
    assert "Was heard" in said
    assert "Frontline staff 1 turn, 1 second" in said
    assert "Community has not spoken" in said


def test_a_note_of_a_round_in_which_nobody_took_the_floor_says_nothing_of_it(
    browser: Browser, lismorrow: Lismorrow, round: Round
) -> None:
    lismorrow.decide(open_round(by=lismorrow.orla, round=round), **lismorrow.everybody("for"))
    assert "Was heard" not in words(browser("").get(reverse("note", args=[round.id])))
