"""Mandates: the document with its fingerprint, passing one on, ending one; checks that hold them against the record."""

from datetime import date, timedelta
from hashlib import sha256

import pytest

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound
from apps.partnerships.domain.documents import LARGEST, Document, read_document
from apps.partnerships.models import Mandate
from apps.partnerships.selectors import document_of
from apps.partnerships.services import end_mandate, pass_mandate
from apps.record import selectors as record
from apps.record.models import Log
from apps.record.verify import verify_log
from tests.deliberation.test_impositions import decree, mandate
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
LETTER = Document("letter.txt", "text/plain; charset=utf-8", b"It does not set targets.")


def whole(lismorrow: Lismorrow) -> bool:
    return list(verify_log(Log.objects.get(id=lismorrow.log))) == []


def test_a_document_is_kept_byte_by_byte_with_its_fingerprint(lismorrow: Lismorrow) -> None:
    held = mandate(lismorrow, document=LETTER, limits="It does not set targets.")
    assert held.document_sha256 == sha256(LETTER.body).hexdigest()
    assert bytes(document_of(held).body) == LETTER.body
    (entry,) = record.entries(lismorrow.log, types=["mandate.recorded"])
    assert entry.data["document"] == {"name": "letter.txt", "size": 24}
    assert entry.data["document_sha256"] == held.document_sha256
    assert whole(lismorrow)


def test_a_fingerprint_that_is_not_the_documents_is_refused(lismorrow: Lismorrow) -> None:
    with pytest.raises(Invalid) as refused:
        mandate(lismorrow, document=LETTER, document_sha256="0" * 64)
    assert "document_sha256" in refused.value.fields
    with pytest.raises(NotFound):
        document_of(mandate(lismorrow))


def test_lapsing_needs_a_day_of_review(lismorrow: Lismorrow) -> None:
    with pytest.raises(Invalid) as refused:
        mandate(lismorrow, lapses=True, review_on=None)
    assert "review_on" in refused.value.fields


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("letter.pdf", b"", "document.empty"),
        ("letter.pdf", b"%PDF-" + b"0" * LARGEST, "document.too_large"),
        ("letter.pdf", b"MZ", "document.kind"),
        ("letter.exe", b"MZ", "document.kind"),
        ("letter.txt", b"\xff\xfe", "document.kind"),
        ("", b"words", "text.required"),
    ],
)
def test_what_is_no_such_document_is_refused(name: str, body: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_document(name, body)
    assert refused.value.code == code


def test_a_documents_name_keeps_no_folder() -> None:
    assert read_document("C:\\letters\\one.txt", b"words").name == "one.txt"


def test_whoever_held_a_mandate_decides_nothing_more_under_it(lismorrow: Lismorrow) -> None:
    held = pass_mandate(
        by=lismorrow.orla,
        mandate=mandate(lismorrow),
        holder=lismorrow.people["Gareth"],
        reason="The office changed hands.",
    )
    proposal = lismorrow.propose(code="M1")
    with pytest.raises(NotAllowed) as refused:
        decree(lismorrow, held, proposal=proposal)
    assert refused.value.code == "mandate.not_holder"
    assert [entry.data["code"] for entry in record.entries(lismorrow.log, types=["act.refused"])] == [
        "mandate.not_holder"
    ]
    assert decree(lismorrow, held, by=lismorrow.gareth, proposal=proposal).adopted
    lismorrow.settle()
    assert whole(lismorrow)


def test_a_mandate_is_passed_by_the_convenor_to_somebody_else(lismorrow: Lismorrow) -> None:
    held = mandate(lismorrow)
    with pytest.raises(NotAllowed):
        pass_mandate(by=lismorrow.moira, mandate=held, holder=lismorrow.people["Gareth"], reason="Mine to give.")
    with pytest.raises(Conflict):
        pass_mandate(by=lismorrow.orla, mandate=held, holder=lismorrow.people["Moira"], reason="Again.")


def test_an_ended_mandate_sets_nothing_from_the_next_day_on(lismorrow: Lismorrow) -> None:
    held, yesterday = mandate(lismorrow), clock.now().date() - timedelta(days=1)
    end_mandate(by=lismorrow.orla, mandate=held, ends=yesterday, reason="The direction was withdrawn.")
    assert Mandate.objects.get().valid_until == yesterday
    with pytest.raises(NotAllowed) as refused:
        decree(lismorrow, held, proposal=lismorrow.propose(code="M1"))
    assert refused.value.code == "mandate.not_valid"
    assert whole(lismorrow)
    with pytest.raises(Invalid):
        end_mandate(by=lismorrow.orla, mandate=held, ends=date(2999, 1, 1), reason="Later.")


def test_what_is_changed_behind_the_record_is_found(lismorrow: Lismorrow) -> None:
    mandate(lismorrow)
    Mandate.objects.update(holder=lismorrow.people["Gareth"])
    assert "its scope or validity is not the one recorded" in [
        found.what for found in verify_log(Log.objects.get(id=lismorrow.log))
    ]
