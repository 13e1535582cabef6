"""What became of what people contributed, in one list."""

from datetime import timedelta

import pytest

from apps.common import clock
from apps.deliberation.contributions import contributions
from apps.proposals.services import answer_offer, join_offer, offer_change, put_offer_to_vote, raise_objection
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def test_each_contribution_is_told_with_its_fate_and_what_was_decided(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose(offers_until=clock.now().date() + timedelta(days=14))
    taken = offer_change(by=lismorrow.samira, proposal=proposal, patch={"unit": "people"}, reason="Clear.")
    left = offer_change(by=lismorrow.samira, proposal=proposal, patch={"periods": "daily"}, reason="Sooner.")
    join_offer(by=lismorrow.jamie, offer=taken)
    raise_objection(by=lismorrow.jamie, proposal=proposal, reason="Harm.")
    answer_offer(by=lismorrow.gareth, offer=taken, answer="accepted", reason="Yes.")
    answer_offer(by=lismorrow.gareth, offer=left, answer="declined", reason="Too dear.")
    put = put_offer_to_vote(by=lismorrow.samira, offer=left, rationale="Let all say.")
    proposal.refresh_from_db()
    lismorrow.decide(lismorrow.open(proposal), **lismorrow.everybody("for"))

    def told(name: str) -> list[tuple[str, str, str | None, int | None, str]]:
        mine = contributions(lismorrow.framework, seat=getattr(lismorrow, name).require_seat().id)
        return [
            (
                one.kind,
                one.fate,
                one.because.body if one.because else None,
                one.number,
                one.decision.outcome if one.decision else "",
            )
            for one in mine
        ]

    assert told("samira") == [
        ("proposal", "tabled", None, None, ""),
        ("offer", "put_to_vote", "Too dear.", None, "agreed"),
        ("offer", "accepted", "Yes.", 2, "agreed"),
    ]
    assert told("jamie") == [("objection", "stands", None, None, "agreed"), ("joined", "accepted", "Yes.", 2, "agreed")]
    declined = next(one for one in contributions(lismorrow.framework) if one.id == left.id)
    assert declined.became == put.id
    assert told("gareth") == [("proposal", "decided", None, None, "agreed")]
