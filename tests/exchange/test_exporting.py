"""What can be taken away: the record, all decisions, an answer to the public, one's own data; and what no cell may do."""

import csv
import io
import json
import re
import zipfile
from hashlib import sha256

import pytest
from django.test import Client
from django.urls import reverse

from apps.deliberation.selectors import visible_host_entries
from apps.exchange.tables.writing import Table, safe, write
from apps.protection.services import ask_erasure, erase_person, mark_exempt
from apps.record import selectors as record
from apps.record.models import Text
from tests.deliberation.test_rounds import ALL_FOR
from tests.once import told_once
from tests.people import LONELINESS, Lismorrow
from tests.protection.story import officer

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DANGEROUS = '=HYPERLINK("http://evil.example";"x")'


@told_once
def story(lismorrow: Lismorrow) -> Lismorrow:
    """Something was decided, something was not, and somebody wrote a formula for a reason."""
    lismorrow.decide(lismorrow.open(lismorrow.propose(code="M1", rationale=DANGEROUS)), **ALL_FOR)
    against = LONELINESS | {"title": "Not wanted"}
    lismorrow.decide(lismorrow.open(lismorrow.propose(code="M2", patch=against)), **dict.fromkeys(ALL_FOR, "against"))
    return lismorrow


def fetch(story: Lismorrow, who: str, name: str, *more: object) -> bytes:
    client = Client()
    if who:
        person = officer(story).person if who == "una" else story.people[who.capitalize()]
        assert person is not None
        client.force_login(person, BACKEND)
    answer = client.get(reverse(f"exchange:{name}", args=[story.partnership.id, *more]))
    assert answer.status_code == 200, answer.content
    return answer.getvalue()


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def test_the_list_holds_every_decision_adopted_or_not_with_the_votes(story: Lismorrow) -> None:
    first, second = rows(fetch(story, "tomasz", "decisions_file", "csv"))
    assert (first["code"], first["adopted"], first["groups_concurring"]) == ("M1", "yes", "6")
    assert first["votes"].startswith("A: for 2, abstain 0, against 0 of 2; ")
    assert (second["code"], second["adopted"], second["outcome"]) == ("M2", "no", "not_agreed")
    assert first["stands_negotiated_imposed"] == "negotiated"


def test_json_lines_hold_every_entry_as_it_was_hashed(story: Lismorrow) -> None:
    lines = fetch(story, "", "record_file", "jsonl").splitlines()
    assert len(lines) == record.size(story.log)
    for line in lines:
        entry = re.match(rb'\{"entry":(.*),"leaf_sha256":"([0-9a-f]{64})","texts":\{.*\}\}$', line, re.DOTALL)
        assert entry
        assert sha256(b"\x00" + entry[1]).hexdigest() == entry[2].decode()
        assert json.loads(line)["entry"]["log"] == str(story.log)


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
def test_nobodys_words_become_a_formula(story: Lismorrow, format: str) -> None:
    body = fetch(story, "", "record_file", format)
    if format == "csv":
        why = next(row["why"] for row in rows(body) if row["type"] == "proposal.submitted")
        assert why.startswith("'=HYPERLINK")
        return
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        text = "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())
    assert "HYPERLINK" in text
    assert not re.search(r"<f>|table:formula|<hyperlink", text)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_cell_that_could_be_run_is_text_in_csv(cell: str) -> None:
    assert safe(cell) == f"'{cell}"
    assert safe("1 = 1") == "1 = 1"
    assert f"'{cell[:1]}".encode() in write(Table("T", ("h",), [[cell]]), "csv")


def test_an_unknown_form_is_refused_in_words(story: Lismorrow) -> None:
    answer = Client().get(reverse("exchange:decisions_file", args=[story.partnership.id, "exe"]))
    assert answer.status_code == 404
    assert "csv, xlsx, ods" in answer.content.decode()


def test_an_answer_to_the_public_leaves_out_what_is_marked_and_says_why(story: Lismorrow) -> None:
    text = Text.objects.get(kind="proposal.rationale", body=DANGEROUS)
    mark_exempt(by=officer(story), text=text.id, ground="confidence")
    with zipfile.ZipFile(io.BytesIO(fetch(story, "una", "foi_file"))) as archive:
        told, left = archive.read("record.csv"), rows(archive.read("left-out.csv"))
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"HYPERLINK" not in everything
    assert b"Left out: it was given in confidence. FOIA 2000 s. 41" in told
    assert [(row["text"], row["ground"]) for row in left] == [(str(text.id), "confidence")]
    assert b"Gareth" not in everything


def test_only_the_officer_answers_the_public(story: Lismorrow) -> None:
    client = Client()
    client.force_login(story.people["Orla"], BACKEND)
    assert client.get(reverse("exchange:foi_file", args=[story.partnership.id])).status_code == 403


def test_the_convenor_sees_what_members_take_and_never_what_an_auditor_takes(story: Lismorrow) -> None:
    fetch(story, "samira", "decisions_file", "csv")
    fetch(story, "tomasz", "decisions_file", "ods")
    (taken,) = record.entries(story.log, types=["export.made"])
    assert (taken.data["what"], taken.data["format"], taken.data["entries"]) == ("decisions", "csv", 2)
    assert [e.data["format"] for e in visible_host_entries(story.tomasz, types=["audit.exported"])] == ["ods"]


def test_ones_own_data_is_one_file(story: Lismorrow) -> None:
    client = Client()
    client.force_login(story.people["Gareth"], BACKEND)
    mine = json.loads(client.get(reverse("exchange:own_file")).content)
    (here,) = mine["partnerships"]
    assert mine["account"]["email"] == "gareth@example.org"
    assert (here["partnership"], here["seats"][0]["group"]) == ("Lismorrow", "Agency")
    assert DANGEROUS in [word["words"] for word in here["words"]]
    assert [vote["choice"] for vote in here["votes"]] == ["for", "against"]
    assert "proposal.submitted" in [act["type"] for act in here["acts"]]
    assert Client().get(reverse("exchange:own_file")).status_code == 302


def test_nothing_of_an_erased_person_is_in_a_new_export(story: Lismorrow) -> None:
    request = ask_erasure(by=story.gareth, words="Please.")
    erase_person(by=officer(story), request=request, ground="consent")
    for body in (
        fetch(story, "tomasz", "record_file", "jsonl"),
        fetch(story, "tomasz", "record_file", "csv"),
        fetch(story, "una", "foi_file"),
    ):
        assert b"HYPERLINK" not in body
        assert b"Gareth" not in body
