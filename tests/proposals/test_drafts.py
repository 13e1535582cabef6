"""A group's private drafting room: outside the record, declared in it."""

from datetime import timedelta

import pytest

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.proposals.models import Draft
from apps.proposals.services import drop_draft, keep_draft
from apps.proposals.services.drafts import clear_drafts, table_draft
from apps.record import selectors as record
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
VALUES = {"unit": ["people"], "sponsors": ["U", "C"]}


def kept(lismorrow: Lismorrow, by: str = "samira", number: int = 0) -> Draft:
    return keep_draft(
        by=getattr(lismorrow, by), framework=lismorrow.framework, subject="add:measure", values=VALUES, number=number
    )


def test_the_room_is_declared_once_and_nothing_in_it_is_recorded(lismorrow: Lismorrow) -> None:
    kept(lismorrow)
    kept(lismorrow, "pat", number=1)
    declared = record.entries(lismorrow.log, types=["drafting.declared"])
    assert [entry.data for entry in declared] == [{"group": "C"}]
    assert all("people" not in str(entry.data) for entry in record.entries(lismorrow.log))


def test_nobody_saves_over_a_colleague(lismorrow: Lismorrow) -> None:
    kept(lismorrow)
    with pytest.raises(Conflict) as refused:
        kept(lismorrow, "pat")
    assert refused.value.code == "draft.stale"
    assert kept(lismorrow, "pat", number=1).number == 2


def test_groups_keep_drafts_apart(lismorrow: Lismorrow) -> None:
    mine, theirs = kept(lismorrow), kept(lismorrow, "ify")
    assert mine.id != theirs.id
    with pytest.raises(Conflict):
        drop_draft(by=lismorrow.ify, draft=mine)
    drop_draft(by=lismorrow.pat, draft=mine)
    assert list(Draft.objects.all()) == [theirs]


def test_tabling_says_since_when_it_was_drafted_in_private(lismorrow: Lismorrow) -> None:
    draft = kept(lismorrow)
    proposal = lismorrow.propose(by=lismorrow.samira)
    table_draft(by=lismorrow.samira, draft=draft, proposal=proposal)
    last = record.entries(lismorrow.log)[-1]
    assert (last.type, last.on["proposal"]) == ("drafting.tabled", str(proposal.id))
    assert not Draft.objects.exists()


def test_what_nobody_goes_on_with_is_thrown_away(lismorrow: Lismorrow) -> None:
    draft = kept(lismorrow)
    assert clear_drafts() == 0
    Draft.objects.filter(id=draft.id).update(saved_at=clock.now() - timedelta(days=91))
    assert clear_drafts() == 1


def test_what_cannot_be_kept_is_refused(lismorrow: Lismorrow) -> None:
    with pytest.raises(NotAllowed):
        kept(lismorrow, "tomasz")
    with pytest.raises(Invalid):
        keep_draft(
            by=lismorrow.ify, framework=lismorrow.framework, subject="add:measure", values={"a": ["x" * 100_001]}
        )
