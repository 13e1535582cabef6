"""Witnesses sign checkpoints too; one that has seen another history raises the alarm; keys are replaced with an overlap."""

import threading
from base64 import b64decode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from apps.common.errors import Conflict, Invalid, NotFound
from apps.record import checkpoints, keys, rotating, showing, witnessing
from apps.record import selectors as record
from apps.record.domain.checkpoint import Checkpoint, verify_checkpoint
from apps.record.domain.note import Note, Signer, sign
from apps.record.domain.tree import verify_consistency
from apps.record.models import Alarm, Cosignature, Log, Showing, Witness
from apps.record.verify import known_verifiers, verify_log
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
UNIVERSITY = Signer("witness.example.org", bytes(range(32)))


class Handler(BaseHTTPRequestHandler):
    """A witness as c2sp.org/tlog-witness describes it: signs what continues what it has seen."""

    known: dict[str, Checkpoint] = {}

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        head, _, note = body.partition("\n\n")
        first, *proof = head.split("\n")
        new = Checkpoint.parse(Note.parse(note).text)
        old = self.known.get(new.origin)
        if (old.size if old else 0) != int(first.removeprefix("old ")):
            self._answer(409, f"{old.size if old else 0}\n", "text/x.tlog.size")
        elif old and not verify_consistency(
            old.size, old.root, new.size, new.root, [b64decode(line) for line in proof]
        ):
            self._answer(422, "inconsistent\n")
        else:
            self.known[new.origin] = new
            self._answer(200, UNIVERSITY.cosign(new.text, 1_700_000_000).line())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def _answer(self, status: int, text: str, kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())


