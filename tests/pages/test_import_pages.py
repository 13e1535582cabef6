"""An agency brings the framework it has: it sends the table, sees what would come of every row, maps columns, brings it in."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apps.common import clock
from apps.frameworks.models import Element, ImportDraft
from apps.frameworks.services import seal_plan
from apps.frameworks.services.uploads import throw_away_uploads
from apps.proposals.models import Proposal
from tests.pages.conftest import Browser
from tests.pages.reading import values_of, words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
PUBLISHED = Path(__file__).resolve().parents[2] / "../shared/data/frameworks"
TABLE = "domain,indicator,unit,polarity\nYoung,Self-efficacy,%,sideways\nYoung,,%,\nYoung,Life satisfaction,score,increase\n"
WHY = {"do": "bring", "rationale": "Our draft."}


def send(client: Client, lismorrow: Lismorrow, raw: bytes | str = TABLE, way: str = "drafts") -> HttpResponse:
    file = SimpleUploadedFile("framework.csv", raw if isinstance(raw, bytes) else raw.encode(), "text/csv")
    sent = {"file": file, "way": way}
    return client.post(reverse("import", args=[lismorrow.framework.id]), sent, follow=True)  # type: ignore[return-value]


def here() -> str:
    kept = ImportDraft.objects.get()
    return reverse("import_look", args=[kept.framework_id, kept.id])


def test_first_one_sees_what_would_come_of_each_row_and_nothing_is_done(lismorrow: Lismorrow, browser: Browser) -> None:
    page = words(send(browser("gareth"), lismorrow))
    assert "1 desired outcome, 2 measures new; 1 row left out" in page
    assert "It has no title." in page
    assert "sideways" in page
    assert not Proposal.objects.exists()


def test_then_it_is_brought_in_and_the_report_stays(lismorrow: Lismorrow, browser: Browser) -> None:
    gareth = browser("gareth")
    send(gareth, lismorrow)
    page = words(gareth.post(here(), WHY, follow=True))
    assert "It is done." in page
    assert "It has no title." in page
    assert sorted(Proposal.objects.values_list("code", flat=True)) == ["M1", "M2", "O1"]
    assert "What came of the table" in words(gareth.get(here()))
    assert bytes(ImportDraft.objects.get().raw) == b""


def test_columns_that_were_not_recognised_are_mapped_by_hand(lismorrow: Lismorrow, browser: Browser) -> None:
    gareth = browser("gareth")
    assert "Say first which column holds the titles" in words(send(gareth, lismorrow, "foo,bar\n1,Loneliness\n"))
    gareth.post(here(), values_of(gareth.get(here())) | {"do": "columns", "column_1": "title"})
    assert "1 measure new" in words(gareth.get(here()))


def test_a_reason_is_needed_and_what_was_typed_stays(lismorrow: Lismorrow, browser: Browser) -> None:
    gareth = browser("gareth")
    send(gareth, lismorrow)
    answer = gareth.post(here(), {"do": "bring", "rationale": "", "offers_until": "2030-01-01"})
    assert answer.status_code == 422
    assert 'value="2030-01-01"' in answer.content.decode()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is empty."),
        (b"code,title\n", "a header and no rows"),
        (b"PK\x03\x04", "Save the sheet as CSV"),
        (b'{"a": 1}', "no table with rows and columns"),
        (b'title\n"open\n', "never closed"),
    ],
)
def test_what_is_no_table_is_said_at_once(lismorrow: Lismorrow, browser: Browser, raw: bytes, sentence: str) -> None:
    answer = send(browser("gareth"), lismorrow, raw)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not ImportDraft.objects.exists()


def test_the_convenor_brings_in_what_is_in_force_before_the_plan_is_sealed(
    lismorrow: Lismorrow, browser: Browser
) -> None:
    orla = browser("orla")
    send(orla, lismorrow, way="inherited")
    facts = {
        "do": "bring",
        "evidence": "Minutes.",
        "since": "2019-05-01",
        "method": "consent",
        "concurring": ["A", "C"],
    }
    orla.post(here(), facts)
    lismorrow.settle()
    page = words(browser("").get(reverse("element", args=[Element.objects.get(code="M1").id])))
    assert "In force since 1 May 2019, before this work began" in page


def test_only_the_convenor_is_offered_that_and_nobody_after_the_seal(lismorrow: Lismorrow, browser: Browser) -> None:
    address = reverse("import", args=[lismorrow.framework.id])
    words_of_it = "In force here already"
    assert words_of_it in words(browser("orla").get(address))
    assert words_of_it not in words(browser("gareth").get(address))
    assert send(browser("gareth"), lismorrow, way="inherited").status_code == 422
    seal_plan(by=lismorrow.orla, framework=lismorrow.framework)
    assert words_of_it not in words(browser("orla").get(address))


def test_a_table_is_seen_by_its_sender_alone(lismorrow: Lismorrow, browser: Browser) -> None:
    send(browser("gareth"), lismorrow)
    assert browser("orla").get(here()).status_code == 404
    assert browser("tomasz").get(reverse("import", args=[lismorrow.framework.id])).status_code == 403
    assert browser("").get(here()).status_code == 302


def test_a_table_is_thrown_away_after_two_days(lismorrow: Lismorrow, browser: Browser) -> None:
    send(browser("gareth"), lismorrow)
    throw_away_uploads()
    assert ImportDraft.objects.exists()
    with clock.moved_to(clock.now() + timedelta(days=3)):
        throw_away_uploads()
    assert not ImportDraft.objects.exists()


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published frameworks are not here (../shared/data)")
@pytest.mark.parametrize("path", sorted(PUBLISHED.glob("*.csv")), ids=lambda path: path.stem)
def test_every_published_framework_can_be_looked_at(lismorrow: Lismorrow, browser: Browser, path: Path) -> None:
    answer = send(browser("orla"), lismorrow, path.read_bytes())
    assert answer.status_code == 200
    assert "Look before you bring it in" in words(answer)
