"""After a change has been offered: new versions of it, taking it back, joining, counter-offers, windows and caps."""

from datetime import date, timedelta
from typing import Any

import pytest

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.proposals.checks import check
from apps.proposals.models import Offer, Proposal
from apps.proposals.selectors import counting_offers, current_version, waiting_offers
from apps.proposals.services import (
    answer_counter,
    answer_offer,
    counter_offer,
    join_offer,
    offer_change,
    set_window,
    withdraw_offer,
)
from apps.record import selectors as record
from apps.record.models import Log
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db


@pytest.fixture
def tabled(lismorrow: Lismorrow) -> Proposal:
    return lismorrow.propose(offers_until=in_days(14))


def in_days(days: int) -> date:
    return clock.now().date() + timedelta(days=days)


def offered(lismorrow: Lismorrow, proposal: Proposal, by: str = "samira", **patch: Any) -> Offer:
    patch = patch or {"unit": "people"}
    return offer_change(by=getattr(lismorrow, by), proposal=proposal, patch=patch, reason="So.")


def test_a_new_version_of_an_offer_replaces_it_and_both_stay(lismorrow: Lismorrow, tabled: Proposal) -> None:
    first = offered(lismorrow, tabled)
    second = offer_change(
        by=lismorrow.pat, proposal=tabled, patch={"unit": "persons"}, reason="Plainer.", replaces=first
    )
    first.refresh_from_db()
    assert (first.state, first.patch, second.replaces) == ("replaced", {"unit": "people"}, first)
    assert list(waiting_offers(tabled)) == [second]
    assert list(counting_offers(tabled)) == [second]
    with pytest.raises(Conflict) as refused:
        offer_change(by=lismorrow.pat, proposal=tabled, patch={"unit": "x"}, reason="Again.", replaces=first)
    assert refused.value.code == "offer.replaced"


def test_only_the_group_that_made_an_offer_replaces_it_or_takes_it_back(lismorrow: Lismorrow, tabled: Proposal) -> None:
    first = offered(lismorrow, tabled)
    with pytest.raises(NotAllowed) as refused:
        offer_change(by=lismorrow.ify, proposal=tabled, patch={"unit": "x"}, reason="No.", replaces=first)
    assert refused.value.code == "offer.not_yours"
    with pytest.raises(NotAllowed):
        withdraw_offer(by=lismorrow.ify, offer=first, reason="No.")


def test_an_offer_taken_back_keeps_why_and_is_not_counted(lismorrow: Lismorrow, tabled: Proposal) -> None:
    offer = withdraw_offer(by=lismorrow.pat, offer=offered(lismorrow, tabled), reason="We have talked.")
    assert offer.answer is not None
    assert (offer.state, offer.answer.body) == ("withdrawn", "We have talked.")
    assert not counting_offers(tabled).exists()
    with pytest.raises(Conflict):
        answer_offer(by=lismorrow.gareth, offer=offer, answer="accepted", reason="Late.")


def test_joining_says_it_once_and_makes_no_second_offer(lismorrow: Lismorrow, tabled: Proposal) -> None:
    offer = offered(lismorrow, tabled)
    for _ in range(2):
        join_offer(by=lismorrow.jamie, offer=offer)
    assert [support.group.key for support in offer.supports.all()] == ["U"]
    assert record.entries(lismorrow.log)[-1].type == "amendment.joined"
    for who in ("pat", "gareth"):
        with pytest.raises(Conflict):
            join_offer(by=getattr(lismorrow, who), offer=offer)


def test_a_counter_offer_is_taken_when_the_group_says_yes(lismorrow: Lismorrow, tabled: Proposal) -> None:
    offer = offered(lismorrow, tabled, target={"value": "10"})
    counter = counter_offer(by=lismorrow.gareth, offer=offer, patch={"target": {"value": "13"}}, reason="Half way.")
    assert list(waiting_offers(tabled)) == [offer]
    with pytest.raises(NotAllowed):
        answer_counter(by=lismorrow.ify, offer=counter, answer="accepted", reason="Not mine.")
    answer_counter(by=lismorrow.pat, offer=counter, answer="accepted", reason="We can live with it.")
    offer.refresh_from_db()
    counter.refresh_from_db()
    assert (offer.state, offer.taken_patch, offer.taken_in) == ("modified", {"target": {"value": "13"}}, 2)
    assert counter.state == "accepted"
    assert current_version(Proposal.objects.get()).patch == LONELINESS | {"target": {"value": "13"}}
    assert list(check(Log.objects.get(id=lismorrow.log))) == []


