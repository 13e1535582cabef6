"""What is taken away is recorded where it matters, and where nobody can watch an audit by it."""

import pytest

from apps.deliberation.selectors import visible_entries, visible_host_entries
from apps.partnerships.actors import actor_in
from apps.protection.services.exports import record_export
from apps.record import selectors as record
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def test_what_a_member_takes_stands_in_the_record_once_an_hour_for_members_to_see(lismorrow: Lismorrow) -> None:
    for _ in range(2):
        record_export(by=lismorrow.orla, what="decisions", format="csv", entries=3)
    record_export(by=lismorrow.orla, what="decisions", format="xlsx", entries=3)
    seen = visible_entries(lismorrow.samira, lismorrow.log, types=["export.made"])
    assert [entry.data["format"] for entry in seen] == ["csv", "xlsx"]
    nobody = actor_in(lismorrow.partnership, None)
    assert visible_entries(nobody, lismorrow.log, types=["export.made"]) == []


def test_what_an_auditor_takes_is_seen_by_auditors_alone(lismorrow: Lismorrow) -> None:
    before = record.size(lismorrow.log)
    record_export(by=lismorrow.tomasz, what="record", format="jsonl", entries=40)
    assert record.size(lismorrow.log) == before
    (entry,) = visible_host_entries(lismorrow.tomasz)
    assert (entry.type, entry.data["what"]) == ("audit.exported", "record")


def test_what_is_public_is_taken_without_a_trace(lismorrow: Lismorrow) -> None:
    before = record.size(lismorrow.log)
    record_export(by=actor_in(lismorrow.partnership, None), what="record", format="csv", entries=9)
    record_export(by=lismorrow.stan, what="record", format="csv", entries=9)
    assert record.size(lismorrow.log) == before