@pytest.fixture
def university() -> Iterator[Witness]:
    """A witness that answers on this machine."""
    server = HTTPServer(("127.0.0.1", 0), type("Fresh", (Handler,), {"known": {}}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    yield witnessing.add_witness(
        name="The university", vkey=UNIVERSITY.cosigner.vkey, url=address, mail="log@example.org"
    )
    server.shutdown()


def test_a_witness_is_shown_what_it_has_not_seen_and_signs_it(lismorrow: Lismorrow, university: Witness) -> None:
    first = checkpoints.publish(lismorrow.log)
    showing.show(university, first)
    lismorrow.propose()
    second = checkpoints.publish(lismorrow.log)
    showing.show(university, second)
    showing.show(university, second)
    assert [c.checkpoint.size for c in Cosignature.objects.order_by("id")] == [first.size, second.size]
    cosigned = checkpoints.with_cosignatures(second)
    found = verify_checkpoint(cosigned, record.origin(lismorrow.log), record.verifiers(), [UNIVERSITY.cosigner])
    assert UNIVERSITY.cosigner.vkey in found.signatures
    assert list(verify_log(Log.objects.get(id=lismorrow.log))) == []


def test_it_is_asked_again_from_the_size_it_knows(lismorrow: Lismorrow, university: Witness) -> None:
    showing.show(university, checkpoints.publish(lismorrow.log))
    Showing.objects.all().delete()
    lismorrow.propose()
    showing.show(university, checkpoints.publish(lismorrow.log))
    assert Cosignature.objects.count() == 2


def test_mail_goes_out_once_a_day(lismorrow: Lismorrow, university: Witness, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    newest = checkpoints.publish(lismorrow.log)
    showing.mail(university, newest)
    lismorrow.propose()
    showing.mail(university, checkpoints.publish(lismorrow.log))
    assert [message.to for message in mail.outbox] == [["log@example.org"]]
    assert newest.note in mail.outbox[0].body


def other_history(lismorrow: Lismorrow) -> str:
    """A checkpoint with this host's signature over a history that this record does not have."""
    size = record.size(lismorrow.log)
    forked = Checkpoint(record.origin(lismorrow.log), size, bytes(32))
    return str(record.signed(forked.text))


def test_a_checkpoint_of_another_history_raises_the_alarm_once(lismorrow: Lismorrow, settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.RECORD_ALARM_TO = (
        "django.core.mail.backends.locmem.EmailBackend",
        ["ops@example.org"],
    )
    forked = other_history(lismorrow)
    for _ in range(2):
        with pytest.raises(Invalid, match="another history"):
            witnessing.accept(lismorrow.log, forked, seen_by="The university")
    assert Alarm.objects.count() == 1
    told = record.entries(lismorrow.log, types=["history.disputed"])
    assert [entry.data["seen_by"] for entry in told] == ["The university"]
    assert [message.to for message in mail.outbox] == [["ops@example.org"]]


def test_a_checkpoint_that_is_longer_than_the_record_means_a_cut_tail(lismorrow: Lismorrow) -> None:
    longer = Checkpoint(record.origin(lismorrow.log), 10**6, bytes(32))
    with pytest.raises(Invalid, match="the tail has been cut"):
        witnessing.accept(lismorrow.log, str(record.signed(longer.text)))


def test_a_checkpoint_nobody_here_signed_raises_no_alarm(lismorrow: Lismorrow) -> None:
    foreign = str(sign(Checkpoint(record.origin(lismorrow.log), 3, bytes(32)).text, UNIVERSITY))
    with pytest.raises(Invalid):
        witnessing.accept(lismorrow.log, foreign)
    assert not Alarm.objects.exists()


def test_anybody_reads_checkpoints_and_proofs_at_stable_addresses(lismorrow: Lismorrow, client: Client) -> None:
    old = checkpoints.publish(lismorrow.log)
    lismorrow.propose()
    new = checkpoints.publish(lismorrow.log)
    base = f"/log/{lismorrow.log}"
    assert client.get(f"{base}/checkpoint").text == new.note
    assert client.get(f"{base}/checkpoint/{old.size}").text == old.note
    hashes = [b64decode(line) for line in client.get(f"{base}/consistency/{old.size}/{new.size}").text.split()]
    assert verify_consistency(old.size, bytes(old.root), new.size, bytes(new.root), hashes)
    assert client.get(f"{base}/proof/3").text.startswith("c2sp.org/tlog-proof@v1\nindex 3\n")
    assert client.get("/log/keys").text.split() == [key.vkey for key in record.verifiers()]
    assert client.post(f"{base}/add-checkpoint", new.note, content_type="text/plain").status_code == 200
    assert client.post(f"{base}/add-checkpoint", "nonsense", content_type="text/plain").status_code == 422
    assert client.post(f"{base}/add-checkpoint", other_history(lismorrow), content_type="text/plain").status_code == 409


@pytest.mark.parametrize("vkey", [UNIVERSITY.verifier.vkey, "nonsense"])
def test_a_witness_needs_a_key_for_cosignatures(lismorrow: Lismorrow, vkey: str) -> None:
    with pytest.raises(Invalid):
        witnessing.add_witness(name="X", vkey=vkey, mail="x@example.org")


def test_what_only_a_retired_key_has_signed_is_neither_taken_in_nor_an_alarm(
    own_key: Path, lismorrow: Lismorrow
) -> None:
    checkpoints.publish(lismorrow.log)
    (old,) = keys.signers()
    rotating.begin()
    rotating.end()
    size = checkpoints.publish(lismorrow.log).size
    for covered, refused in ((size, True), (size - 1, False)):
        forged = str(Checkpoint(record.origin(lismorrow.log), covered, bytes(32)).signed(old))
        with pytest.raises(Invalid) as raised:
            witnessing.accept(lismorrow.log, forged)
        assert (raised.value.code == "note.unsigned") == refused
    assert [alarm.log_id for alarm in witnessing.alarms(lismorrow.log)] == [lismorrow.log]


@pytest.fixture
def own_key(settings: Any, tmp_path: Path) -> Path:
    settings.RECORD_KEY_FILE = tmp_path / "record.key"
    return tmp_path / "record.key"


def test_while_a_key_is_replaced_both_sign_and_the_old_one_stays_known(own_key: Path, lismorrow: Lismorrow) -> None:
    before = checkpoints.publish(lismorrow.log)
    (old,) = keys.signers()
    new = rotating.begin()
    during = checkpoints.latest(lismorrow.log)
    assert during is not None
    for key in (old, new):
        verify_checkpoint(during.note, record.origin(lismorrow.log), [key.verifier])
    with pytest.raises(Conflict):
        rotating.begin()
    assert rotating.end() == old
    with pytest.raises(NotFound):
        rotating.end()
    lismorrow.propose()
    after = checkpoints.publish(lismorrow.log)
    with pytest.raises(Invalid):
        verify_checkpoint(after.note, record.origin(lismorrow.log), [old.verifier])
    verify_checkpoint(before.note, record.origin(lismorrow.log), known_verifiers(lismorrow.log, before.size))
    assert old.verifier not in known_verifiers(lismorrow.log, after.size)
    assert list(verify_log(Log.objects.get(id=lismorrow.log))) == []
    assert own_key.stat().st_mode & 0o777 == 0o600
