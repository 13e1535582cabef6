"""The concession ledger from rows, and ranges that groups state."""

from datetime import timedelta
from fractions import Fraction

import pytest

from apps.common import clock
from apps.common.errors import Invalid, NotAllowed
from apps.frameworks.models import Element
from apps.proposals.domain.ranges import Range
from apps.proposals.ledger import as_range, ledger, ranges
from apps.proposals.services import (
    answer_counter,
    answer_offer,
    counter_offer,
    offer_change,
    state_range,
    withdraw_offer,
)
from tests.once import told_once
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
HALF = Fraction(1, 2)


@told_once
def element(lismorrow: Lismorrow) -> Element:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
    return Element.objects.get()


def test_moves_are_read_from_what_was_taken_agreed_and_taken_back(lismorrow: Lismorrow, element: Element) -> None:
    about = {"action": "change", "element": element.id, "kind": "", "code": "", "patch": {"target": {"value": "20"}}}
    proposal = lismorrow.propose(offers_until=clock.now().date() + timedelta(days=9), **about)  # type: ignore[arg-type]
    asked = offer_change(by=lismorrow.samira, proposal=proposal, patch={"target": {"value": "10"}}, reason="Less.")
    counter = counter_offer(by=lismorrow.gareth, offer=asked, patch={"target": {"value": "15"}}, reason="Half.")
    answer_counter(by=lismorrow.pat, offer=counter, answer="accepted", reason="Well.")
    proposal.refresh_from_db()
    taken = offer_change(by=lismorrow.ify, proposal=proposal, patch={"population": "All"}, reason="So.")
    answer_offer(by=lismorrow.gareth, offer=taken, answer="accepted", reason="Yes.")
    back = offer_change(by=lismorrow.ify, proposal=proposal, patch={"periods": "daily"}, reason="So.")
    withdraw_offer(by=lismorrow.ify, offer=back, reason="No more.")
    moves = ledger(lismorrow.framework, element=element.id)
    assert [(one.field, one.mover, one.toward, one.share, one.number) for one in moves] == [
        ("target", ("A",), ("C",), HALF, 2),
        ("target", ("C",), ("A",), HALF, 2),
        ("population", ("A",), ("F",), Fraction(1), 3),
        ("periods", ("F",), ("A",), Fraction(1), None),
    ]
    assert moves[2].before == "People of 16 and over"
    assert ledger(lismorrow.framework, proposal=proposal.id) == moves


def test_the_newest_range_of_each_group_counts(lismorrow: Lismorrow, element: Element) -> None:
    def state(by: str, low: str | None, high: str | None) -> None:
        state_range(by=getattr(lismorrow, by), on=element, field="target", low=low, high=high, reason="So.")

    state("gareth", "14", "20")
    state("samira", None, "12.5")
    state("pat", "10", "16")
    found = ranges(lismorrow.framework, element.id, "target")
    assert {one.group.key: as_range(one) for one in found} == {
        "A": Range(Fraction(14), Fraction(20)),
        "C": Range(Fraction(10), Fraction(16)),
    }


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"field": "unit"}, "range.field"),
        ({"low": None, "high": " "}, "range.empty"),
        ({"low": "much"}, "range.number"),
        ({"low": "5", "high": "4"}, "range.ends"),
        ({"reason": ""}, "text.required"),
    ],
)
def test_a_range_that_cannot_be_is_refused(
    lismorrow: Lismorrow, element: Element, asked: dict[str, str | None], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        state_range(
            by=lismorrow.ify,
            on=element,
            **({"field": "target", "low": "1", "high": "2", "reason": "So."} | asked),  # type: ignore[arg-type]
        )
    assert refused.value.code == code


def test_observers_state_no_range(lismorrow: Lismorrow, element: Element) -> None:
    with pytest.raises(NotAllowed):
        state_range(by=lismorrow.tomasz, on=element, field="target", low="1", high=None, reason="So.")
