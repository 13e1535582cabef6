"""Verification: what somebody with every right in the database changes past the triggers is found and named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.utils import CursorWrapper

from apps.record import checkpoints
from apps.record.findings import Finding
from apps.record.models import Log
from apps.record.selectors import verifier
from apps.record.verify import verify_log
from tests.deliberation.test_rounds import ALL_FOR
from tests.once import told_once
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
TABLES = (
    "record_entry",
    "record_node",
    "record_log",
    "record_text",
    "record_checkpoint",
    "deliberation_ballot",
    "deliberation_decision",
    "frameworks_elementversion",
    "frameworks_element",
    "proposals_proposalversion",
    "provenance_verdict",
)


@told_once
def decided(lismorrow: Lismorrow) -> Lismorrow:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **ALL_FOR)
    return lismorrow


@pytest.fixture
def told(decided: Lismorrow) -> Lismorrow:
    """A partnership in which something has been decided, with a published checkpoint."""
    checkpoints.publish(decided.log)
    return decided


def findings(lismorrow: Lismorrow, *kept: str) -> list[Finding]:
    return list(verify_log(Log.objects.get(id=lismorrow.log), kept))


def past_the_triggers(change: Callable[[CursorWrapper], None]) -> None:
    """Do something to the database that only its owner can, with all guards off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET ROLE NONE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        change(cursor)


def sql(statement: str) -> Callable[[CursorWrapper], None]:
    return lambda cursor: cursor.execute(statement)


def test_an_untouched_record_has_no_findings(told: Lismorrow) -> None:
    assert findings(told) == []


LAST = "(SELECT max(seq) FROM record_entry e WHERE e.log_id = record_entry.log_id)"
HEAD = "SELECT size FROM record_log WHERE name LIKE 'partnership%'"


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE record_entry SET body = set_byte(body, 40, get_byte(body, 40) # 1) WHERE seq = 3", "entry 3"),
        ("UPDATE record_entry SET leaf = set_byte(leaf, 0, get_byte(leaf, 0) # 1) WHERE seq = 4", "entry 4"),
        ("UPDATE record_entry SET type = 'ballot.cast' WHERE seq = 2", "entry 2"),
        ("UPDATE record_entry SET at = at + interval '1 second' WHERE seq = 5", "entry 5"),
        ("DELETE FROM record_entry WHERE seq = 6", "entry 7"),
        (f"DELETE FROM record_entry WHERE seq = {LAST}", "head"),
        (
            "UPDATE record_node SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1) WHERE level = 2 AND index = 0",
            "node 2/0",
        ),
        ("UPDATE record_text SET body = NULL, salt = NULL, erased_at = now()", "entry"),
        ("UPDATE record_text SET body = body || '!'", "entry"),
        ("UPDATE record_log SET size = size - 1 WHERE name LIKE 'partnership%'", "head"),
        ("UPDATE record_checkpoint SET note = translate(note, '0123456789', '1234567890')", "checkpoint"),
        ("UPDATE deliberation_ballot SET choice = 'against' WHERE group_key = 'F'", "ballot of entry"),
        ("DELETE FROM deliberation_ballot WHERE group_key = 'F'", "a ballot was recorded"),
        ("UPDATE deliberation_rounditem SET outcome = 'not_agreed'", "item 1"),
        ("UPDATE deliberation_rounditem SET result = jsonb_set(result, '{outcome}', '\"blocked\"')", "item 1"),
        ("UPDATE deliberation_decision SET outcome = 'not_agreed'", "the decision shown"),
        ("UPDATE deliberation_decision SET act = jsonb_set(act, '{method}', '\"vote\"')", "the decision shown"),
        ("UPDATE frameworks_element SET fields = jsonb_set(fields, '{unit}', '\"people\"')", "element M4"),
        ("UPDATE frameworks_elementversion SET fields = jsonb_set(fields, '{unit}', '\"people\"')", "version 1 of M4"),
        ("UPDATE proposals_proposalversion SET fields = '{}'", "version"),
        (
            "UPDATE provenance_verdict SET document = jsonb_set(document, '{label,0}', '\"imposed\"')",
            "verdict of entry",
        ),
        ("UPDATE partnerships_stakeholdergroup SET kind = 'users' WHERE key = 'A'", "group A"),
    ],
)
def test_what_is_changed_past_the_triggers_is_named(told: Lismorrow, statement: str, where: str) -> None:
    past_the_triggers(sql(statement))
    assert any(where in str(finding) for finding in findings(told)), [str(finding) for finding in findings(told)]


def test_swapped_entries_are_found(told: Lismorrow) -> None:
    def swap(cursor: CursorWrapper) -> None:
        cursor.execute(
            "UPDATE record_entry a SET body = b.body, leaf = b.leaf FROM record_entry b"
            " WHERE a.log_id = b.log_id AND a.seq IN (3, 4) AND b.seq IN (3, 4) AND a.seq <> b.seq"
        )

    past_the_triggers(swap)
    assert {finding.where for finding in findings(told)} >= {"entry 3", "entry 4"}


def cut_everywhere(cursor: CursorWrapper) -> None:
    """Cut the tail together with head and checkpoint rows, and make the head right again, as only a superuser can."""
    cursor.execute(HEAD)
    size = cursor.fetchone()[0]
    cursor.execute("DELETE FROM record_checkpoint")
    cursor.execute("DELETE FROM record_entry WHERE seq >= %s", [size - 1])
    cursor.execute("UPDATE record_log SET size = size - 1 WHERE name LIKE 'partnership%'")


def test_a_tail_cut_with_its_checkpoints_is_found_by_a_checkpoint_kept_elsewhere(told: Lismorrow) -> None:
    kept = checkpoints.publish(told.log).note
    for file in (Path(settings.CHECKPOINT_DIR) / str(told.log)).iterdir():
        file.unlink()
    past_the_triggers(cut_everywhere)
    assert any("the tail has been cut" in finding.what for finding in findings(told, kept))


def test_a_file_outside_the_database_is_enough_to_find_a_cut_tail(told: Lismorrow) -> None:
    past_the_triggers(cut_everywhere)
    assert any(finding.where.startswith("checkpoint file") for finding in findings(told))


def test_the_command_says_what_it_verified(told: Lismorrow, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("record", "verify")
    assert capsys.readouterr().out.startswith("record verified: ")


def test_the_command_names_each_finding_and_exits_with_1(told: Lismorrow, capsys: pytest.CaptureFixture[str]) -> None:
    past_the_triggers(sql("UPDATE record_entry SET type = 'ballot.cast' WHERE seq = 2"))
    with pytest.raises(SystemExit) as stopped:
        call_command("record", "verify")
    assert stopped.value.code == 1
    assert "entry 2" in capsys.readouterr().out


def test_a_kept_checkpoint_is_held_against_its_log(
    told: Lismorrow, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(checkpoints.publish(told.log).note)
    call_command("record", "verify", "--key", verifier().vkey, "--checkpoint", str(kept))
    assert "record verified" in capsys.readouterr().out


@pytest.mark.parametrize("raw", ["", "nonsense", "origin\n1\nroot\n"])
def test_a_checkpoint_that_is_none_is_one_line_and_exit_2(
    told: Lismorrow, tmp_path: Path, raw: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(raw)
    with pytest.raises(SystemExit) as stopped:
        call_command("record", "verify", "--checkpoint", str(kept))
    assert stopped.value.code == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