def test_a_no_leaves_the_offer_waiting_and_another_answer_ends_the_counter(
    lismorrow: Lismorrow, tabled: Proposal
) -> None:
    offer = offered(lismorrow, tabled)
    first = counter_offer(by=lismorrow.gareth, offer=offer, patch={"unit": "homes"}, reason="So.")
    answer_counter(by=lismorrow.samira, offer=first, answer="declined", reason="No.")
    second = counter_offer(by=lismorrow.moira, offer=offer, patch={"unit": "houses"}, reason="Then so.")
    third = counter_offer(by=lismorrow.moira, offer=offer, patch={"unit": "flats"}, reason="Or so.")
    answer_offer(by=lismorrow.gareth, offer=offer, answer="declined", reason="We part.")
    states = [Offer.objects.get(id=one.id).state for one in (offer, first, second, third)]
    assert states == ["declined", "declined", "replaced", "lapsed"]
    with pytest.raises(Conflict):
        answer_counter(by=lismorrow.samira, offer=third, answer="accepted", reason="Too late.")
    assert list(check(Log.objects.get(id=lismorrow.log))) == []


def test_an_offer_in_between_does_not_let_a_counter_overwrite_it(lismorrow: Lismorrow, tabled: Proposal) -> None:
    offer = offered(lismorrow, tabled, unit="a")
    other = offered(lismorrow, tabled, "ify", unit="b")
    counter = counter_offer(by=lismorrow.gareth, offer=offer, patch={"unit": "a"}, reason="As it is.")
    answer_offer(by=lismorrow.gareth, offer=other, answer="accepted", reason="This.")
    with pytest.raises(Conflict) as refused:
        answer_counter(by=lismorrow.samira, offer=counter, answer="accepted", reason="Yes.")
    assert refused.value.code == "patch.collision"
    assert Offer.objects.get(id=counter.id).state == "offered"


def test_a_cap_counts_per_group_and_window(lismorrow: Lismorrow, tabled: Proposal) -> None:
    set_window(by=lismorrow.gareth, proposal=tabled, offers_until=in_days(7), offers_each=1)
    first = offered(lismorrow, tabled)
    offered(lismorrow, tabled, "ify")
    with pytest.raises(Conflict) as refused:
        offered(lismorrow, tabled, "pat", periods="daily")
    assert refused.value.code == "offer.cap"
    again = offer_change(by=lismorrow.pat, proposal=tabled, patch={"unit": "y"}, reason="Newer.", replaces=first)
    withdraw_offer(by=lismorrow.pat, offer=again, reason="Room for another.")
    offered(lismorrow, tabled, "pat", periods="daily")
    set_window(by=lismorrow.orla, proposal=tabled, offers_until=None)
    with pytest.raises(Conflict) as shut:
        offered(lismorrow, tabled, "ruth")
    assert shut.value.code == "offer.window_shut"
    set_window(by=lismorrow.orla, proposal=tabled, offers_until=in_days(7), offers_each=1)
    offered(lismorrow, tabled, "pat", periods="hourly")


def test_a_window_is_set_by_those_who_propose_and_never_into_the_past(lismorrow: Lismorrow, tabled: Proposal) -> None:
    with pytest.raises(NotAllowed):
        set_window(by=lismorrow.ify, proposal=tabled, offers_until=in_days(3))
    with pytest.raises(Invalid):
        set_window(by=lismorrow.gareth, proposal=tabled, offers_until=in_days(-1))
    with pytest.raises(Invalid):
        set_window(by=lismorrow.gareth, proposal=tabled, offers_until=in_days(1), offers_each=0)
