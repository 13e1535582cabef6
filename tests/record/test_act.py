"""An act: one transaction that changes rows and appends entries, or nothing at all."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.record import proving, selectors
from apps.record.act import By, act, create_log, refusals_recorded
from apps.record.domain.entry import moment
from apps.record.domain.tree import root
from apps.record.models import Entry, Log, Text

pytestmark = pytest.mark.django_db
SOMEBODY = By(person=UUID(int=7))


def refuse(log: UUID, count: int = 1) -> None:
    for _ in range(count):
        with act(by=SOMEBODY, log=log) as a:
            a.add("act.refused", {"act": "imposition.made", "code": "mandate.scope"})


@pytest.fixture
def log() -> UUID:
    return create_log("a log").id


def test_entries_are_numbered_from_zero_without_a_gap(log: UUID) -> None:
    refuse(log, 5)
    assert [entry.seq for entry in selectors.entries(log)] == [0, 1, 2, 3, 4]
    assert selectors.size(log) == 5


def test_the_heads_frontier_is_the_tree_over_the_entries(log: UUID) -> None:
    refuse(log, 11)
    leaves = [bytes(leaf) for leaf in Entry.objects.filter(log=log).order_by("seq").values_list("leaf", flat=True)]
    assert selectors.frontier_of(Log.objects.get(id=log)).root() == root(leaves)


def test_an_act_that_fails_leaves_nothing(log: UUID) -> None:
    with pytest.raises(ZeroDivisionError), act(by=SOMEBODY, log=log) as a:
        a.text("words", "record.ground")
        a.add("act.refused", {"act": "x", "code": "y"})
        raise ZeroDivisionError
    assert selectors.size(log) == 0
    assert not Text.objects.exists()


def test_an_unknown_type_or_key_is_refused(log: UUID) -> None:
    for type, data in (("nothing.known", {}), ("act.refused", {"act": "x", "code": "y", "more": 1})):
        with pytest.raises(Invalid), act(by=SOMEBODY, log=log) as a:
            a.add(type, data)


def test_words_are_kept_apart_and_the_entry_holds_a_digest_only(log: UUID) -> None:
    with act(by=SOMEBODY, log=log) as a:
        text, ref = a.text("A harm that could be avoided", "record.ground")
        a.add("text.erased", {"texts": [ref["text"]], "ground": "a test"})
    assert "avoided" not in bytes(Entry.objects.get(log=log).body).decode()
    assert selectors.texts([text.id]) == {str(text.id): "A harm that could be avoided"}


def test_time_never_runs_backwards_in_a_log() -> None:
    log = create_log("a demo", demo=True).id
    with clock.moved_to(datetime(2030, 1, 1, tzinfo=UTC)):
        refuse(log)
    with clock.moved_to(datetime(2020, 1, 1, tzinfo=UTC)):
        refuse(log)
    assert [moment(entry.at).year for entry in selectors.entries(log)] == [2030, 2030]


def test_only_a_demo_may_move_the_clock(log: UUID) -> None:
    with clock.moved_to(datetime(2020, 1, 1, tzinfo=UTC)), pytest.raises(Conflict) as refused:
        refuse(log)
    assert refused.value.code == "clock.moved"


def test_a_refusal_worth_recording_is_recorded_and_nothing_else(log: UUID) -> None:
    with pytest.raises(NotAllowed), refusals_recorded(by=SOMEBODY, log=log, what="imposition.made"):
        with act(by=SOMEBODY, log=log) as a:
            a.text("not kept", "record.ground")
            raise NotAllowed("mandate.scope", "It does not reach that.")
    (entry,) = selectors.entries(log)
    assert entry.data == {"act": "imposition.made", "code": "mandate.scope"}
    assert not Text.objects.exists()


def test_nobody_fills_the_record_by_failing(log: UUID) -> None:
    for _ in range(13):
        with pytest.raises(NotAllowed), refusals_recorded(by=SOMEBODY, log=log, what="imposition.made"):
            raise NotAllowed("mandate.scope", "It does not reach that.")
    assert selectors.size(log) == 10


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_entry SET type = 'x.y'",
        "DELETE FROM record_entry",
        "TRUNCATE record_entry CASCADE",
        "UPDATE record_node SET hash = ''",
        "DELETE FROM record_log",
        "UPDATE record_log SET size = 0",
        "UPDATE record_text SET body = 'other'",
        "DELETE FROM record_text",
        "ALTER TABLE record_entry DISABLE TRIGGER ALL",
    ],
)
def test_the_applications_role_cannot_change_the_record(log: UUID, statement: str) -> None:
    with act(by=SOMEBODY, log=log) as a:
        _, ref = a.text("words", "record.ground")
        a.add("text.erased", {"texts": [ref["text"]], "ground": "a test"})
        a.add("act.refused", {"act": "x", "code": "y"})
    with pytest.raises((ProgrammingError, DatabaseError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert selectors.size(log) == 2


def test_the_owner_is_stopped_by_triggers_too(log: UUID) -> None:
    refuse(log)
    for statement in (
        "UPDATE record_entry SET type = 'x.y'",
        "DELETE FROM record_entry",
        "UPDATE record_log SET size = 0",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET ROLE NONE")
            cursor.execute(statement)


def test_a_receipt_names_the_leaf_and_a_checkpoint_that_covers_it(log: UUID) -> None:
    refuse(log, 3)
    receipt = selectors.receipt(log, 1)
    proof = proving.inclusion(log, 1)
    from_log = receipt.verify(proof, selectors.origin(log), [selectors.verifier()])
    assert from_log.size == 3


def test_an_act_on_an_unknown_log_is_an_error() -> None:
    with pytest.raises(Log.DoesNotExist):
        refuse(uuid4())
