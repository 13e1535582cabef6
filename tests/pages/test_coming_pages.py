"""Saying by form whether one comes: two buttons for a member, one list for all of them, one line on the convenor's first page."""

from typing import Any

import pytest
from django.urls import reverse

from apps.deliberation.models import Round
from apps.deliberation.services import announce_round, draft_round, move_on, open_round, say_whether_coming
from tests.pages.conftest import Browser
from tests.pages.reading import forms_of, words
from tests.pages.test_queries import LIMIT, counted
from tests.pages.test_round_pages import props
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(lismorrow: Lismorrow) -> Round:
    return draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="R6",
        rule=lismorrow.rule(),
        proposals=[lismorrow.propose()],
        plan=[{"phase": "clarify", "minutes": None}],
    )


@pytest.fixture
def round(lismorrow: Lismorrow, draft: Round) -> Round:
    return announce_round(by=lismorrow.orla, round=draft)


def press(client: Any, round: Round, button: str, page: str = "round") -> Any:
    """Press a button of the question whether one comes."""
    shown = client.get(reverse(page, args=[round.id]))
    form = next(form for form in forms_of(shown) if button in form["text"])
    answer = {"I will come": "comes", "send apologies": "apologies", "Take back": "unsaid"}[button]
    return client.post(form["action"], form["values"] | {"answer": answer}, follow=True)


def seen(client: Any, page: str, round: Round) -> str:
    return words(client.get(reverse(page, args=[round.id])))


def test_a_member_says_it_and_says_otherwise_and_takes_it_back(browser: Browser, round: Round) -> None:
    samira = browser("samira")
    assert "Will you come? You have not said whether you come." in seen(samira, "round", round)
    assert "You have said that you will come." in words(press(samira, round, "I will come"))
    assert "Community: 1 of 2 and People who use services: none of 2 say they will come." in seen(
        samira, "round", round
    )
    assert "You have sent apologies." in words(press(samira, round, "send apologies"))
    taken_back = words(press(samira, round, "Take back"))
    assert "What you said is taken back." in taken_back
    assert "Nobody has said yet." in taken_back


def test_it_is_asked_beside_the_papers_too(browser: Browser, round: Round) -> None:
    assert "You have said that you will come." in words(press(browser("samira"), round, "I will come", "agenda"))
    assert "Will you come?" not in seen(browser(""), "agenda", round)


def test_the_convenors_first_page_says_how_many_of_each_group_come(
    browser: Browser, lismorrow: Lismorrow, round: Round
) -> None:
    orla = browser("orla")
    assert "say they will come" not in words(orla.get("/"))
    for who in (lismorrow.samira, lismorrow.gareth, lismorrow.moira):
        say_whether_coming(by=who, round=round, answer="comes")
    say_whether_coming(by=lismorrow.pat, round=round, answer="apologies")
    line = (
        "Agency: 2 of 2, Providers: none of 1, Frontline staff: none of 1, Team managers: none of 1, Community: 1 of 2 and "
        "People who use services: none of 2 say they will come. 1 sends apologies."
    )
    assert line in words(orla.get("/"))
    assert line in seen(orla, "console", round)
    assert props(orla.get(reverse("console", args=[round.id])))["coming"] == line
    assert "say they will come" not in words(browser("samira").get("/"))


