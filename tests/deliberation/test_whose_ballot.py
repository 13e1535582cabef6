"""A ballot belongs to the seat for the count, and what was chosen to the person who chose it, also under a new holder."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from apps.common.errors import Conflict
from apps.deliberation.models import Ballot, Round, RoundReason
from apps.deliberation.own import own_ballot_at, own_ballots
from apps.deliberation.reasons import own_reasons
from apps.deliberation.services import Cast, cast_one, close_round, give_reason
from apps.deliberation.services.reaffirming import earlier_choices, reaffirm
from apps.partnerships.services import assign_seat, vacate_seat
from apps.record import selectors as record
from tests.api.caller import Caller
from tests.pages.conftest import Browser
from tests.pages.conftest import browser as browser
from tests.pages.reading import forms_of, words
from tests.pages.test_round_pages import props
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
SECRECY = ("open", "blind", "secret")
WHY = "An hour a club is too much."
TOLD = "Your seat voted on this before you held it: entry"


def handed_over(lismorrow: Lismorrow, secrecy: str) -> Round:
    """Ify votes against it, says why and leaves; Nuala holds her seat now."""
    round = lismorrow.open(lismorrow.propose(), secrecy=secrecy)
    lismorrow.vote(round, ify="against")
    give_reason(by=lismorrow.ify, round=round, item=round.items.get().id, words=WHY)
    hand_over(lismorrow, "Ify", "Nuala")
    return round


def hand_over(lismorrow: Lismorrow, before: str, after: str) -> None:
    seat = getattr(lismorrow, before.lower()).require_seat()
    vacate_seat(by=lismorrow.orla, seat=seat)
    person = lismorrow.people.get(after)
    given: dict[str, Any] = {"person": person} if person else {"name": after, "email": f"{after.lower()}@example.org"}
    assigned = assign_seat(by=lismorrow.orla, seat=seat, **given).person
    assert assigned is not None
    lismorrow.people[after] = assigned


@pytest.mark.parametrize("secrecy", SECRECY)
def test_the_new_holder_learns_that_the_seat_has_voted_and_not_what(lismorrow: Lismorrow, secrecy: str) -> None:
    round = handed_over(lismorrow, secrecy)
    item, ballot = round.items.get().id, Ballot.objects.get()
    own = own_ballots(lismorrow.nuala, round)[item]
    assert (own.mine, own.choice, own.salt, own.seq) == (False, "", "", ballot.seq)
    assert own_ballot_at(lismorrow.nuala, ballot.seq) is None
    assert own_reasons(lismorrow.nuala, round) == {}
    lismorrow.vote(round, nuala="for")
    own = own_ballots(lismorrow.nuala, round)[item]
    assert (own.mine, own.choice) == (True, "for")
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    assert own_ballots(lismorrow.nuala, Round.objects.get())[item].mine is True


@pytest.mark.parametrize("secrecy", SECRECY)
def test_it_counts_for_the_seat_as_long_as_the_new_holder_does_not_vote(lismorrow: Lismorrow, secrecy: str) -> None:
    round = handed_over(lismorrow, secrecy)
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    (told,) = record.entries(lismorrow.log, types=["round.tallied"])
    assert told.data["items"][0]["groups"]["F"]["counts"]["against"] == 1
    own = own_ballots(lismorrow.nuala, Round.objects.get())[round.items.get().id]
    assert (own.mine, own.choice) == (False, "")


@pytest.mark.parametrize("secrecy", SECRECY)
@pytest.mark.parametrize("votes", [False, True])
def test_the_former_holders_reason_stays_with_the_vote_it_came_with(
    lismorrow: Lismorrow, secrecy: str, votes: bool
) -> None:
    round = handed_over(lismorrow, secrecy)
    others = lismorrow.everybody("for")
    del others["ify"]
    lismorrow.decide(round, **others, **({"nuala": "for"} if votes else {}))
    told = record.entries(lismorrow.log, types=["reason.recorded"])
    assert len(told) == (0 if votes else 1)
    assert RoundReason.objects.count() == len(told)


def test_who_comes_back_to_a_seat_finds_what_was_chosen_then(lismorrow: Lismorrow) -> None:
    round = handed_over(lismorrow, "blind")
    hand_over(lismorrow, "Nuala", "Ify")
    own = own_ballots(lismorrow.ify, round)[round.items.get().id]
    assert (own.mine, own.choice) == (True, "against")
    assert own.salt


def test_only_who_chose_before_can_choose_the_same_again(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose()
    lismorrow.decide(lismorrow.open(proposal), **(lismorrow.everybody("for") | {"ify": "against", "ruth": "against"}))
    hand_over(lismorrow, "Ify", "Nuala")
    again = lismorrow.open(proposal)
    assert [one.choice for one in earlier_choices(lismorrow.ruth, again).values()] == ["against"]
    assert earlier_choices(lismorrow.nuala, again) == {}
    with pytest.raises(Conflict, match="You have not voted on these proposals"):
        reaffirm(by=lismorrow.nuala, person=lismorrow.people["Nuala"], round=again)


@pytest.mark.parametrize("secrecy", SECRECY)
def test_the_key_of_the_former_holders_ballot_opens_nothing(lismorrow: Lismorrow, secrecy: str) -> None:
    round = handed_over(lismorrow, secrecy)
    ballot = Ballot.objects.get()
    with pytest.raises(Conflict) as refused:
        cast_one(Cast(lismorrow.people["Nuala"], round.id, ballot.item_id, "for", ballot.key))
    assert refused.value.code == "ballot.key_used"
    assert Ballot.objects.count() == 1


@pytest.mark.parametrize("secrecy", SECRECY)
def test_the_page_says_so_and_nothing_is_filled_in(lismorrow: Lismorrow, browser: Browser, secrecy: str) -> None:
    round = handed_over(lismorrow, secrecy)
    page = browser("nuala").get(reverse("round", args=[round.id]))
    assert f"{TOLD} {Ballot.objects.get().seq}. That vote counts until you send yours." in words(page)
    (ballot,) = [form["values"] for form in forms_of(page) if "key" in form["values"]]
    assert "choice" not in ballot
    assert ballot["why"] == ""
    assert "Send my vote" in words(page)
    assert not knows(page.content.decode())
    (asked,) = props(page)["ballots"]
    assert (asked["own"], asked["why"]) == (None, "")
    receipt = browser("nuala").get(reverse("receipt", args=[lismorrow.partnership.id, Ballot.objects.get().seq]))
    assert receipt.status_code == 200
    assert '"salt"' not in words(receipt)
    assert '"choice"' not in words(receipt)


def test_after_the_count_the_page_still_tells_no_choice(lismorrow: Lismorrow, browser: Browser) -> None:
    round = handed_over(lismorrow, "blind")
    close_round(by=lismorrow.orla, round=round)
    page = browser("nuala").get(reverse("round", args=[round.id]))
    assert f"{TOLD} {Ballot.objects.get().seq}." in words(page)
    assert "you chose “" not in words(page)


@pytest.mark.parametrize("secrecy", SECRECY)
def test_a_program_of_the_new_holder_is_told_no_more(lismorrow: Lismorrow, secrecy: str) -> None:
    round = handed_over(lismorrow, secrecy)
    nuala, ballot = Caller(lismorrow.people["Nuala"]), Ballot.objects.get()
    (told,) = nuala("list_own_ballots", round=round.id)["items"]
    assert (told["mine"], told["choice"], told["reason"], told["seq"]) == (False, "", "", ballot.seq)
    sent = {"round": str(round.id), "item": str(ballot.item_id), "choice": "for", "key": str(ballot.key)}
    refused = nuala("cast_ballot", sent)
    assert (refused.status, refused.code) == (409, "ballot.key_used")
    assert nuala("reaffirm", {}, round=round.id).code == "ballot.none_before"
    assert nuala("cast_ballot", sent | {"key": str(uuid4())}).status == 201
    (told,) = nuala("list_own_ballots", round=round.id)["items"]
    assert (told["mine"], told["choice"]) == (True, "for")


def knows(text: str) -> bool:
    """Whether somewhere the former holder's salt or words stand."""
    salt = Ballot.objects.order_by("seq")[0].salt
    return WHY in text or (salt is not None and bytes(salt).hex() in text)
