"""Rounds: what is voted on, voting by form, turnout, results when and only when they may be seen."""

import json
import re
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from apps.deliberation.models import Ballot, Round
from apps.deliberation.services import close_round, declare_interest, draft_round, open_round
from apps.proposals.models import Proposal
from tests.pages.conftest import Browser, Story
from tests.pages.reading import Answer, forms_of, words
from tests.people import CONSENT, Lismorrow

pytestmark = pytest.mark.django_db
RATING: dict[str, Any] = {
    "version": 1,
    "method": {
        "kind": "rating",
        "scale": [1, 9],
        "criterion": "share",
        "in": [{"range": [7, 9], "at_least": "0.70"}, {"range": [1, 3], "below": "0.15"}],
        "out": [{"range": [1, 3], "at_least": "0.70"}, {"range": [7, 9], "below": "0.15"}],
    },
    "groups": {"deciding": ["A", "P", "F", "T", "C", "U"], "composition": {"kind": "all"}},
}


def address(round: Round) -> str:
    return reverse("round", args=[round.id])


def ballot(answer: Answer) -> dict[str, Any]:
    """The ballot on the page, as it would be sent untouched."""
    return dict(next(form["values"] for form in forms_of(answer) if "key" in form["values"]))


def props(answer: Answer) -> dict[str, Any]:
    """What the room island gets."""
    found = re.search(r'data-props="([^"]*)"', answer.content.decode())
    assert found
    return dict(json.loads(unescape(found[1])))


def test_a_member_reads_what_is_asked_and_how_it_counts(story: Story, browser: Browser) -> None:
    text = words(browser("samira").get(address(story.round)))
    assert "1 question. Your answer counts as Community's, with 1 other." in text
    assert "Agency (2 seats): if all 2 vote, at least 2 must be for it." in text
    assert "Votes are private until the round is closed and counted" in text
    assert "Add M5 Loneliness What exactly" in text
    assert "Version 1. The proposal, with its offers and objections Yes, I am for it" in text


def test_while_a_vote_is_open_the_ballot_comes_first_and_nothing_stands_twice(
    lismorrow: Lismorrow, browser: Browser
) -> None:
    drafted = draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="The round",
        rule=lismorrow.rule(),
        proposals=[lismorrow.propose(), lismorrow.propose(code="M5")],
    )
    item = drafted.items.first()
    assert item
    declare_interest(by=lismorrow.colm, round=drafted, item=item.id, reason="We are paid by the visit.")
    before = words(browser("samira").get(address(drafted)))
    assert before.index("What is voted on") < before.index("Interests declared") < before.index("Your vote")
    open_round(by=lismorrow.orla, round=drafted)
    page = words(browser("samira").get(address(drafted)))
    order = [
        "Your vote",
        "What exactly",
        "Yes, I am for it",
        "Send my vote",
        "0 of 2 have voted",
        "Interests declared: 1",
    ]
    assert [page.index(one) for one in order] == sorted(page.index(one) for one in order)
    assert "What is voted on" not in page
    assert page.count("What exactly") == 2
    for group in ("Agency (2 seats)", "Community (2 seats)"):
        assert page.count(f"{group}: if all 2 vote, at least 2 must be for it.") == 1
    reading = words(browser("tomasz").get(address(drafted)))
    assert reading.index("What is voted on") < reading.index("The vote")


def test_a_small_change_is_read_without_unfolding_it(story: Story, browser: Browser) -> None:
    page = browser("samira").get(address(story.lismorrow.open(story.proposal)))
    asked = page.content.decode().partition('class="fold ballot-text" open>')[2]
    assert re.search(r"16.*11.*and over", asked.partition('name="choice"')[0], re.DOTALL)


def test_voting_by_form_gives_a_receipt(story: Story, browser: Browser) -> None:
    client = browser("samira")
    sent = ballot(client.get(address(story.round))) | {"choice": "against"}
    text = words(client.post(address(story.round), sent, follow=True))
    assert "Your vote is recorded as entry" in text
    assert "Your vote is recorded: No, I am against it." in text
    cast = Ballot.objects.get(round=story.round, seat=story.lismorrow.samira.seat)
    assert f"Receipt, entry {cast.seq}" in text
    receipt = client.get(reverse("receipt", args=[story.lismorrow.partnership.id, cast.seq]))
    assert "It proves that this entry stood in the record" in words(receipt)


