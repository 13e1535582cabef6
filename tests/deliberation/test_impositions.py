"""Deciding alone: only on a mandate, within its scope and time, by its holder, with a reason; what is refused is recorded."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from apps.common import clock
from apps.common.errors import Invalid, NotAllowed, Refusal
from apps.deliberation.models import Decision, RenegotiationTrack
from apps.deliberation.selectors import field_states, tracks
from apps.deliberation.services import impose, set_outside
from apps.frameworks.models import Element
from apps.partnerships.models import Mandate
from apps.partnerships.services import record_mandate
from apps.proposals.models import Proposal
from apps.proposals.services import answer_offer, offer_change, submit_proposal
from apps.provenance.models import Verdict
from apps.record import selectors as record
from tests.deliberation.test_rounds import ALL_FOR
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db
TARGET = {"target": {"value": "15", "by": "2027/28"}}
BUT_TARGET = {key: value for key, value in LONELINESS.items() if key not in {"target", "baseline"}}


def mandate(lismorrow: Lismorrow, **change: Any) -> Mandate:
    given: dict[str, Any] = {
        "code": "MD3",
        "holder": lismorrow.people["Moira"],
        "authority": "the independent chair",
        "basis_kind": "law",
        "basis": "Direction LD 7/2024",
        "parts": ["definition", "formula", "source", "population", "frequency", "consequence"],
        "valid_from": date(2001, 1, 1),
        "review_on": date(2999, 4, 1),
    }
    return record_mandate(by=lismorrow.orla, **{**given, **change})


def decree(lismorrow: Lismorrow, held: Mandate, **change: Any) -> Decision:
    given: dict[str, Any] = {
        "by": lismorrow.moira,
        "patch": BUT_TARGET,
        "reason_code": "reluctance",
        "reason": "Fifteen years.",
    }
    return impose(framework=lismorrow.framework, mandate=held, **{**given, **change})


def test_a_measure_set_by_mandate_is_imposed_and_open_for_talk_from_that_day(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose(lismorrow.jamie, code="M1")
    decision = decree(lismorrow, mandate(lismorrow), proposal=proposal)
    lismorrow.settle()
    element = Element.objects.get(code="M1")
    assert "target" not in element.fields
    assert {state.state for state in field_states(element.id).values()} == {"imposed"}
    verdict = Verdict.objects.get()
    assert verdict.label_ni == "imposed"
    assert verdict.headline.startswith("Set by the independent chair in ")
    assert "under MD3, Direction LD 7/2024" in verdict.headline
    (track,) = tracks(element.id)
    assert track.review_on == date(2999, 4, 1)
    assert decision.review_on == date(2999, 4, 1)


def test_a_failed_proposal_of_practice_makes_the_origin_joint(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose(lismorrow.jamie, code="M1")
    lismorrow.decide(
        lismorrow.open(proposal), **{**ALL_FOR, "gareth": "against", "moira": "against", "colm": "against"}
    )
    proposal.refresh_from_db()
    act = decree(lismorrow, mandate(lismorrow), proposal=proposal).act
    assert act is not None
    assert (act["origin"], act["asked_by"], act["objecting"]) == ("joint", ["U"], ["A", "P"])


def test_consultation_counts_only_as_far_as_it_went(lismorrow: Lismorrow) -> None:
    act = decree(lismorrow, mandate(lismorrow), proposal=lismorrow.propose(code="M1")).act
    assert act is not None
    assert act["method"] == "decree"
    polled = lismorrow.propose(code="M2")
    lismorrow.decide(lismorrow.open(polled, advisory=True), **ALL_FOR)
    polled.refresh_from_db()
    act = decree(lismorrow, Mandate.objects.get(), proposal=polled).act
    assert act is not None
    assert act["method"] == "consult"


def test_every_contribution_answered_is_involving(lismorrow: Lismorrow) -> None:
    until = clock.now().date() + timedelta(days=20)
    proposal = lismorrow.propose(code="M2", offers_until=until)
    offer = offer_change(by=lismorrow.samira, proposal=proposal, patch={"population": "All"}, reason="Everybody.")
    Proposal.objects.filter(id=proposal.id).update(offers_from=until - timedelta(days=40))
    lismorrow.decide(lismorrow.open(proposal, advisory=True), **ALL_FOR)
    proposal.refresh_from_db()
    answer_offer(by=lismorrow.gareth, offer=offer, answer="declined", reason="Too many.")
    act = decree(lismorrow, mandate(lismorrow), proposal=proposal).act
    assert act is not None
    assert (act["method"], act["window"], act["offers"]) == ("involve", True, {"C": [0, 1]})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"patch": TARGET}, "mandate.scope"),
        ({"patch": {}}, "imposition.empty"),
        ({"reason": " "}, "text.required"),
        ({"reason_code": "whim"}, "imposition.reason"),
        ({"effective": date(2001, 1, 1)}, "imposition.backdated"),
        ({"by": "gareth"}, "mandate.not_holder"),
        ({"by": "orla"}, "mandate.not_holder"),
        ({"element": UUID(int=1), "proposal": None}, "element.unknown"),
        ({"proposal": None}, "imposition.element"),
    ],
)
def test_what_a_mandate_does_not_reach_is_refused_and_the_attempt_recorded(
    lismorrow: Lismorrow, change: dict[str, Any], code: str
) -> None:
    proposal, held = lismorrow.propose(code="M1"), mandate(lismorrow)
    before = record.size(lismorrow.log)
    actual = {"proposal": proposal, **change}
    if "by" in change:
        actual["by"] = getattr(lismorrow, change["by"])
    with pytest.raises(Refusal) as refused:
        decree(lismorrow, held, **actual)
    assert refused.value.code == code
    told = record.entries(lismorrow.log, since=before)
    assert [(entry.type, entry.data["code"]) for entry in told] == [("act.refused", code)]
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"valid_until": date(2020, 8, 31)}, "mandate.not_valid"),
        ({"valid_from": date(2999, 1, 1)}, "mandate.not_valid"),
        ({"elements": [UUID(int=5)]}, "mandate.element"),
    ],
)
def test_a_mandate_is_limited_in_time_and_scope(lismorrow: Lismorrow, limits: dict[str, Any], code: str) -> None:
    held = mandate(lismorrow, **limits)
    with pytest.raises(NotAllowed) as refused:
        decree(lismorrow, held, proposal=lismorrow.propose(code="M1"))
    assert refused.value.code == code


def test_the_same_proposal_is_imposed_once(lismorrow: Lismorrow) -> None:
    proposal, held = lismorrow.propose(code="M1"), mandate(lismorrow)
    decree(lismorrow, held, proposal=proposal)
    with pytest.raises(Refusal):
        decree(lismorrow, held, proposal=proposal)
    assert Decision.objects.count() == 1


def test_what_stands_already_is_not_set_again(lismorrow: Lismorrow) -> None:
    proposal, held = lismorrow.propose(code="M1"), mandate(lismorrow)
    decree(lismorrow, held, proposal=proposal)
    lismorrow.settle()
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            decree(lismorrow, held, element=proposal.element, patch={"population": LONELINESS["population"]})
        assert refused.value.code == "imposition.same"
    assert decree(lismorrow, held, element=proposal.element, patch={"population": "All"}).adopted
    with pytest.raises(Refusal) as refused:  # before it has been made a version of the element
        decree(lismorrow, held, element=proposal.element, patch={"population": "All"})
    assert refused.value.code == "imposition.same"
    assert len(record.entries(lismorrow.log, types=["act.refused"])) == 3


def test_the_sentence_that_excludes_it_is_quoted(lismorrow: Lismorrow) -> None:
    held = mandate(lismorrow, limits="Targets are for the partnership.")
    with pytest.raises(NotAllowed) as refused:
        decree(lismorrow, held, proposal=lismorrow.propose(code="M1"), patch=TARGET)
    assert refused.value.message == (
        "Mandate MD3 does not reach the target. It says: “Targets are for the partnership.” (Direction LD 7/2024)"
    )


def test_what_went_before_is_linked(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose(code="M1", offers_until=date(2999, 1, 1))
    offer = offer_change(by=lismorrow.samira, proposal=proposal, patch={"population": "All"}, reason="Everybody.")
    lismorrow.decide(lismorrow.open(proposal, advisory=True), **ALL_FOR)
    proposal.refresh_from_db()
    decree(lismorrow, mandate(lismorrow), proposal=proposal)
    (imposed,) = record.entries(lismorrow.log, types=["imposition.made"])
    (counted,) = record.entries(lismorrow.log, types=["round.tallied"])
    assert imposed.data["before"] == sorted([proposal.seq, offer.seq, counted.seq])


def test_a_retired_measure_is_beyond_reach(lismorrow: Lismorrow) -> None:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **ALL_FOR)
    element = Element.objects.get()
    end = submit_proposal(
        by=lismorrow.gareth,
        framework=lismorrow.framework,
        action="retire",
        element=element.id,
        patch={},
        rationale="Done.",
    )
    lismorrow.decide(lismorrow.open(end), **ALL_FOR)
    with pytest.raises(Refusal) as refused:
        decree(lismorrow, mandate(lismorrow), element=element.id, patch={"population": "All"})
    assert refused.value.code == "element.retired"


def test_reworking_a_part_together_closes_its_track_and_moves_the_verdict(lismorrow: Lismorrow) -> None:
    decree(lismorrow, mandate(lismorrow), proposal=lismorrow.propose(lismorrow.jamie, code="M1"))
    lismorrow.settle()
    element = Element.objects.get()
    patch = {"population": "Everybody of 11 and over", **TARGET}
    rework = submit_proposal(
        by=lismorrow.jamie,
        framework=lismorrow.framework,
        action="change",
        element=element.id,
        patch=patch,
        rationale="Now together.",
    )
    lismorrow.decide(lismorrow.open(rework), **ALL_FOR)
    assert "population" not in RenegotiationTrack.objects.get().open_parts
    first, last = Verdict.objects.order_by("seq")
    assert first.ni is not None
    assert last.ni is not None
    assert last.ni > first.ni
    assert "partly_imposed" in last.flags
    assert field_states(element.id)["population"].state == "agreed"
    assert field_states(element.id)["unit"].state == "imposed"


def test_any_seat_can_record_that_a_part_is_in_force_without_a_decision(lismorrow: Lismorrow) -> None:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **ALL_FOR)
    element = Element.objects.get()
    set_outside(
        by=lismorrow.samira,
        framework=lismorrow.framework,
        element=element,
        patch={"definition": "Forty points or more"},
        evidence="The letter of 20 June.",
    )
    lismorrow.settle()
    element.refresh_from_db()
    assert element.fields["definition"] == "Forty points or more"
    assert "no_mandate" in Verdict.objects.order_by("seq")[1].flags


def test_setting_outside_needs_evidence_and_a_voice(lismorrow: Lismorrow) -> None:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **ALL_FOR)
    element = Element.objects.get()
    given = {"framework": lismorrow.framework, "element": element, "patch": TARGET}
    with pytest.raises(Invalid):
        set_outside(by=lismorrow.samira, evidence="", **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        set_outside(by=lismorrow.tomasz, evidence="A letter.", **given)  # type: ignore[arg-type]
