"""The console: one page from which a convenor leads a round, with forms alone or kept up to date; nobody else has it."""

from typing import Any

import pytest
from django.urls import reverse

from apps.common import clock
from apps.deliberation.models import Round
from apps.deliberation.services import draft_round, move_on, open_round, pause_round
from tests.pages.conftest import Browser, Story
from tests.pages.reading import forms_of, words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    return draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="Loneliness",
        rule=lismorrow.rule(),
        proposals=[lismorrow.propose()],
        plan=[{"phase": "clarify", "minutes": 10}, {"phase": "react", "minutes": None}],
    )


def press(client: Any, round: Round, button: str) -> Any:
    """Press a button of the console as it stands."""
    page = client.get(reverse("console", args=[round.id]))
    form = next(form for form in forms_of(page) if button in form["text"])
    return client.post(form["action"], form["values"], follow=True)


def test_the_console_leads_a_round_without_scripts_and_stays_open(browser: Browser, round: Round) -> None:
    orla, here = browser("orla"), reverse("console", args=[round.id])
    for button, said in (
        ("Go on to questions", "Questions are asked. Until"),
        ("5 minutes more", "There is more time now."),
        ("Pause", "The round is paused."),
        ("Go on", "The round goes on."),
        ("Go on to reactions", "Everybody says what they think. The vote comes later."),
        ("Open the vote", "The vote is open."),
        ("Close the round", "The votes are being counted"),
    ):
        answer = press(orla, round, button)
        assert answer.redirect_chain[-1][0] == here
        assert said in words(answer)


def test_five_minutes_more_are_added_to_the_time_there_is(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    before = move_on(by=lismorrow.orla, round=round).phase_until
    press(browser("orla"), round, "5 minutes more")
    after = Round.objects.get(id=round.id).phase_until
    assert before is not None
    assert after is not None
    assert (after - before).total_seconds() == 300


@pytest.mark.parametrize("minutes", ["", "0", "-1", "soon", "9" * 5000, "²"])
def test_minutes_that_cannot_be_read_change_nothing(
    minutes: str, browser: Browser, lismorrow: Lismorrow, round: Round
) -> None:
    before = move_on(by=lismorrow.orla, round=round).phase_until
    answer = browser("orla").post(reverse("extend_round", args=[round.id]), {"minutes": minutes})
    assert (answer.status_code, Round.objects.get(id=round.id).phase_until) == (422, before)
    assert "Give 1 to" in words(answer)


def test_without_an_end_there_is_nothing_to_add_minutes_to(
    browser: Browser, lismorrow: Lismorrow, round: Round
) -> None:
    open_round(by=lismorrow.orla, round=round)
    page = words(browser("orla").get(reverse("console", args=[round.id])))
    assert "5 minutes more" not in page
    assert "Give it more time" in page


def test_a_press_that_comes_too_late_is_answered_with_a_sentence(
    browser: Browser, lismorrow: Lismorrow, round: Round
) -> None:
    orla = browser("orla")
    page = orla.get(reverse("console", args=[round.id]))
    form = next(form for form in forms_of(page) if "Go on to questions" in form["text"])
    move_on(by=lismorrow.orla, round=round)
    late = orla.post(form["action"], form["values"])
    assert (late.status_code, Round.objects.get(id=round.id).phase) == (409, "clarify")
    assert "The round has moved on meanwhile. Look at where it stands now." in words(late)
    told = orla.post(form["action"], form["values"], headers={"accept": JSON})
    assert told.status_code == 409
    assert told.json() == {
        "code": "round.moved_on",
        "detail": "The round has moved on meanwhile. Look at where it stands now.",
    }


def test_an_island_presses_the_same_forms_and_asks_what_comes_next(browser: Browser, round: Round) -> None:
    orla, here = browser("orla"), reverse("console", args=[round.id])
    form = next(form for form in forms_of(orla.get(here)) if "Go on to questions" in form["text"])
    answer = orla.post(form["action"], form["values"], headers={"accept": JSON})
    assert answer.json() == {"said": "The round has moved on.", "to": here}
    offered = orla.get(reverse("console_moves", args=[round.id])).json()
    assert offered["moves"][0]["button"] == "Go on to reactions"
    assert {move["button"] for move in offered["moves"] if move["near"]} == {"Pause", "5 minutes more"}


def test_links_follow_the_meeting(browser: Browser, lismorrow: Lismorrow, story: Story) -> None:
    def links(round: Round) -> set[str]:
        offered = browser("orla").get(reverse("console_moves", args=[round.id])).json()
        return {step["label"] for step in offered["links"]}

    for round in (story.round, story.decided):
        assert "The agenda with every text, to print" in links(round)
    assert "Votes on paper or by show of hands" in links(story.round)
    assert "Decision note" in links(story.decided)
    assert "Decision note" not in links(story.round)


def test_a_paused_round_can_only_go_on(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    move_on(by=lismorrow.orla, round=round)
    pause_round(by=lismorrow.orla, round=round)
    offered = browser("orla").get(reverse("console_moves", args=[round.id])).json()
    assert [move["button"] for move in offered["moves"]] == ["Go on"]


@pytest.mark.parametrize(("name", "status"), [("", 302), ("stan", 403), ("ify", 403), ("tomasz", 403), ("orla", 200)])
def test_the_console_is_the_convenors_alone(name: str, status: int, browser: Browser, round: Round) -> None:
    for view in ("console", "console_moves"):
        assert browser(name).get(reverse(view, args=[round.id])).status_code == status


def test_the_round_page_leads_its_convenor_to_the_console(browser: Browser, round: Round) -> None:
    page = reverse("round", args=[round.id])
    assert "Open the console" in words(browser("orla").get(page))
    assert "Open the console" not in words(browser("ify").get(page))


def test_the_time_stands_on_the_page_by_the_server(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    move_on(by=lismorrow.orla, round=round)
    until = Round.objects.get(id=round.id).phase_until
    assert until is not None
    assert until > clock.now()
    assert f"Questions are asked. Until {until.day} " in words(browser("orla").get(reverse("console", args=[round.id])))
