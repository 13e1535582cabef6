"""A secret round on the pages: from the form that prepares it to the note, with what it protects and what not."""

import json

import pytest
from django.urls import reverse

from apps.deliberation.models import Ballot, Decision, PaperBallot, Round
from apps.deliberation.services import close_round
from tests.deliberation.test_rounds import ALL_FOR
from tests.pages.conftest import Browser
from tests.pages.reading import Answer, forms_of, words
from tests.pages.test_round_pages import address, ballot, props
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
PROTECTED = "Your vote lies sealed until the round is closed; then it is counted and deleted"
NOT_PROTECTED = "In a small group, or where all agree, the count itself tells how everybody voted"


@pytest.fixture
def round(lismorrow: Lismorrow) -> Round:
    return lismorrow.open(lismorrow.propose(), secrecy="secret")


def vote(browser: Browser, name: str, round: Round, choice: str) -> Answer:
    client = browser(name)
    return client.post(address(round), ballot(client.get(address(round))) | {"choice": choice}, follow=True)


def test_from_the_form_to_the_verdict(lismorrow: Lismorrow, browser: Browser) -> None:
    rule, proposal = lismorrow.rule(), lismorrow.propose()
    orla = browser("orla")
    new_round = reverse("new_round", args=[lismorrow.framework.id])
    assert "Nobody, ever: only how many of each group chose what is kept" in words(orla.get(new_round))
    sent = {"title": "Meeting", "rule": str(rule.id), "proposals": [str(proposal.id)], "secrecy": "secret"}
    orla.post(new_round, sent)
    round = Round.objects.get()
    orla.post(reverse("open_round", args=[round.id]))
    for name in ALL_FOR:
        assert "Your vote is recorded" in words(vote(browser, name, round, "for"))
    assert "Your vote is recorded: No, I am against it." in words(vote(browser, "moira", round, "against"))
    vote(browser, "moira", round, "for")
    orla.post(reverse("close_round", args=[round.id]))
    lismorrow.settle()
    assert Decision.objects.get().outcome == "agreed"
    page = words(browser("moira").get(address(round)))
    assert "Agreed" in page
    assert "you voted; what you chose is not kept" in page
    note = words(browser("moira").get(reverse("note", args=[round.id])))
    assert "Community 2 of 2 seats" in note
    assert props(browser("moira").get(address(round)))["ballots"][0]["own"]["choice"] == ""


def test_the_page_says_what_each_way_of_voting_protects_and_what_not(lismorrow: Lismorrow, browser: Browser) -> None:
    for number, secrecy in enumerate(("open", "blind", "secret")):
        round = lismorrow.open(lismorrow.propose(code=f"M{number}"), secrecy=secrecy)
        text = words(browser("samira").get(address(round)))
        assert PROTECTED in text
        assert NOT_PROTECTED in text
        shown, _, everything = text.partition("All three ways of voting")
        assert (PROTECTED in shown) == (NOT_PROTECTED in shown) == (secrecy == "secret")
        assert "Whoever votes late knows how others have voted" in everything


def test_nobody_sees_how_many_of_a_small_group_have_voted(lismorrow: Lismorrow, round: Round, browser: Browser) -> None:
    vote(browser, "ify", round, "for")
    for name in ("orla", "tomasz", "ruth"):
        page = browser(name).get(address(round))
        assert "Frontline staff shown once counted" in words(page)
        assert "of 1 have voted" not in words(page)
        assert {group["took_part"] for group in props(page)["turnout"][0]["groups"]} == {None}
    record = reverse("record", args=[lismorrow.partnership.id])
    assert "Voted in" not in words(browser("tomasz").get(record))


def test_the_receipt_proves_that_the_seat_has_voted_and_not_what(
    lismorrow: Lismorrow, round: Round, browser: Browser
) -> None:
    vote(browser, "ify", round, "against")
    seq = Ballot.objects.get().seq
    where = reverse("receipt", args=[lismorrow.partnership.id, seq])
    assert props(browser("ify").get(address(round)))["ballots"][0]["own"]["receipt"]["choice"] == ""
    for counted in (False, True):
        page = browser("ify").get(where)
        assert "The receipt proves that your seat has voted, not how" in words(page)
        slip = page.content.decode().partition('id="receipt">')[2].partition("</textarea>")[0]
        assert json.loads(slip.replace("&quot;", '"')).keys() == {"log", "seq", "leaf_hash", "checkpoint"}
        assert browser("ruth").get(where).status_code == (200 if counted else 404)
        if not counted:
            close_round(by=lismorrow.orla, round=round)
            lismorrow.settle()


def test_a_paper_is_sealed_too_and_its_witnesses_are_told_that_they_know(
    lismorrow: Lismorrow, round: Round, browser: Browser
) -> None:
    entry = reverse("paper_ballot", args=[round.id, round.items.get().id, lismorrow.pat.require_seat().id])
    orla, colm = browser("orla"), browser("colm")
    paper = orla.get(entry)
    assert "You and the other witness will know what stands on this paper" in words(paper)
    form = next(form for form in forms_of(paper) if "means" in form["values"])
    sent = {**form["values"], "choice": "for", "means": "paper"}
    orla.post(entry, sent)
    waiting = PaperBallot.objects.get()
    assert (waiting.choice, b"for" in bytes(waiting.sealed or b"")) == ("", False)
    assert colm.post(entry, {**sent, "choice": "against"}).status_code == 409
    slip = words(colm.post(entry, sent))
    assert "but not what it was: the vote is secret" in slip
    assert "Yes, I am for it" not in slip
    assert not PaperBallot.objects.exists()
    lismorrow.decide(round)
    assert Decision.objects.exists()
