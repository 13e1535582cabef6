"""Lists as CSV: what the pages show, one row each, with nothing in them that a spreadsheet would run."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from apps.measurement.services import state_need
from apps.partnerships.models import Partnership, Visibility
from apps.provenance.models import Verdict
from apps.provenance.services import contest
from tests.deliberation.test_impositions import decree, mandate
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def rows(client: Client, name: str, id: object) -> list[dict[str, str]]:
    answer = client.get(reverse(f"exchange:{name}", args=[id]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def test_mandates_with_what_was_set_under_them_and_challenges(lismorrow: Lismorrow, client: Client) -> None:
    mandate(lismorrow, code="MD9", limits="=cmd()")
    decree(lismorrow, mandate(lismorrow), proposal=lismorrow.propose(code="M1"))
    lismorrow.settle()
    unused, used = sorted(
        rows(client, "mandates", lismorrow.partnership.id), key=lambda row: row["mandate"], reverse=True
    )
    assert (unused["limits"], unused["imposed_on"]) == ("'=cmd()", "")
    assert (used["imposed_on"], used["method"], used["review_due"], used["days_late"]) == (
        "M1",
        "decree",
        "2999-04-01",
        "0",
    )
    about = Verdict.objects.get().seq
    contest(by=lismorrow.samira, framework=lismorrow.framework, about=about, reason="We were asked.")
    (row,) = rows(client, "challenges", lismorrow.framework.id)
    assert (row["about"], row["code"], row["group"], row["reason"], row["state"]) == (
        str(about), "M1", "C", "We were asked.", "open",
    )  # fmt: skip
    assert len(row["panel"].split()) == 3
    assert rows(client, "pulses", lismorrow.framework.id) == []


def test_direction_and_who_may_take_it(lismorrow: Lismorrow, client: Client) -> None:
    proposed = lismorrow.propose(kind="outcome", code="O1", patch={"title": "People are not alone"})
    lismorrow.decide(lismorrow.open(proposed), **lismorrow.everybody("for"))
    state_need(by=lismorrow.gareth, framework=lismorrow.framework, outcome=proposed.element, words="Who is alone?")
    (row,) = rows(client, "direction", lismorrow.framework.id)
    assert (row["outcome"], row["from_above"], row["is_a_need"], row["relation"]) == (
        "O1", "Who is alone?", "yes", "unanswered",
    )  # fmt: skip
    Partnership.objects.update(visibility=Visibility.MEMBERS)
    assert client.get(reverse("exchange:direction", args=[lismorrow.framework.id])).status_code == 404
