"""What counts as consultation, objection and request before somebody decides alone: only what was about this."""

from typing import Any

import pytest

from apps.deliberation.models import Decision, RenegotiationTrack
from apps.deliberation.services import impose
from apps.frameworks.models import Element
from apps.proposals.models import Proposal
from apps.proposals.services import submit_proposal
from tests.deliberation.test_impositions import TARGET, decree, mandate
from tests.deliberation.test_rounds import ALL_FOR
from tests.people import CONSENT, Lismorrow, found_lismorrow

pytestmark = pytest.mark.django_db

AGENCY_AGAINST = {**ALL_FOR, "gareth": "against", "moira": "against"}
POPULATION = {"population": "Everybody who is seen"}
ALL_PARTS = ["definition", "formula", "target", "source", "population", "frequency", "consequence"]


def in_force(lismorrow: Lismorrow, **choices: str) -> Element:
    """A measure adopted by a vote under which nobody's no can stop it."""
    anybody = {
        **CONSENT,
        "method": {"kind": "majority"},
        "groups": {**CONSENT["groups"], "composition": {"kind": "pooled"}},
    }
    lismorrow.decide(lismorrow.open(lismorrow.propose(), rule=anybody), **choices)
    return Element.objects.get()


def change(lismorrow: Lismorrow, element: Element, patch: dict[str, Any], by: str = "orla") -> Proposal:
    return submit_proposal(
        by=getattr(lismorrow, by),
        framework=lismorrow.framework,
        action="change",
        element=element.id,
        patch=patch,
        rationale="So.",
    )


def imposed(lismorrow: Lismorrow, element: Element, patch: dict[str, Any]) -> dict[str, Any]:
    held = mandate(lismorrow, parts=ALL_PARTS)
    decision = impose(
        by=lismorrow.moira,
        framework=lismorrow.framework,
        mandate=held,
        element=element.id,
        patch=patch,
        reason_code="direction",
        reason="So it is.",
    )
    return dict(decision.act or {})


def test_a_no_to_adopting_a_measure_is_no_objection_to_what_is_imposed_on_it_later(lismorrow: Lismorrow) -> None:
    element = in_force(lismorrow, **AGENCY_AGAINST)
    assert imposed(lismorrow, element, POPULATION)["objecting"] == []


def test_a_poll_on_another_text_is_heard_but_is_not_asking_on_behalf_of_who_decides(lismorrow: Lismorrow) -> None:
    element = in_force(lismorrow, **ALL_FOR)
    announced = change(lismorrow, element, {**TARGET, **POPULATION})
    lismorrow.decide(lismorrow.open(announced, advisory=True), **AGENCY_AGAINST)
    act = imposed(lismorrow, element, TARGET)
    assert (act["method"], act["objecting"]) == ("decree", ["A"])


def test_a_poll_on_other_parts_says_nothing(lismorrow: Lismorrow) -> None:
    element = in_force(lismorrow, **ALL_FOR)
    lismorrow.decide(lismorrow.open(change(lismorrow, element, POPULATION), advisory=True), **AGENCY_AGAINST)
    assert imposed(lismorrow, element, TARGET)["objecting"] == []


def test_who_asked_for_one_part_has_not_asked_for_another(lismorrow: Lismorrow) -> None:
    element = in_force(lismorrow, **ALL_FOR)
    lismorrow.decide(lismorrow.open(change(lismorrow, element, POPULATION, by="jamie")), **AGENCY_AGAINST)
    act = imposed(lismorrow, element, {**POPULATION, **TARGET})
    assert (act["origin"], act.get("asked_by")) == ("authority", None)


def test_who_asked_in_vain_for_a_part_has_asked_for_it(lismorrow: Lismorrow) -> None:
    element = in_force(lismorrow, **ALL_FOR)
    lismorrow.decide(lismorrow.open(change(lismorrow, element, POPULATION, by="jamie")), **AGENCY_AGAINST)
    act = imposed(lismorrow, element, {"population": "Everybody"})
    assert (act["origin"], act["asked_by"], act["objecting"]) == ("joint", ["U"], ["A"])


def test_what_is_imposed_can_itself_say_who_is_bound(lismorrow: Lismorrow) -> None:
    element = in_force(lismorrow, **ALL_FOR)
    assert imposed(lismorrow, element, {"collectors": ["F"], "measured": ["P"]})["bound"] == ["F", "P"]


def test_impositions_in_two_partnerships_do_not_meet(lismorrow: Lismorrow) -> None:
    """Their records count alike, so the same number may open a track in each."""
    decree(lismorrow, mandate(lismorrow), proposal=lismorrow.propose(lismorrow.jamie, code="M1"))
    lismorrow.settle()
    for person in lismorrow.people.values():
        type(person).objects.filter(id=person.id).update(email=None)
    other = found_lismorrow()
    decree(other, mandate(other), proposal=other.propose(other.jamie, code="M1"))
    other.settle()
    assert len(set(Decision.objects.values_list("seq", flat=True))) == 1
    assert RenegotiationTrack.objects.count() == 2
