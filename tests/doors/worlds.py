"""Worlds that differ in one thing only: what some people choose, or who of them votes.

Everything else is the same to the byte: the clock stands still, and chance gives the same numbers in each world. So whatever
reads differently in two worlds tells of their difference, whether as a word, a number, a colour, or an order.
"""

import os
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from apps.common import clock
from apps.deliberation.models import Round
from apps.deliberation.services import (
    announce_round,
    close_round,
    draft_round,
    enter_on_paper,
    move_on,
    pause_round,
    resume_round,
)
from apps.frameworks.models import Element
from apps.frameworks.services import publish_edition, seal_plan
from apps.notifications.mail import send_due
from apps.proposals.models import Proposal
from apps.record.readers import _readers, advance
from tests.people import MAJORITY_OF_EVERY_GROUP, Lismorrow

TITLE = "Quokkas counted at dusk"
WORDING = "Quokkas of 11 and over"
"""What the round is called, and what it asks for: nobody who may not read the partnership reads these words."""
SAME = {"ify": "for", "samira": "for", "ruth": "for"}
"""How those vote who look: in every world alike, so that their own ballots tell nothing."""
FOR = {"gareth": "for", "moira": "for", "colm": "for", "jamie": "for"}
AGAINST = dict.fromkeys(FOR, "against")
OTHERS = {"gareth": "for", "moira": "for", "colm": "for", "margaret": "for"}
"""As `FOR`, but where Jamie voted Margaret does."""
BEFORE_THE_VOTE = ("draft", "announced", "present", "clarify", "react", "amend")
SUM = "SELECT '{name}', md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM {name} AS t"


@dataclass(frozen=True)
class Place:
    """Where it happens: `element` is in force, `round` asks whether the change of it in `proposal` is agreed."""

    lismorrow: Lismorrow
    element: Element
    proposal: Proposal
    before: Round
    round: Round

    @property
    def now(self) -> Round:
        """The round as it stands."""
        return Round.objects.select_related("rule", "framework__partnership__log").get(id=self.round.id)


def place(lismorrow: Lismorrow, secrecy: str) -> Place:
    """A measure that was agreed openly, and a round on a change of it that is in preparation."""
    seal_plan(by=lismorrow.orla, framework=lismorrow.framework)
    before = lismorrow.open(lismorrow.propose(), secrecy="open")
    lismorrow.decide(before, **lismorrow.everybody("for"))
    publish_edition(by=lismorrow.orla, framework=lismorrow.framework)
    element = Element.objects.get(code="M4")
    about: dict[str, Any] = {"action": "change", "element": element.id, "kind": "", "code": ""}
    proposal = lismorrow.propose(by=lismorrow.colm, patch={"population": WORDING}, **about)
    round = draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title=TITLE,
        rule=lismorrow.rule(MAJORITY_OF_EVERY_GROUP),
        proposals=[proposal],
        secrecy=secrecy,
        plan=[{"phase": phase, "minutes": None} for phase in BEFORE_THE_VOTE[2:]],
    )
    lismorrow.settle()
    return Place(lismorrow, element, proposal, before, round)


def to_the_vote(here: Place) -> Iterator[str]:
    """Go through everything before the vote, phase by phase, and open the vote."""
    orla = here.lismorrow.orla
    yield "draft"
    announce_round(by=orla, round=here.now)
    yield "announced"
    for phase in BEFORE_THE_VOTE[2:]:
        move_on(by=orla, round=here.now)
        yield phase
    move_on(by=orla, round=here.now)
    here.lismorrow.settle()


def voted(here: Place, choices: Mapping[str, str]) -> Iterator[str]:
    """Let people vote (Pat's paper waits for its second witness), and go on phase by phase until it is decided."""
    lismorrow, item, orla = here.lismorrow, here.round.items.get(), here.lismorrow.orla
    lismorrow.vote(here.now, **SAME, **choices)
    paper = "against" if choices == AGAINST else "for"
    enter_on_paper(by=orla, round=here.now, item=item.id, seat=lismorrow.pat.require_seat().id, choice=paper)
    _everything_but_counting(here)
    yield "open"
    pause_round(by=orla, round=here.now)
    _everything_but_counting(here)
    yield "paused"
    resume_round(by=orla, round=here.now)
    close_round(by=orla, round=here.now)
    _everything_but_counting(here)
    yield "closed"
    advance("tally", lismorrow.log)
    yield "counted"
    lismorrow.settle()
    send_due()
    yield "decided"


def _everything_but_counting(here: Place) -> None:
    """Let every consequence come about except the count: notices given, mails sent."""
    for name in _readers:
        if name != "tally":
            advance(name, here.lismorrow.log)
    send_due()


def tables() -> dict[str, str]:
    """Every table, and a sum over what stands in it now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [str(name) for (name,) in cursor.fetchall()]
        cursor.execute(" UNION ALL ".join(SUM.format(name=name) for name in names))
        return dict(cursor.fetchall())


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside has never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def without_chance(monkeypatch: pytest.MonkeyPatch, still: datetime) -> Iterator[None]:
    """The clock stands still, and chance gives the same numbers every time."""
    dice = random.Random(7)
    give: Callable[[int], bytes] = dice.randbytes
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: still)
        patched.setattr(os, "urandom", give)
        patched.setattr(random, "_urandom", give)
        yield
