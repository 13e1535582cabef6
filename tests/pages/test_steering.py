"""A convenor leads a round by buttons, without scripts; nobody else has them."""

from typing import Any

import pytest
from django.urls import reverse

from apps.deliberation.models import Round
from apps.deliberation.services import draft_round, open_round, register_rule
from tests.pages.conftest import Browser
from tests.pages.reading import forms_of, words
from tests.people import MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    rule = register_rule(
        by=lismorrow.orla, framework=lismorrow.framework, title="Every group", document=MAJORITY_OF_EVERY_GROUP
    )
    return draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="Loneliness",
        rule=rule,
        proposals=[lismorrow.propose()],
        plan=[{"phase": "clarify", "minutes": 10}],
    )


def press(client: Any, round: Round, button: str, **typed: str) -> str:
    """Press a button of the round's page as it stands, and read what comes."""
    page = client.get(reverse("round", args=[round.id]))
    form = next(form for form in forms_of(page) if button in form["text"])
    return words(client.post(form["action"], {**form["values"], **typed}, follow=True))


def test_the_convenor_leads_a_round_to_its_vote_and_beyond(browser: Browser, round: Round) -> None:
    orla = browser("orla")
    assert "It is announced." in press(orla, round, "Announce it")
    assert "Questions are asked. The vote comes later." in press(orla, round, "Go on to questions")
    assert "Paused" in press(orla, round, "Pause")
    assert "The round goes on." in press(orla, round, "Go on")
    assert "There is more time now." in press(orla, round, "Give it more time", until="2100-01-01 10:00")
    assert "who can vote are fixed now" in press(orla, round, "Open the vote")
    assert "The votes are being counted" in press(orla, round, "Close the round")


def test_a_vote_is_taken_again_only_on_what_was_not_decided(
    browser: Browser, lismorrow: Lismorrow, round: Round
) -> None:
    everybody = lismorrow.everybody("for")
    lismorrow.decide(open_round(by=lismorrow.orla, round=round), **{**everybody, "moira": "against"})
    assert "A new round is prepared." in press(browser("orla"), round, "Prepare to vote again")
    again = Round.objects.get(follows=round)
    lismorrow.decide(open_round(by=lismorrow.orla, round=again), **everybody)
    assert "vote again" not in words(browser("orla").get(reverse("round", args=[again.id])))


@pytest.mark.parametrize(("secrecy", "kept"), [("blind", True), ("secret", False)])
def test_nobody_is_promised_their_own_answer_of_a_secret_vote(
    browser: Browser, lismorrow: Lismorrow, secrecy: str, kept: bool
) -> None:
    counted = lismorrow.open(lismorrow.propose(), secrecy=secrecy)
    lismorrow.decide(counted, **{**lismorrow.everybody("for"), "moira": "against"})
    page = words(browser("orla").get(reverse("round", args=[counted.id])))
    assert "how the groups answered this time, small groups together" in page
    assert ("to each voter their own answer" in page) is kept


def test_the_vote_is_headed_as_ones_own_only_for_who_may_vote(browser: Browser, round: Round) -> None:
    address = reverse("round", args=[round.id])
    assert "<h2>The vote</h2>" in browser("orla").get(address).content.decode()
    assert "<h2>Your vote</h2>" in browser("ify").get(address).content.decode()


def test_members_see_the_phase_and_no_buttons(browser: Browser, round: Round) -> None:
    press(browser("orla"), round, "Go on to questions")
    page = browser("ify").get(reverse("round", args=[round.id]))
    assert "Questions are asked. The vote comes later." in words(page)
    assert "What next?" not in words(page)
    assert browser("ify").post(reverse("pause_round", args=[round.id])).status_code == 403


def test_a_time_that_cannot_be_read_is_said_and_nothing_changes(browser: Browser, round: Round) -> None:
    orla = browser("orla")
    press(orla, round, "Go on to questions")
    answer = orla.post(reverse("extend_round", args=[round.id]), {"until": "soon"})
    assert answer.status_code == 422
    assert "Write day and time like" in words(answer)


def test_minutes_in_the_form_become_the_plan(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    orla = browser("orla")
    address = reverse("new_round", args=[lismorrow.framework.id])
    form = next(form for form in forms_of(orla.get(address)) if "title" in form["values"])
    sent = {
        **form["values"],
        "title": "Again",
        "rule": str(round.rule_id),
        "proposals": [str(round.items.get().proposal_id)],
        "present": "5",
        "amend": "0",
    }
    orla.post(address, sent)
    made = Round.objects.get(title="Again")
    assert made.plan == [{"phase": "present", "minutes": 5}, {"phase": "amend", "minutes": None}]
