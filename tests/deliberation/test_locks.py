"""Locks of acts do not keep others from referring to what is locked: foreign keys are checked when an act commits, and an
act that waited for them there, holding the log's head, would wait for one that waits for the head."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from apps.deliberation.services import register_rule
from apps.deliberation.services.rounds import lock_round
from apps.frameworks.services import lock
from apps.proposals.services import lock_proposal
from apps.record.act import act
from tests.people import CONSENT, Lismorrow

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 10.0


def done_beside(work: Callable[[], Any]) -> bool:
    """Whether this can be done on another connection while the caller holds its locks."""
    faults: list[Exception] = []

    def run() -> None:
        try:
            work()
        except Exception as error:
            faults.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    thread.join(PATIENCE)
    assert faults == []
    return not thread.is_alive()


def test_what_belongs_to_a_framework_is_added_while_an_act_holds_the_framework(live_lismorrow: Lismorrow) -> None:
    orla, framework = live_lismorrow.orla, live_lismorrow.framework
    with transaction.atomic():
        lock(framework.id)
        assert done_beside(lambda: register_rule(by=orla, framework=framework, title="Beside", document=CONSENT))


def test_a_vote_is_cast_while_an_act_holds_framework_and_proposal(live_lismorrow: Lismorrow) -> None:
    proposal = live_lismorrow.propose()
    round = live_lismorrow.open(proposal)
    with transaction.atomic():
        lock_proposal(proposal.id)
        assert done_beside(lambda: live_lismorrow.vote(round, ify="for"))


def test_an_act_on_a_round_still_waits_for_the_one_before_it(
    live_lismorrow: Lismorrow, monkeypatch: pytest.MonkeyPatch
) -> None:
    round = live_lismorrow.open(live_lismorrow.propose())
    monkeypatch.setattr("tests.deliberation.test_locks.PATIENCE", 1.0)
    with transaction.atomic():
        lock_round(round.id)
        assert not done_beside(lambda: live_lismorrow.vote(round, ify="for"))


def test_texts_are_kept_while_another_act_holds_the_logs_head(live_lismorrow: Lismorrow) -> None:
    orla = live_lismorrow.orla

    def keep_words() -> None:
        with act(by=orla.by, log=orla.log) as a:
            a.text("Somebody's words, in a log whose head is held.", "record.ground")

    with act(by=orla.by, log=orla.log) as held:
        _ = held.at
        assert done_beside(keep_words)
