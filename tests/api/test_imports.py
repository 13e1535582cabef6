"""A program brings in a table: the preview says what would come of each row, the import says what came."""

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from apps.frameworks.models import Element
from apps.proposals.models import Proposal
from tests.api.caller import Caller
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
PUBLISHED = Path(__file__).resolve().parents[2] / "../shared/data/frameworks"
TABLE = "naam,unit\nSlaap,%\n,%\n"


def test_a_preview_writes_nothing_and_columns_can_be_named(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    given: dict[str, Any] = {"table": TABLE, "columns": {"naam": "title"}}
    said = cast["gareth"]("plan_drafts", framework=lismorrow.framework.id, **given)
    assert said.status == 200
    assert said["columns"] == [{"name": "naam", "means": "title"}, {"name": "unit", "means": "unit"}]
    assert [(item["row"], item["deed"], item["title"]) for item in said["items"]] == [(2, "add", "Slaap")]
    assert said["skipped"] == [{"row": 3, "name": "", "why": "It has no title."}]
    assert not Proposal.objects.exists()


def test_a_file_comes_in_base64_in_whatever_encoding(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    file = b64encode("title;definition\nCafé;Müller\n".encode("cp1252")).decode()
    given: dict[str, Any] = {"file": file, "rationale": "So."}
    for deed in ("add", "same"):
        said = cast["gareth"]("import_drafts", framework=lismorrow.framework.id, **given)
        assert [(item["title"], item["deed"]) for item in said["items"]] == [("Café", deed)]
    assert Proposal.objects.count() == 1


def test_what_is_in_force_already_comes_with_its_facts(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    facts = {"since": "2019-05-01", "method": "consent", "concurring": ["A", "C"]}
    given: dict[str, Any] = {"table": "title\nSleep\n", "evidence": "Minutes.", "facts": facts}
    assert cast["orla"]("inherit", framework=lismorrow.framework.id, **given).status == 201
    lismorrow.settle()
    element = cast["nobody"]("read_element", element=Element.objects.get().id)
    assert {state["state"] for state in element["field_states"].values()} == {"inherited"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"table": ""}, "body.invalid"),
        ({}, "body.invalid"),
        ({"table": "title\nA", "file": "eA=="}, "body.invalid"),
        ({"table": "title\nA", "rows_are": "magic"}, "body.invalid"),
        ({"table": "foo\nA"}, "table.no_title"),
        ({"table": "title\nA", "columns": {"nope": "title"}}, "table.column"),
        ({"table": "title\nA", "columns": {"title": "magic"}}, "body.invalid"),
        ({"file": "###"}, "table.base64"),
        ({"file": b64encode(b"PK\x03\x04").decode()}, "table.spreadsheet"),
    ],
)
def test_what_makes_no_sense_has_a_code(
    lismorrow: Lismorrow, cast: Mapping[str, Caller], given: dict[str, Any], code: str
) -> None:
    said = cast["gareth"]("plan_drafts", framework=lismorrow.framework.id, **given)
    assert (said.status, said.code) == (422, code)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published frameworks are not here (../shared/data)")
def test_the_largest_published_framework_is_looked_at_in_one_request(
    lismorrow: Lismorrow, cast: Mapping[str, Caller]
) -> None:
    table = (PUBLISHED / "un-sdg-goals-targets-indicators.csv").read_text()
    said = cast["gareth"]("plan_drafts", framework=lismorrow.framework.id, table=table)
    assert len(said["items"]) == 438