def test_sending_the_same_form_twice_counts_once(story: Story, browser: Browser) -> None:
    client = browser("samira")
    sent = ballot(client.get(address(story.round))) | {"choice": "for"}
    for _ in range(2):
        assert client.post(address(story.round), sent).status_code == 302
    assert Ballot.objects.filter(round=story.round, seat=story.lismorrow.samira.seat).count() == 1


def test_a_vote_can_be_changed_until_closing(story: Story, browser: Browser) -> None:
    client = browser("samira")
    for choice in ("for", "against"):
        client.post(address(story.round), ballot(client.get(address(story.round))) | {"choice": choice})
    page = client.get(address(story.round))
    assert "Your vote is recorded: No, I am against it." in words(page)
    assert ballot(page)["choice"] == ["against"]


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"choice": ""}, 422, "Choose one of the answers"),
        ({"choice": "maybe"}, 422, "maybe"),
        ({"item": "x"}, 422, "could not be read"),
        ({"item": str(uuid4())}, 404, "does not vote on that"),
    ],
)
def test_a_vote_that_makes_no_sense_is_refused(
    wrong: dict[str, str], status: int, said: str, story: Story, browser: Browser
) -> None:
    client = browser("samira")
    sent = ballot(client.get(address(story.round))) | {"choice": "for"} | wrong
    answer = client.post(address(story.round), sent)
    assert answer.status_code == status
    assert said in words(answer)
    assert not Ballot.objects.filter(round=story.round, seat=story.lismorrow.samira.seat).exists()


def test_who_has_no_vote_is_told_why(story: Story, browser: Browser) -> None:
    sent = ballot(browser("samira").get(address(story.round))) | {"choice": "for"}
    for name, why in (("tomasz", "has no vote"), ("orla", "You hold no seat"), ("stan", "You hold no seat")):
        answer = browser(name).post(address(story.round), sent)
        assert answer.status_code == 403
        assert why in words(answer)
    assert browser("").post(address(story.round), sent).status_code == 302


@pytest.mark.parametrize("name", ["", "samira", "orla", "tomasz"])
def test_nobody_sees_choices_of_a_private_round_before_it_is_counted(name: str, story: Story, browser: Browser) -> None:
    page = browser(name).get(address(story.round))
    assert props(page)["results"] == []
    assert "What came out" not in words(page)
    assert "Frontline staff 1 of 1 have voted" in words(page)


def test_an_open_round_shows_how_it_stands(lismorrow: Lismorrow, browser: Browser) -> None:
    round = lismorrow.open(lismorrow.propose(), secrecy="open")
    lismorrow.vote(round, ify="for")
    page = browser("").get(address(round))
    assert "as it stands" in words(page)
    assert props(page)["results"][0]["rows"]


def test_the_result_is_shown_by_group_with_the_verdict(story: Story, browser: Browser) -> None:
    text = words(browser("").get(address(story.decided)))
    assert "Agreed Every deciding group must agree: 6 of 6 do." in text
    assert "Everybody together" in text
    assert "The decision on Add M4 Loneliness" in text


def test_ones_own_commitment_can_be_opened_by_oneself_alone(story: Story, browser: Browser) -> None:
    salt = bytes(Ballot.objects.get(round=story.round).salt or b"").hex()
    assert salt in words(browser("ify").get(address(story.round)))
    for name in ("", "orla", "samira"):
        assert salt not in browser(name).get(address(story.round)).content.decode()


def test_a_closed_round_takes_no_votes(story: Story, browser: Browser) -> None:
    client = browser("samira")
    sent = ballot(client.get(address(story.round))) | {"choice": "for"}
    close_round(by=story.lismorrow.orla, round=story.round)
    answer = client.post(address(story.round), sent)
    assert answer.status_code == 409
    assert "This round is not open. Your vote was not recorded." in words(answer)


