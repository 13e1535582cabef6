"""Every stored verdict comes out again from the record; a difference is named, and the command's exit says so."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from apps.partnerships.models import Mandate
from apps.provenance.matrix import ways
from apps.provenance.models import Verdict
from apps.record.selectors import entries
from tests.deliberation.test_impositions import decree, mandate
from tests.once import told_once
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


@told_once
def told(lismorrow: Lismorrow) -> Lismorrow:
    """M4 agreed by every group, then set alone."""
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **lismorrow.everybody("for"))
    (verdict,) = Verdict.objects.all()
    decree(lismorrow, mandate(lismorrow), element=verdict.element, patch={"population": "Clients only"})
    lismorrow.settle()
    return lismorrow


def said(*arguments: str) -> tuple[int, str]:
    """The exit and the words of the command."""
    out = StringIO()
    try:
        call_command("recompute_verdicts", *arguments, stdout=out, stderr=out)
    except SystemExit as stopped:
        return int(str(stopped.code)), out.getvalue()
    return 0, out.getvalue()


def past_the_triggers(statement: str) -> None:
    """Change rows as only the owner of the database can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET ROLE NONE")
        for table in ("provenance_verdict", "deliberation_decision", "record_entry"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)


def test_what_is_stored_comes_out_again(told: Lismorrow) -> None:
    assert said() == (0, "verdicts verified: 2 recomputed, all as stored\n")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE provenance_verdict SET ni = 0.9999 WHERE label_ni = 'negotiated'", "not the one that was recorded"),
        ("UPDATE provenance_verdict SET headline = 'Agreed.'", "not the one that was recorded"),
        ("UPDATE provenance_verdict SET flags = '{}' WHERE 'partly_imposed' = ANY(flags)", "not the one that was rec"),
        ("UPDATE provenance_verdict SET rule = 7", "not the one that was recorded"),
        ("DELETE FROM provenance_verdict WHERE label_ni = 'negotiated'", "the verdict that was recorded here is gone"),
    ],
)
def test_a_changed_verdict_is_named_and_the_exit_is_1(told: Lismorrow, change: str, what: str) -> None:
    past_the_triggers(change)
    code, words = said()
    assert code == 1
    assert what in words
    assert "verdicts NOT verified" in words


def test_another_fact_in_the_record_gives_another_verdict(told: Lismorrow) -> None:
    past_the_triggers(
        "UPDATE record_entry SET body = convert_to(replace(convert_from(body, 'UTF8'), '\"method\":\"decree\"',"
        " '\"method\":\"inform\"'), 'UTF8') WHERE type = 'imposition.made'"
    )
    code, words = said()
    assert code == 1
    assert "computing it again gives another current, parts, path, range, terms" in words


def test_a_decision_without_a_verdict_is_named_once_the_reader_has_passed_it(told: Lismorrow) -> None:
    past_the_triggers("DELETE FROM provenance_verdict")
    past_the_triggers("DELETE FROM record_entry WHERE type = 'verdict.recorded'")
    code, words = said("--show", "1")
    assert code == 1
    assert "it decided something, and there is no verdict on it" in words
    assert words.count("\n") == 2
    past_the_triggers("UPDATE record_readerposition SET seq = -1 WHERE name = 'verdict'")
    assert said()[0] == 0


def test_an_unknown_log_is_a_wrong_call(told: Lismorrow) -> None:
    assert said("--log", "nowhere") == (2, "There is no log nowhere.\n")


def test_the_status_stands_in_the_document_whatever_the_headline_says(lismorrow: Lismorrow) -> None:
    held: Callable[..., Mandate] = mandate
    decree(lismorrow, held(lismorrow, statutory=True), proposal=lismorrow.propose(code="M7"))
    lismorrow.settle()
    (verdict,) = Verdict.objects.all()
    (entry,) = entries(lismorrow.log, types=["verdict.recorded"])
    assert (entry.v, entry.data["status"], verdict.document["status"]) == (2, *["required_from_outside"] * 2)
    past_the_triggers("UPDATE provenance_verdict SET headline = 'Something else.'")
    assert ways(lismorrow.framework)[verdict.element].now.required
