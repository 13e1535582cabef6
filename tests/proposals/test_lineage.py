"""Where proposals come from: one out of several, several out of one."""

from datetime import timedelta
from uuid import UUID

import pytest

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.frameworks.models import Element
from apps.frameworks.services import create_framework
from apps.proposals.models import Proposal
from apps.proposals.selectors import alternatives, current_version, lineage
from apps.proposals.services import offer_change, split_proposal, withdraw_proposal
from apps.record import selectors as record
from tests.once import told_once
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@told_once
def element(lismorrow: Lismorrow) -> UUID:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
    return Element.objects.get().id


def change(lismorrow: Lismorrow, element: UUID, by: str = "samira", **more: object) -> Proposal:
    patch = more.pop("patch", {"unit": "people", "periods": "monthly"})
    return lismorrow.propose(
        by=getattr(lismorrow, by), action="change", element=element, kind="", code="", patch=patch, **more
    )


def test_a_counter_proposal_knows_what_it_answers(lismorrow: Lismorrow, element: UUID) -> None:
    first = change(lismorrow, element)
    second = change(lismorrow, element, "ify", patch={"unit": "homes"}, grew_from=[first])
    assert [(one.parent_id, one.kind) for one in lineage(second)[0]] == [(first.id, "counter")]
    assert [one.child_id for one in lineage(first)[1]] == [second.id]
    assert list(alternatives(first)) == [second]
    last = record.entries(lismorrow.log)[-1]
    assert (last.type, last.data) == ("proposal.derived", {"parent": str(first.id), "kind": "counter"})


def test_several_are_taken_into_one_by_those_who_propose_them(lismorrow: Lismorrow, element: UUID) -> None:
    into = change(lismorrow, element)
    others = [change(lismorrow, element, by, patch={"unit": by}) for by in ("ify", "ruth")]
    with pytest.raises(NotAllowed):
        withdraw_proposal(by=lismorrow.samira, proposal=others[0], reason="Mine now.", into=into)
    withdraw_proposal(by=lismorrow.ify, proposal=others[0], reason="It is in there.", into=into)
    withdraw_proposal(by=lismorrow.ruth, proposal=others[1], reason="Mine too.", into=into)
    assert [(one.parent_id, one.kind) for one in lineage(into)[0]] == [(one.id, "merged") for one in others]
    with pytest.raises(Conflict):
        withdraw_proposal(by=lismorrow.samira, proposal=into, reason="Into itself.", into=into)


def test_one_is_split_into_several_and_nothing_is_lost(lismorrow: Lismorrow, element: UUID) -> None:
    whole = change(lismorrow, element, sponsors=["U"])
    parts = split_proposal(by=lismorrow.jamie, proposal=whole, parts=[["unit"], ["periods"]], reason="One is easy.")
    assert [current_version(one).patch for one in parts] == [{"unit": "people"}, {"periods": "monthly"}]
    assert {frozenset(one.sponsors) for one in parts} == {frozenset("CU")}
    whole.refresh_from_db()
    assert whole.state == "withdrawn"
    assert [one.kind for one in lineage(whole)[1]] == ["split", "split"]


@pytest.mark.parametrize("parts", [[["unit", "periods"]], [["unit"], ["hue"]], [["unit"], ["unit", "periods"]], [[]]])
def test_parts_must_be_the_whole(lismorrow: Lismorrow, element: UUID, parts: list[list[str]]) -> None:
    whole = change(lismorrow, element)
    with pytest.raises(Invalid):
        split_proposal(by=lismorrow.samira, proposal=whole, parts=parts, reason="So.")
    whole.refresh_from_db()
    assert whole.state == "tabled"


def test_nothing_is_split_over_the_head_of_an_offer_that_waits(lismorrow: Lismorrow, element: UUID) -> None:
    whole = change(lismorrow, element, offers_until=clock.now().date() + timedelta(days=3))
    offer_change(by=lismorrow.ify, proposal=whole, patch={"unit": "homes"}, reason="So.")
    with pytest.raises(Conflict) as refused:
        split_proposal(by=lismorrow.samira, proposal=whole, parts=[["unit"], ["periods"]], reason="So.")
    assert refused.value.code == "proposal.offers_wait"


def test_nothing_comes_out_of_another_framework(lismorrow: Lismorrow, element: UUID) -> None:
    other = create_framework(by=lismorrow.orla, title="Other", starts_on=clock.now().date())
    first = change(lismorrow, element)
    first.framework_id = other.id
    with pytest.raises(Invalid):
        change(lismorrow, element, "ify", grew_from=[first])
