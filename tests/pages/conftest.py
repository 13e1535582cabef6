"""A partnership in the middle of its story, for the pages to show; and browsers of people who are signed in."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from apps.common import clock
from apps.deliberation.models import Round
from apps.deliberation.services import impose
from apps.frameworks.models import Element
from apps.frameworks.services import seal_plan
from apps.partnerships.models import Mandate
from apps.partnerships.services import record_mandate
from apps.proposals.models import Offer, Proposal
from apps.proposals.services import offer_change, raise_objection, submit_proposal
from tests.once import told_once
from tests.people import Lismorrow

SIGN_IN = "/accounts/login/"
Browser = Callable[[str], Client]


@dataclass(frozen=True)
class Story:
    """M4 was agreed by every group and its target then set by Moira; a change is on the table; M5 is being voted on."""

    lismorrow: Lismorrow
    element: Element
    proposal: Proposal
    offer: Offer
    decided: Round
    round: Round
    mandate: Mandate


@pytest.fixture
def browser(lismorrow: Lismorrow) -> Browser:
    """`browser("ify")`: the browser of somebody who is signed in; `browser("")`: of nobody."""

    def of(name: str) -> Client:
        client = Client()
        if name:
            client.force_login(lismorrow.people[name.capitalize()], backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return of


@told_once
def story(lismorrow: Lismorrow) -> Story:
    """See `Story`."""
    return tell(lismorrow)


def tell(lismorrow: Lismorrow) -> Story:
    """Play the story."""
    seal_plan(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        slots=[{"key": "youth", "title": "One chosen by young people"}],
    )
    decided = lismorrow.open(lismorrow.propose())
    lismorrow.decide(decided, **lismorrow.everybody("for"))
    element = Element.objects.get(code="M4")
    mandate = set_alone(lismorrow, element)
    proposal = submit_proposal(
        by=lismorrow.samira,
        framework=lismorrow.framework,
        action="change",
        element=element.id,
        patch={"population": "People of 11 and over"},
        rationale="They are on their own after school.",
        offers_until=clock.now().date() + timedelta(days=14),
    )
    offer = offer_change(
        by=lismorrow.ify,
        proposal=proposal,
        patch={"population": "People of 12 and over"},
        reason="Schools ask from 12.",
    )
    raise_objection(by=lismorrow.colm, proposal=proposal, reason="Nobody collects it.")
    round = lismorrow.open(lismorrow.propose(code="M5"))
    lismorrow.vote(round, ify="for")
    return Story(lismorrow, element, proposal, offer, decided, round, mandate)


def set_alone(lismorrow: Lismorrow, element: Element) -> Mandate:
    """Moira sets the target under a mandate whose review is due in 92 days."""
    today = clock.now().date()
    mandate = record_mandate(
        by=lismorrow.orla,
        code="MD1",
        holder=lismorrow.people["Moira"],
        authority="the Health Trust",
        basis_kind="duty",
        basis="Instruction of 1 March",
        parts=["target", "frequency"],
        valid_from=today,
        review_on=today + timedelta(days=92),
    )
    impose(
        by=lismorrow.moira,
        framework=lismorrow.framework,
        mandate=mandate,
        patch={"target": {"value": "15", "by": "2027/28"}},
        reason_code="urgent_harm",
        reason="It cannot wait.",
        element=element.id,
    )
    lismorrow.settle()
    return mandate


def when_overdue() -> AbstractContextManager[None]:
    """183 days after the review of what Moira set was due."""
    return clock.moved_to(clock.now() + timedelta(days=92 + 183))
