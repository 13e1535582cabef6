"""Interests and the decision note on their pages."""

import pytest
from django.urls import reverse

from apps.deliberation.models import Interest, Round
from apps.deliberation.services import (
    announce_round,
    draft_round,
    give_floor,
    open_round,
    register_rule,
    say_whether_coming,
)
from apps.partnerships.services import add_group, assign_seat, vacate_seat
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


def test_the_note_tells_apologies_from_silence_to_members_alone(
    browser: Browser, lismorrow: Lismorrow, round: Round
) -> None:
    announce_round(by=lismorrow.orla, round=round)
    for who, answer in (
        (lismorrow.samira, "apologies"),
        (lismorrow.margaret, "apologies"),
        (lismorrow.jamie, "comes"),
        (lismorrow.gareth, "apologies"),
    ):
        say_whether_coming(by=who, round=round, answer=answer)
    say_whether_coming(by=lismorrow.orla, round=round, answer="apologies", seat=lismorrow.pat.require_seat().id)
    voted = {name: "for" for name in lismorrow.everybody("for") if name not in ("samira", "pat", "jamie", "margaret")}
    lismorrow.decide(open_round(by=lismorrow.orla, round=round), **voted)
    text = words(browser("moira").get(reverse("note", args=[round.id])))
    assert "Agency 2 of 2 seats: Gareth and Moira Providers" in text, "who came after all was there"
    assert "Community 0 of 2 seats. Apologies: Samira and Pat (written down by the convenor) People" in text
    assert "People who use services 0 of 2 seats. Apologies: seat U2. Not there: seat U1" in text
    assert "Who sent apologies is shown to members of the partnership, not to the public." in text
    public = words(browser("").get(reverse("note", args=[round.id])))
    assert "Community 0 of 2 seats. Not there: seats C1 and C2" in public
    assert "pologies" not in public


def test_the_note_names_who_held_a_seat_then(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    lismorrow.decide(open_round(by=lismorrow.orla, round=round), **lismorrow.everybody("for"))
    seat = lismorrow.samira.require_seat()
    vacate_seat(by=lismorrow.orla, seat=seat)
    assign_seat(by=lismorrow.orla, seat=seat, name="Noor", email="noor@example.org")
    for page in ("note", "coming"):
        text = words(browser("ify").get(reverse(page, args=[round.id])))
        assert "Samira and Pat" in text
        assert "Noor" not in text


def test_seats_without_a_name_are_told_together(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    """Of somebody who is called no more than which seat it is the note says the seat."""
    for seat in add_group(by=lismorrow.orla, key="N", name="Neighbours", kind="community", seats=3).seats.all():
        assign_seat(by=lismorrow.orla, seat=seat, name=f"Neighbours, seat {seat.label}")
    lismorrow.decide(open_round(by=lismorrow.orla, round=round), **lismorrow.everybody("for"))
    text = words(browser("ify").get(reverse("note", args=[round.id])))
    assert "Neighbours 0 of 3 seats. Not there: seats N1, N2 and N3" in text


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
