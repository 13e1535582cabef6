"""Keepers outside are asked first, then sent checkpoints; one that has seen another history raises the alarm."""

import json
import re
import threading
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound
from apps.partnerships.services import choose_keeper, remove_keeper, try_keeper
from apps.provenance.population import overview
from apps.record import checkpoints, delivering, keeping, posting
from apps.record import selectors as record
from apps.record.domain.checkpoint import Checkpoint
from apps.record.domain.note import Note
from apps.record.domain.tree import verify_consistency
from apps.record.models import Alarm, Delivery, Keeper
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


class Receiver(BaseHTTPRequestHandler):
    """A program that keeps what it is sent, and answers as it is told."""

    kept: list[dict[str, Any]] = []
    answer: tuple[int, str] = (200, "")

    def do_POST(self) -> None:
        self.kept.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        status, text = self.answer
        self.send_response(status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def receiver(settings: Any) -> Iterator[Any]:
    """A receiver on this machine, which is allowed here."""
    settings.KEEPERS_ANYWHERE = True
    handler = type("Fresh", (Receiver,), {"kept": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    handler.url = f"http://127.0.0.1:{server.server_port}/in?key=hidden"  # type: ignore[attr-defined]
    yield handler
    server.shutdown()


@pytest.fixture(autouse=True)
def outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def by_mail(lismorrow: Lismorrow) -> Keeper:
    return choose_keeper(by=lismorrow.orla, name="County audit", mail="log@audit.example.org")


def agreed(lismorrow: Lismorrow, url: str) -> Keeper:
    """Somebody at an address who has said yes."""
    chosen = choose_keeper(by=lismorrow.orla, name="The university", url=url)
    return keeping.confirm(keeping.link_of(chosen))


def told(lismorrow: Lismorrow) -> list[str]:
    return [entry.type for entry in record.entries(lismorrow.log) if entry.type.startswith(("keeper", "history"))]


def test_nothing_but_the_question_is_sent_before_somebody_says_yes(lismorrow: Lismorrow, client: Client) -> None:
    keeper = by_mail(lismorrow)
    checkpoints.publish(lismorrow.log)
    for _ in range(2):
        delivering.deliver_to_all()
    (question,) = mail.outbox
    assert question.to == ["log@audit.example.org"]
    (link,) = re.findall(r"https?://[^/]+(/keepers/\S+)", str(question.body))
    assert client.get(link).status_code == 200
    assert Keeper.objects.get(id=keeper.id).confirmed_at is None
    assert client.post(link).status_code == 200
    client.post(link)
    for _ in range(2):
        delivering.deliver_to_all()
    assert len(mail.outbox) == 2
    newest = checkpoints.latest(lismorrow.log)
    assert newest is not None
    assert newest.note in mail.outbox[1].body
    assert told(lismorrow) == ["keeper.chosen", "keeper.confirmed"]


def test_the_record_names_who_keeps_copies_but_no_address(lismorrow: Lismorrow) -> None:
    by_mail(lismorrow)
    (entry,) = record.entries(lismorrow.log, types=["keeper.chosen"])
    assert (entry.data["name"], entry.data["how"]) == ("County audit", "mail")
    assert b"audit.example.org" not in entry.to_bytes()


def test_each_new_checkpoint_comes_with_the_proof_that_it_continues_the_last(
    lismorrow: Lismorrow, receiver: Any
) -> None:
    agreed(lismorrow, receiver.url)
    old = checkpoints.publish(lismorrow.log)
    delivering.deliver_to_all()
    delivering.deliver_to_all()
    lismorrow.propose()
    new = checkpoints.publish(lismorrow.log)
    delivering.deliver_to_all()
    first, second = receiver.kept
    assert (first["what"], first["size"], first["since"], first["checkpoint"]) == ("checkpoint", old.size, 0, old.note)
    assert (second["size"], second["since"]) == (new.size, old.size)
    proof = [b64decode(line) for line in second["consistency"]]
    assert verify_consistency(old.size, bytes(old.root), new.size, bytes(new.root), proof)


def test_a_program_is_asked_with_a_link_too(lismorrow: Lismorrow, receiver: Any) -> None:
    choose_keeper(by=lismorrow.orla, name="The university", url=receiver.url)
    delivering.deliver_to_all()
    (question,) = receiver.kept
    assert question["what"] == "question"
    assert keeping.asked_by(question["confirm"].rstrip("/").rsplit("/", 1)[1]).name == "The university"


def test_a_trial_is_sent_once_and_is_an_act(lismorrow: Lismorrow, receiver: Any) -> None:
    keeper = agreed(lismorrow, receiver.url)
    checkpoints.publish(lismorrow.log)
    delivering.deliver_to_all()
    try_keeper(by=lismorrow.orla, keeper=keeper.id)
    for _ in range(2):
        delivering.deliver_to_all()
    assert [each["what"] for each in receiver.kept] == ["checkpoint", "trial"]
    assert told(lismorrow) == ["keeper.chosen", "keeper.confirmed", "keeper.tried"]


def test_what_does_not_come_through_is_said_and_tried_again_later(
    lismorrow: Lismorrow, receiver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = agreed(lismorrow, receiver.url)
    checkpoints.publish(lismorrow.log)
    receiver.answer = (302, "")
    for _ in range(2):
        delivering.deliver_to_all()
    assert [(each.answer, each.came_through) for each in Delivery.objects.all()] == [("answered 302", False)]
    assert len(receiver.kept) == 1  # not followed elsewhere, and not asked again at once
    monkeypatch.setattr(delivering, "AGAIN_AFTER", delivering.AGAIN_AFTER * 0)
    receiver.answer = (200, "")
    delivering.deliver_to_all()
    assert Keeper.objects.get(id=keeper.id).size > 0


def test_only_the_last_deliveries_are_remembered(lismorrow: Lismorrow, receiver: Any) -> None:
    keeper = agreed(lismorrow, receiver.url)
    for _ in range(delivering.KEPT + 3):
        lismorrow.propose()
        checkpoints.publish(lismorrow.log)
        delivering.deliver_to_all()
    assert Delivery.objects.filter(keeper=keeper).count() == delivering.KEPT


def test_a_keeper_that_sends_back_another_history_raises_the_alarm(lismorrow: Lismorrow, receiver: Any) -> None:
    agreed(lismorrow, receiver.url)
    newest = checkpoints.publish(lismorrow.log)
    forked = Checkpoint.parse(Note.parse(newest.note).text)
    receiver.answer = (409, str(record.signed(Checkpoint(forked.origin, forked.size, bytes(32)).text)))
    delivering.deliver_to_all()
    assert [alarm.seen_by for alarm in Alarm.objects.all()] == ["The university"]
    assert told(lismorrow)[-1] == "history.disputed"


def test_a_keeper_that_only_says_no_raises_no_alarm(lismorrow: Lismorrow, receiver: Any) -> None:
    agreed(lismorrow, receiver.url)
    checkpoints.publish(lismorrow.log)
    receiver.answer = (409, "I know better")
    delivering.deliver_to_all()
    assert not Alarm.objects.exists()


def test_a_removed_keeper_is_forgotten_and_sent_nothing(lismorrow: Lismorrow) -> None:
    keeper = by_mail(lismorrow)
    link = keeping.link_of(keeper)
    remove_keeper(by=lismorrow.orla, keeper=keeper.id)
    checkpoints.publish(lismorrow.log)
    delivering.deliver_to_all()
    assert mail.outbox == []
    row = Keeper.objects.get(id=keeper.id)
    assert (row.mail, row.url) == ("", "")
    with pytest.raises(NotFound):
        keeping.confirm(link)
    with pytest.raises(NotFound):
        remove_keeper(by=lismorrow.orla, keeper=keeper.id)


def test_only_the_convenor_chooses(lismorrow: Lismorrow) -> None:
    with pytest.raises(NotAllowed):
        choose_keeper(by=lismorrow.gareth, name="Mine", mail="me@example.org")
    keeper = by_mail(lismorrow)
    for verb in (try_keeper, remove_keeper):
        with pytest.raises(NotAllowed):
            verb(by=lismorrow.gareth, keeper=keeper.id)


def test_what_makes_no_sense_is_refused(lismorrow: Lismorrow) -> None:
    for wrong in ({}, {"mail": "a@example.org", "url": "https://example.org/"}, {"mail": "nobody"}):
        with pytest.raises(Invalid):
            choose_keeper(by=lismorrow.orla, name="X", **wrong)
    keeper = by_mail(lismorrow)
    with pytest.raises(Conflict):
        by_mail(lismorrow)
    with pytest.raises(Conflict):
        try_keeper(by=lismorrow.orla, keeper=keeper.id)
    with pytest.raises(NotFound):
        keeping.confirm(keeping.link_of(keeper)[:-3])


def test_a_name_that_leads_into_a_private_network_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolved(*_: Any, **__: Any) -> list[Any]:
        return [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.7", 443))]

    def called(*_: Any, **__: Any) -> Any:
        raise AssertionError("it was called")

    monkeypatch.setattr("socket.getaddrinfo", resolved)
    monkeypatch.setattr("socket.create_connection", called)
    with pytest.raises(Invalid, match="private network"):
        posting.post("https://rebound.example.org/", b"{}")


def test_a_copy_that_came_through_is_the_last_outside_copy(lismorrow: Lismorrow) -> None:
    assert overview(lismorrow.tomasz).outside is None
    keeping.confirm(keeping.link_of(by_mail(lismorrow)))
    checkpoints.publish(lismorrow.log)
    delivering.deliver_to_all()
    assert overview(lismorrow.tomasz).outside == Delivery.objects.get(what="checkpoint").at
