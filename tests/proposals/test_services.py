"""Tabling, revising, offering, answering, objecting: who may, when, and what stays."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from apps.frameworks.services import open_gates, seal_plan
from apps.proposals.models import Offer, Proposal, ProposalVersion
from apps.proposals.selectors import current_version
from apps.proposals.services import (
    answer_offer,
    offer_change,
    put_offer_to_vote,
    raise_objection,
    revise_proposal,
    submit_proposal,
    withdraw_objection,
    withdraw_proposal,
)
from apps.record import selectors as record
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db
YOUNGER = {"population": "People of 11 and over"}


@pytest.fixture
def tabled(lismorrow: Lismorrow) -> Proposal:
    return lismorrow.propose(offers_until=clock.now().date() + timedelta(days=14))


def test_a_proposal_is_tabled_by_a_seat_for_its_group(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose(lismorrow.ify, code="M6", sponsors=["T"])
    assert proposal.sponsors == ["F", "T"]
    (entry,) = record.entries(lismorrow.log, types=["proposal.submitted"])
    assert entry.by["seat"] == str(lismorrow.ify.require_seat().id)
    assert entry.data["fields"] == sorted(LONELINESS)
    assert "It matters" not in entry.to_bytes().decode()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"patch": {}}, "element.fields"),
        ({"patch": {**LONELINESS, "colour": "red"}}, "element.fields"),
        ({"patch": {**LONELINESS, "target": {"value": "a lot"}}}, "element.fields"),
        ({"kind": "wish"}, "proposal.kind"),
        ({"action": "bless"}, "proposal.action"),
        ({"rationale": " "}, "text.required"),
        ({"rationale": "x" * 4001}, "text.too_long"),
        ({"slot": "nowhere"}, "slot.unknown"),
        ({"offers_until": date(2001, 1, 1)}, "proposal.window"),
        ({"sponsors": ["Z"]}, "group.unknown"),
        ({"action": "change"}, "proposal.element"),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused_and_nothing_is_kept(
    lismorrow: Lismorrow, change: dict[str, Any], code: str
) -> None:
    before = record.size(lismorrow.log)
    with pytest.raises(Refusal) as refused:
        lismorrow.propose(**change)
    assert refused.value.code == code
    assert record.size(lismorrow.log) == before


def test_observers_and_strangers_do_not_propose(lismorrow: Lismorrow) -> None:
    for name in ("tomasz", "stan"):
        with pytest.raises(NotAllowed):
            lismorrow.propose(getattr(lismorrow, name))


def test_a_shut_gate_refuses(lismorrow: Lismorrow) -> None:
    open_gates(by=lismorrow.orla, framework=lismorrow.framework, gates=["offer"])
    with pytest.raises(Conflict) as refused:
        lismorrow.propose()
    assert refused.value.code == "gate.shut"


def test_an_accepted_offer_becomes_the_next_version(lismorrow: Lismorrow, tabled: Proposal) -> None:
    offer = offer_change(
        by=lismorrow.samira, proposal=tabled, patch=YOUNGER, reason="They are on their own after school."
    )
    answer_offer(by=lismorrow.gareth, offer=offer, answer="accepted", reason="Agreed.")
    tabled.refresh_from_db()
    assert tabled.number == 2
    assert current_version(tabled).patch == {**LONELINESS, **YOUNGER}
    assert ProposalVersion.objects.get(proposal=tabled, number=1).patch == LONELINESS


def test_an_offer_taken_in_modified_form_says_what_was_taken(lismorrow: Lismorrow, tabled: Proposal) -> None:
    offer = offer_change(
        by=lismorrow.samira, proposal=tabled, patch={"target": {"value": "15", "by": "2027/28"}}, reason="More."
    )
    with pytest.raises(Invalid):
        answer_offer(by=lismorrow.gareth, offer=offer, answer="modified", reason="Half way.")
    taken = {"target": {"value": "15.5", "by": "2027/28"}}
    answer_offer(by=lismorrow.gareth, offer=offer, answer="modified", reason="Half way.", taken=taken)
    tabled.refresh_from_db()
    assert current_version(tabled).patch["target"] == taken["target"]


def test_an_offer_is_answered_once_and_by_those_who_table_the_proposal(lismorrow: Lismorrow, tabled: Proposal) -> None:
    offer = offer_change(by=lismorrow.samira, proposal=tabled, patch=YOUNGER, reason="Why not.")
    with pytest.raises(NotAllowed):
        answer_offer(by=lismorrow.colm, offer=offer, answer="accepted", reason="Yes.")
    answer_offer(by=lismorrow.moira, offer=offer, answer="declined", reason="No.")
    with pytest.raises(Conflict) as refused:
        answer_offer(by=lismorrow.gareth, offer=offer, answer="accepted", reason="Yes.")
    assert refused.value.code == "offer.declined"


def test_any_group_may_put_a_declined_offer_to_the_vote_once(lismorrow: Lismorrow, tabled: Proposal) -> None:
    offer = offer_change(by=lismorrow.samira, proposal=tabled, patch=YOUNGER, reason="Why not.")
    with pytest.raises(Conflict):
        put_offer_to_vote(by=lismorrow.jamie, offer=offer, rationale="Let all decide.")
    answer_offer(by=lismorrow.gareth, offer=offer, answer="declined", reason="No.")
    sibling = put_offer_to_vote(by=lismorrow.jamie, offer=Offer.objects.get(), rationale="Let all decide.")
    assert sibling.element == tabled.element
    assert current_version(sibling).patch["population"] == "People of 11 and over"
    with pytest.raises(Conflict):
        put_offer_to_vote(by=lismorrow.ruth, offer=Offer.objects.get(), rationale="Again.")


def test_offers_need_an_open_window_and_another_group(lismorrow: Lismorrow, tabled: Proposal) -> None:
    with pytest.raises(Conflict) as own:
        offer_change(by=lismorrow.moira, proposal=tabled, patch=YOUNGER, reason="Mine.")
    assert own.value.code == "offer.own_proposal"
    shut = lismorrow.propose(code="M5")
    with pytest.raises(Conflict) as refused:
        offer_change(by=lismorrow.samira, proposal=shut, patch=YOUNGER, reason="Late.")
    assert refused.value.code == "offer.window_shut"


def test_a_stale_revision_is_refused_and_loses_nobodys_work(lismorrow: Lismorrow, tabled: Proposal) -> None:
    revise_proposal(
        by=lismorrow.gareth, proposal=tabled, patch={**LONELINESS, "unit": "percent"}, rationale="Plainer.", on_number=1
    )
    with pytest.raises(Conflict) as refused:
        revise_proposal(by=lismorrow.moira, proposal=tabled, patch=LONELINESS, rationale="Mine.", on_number=1)
    assert refused.value.code == "proposal.stale"
    tabled.refresh_from_db()
    assert current_version(tabled).patch["unit"] == "percent"


def test_a_withdrawn_proposal_is_over(lismorrow: Lismorrow, tabled: Proposal) -> None:
    with pytest.raises(NotAllowed):
        withdraw_proposal(by=lismorrow.ify, proposal=tabled, reason="I want to.")
    withdraw_proposal(by=lismorrow.gareth, proposal=tabled, reason="Merged into another.")
    for act in (
        lambda: offer_change(by=lismorrow.samira, proposal=tabled, patch=YOUNGER, reason="Late."),
        lambda: raise_objection(by=lismorrow.samira, proposal=tabled, reason="Late."),
        lambda: withdraw_proposal(by=lismorrow.gareth, proposal=tabled, reason="Twice."),
    ):
        with pytest.raises(Conflict):
            act()


def test_an_objection_is_taken_back_by_the_seat_that_made_it(lismorrow: Lismorrow, tabled: Proposal) -> None:
    objection = raise_objection(by=lismorrow.ify, proposal=tabled, reason="An hour a visit.")
    with pytest.raises(NotAllowed):
        withdraw_objection(by=lismorrow.ruth, objection=objection)
    withdraw_objection(by=lismorrow.ify, objection=objection)
    with pytest.raises(Conflict):
        withdraw_objection(by=lismorrow.ify, objection=objection)


def test_a_place_of_the_plan_can_be_filled_by_a_proposal(lismorrow: Lismorrow) -> None:
    seal_plan(by=lismorrow.orla, framework=lismorrow.framework, slots=[{"key": "care", "title": "One on care at home"}])
    assert lismorrow.propose(slot="care").slot == "care"


def test_changing_what_does_not_exist_is_refused(lismorrow: Lismorrow, tabled: Proposal) -> None:
    with pytest.raises(NotFound):
        submit_proposal(
            by=lismorrow.ify,
            framework=lismorrow.framework,
            action="change",
            element=tabled.element,
            patch=YOUNGER,
            rationale="It is only proposed.",
        )


def test_a_version_never_changes_whoever_asks(lismorrow: Lismorrow, tabled: Proposal) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        ProposalVersion.objects.filter(proposal=tabled).update(fields=[])
