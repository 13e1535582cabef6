"""Answering offers: collisions are refused, several answers are one act, and nobody's work is overwritten."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from apps.partnerships.services import vacate_seat
from apps.proposals.checks import check
from apps.proposals.models import Offer, Proposal
from apps.proposals.selectors import current_version
from apps.proposals.services import Answer, answer_offer, merge_offers, offer_change, revise_proposal
from apps.record import selectors as record
from apps.record.models import Log
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db


def table(lismorrow: Lismorrow) -> Proposal:
    return lismorrow.propose(offers_until=clock.now().date() + timedelta(days=14))


@pytest.fixture
def tabled(lismorrow: Lismorrow) -> Proposal:
    return table(lismorrow)


def offered(lismorrow: Lismorrow, proposal: Proposal, by: str, **patch: Any) -> Offer:
    return offer_change(by=getattr(lismorrow, by), proposal=proposal, patch=patch, reason=f"{by} wants it.")


def take(lismorrow: Lismorrow, offer: Offer, answer: str = "accepted", **more: Any) -> Offer:
    return answer_offer(by=lismorrow.gareth, offer=offer, answer=answer, reason="So.", **more)


def test_the_later_of_two_offers_on_one_field_does_not_win_silently(lismorrow: Lismorrow, tabled: Proposal) -> None:
    first, second = (
        offered(lismorrow, tabled, "samira", unit="people"),
        offered(lismorrow, tabled, "ify", unit="homes"),
    )
    take(lismorrow, first)
    for answer, taken in (("accepted", None), ("modified", {"unit": "homes"})):
        with pytest.raises(Conflict) as refused:
            take(lismorrow, second, answer, taken=taken)
        assert refused.value.code == "patch.collision"
        assert "another form" in refused.value.message
    assert current_version(tabled).patch["unit"] == LONELINESS["unit"]
    tabled.refresh_from_db()
    take(lismorrow, second, "modified", taken={"unit": "people and homes"})
    tabled.refresh_from_db()
    assert (tabled.number, current_version(tabled).patch["unit"]) == (3, "people and homes")


def test_an_offer_written_on_what_was_taken_may_build_on_it(lismorrow: Lismorrow, tabled: Proposal) -> None:
    take(lismorrow, offered(lismorrow, tabled, "samira", disaggregations=["area"]))
    tabled.refresh_from_db()
    more = offered(lismorrow, tabled, "ify", disaggregations=["area", "carers"])
    assert take(lismorrow, more).taken_in == 3


def test_an_answer_to_a_version_that_has_gone_is_refused(lismorrow: Lismorrow, tabled: Proposal) -> None:
    offer = offered(lismorrow, tabled, "samira", unit="people")
    revise_proposal(by=lismorrow.moira, proposal=tabled, patch=LONELINESS, rationale="Again.", on_number=1)
    with pytest.raises(Conflict) as refused:
        take(lismorrow, offer, on_number=1)
    assert refused.value.code == "proposal.stale"
    assert take(lismorrow, offer, on_number=2).state == "accepted"


def test_several_answers_are_one_act_and_one_version_with_each_origin_kept(
    lismorrow: Lismorrow, tabled: Proposal
) -> None:
    offers = [
        offered(lismorrow, tabled, "samira", unit="people"),
        offered(lismorrow, tabled, "ify", periods="monthly"),
        offered(lismorrow, tabled, "ruth", target={"value": "10"}),
    ]
    answers = [
        Answer(offers[0].id, "accepted", "Clear."),
        Answer(offers[1].id, "modified", "Half.", {"periods": "twice a year"}),
        Answer(offers[2].id, "declined", "Too much."),
    ]
    merge_offers(by=lismorrow.gareth, proposal=tabled, answers=answers, rationale="Both fit.", on_number=1)
    version = current_version(Proposal.objects.get())
    assert (version.number, version.patch) == (2, LONELINESS | {"unit": "people", "periods": "twice a year"})
    assert list(Offer.objects.order_by("offered_at").values_list("state", "taken_in")) == [
        ("accepted", 2),
        ("modified", 2),
        ("declined", None),
    ]
    *answered, revised = record.entries(lismorrow.log)[-4:]
    assert [entry.because for entry in answered] == [offer.seq for offer in offers]
    assert revised.data["offers"] == sorted(str(offer.id) for offer in offers[:2])
    assert list(check(Log.objects.get(id=lismorrow.log))) == []


def test_declining_alone_makes_no_version(lismorrow: Lismorrow, tabled: Proposal) -> None:
    offer = offered(lismorrow, tabled, "samira", unit="people")
    merge_offers(by=lismorrow.gareth, proposal=tabled, answers=[Answer(offer.id, "declined", "No.")], on_number=1)
    tabled.refresh_from_db()
    assert tabled.number == 1


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda one, other: [Answer(one, "accepted", "A."), Answer(other, "accepted", "B.")], Conflict),
        (lambda one, other: [Answer(one, "accepted", "A."), Answer(uuid4(), "declined", "B.")], NotFound),
        (lambda one, other: [Answer(one, "accepted", "A."), Answer(one, "declined", "B.")], Invalid),
        (lambda one, other: [Answer(one, "accepted", "A."), Answer(other, "perhaps", "B.")], Invalid),
        (lambda one, other: [Answer(one, "accepted", "A."), Answer(other, "declined", " ")], Invalid),
        (lambda one, other: [Answer(one, "accepted", "A."), Answer(other, "modified", "B.", {"unit": ""})], Conflict),
        (lambda one, other: [Answer(one, "accepted", "A."), Answer(other, "modified", "B.", {"hue": "x"})], Invalid),
        (lambda one, other: [], Invalid),
    ],
)
def test_one_answer_that_cannot_be_refuses_them_all(
    lismorrow: Lismorrow, tabled: Proposal, make: Callable[..., list[Answer]], kind: type[Refusal]
) -> None:
    one, other = offered(lismorrow, tabled, "samira", unit="a"), offered(lismorrow, tabled, "ify", unit="b")
    before = record.size(lismorrow.log)
    with pytest.raises(kind):
        merge_offers(by=lismorrow.gareth, proposal=tabled, answers=make(one.id, other.id), rationale="So.")
    assert record.size(lismorrow.log) == before
    assert set(Offer.objects.values_list("state", flat=True)) == {"offered"}


def test_a_seat_lost_in_between_answers_nothing(lismorrow: Lismorrow, tabled: Proposal) -> None:
    offer = offered(lismorrow, tabled, "samira", unit="people")
    vacate_seat(by=lismorrow.orla, seat=lismorrow.gareth.require_seat())
    with pytest.raises(NotAllowed):
        merge_offers(by=lismorrow.gareth, proposal=tabled, answers=[Answer(offer.id, "declined", "No.")])


def test_a_middle_value_is_needed_as_soon_as_somebody_asks_for_a_range(lismorrow: Lismorrow, tabled: Proposal) -> None:
    with pytest.raises(Invalid) as refused:
        offered(lismorrow, tabled, "samira", polarity="range")
    assert refused.value.fields.keys() == {"midpoint"}
    both = offered(lismorrow, tabled, "samira", polarity="range", midpoint="18")
    with pytest.raises(Invalid):
        take(lismorrow, both, "modified", taken={"polarity": "range"})
    assert take(lismorrow, both).state == "accepted"
    with pytest.raises(Invalid):
        revise_proposal(
            by=lismorrow.gareth, proposal=tabled, patch=LONELINESS | {"midpoint": "1"}, rationale="R", on_number=2
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_drafters_who_merge_at_once_one_is_told_and_nothing_is_overwritten(live_lismorrow: Lismorrow) -> None:
    proposal = table(live_lismorrow)
    offers = [
        offered(live_lismorrow, proposal, "samira", unit="people"),
        offered(live_lismorrow, proposal, "ify", periods="monthly"),
    ]
    drafters, gate = [live_lismorrow.gareth, live_lismorrow.moira], Barrier(2)

    def merge(number: int) -> str:
        gate.wait()
        try:
            answers = [Answer(offers[number].id, "accepted", f"Drafter {number}.")]
            merge_offers(by=drafters[number], proposal=proposal, answers=answers, rationale=f"R{number}", on_number=1)
            return "done"
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(merge, range(2)))
    assert said == ["done", "proposal.stale"]
    assert Proposal.objects.get().number == 2
    assert sorted(Offer.objects.values_list("state", flat=True)) == ["accepted", "offered"]
