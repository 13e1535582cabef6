"""What belongs to a meeting is held against the record: a row that was changed, added or taken away is found."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Model

from apps.deliberation.checks import check
from apps.deliberation.models import Interest, NoteCorrection, PapersSent
from apps.deliberation.services import (
    correct_note,
    declare_interest,
    draft_round,
    open_round,
    rule_on_interest,
    send_papers,
)
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
PAPERS = "they are not the papers that were sent"
INTEREST = "it is not the interest that was declared"
RULING = "it is not the ruling that was recorded"
CORRECTION = "it is not the correction that was recorded"


@pytest.fixture
def meeting(lismorrow: Lismorrow) -> Lismorrow:
    """A round with papers sent twice, an interest that was ruled on and one that was not, and a corrected note."""
    round = draft_round(
        by=lismorrow.orla,
        framework=lismorrow.framework,
        title="The round",
        rule=lismorrow.rule(),
        proposals=[lismorrow.propose(), lismorrow.propose(code="M5")],
    )
    item = round.items.order_by("order")[0].id
    for _ in range(2):
        send_papers(by=lismorrow.orla, round=round)
    ruled = declare_interest(by=lismorrow.colm, round=round, item=item, reason="We are paid by the visit.")
    declare_interest(by=lismorrow.ify, round=round, item=item, reason="My team is counted.")
    rule_on_interest(by=lismorrow.orla, interest=ruled, leaves=False, reason="Everybody here is paid by somebody.")
    lismorrow.decide(open_round(by=lismorrow.orla, round=round), **lismorrow.everybody("for"))
    round.refresh_from_db()
    correct_note(by=lismorrow.orla, round=round, words="Nolan, not Nolen.")
    return lismorrow


def found(lismorrow: Lismorrow) -> list[str]:
    return [finding.what for finding in check(lismorrow.partnership.log)]


def change(row: Model, **values: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def test_an_honest_meeting_agrees_with_its_record(meeting: Lismorrow) -> None:
    assert PapersSent.objects.count() == 2
    assert found(meeting) == []


def test_papers_that_are_said_to_have_gone_out_earlier_or_with_other_texts_are_found(meeting: Lismorrow) -> None:
    sent = PapersSent.objects.all()[0]
    (first, *others) = sent.versions
    for changed in (
        {"day": sent.day - timedelta(days=14)},
        {"day": date(2020, 1, 1)},
        {"versions": sent.versions | {first: 2}},
        {"versions": {key: sent.versions[key] for key in others}},
        {"at": sent.at - timedelta(days=14)},
        {"round": meeting.open(meeting.propose(code="M6"))},
    ):
        before = {key: getattr(sent, key) for key in changed}
        change(sent, **changed)
        assert found(meeting) == [PAPERS], changed
        change(sent, **before)
    assert found(meeting) == []


def test_papers_that_never_went_out_and_papers_that_are_gone_are_found(meeting: Lismorrow) -> None:
    sent = PapersSent.objects.all()[0]
    made_up = PapersSent.objects.create(round=sent.round, day=sent.day, versions=sent.versions, seq=1, at=sent.at)
    assert found(meeting) == [PAPERS]
    change(made_up, seq=sent.seq, day=sent.day - timedelta(days=14))
    assert found(meeting) == [PAPERS]
    made_up.delete()
    sent.delete()
    assert found(meeting) == ["nothing shows the papers it tells of"]


def test_an_interest_and_the_ruling_on_it_are_held_to_what_was_said(meeting: Lismorrow) -> None:
    ruled, other = Interest.objects.all()
    change(ruled, leaves=True)
    assert RULING in found(meeting)
    change(ruled, leaves=None)
    assert RULING in found(meeting)
    change(ruled, leaves=None, ruling=None, ruled_seq=None)
    assert "nothing shows the ruling it tells of" in found(meeting)
    change(ruled, leaves=False, ruling=other.words, ruled_seq=ruled.ruled_seq)
    assert RULING in found(meeting)
    change(other, words=ruled.words)
    assert INTEREST in found(meeting)
    other.delete()
    assert "nothing shows the interest it tells of" in found(meeting)


def test_a_correction_of_a_note_is_held_to_what_was_recorded(meeting: Lismorrow) -> None:
    note = NoteCorrection.objects.get()
    change(note, at=note.at - timedelta(days=1))
    assert found(meeting) == [CORRECTION]
    note.delete()
    assert found(meeting) == ["nothing shows the correction it tells of"]
