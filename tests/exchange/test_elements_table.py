"""A framework's elements as a table, which can be read in again elsewhere."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from apps.exchange.tables import elements
from apps.frameworks.domain.importing import drafts_of, read_table, recognise
from apps.partnerships.models import Partnership
from apps.record import selectors as record
from tests.deliberation.test_rounds import ALL_FOR
from tests.once import told_once
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@told_once
def story(lismorrow: Lismorrow) -> Lismorrow:
    """An outcome with a measure under it, and one measure that was not wanted."""
    outcome = lismorrow.propose(kind="outcome", code="O1", patch={"title": "People are not alone"})
    lismorrow.decide(lismorrow.open(outcome), **ALL_FOR)
    patch = LONELINESS | {"serves": [str(outcome.element)], "definition": "=SUM(A1)", "burden_minutes": "12000"}
    lismorrow.decide(lismorrow.open(lismorrow.propose(code="M1", patch=patch)), **ALL_FOR)
    lismorrow.decide(lismorrow.open(lismorrow.propose(code="M2")), **dict.fromkeys(ALL_FOR, "against"))
    return lismorrow


def fetch(story: Lismorrow, format: str, who: str = "") -> bytes:
    client = Client()
    if who:
        client.force_login(story.people[who], BACKEND)
    answer = client.get(reverse("exchange:elements_file", args=[story.framework.id, format]))
    assert answer.status_code == 200
    return answer.getvalue()


def test_each_element_in_force_is_one_row_with_where_it_stands(story: Lismorrow) -> None:
    outcome, measure = csv.DictReader(io.StringIO(fetch(story, "csv").decode("utf-8-sig")))
    assert (outcome["kind"], outcome["code"], outcome["title"]) == ("outcome", "O1", "People are not alone")
    assert (measure["code"], measure["serves"], measure["negotiated_imposed"]) == ("M1", "O1", "negotiated")
    assert (measure["baseline"], measure["target"], measure["burden_minutes"]) == (
        LONELINESS["baseline"]["value"], LONELINESS["target"]["value"], "12000",
    )  # fmt: skip
    assert measure["definition"] == "'=SUM(A1)"
    (set_by,) = record.entries(story.log, types=["element.changed"], numbers=[int(measure["entry"])])
    assert set_by.data["number"] == int(measure["version"])


def test_what_was_taken_out_can_be_brought_in_again(story: Lismorrow) -> None:
    table = read_table(fetch(story, "csv"))
    found = drafts_of(table, recognise(table))
    assert found.skipped == ()
    outcome, measure = found.drafts
    assert (outcome.kind, measure.kind, measure.code) == ("outcome", "measure", "M1")
    for key in ("title", "unit", "data_source", "population", "baseline", "target"):
        assert measure.fields[key] == LONELINESS[key], key


@pytest.mark.parametrize(("format", "magic"), [("xlsx", b"PK"), ("ods", b"PK")])
def test_it_comes_as_a_spreadsheet_too(story: Lismorrow, format: str, magic: bytes) -> None:
    assert fetch(story, format).startswith(magic)


def test_another_form_is_unknown_and_a_private_framework_is_for_members(story: Lismorrow, client: Client) -> None:
    assert client.get(reverse("exchange:elements_file", args=[story.framework.id, "exe"])).status_code == 404
    Partnership.objects.filter(id=story.partnership.id).update(visibility="members")
    assert client.get(reverse("exchange:elements_file", args=[story.framework.id, "csv"])).status_code == 404


def test_a_member_who_takes_it_leaves_word(story: Lismorrow) -> None:
    before = record.size(story.log)
    fetch(story, "csv")
    assert record.size(story.log) == before
    fetch(story, "csv", "Ify")
    (taken,) = record.entries(story.log, types=["export.made"])
    assert taken.data == {"what": "elements", "format": "csv", "entries": len(elements.table(story.framework).rows)}