def test_closing_is_for_the_convenor_and_by_pressing_a_button(story: Story, browser: Browser) -> None:
    page = reverse("close_round", args=[story.round.id])
    assert browser("orla").get(page).status_code == 405
    assert browser("ify").post(page).status_code == 403
    assert "The round is closed." in words(browser("orla").post(page, follow=True))
    assert browser("orla").post(page).status_code == 409


def test_a_rating_is_a_row_of_nine_and_i_cannot_say(lismorrow: Lismorrow, browser: Browser) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    client = browser("ify")
    page = client.get(address(round))
    assert page.content.decode().count('class="rating-step"') == 9
    assert "I cannot say" in words(page)
    client.post(address(round), ballot(page) | {"choice": "8"})
    assert "Your vote is recorded: 8." in words(client.get(address(round)))
    assert client.post(address(round), ballot(page) | {"key": str(uuid4()), "choice": "10"}).status_code == 422


def test_a_rating_is_counted_in_bands(lismorrow: Lismorrow, browser: Browser) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.decide(round, **(lismorrow.everybody("8") | {"samira": "5"}))
    text = words(browser("").get(address(round)))
    assert "8 7 to 9, 1 between" in text


def test_consent_is_asked_in_its_own_words(lismorrow: Lismorrow, browser: Browser) -> None:
    page = browser("ify").get(address(lismorrow.open(lismorrow.propose(), rule=CONSENT)))
    for said in (
        "Yes, I can live with it",
        "I object: it does harm that could be avoided",
        "I abstain: do not count me",
    ):
        assert said in words(page)


def test_a_poll_says_that_it_decides_nothing(lismorrow: Lismorrow, browser: Browser) -> None:
    text = words(browser("ify").get(address(lismorrow.open(lismorrow.propose(), advisory=True))))
    assert "Poll: it decides nothing" in text


def test_the_island_gets_what_the_page_shows(story: Story, browser: Browser) -> None:
    given = props(browser("ify").get(address(story.round)))
    assert given["seat"] == str(story.lismorrow.ify.require_seat().id)
    assert given["round"]["status"] == "open"
    assert given["cursor"] > 0
    [asked] = given["ballots"]
    assert [choice["value"] for choice in asked["choices"]] == ["for", "against", "abstain"]
    assert asked["own"]["choice"] == "for"
    assert len(asked["own"]["receipt"]["leaf_hash"]) == 64


def test_who_may_not_vote_gets_no_ballot(story: Story, browser: Browser) -> None:
    page = browser("tomasz").get(address(story.round))
    assert props(page)["seat"] is None
    assert 'name="choice"' not in page.content.decode()


def test_how_many_must_take_part_stands_beside_who_has_voted_with_a_tick_for_enough(
    lismorrow: Lismorrow, browser: Browser
) -> None:
    rule = CONSENT | {"quorum": {"share": "1/2", "of": "entitled"}}
    round = lismorrow.open(lismorrow.propose(), rule=rule)
    lismorrow.vote(round, ify="consent")
    page = browser("samira").get(address(round))
    text = words(page)
    assert "Frontline staff 1 of 1 have voted ✓ enough take part" in text
    assert "Community 0 of 2 have voted ○ 1 more needed" in text
    assert {"group": "C", "needed": 1} in props(page)["rule"]


def test_figures_stand_beside_the_decision_and_say_that_they_decided_nothing(
    lismorrow: Lismorrow, browser: Browser
) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    assert "How far people agree" not in words(browser("samira").get(address(round)))
    lismorrow.decide(round, **(lismorrow.everybody("8") | {"samira": "2", "pat": "2"}))
    text = words(browser("").get(address(round)))
    for said in ("These figures inform; they decided nothing.", "pull apart"):
        assert said in text
    again = lismorrow.open(Proposal.objects.get(items__round=round), rule=RATING)
    lismorrow.decide(again, **lismorrow.everybody("8"))
    text = words(browser("").get(address(again)))
    assert "Round 2 on this; before: The round." in text
    assert "of 9 who voted twice moved" in text
    assert "People who use services: 9 of the 9 who voted first are still there" in text  # groups under five together
    assert "Community: 2 of the 2" not in text
