"""The published vectors for signed notes, checkpoints and Ed25519, those that must be refused included."""

from base64 import b64encode
from typing import Any

import pytest

from apps.common.errors import Invalid
from apps.record.domain.checkpoint import Checkpoint, checkpoint
from apps.record.domain.note import Note, Signer, Verifier, sign
from tests.record.domain.vectors import load

VECTORS = load("merkle", "signed_note_vectors.json")
CASES = {case["id"]: case for case in VECTORS["cases"]}
ED25519 = load("merkle", "ed25519_vectors.json")["vectors"]


def text_of(case: dict[str, Any]) -> str:
    repeated: str = case.get("note_prefix", "") + case.get("note_repeat", "") * case.get("repeat", 0)
    return str(case.get("note", repeated))


@pytest.mark.parametrize("name", CASES)
def test_a_note_is_accepted_or_refused_as_published(name: str) -> None:
    case = CASES[name]
    known = [Verifier.parse(case["vkey"])]
    if not case["valid"]:
        with pytest.raises(Invalid):
            Note.parse(text_of(case)).verify(known)
        return
    note = Note.parse(text_of(case))
    assert note.text == case["text"]
    assert list(note.verify(known)) == [case["vkey"]]
    unverified = [signature.name for signature in note.signatures if signature.name != known[0].name]
    assert unverified == case.get("unverified", [])


def test_the_refusals_say_whether_a_note_is_malformed_or_its_signature_false() -> None:
    for case in CASES.values():
        if not case["valid"]:
            with pytest.raises(Invalid) as refused:
                Note.parse(text_of(case)).verify([Verifier.parse(case["vkey"])])
            forged = case["error"].startswith("invalid signature")
            assert (refused.value.code == "note.forged") is forged


@pytest.mark.parametrize("vkey", VECTORS["bad_vkeys"])
def test_a_bad_public_key_is_refused(vkey: str) -> None:
    with pytest.raises(Invalid):
        Verifier.parse(vkey)


def test_we_sign_exactly_as_published() -> None:
    expected = VECTORS["expected_text_for_sign"]
    signer = Signer.parse(expected["skey"])
    assert str(sign(expected["text"], signer)) == expected["signed"]
    assert signer.skey == expected["skey"]
    assert signer.verifier.vkey == CASES["go-peter"]["vkey"]


@pytest.mark.parametrize("vector", ED25519, ids=lambda vector: f"line {vector['line']}")
def test_signatures_are_those_of_ed25519(vector: dict[str, Any]) -> None:
    signer = Signer("a.example", bytes.fromhex(vector["seed_hex"]))
    assert signer.verifier.public.hex() == vector["public_hex"]
    message = bytes.fromhex(vector["msg_hex"])
    try:
        text = message.decode()
    except UnicodeDecodeError:
        text = None
    if text is not None:  # a note signs text; other messages of the vectors are no text
        assert signer.sign(text).blob.hex() == vector["sig_hex"]
        assert signer.verifier.check(text, bytes.fromhex(vector["sig_hex"]))


@pytest.mark.parametrize("example", VECTORS["checkpoint_examples_format_only"], ids=lambda example: str(example["id"]))
def test_the_published_checkpoints_are_read(example: dict[str, Any]) -> None:
    note = Note.parse(example["note"])
    read = Checkpoint.parse(note.text)
    assert str(note) == example["note"]
    assert checkpoint(read.origin, read.size, read.root) == note.text
    if "size" in example:
        assert (read.origin, read.size) == (example["origin"], example["size"])
        assert b64encode(read.root).decode() == example["root_b64"]
    if "cosignature_timestamp" in example:
        assert note.signatures[1].time == example["cosignature_timestamp"]