def test_members_read_who_comes_and_nobody_else_does(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    for who, answer in ((lismorrow.samira, "comes"), (lismorrow.jamie, "apologies")):
        say_whether_coming(by=who, round=round, answer=answer)
    page = seen(browser("ify"), "coming", round)
    assert "Community 1 of 2 say they will come: Samira. Not said: Pat" in page
    assert "People who use services none of 2 say they will come. Apologies: seat U1. Not said: seat U2" in page
    assert "Apologies: Jamie" in seen(browser("orla"), "coming", round)
    for name in ("", "stan"):
        text = seen(browser(name), "round", round)
        assert "Will you come?" not in text
        assert "say they will come" not in text
    assert browser("stan").get(reverse("coming", args=[round.id])).status_code == 403
    assert browser("").get(reverse("coming", args=[round.id])).status_code == 302


def test_the_convenor_writes_down_who_telephoned(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    orla, address = browser("orla"), reverse("coming", args=[round.id])
    pat = str(lismorrow.pat.require_seat().id)
    page = words(orla.post(address, {"seat": pat, "answer": "apologies"}, follow=True))
    assert "It is written down." in page
    assert "Apologies: Pat (written down by the convenor)" in page
    assert "The convenor has written it down for you." in seen(browser("pat"), "round", round)
    assert "Somebody told you?" not in seen(browser("ify"), "coming", round)
    refused = browser("ify").post(address, {"seat": pat, "answer": "comes"})
    assert refused.status_code == 403
    assert orla.post(address, {"seat": pat, "answer": "perhaps"}).status_code == 422
    assert orla.post(address, {"seat": "x", "answer": "comes"}).status_code == 422


def test_without_a_seat_there_are_no_buttons_and_a_refusal_in_a_sentence(browser: Browser, round: Round) -> None:
    orla = browser("orla")
    assert "I will come" not in seen(orla, "round", round)
    refused = orla.post(reverse("coming", args=[round.id]), {"answer": "comes"})
    assert (refused.status_code, "You hold no seat" in words(refused)) == (403, True)
    unknown = browser("ify").post(reverse("coming", args=[round.id]), {"answer": ""})
    assert (unknown.status_code, "Say one of comes" in words(unknown)) == (422, True)


def test_before_it_is_announced_nobody_is_asked_and_under_way_the_question_is_folded_away(
    browser: Browser, lismorrow: Lismorrow, draft: Round
) -> None:
    ify = browser("ify")
    assert "Will you come?" not in seen(ify, "round", draft)
    early = ify.post(reverse("coming", args=[draft.id]), {"answer": "comes"})
    assert (early.status_code, "has not been announced" in words(early)) == (409, True)
    talking = move_on(by=lismorrow.orla, round=draft)
    page = ify.get(reverse("round", args=[talking.id])).content.decode()
    assert page.index("<summary>Who comes, and apologies</summary>") < page.index("Will you come?")
    lismorrow.decide(open_round(by=lismorrow.orla, round=talking), **lismorrow.everybody("for"))
    assert "Will you come?" not in seen(ify, "round", draft)
    late = ify.post(reverse("coming", args=[draft.id]), {"answer": "comes"})
    assert (late.status_code, "This round has closed" in words(late)) == (409, True)


def test_the_record_tells_members_of_it(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    pat = lismorrow.pat.require_seat()
    say_whether_coming(by=lismorrow.samira, round=round, answer="comes")
    say_whether_coming(by=lismorrow.orla, round=round, answer="apologies", seat=pat.id)
    say_whether_coming(by=lismorrow.samira, round=round, answer="unsaid")
    record = reverse("record", args=[lismorrow.partnership.id]) + "?topic=floor"
    told = words(browser("ify").get(record))
    for sentence in (
        "A seat of Community will come to the round “R6”.",
        "A seat of Community sends apologies for the round “R6”, as the convenor wrote down.",
        "A seat of Community has not said whether it comes to the round “R6”.",
    ):
        assert sentence in told
    assert "“R6”" not in words(browser("").get(record))


def test_the_more_say_it_the_page_asks_no_more_often(browser: Browser, lismorrow: Lismorrow, round: Round) -> None:
    page = reverse("coming", args=[round.id])
    say_whether_coming(by=lismorrow.ify, round=round, answer="comes")
    before = {name: counted(browser, name, page) for name in ("orla", "ify")}
    for name in lismorrow.everybody("for"):
        say_whether_coming(by=getattr(lismorrow, name), round=round, answer="apologies")
    assert {name: counted(browser, name, page) for name in before} == before
    assert max(before.values()) <= LIMIT
