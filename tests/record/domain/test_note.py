"""Signed notes and keys: what we write others can read, and nothing malformed or forged passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.record.domain.note import COSIGNATURE, Note, Signature, Signer, Verifier, sign

LOG = Signer("lismorrow.example/log", bytes(range(32)))
SECOND = Signer("lismorrow.example/log", bytes(range(1, 33)))
WITNESS = Signer("witness.example", b"w" * 32)
TEXT = "lismorrow.example/log\n3\nroot\n"


def code(refused: pytest.ExceptionInfo[Invalid]) -> str:
    return refused.value.code


@given(st.text(st.characters(exclude_categories=["Cs"], min_codepoint=32)), st.binary(min_size=32, max_size=32))
def test_what_is_signed_reads_back_and_verifies(body: str, seed: bytes) -> None:
    signer = Signer("a.example", seed)
    raw = str(sign(body + "\n", signer))
    note = Note.parse(raw)
    assert note.text == body + "\n"
    assert str(note) == raw
    assert list(note.verify([signer.verifier])) == [signer.verifier.vkey]


def test_a_text_may_hold_empty_lines() -> None:
    note = Note.parse(str(sign("one\n\ntwo\n\n", LOG)))
    assert note.text == "one\n\ntwo\n\n"
    assert note.verify([LOG.verifier])


@given(st.data())
def test_any_changed_byte_of_a_signed_note_is_refused(data: st.DataObject) -> None:
    raw = str(sign(TEXT, LOG)).encode()
    place = data.draw(st.integers(0, len(raw) - 1))
    changed = raw[:place] + bytes([raw[place] ^ data.draw(st.integers(1, 255))]) + raw[place + 1 :]
    with pytest.raises((Invalid, UnicodeDecodeError)):
        Note.parse(changed.decode()).verify([LOG.verifier])


@pytest.mark.parametrize("count", [1, 16, 100])
def test_many_signatures_are_accepted(count: int) -> None:
    signers = [Signer(f"key{n}.example", n.to_bytes(32, "big")) for n in range(count)]
    note = Note.parse(str(sign(TEXT, *signers)))
    assert len(note.verify([signer.verifier for signer in signers])) == count
    assert len(note.verify([signers[-1].verifier])) == 1


def test_more_than_a_hundred_signatures_are_not_read() -> None:
    raw = str(sign(TEXT, LOG)) + sign(TEXT, LOG).signatures[0].line() * 100
    with pytest.raises(Invalid) as refused:
        Note.parse(raw)
    assert code(refused) == "note.malformed"


@pytest.mark.parametrize("text", ["", "no newline", "tab\t\n", "bell\x07\n", "carriage\r\n"])
def test_a_text_that_no_reader_would_accept_is_not_signed(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        sign(text, LOG)
    assert code(refused) == "note.malformed"


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "\n\n",
        "— a.example AAAAAAA=\n",
        "text\n",
        "text\n\n",
        "text\n\n\n",
        TEXT + "\n— a.example AAAAAAA=",  # no final newline
        TEXT + "\n— a.example AAAAAA==\n",  # four bytes: a key id and nothing signed
        TEXT + "\n— a.example AAAAAAAA\nmore\n",
        TEXT + "\n- a.example AAAAAAAA\n",
        TEXT + "\n—  AAAAAAAA\n",
        TEXT + "\n— a+b AAAAAAAA\n",
        TEXT + "\n— a\u00a0b AAAAAAAA\n",
        TEXT + "\n— a.example AAAAAAA\n",
        TEXT + "\n— a.example AAAAAAB=\n",  # bits beyond the last byte: a second spelling
        TEXT + "\n— a.example AAAA AAAA\n",
        "bell\x07\n\n— a.example AAAAAAAA\n",
    ],
)
def test_a_malformed_note_is_refused(raw: str) -> None:
    with pytest.raises(Invalid):
        Note.parse(raw)


def test_signatures_of_unknown_keys_are_passed_over() -> None:
    note = sign(TEXT, WITNESS, LOG)
    assert list(note.verify([LOG.verifier])) == [LOG.verifier.vkey]
    with pytest.raises(Invalid) as refused:
        note.verify([SECOND.verifier])
    assert code(refused) == "note.unsigned"
    with pytest.raises(Invalid):
        note.verify([])


def test_a_false_signature_of_a_known_key_spoils_the_note_even_beside_a_good_one() -> None:
    forged = Signature(WITNESS.name, WITNESS.verifier.key_id, bytes(64))
    with pytest.raises(Invalid) as refused:
        sign(TEXT, LOG).signed_by(forged).verify([LOG.verifier, WITNESS.verifier])
    assert code(refused) == "note.forged"


def test_a_signature_does_not_carry_over_to_another_text() -> None:
    moved = Note("other\n", sign(TEXT, LOG).signatures)
    with pytest.raises(Invalid) as refused:
        moved.verify([LOG.verifier])
    assert code(refused) == "note.forged"


def test_during_a_rotation_old_and_new_key_of_one_name_both_verify() -> None:
    note = Note.parse(str(sign(TEXT, LOG, SECOND)))
    assert len(note.verify([LOG.verifier])) == len(note.verify([SECOND.verifier])) == 1
    assert len(note.verify([LOG.verifier, SECOND.verifier])) == 2


def test_adding_a_signature_twice_keeps_it_once() -> None:
    note = sign(TEXT, LOG)
    assert note.signed_by(note.signatures[0]) == note


def test_a_cosignature_says_when_and_verifies_only_as_one() -> None:
    note = Note.parse(str(sign(TEXT, LOG).signed_by(WITNESS.cosign(TEXT, 1679315147))))
    found = note.verify([LOG.verifier, WITNESS.cosigner])
    assert found[WITNESS.cosigner.vkey].time == 1679315147
    assert WITNESS.cosigner.algorithm == COSIGNATURE
    with pytest.raises(Invalid) as refused:
        note.verify([WITNESS.verifier])
    assert code(refused) == "note.unsigned"


def test_a_cosignature_with_another_time_is_false() -> None:
    true = WITNESS.cosign(TEXT, 1679315147)
    later = Signature(true.name, true.key_id, (1679315148).to_bytes(8, "big") + true.blob[8:])
    with pytest.raises(Invalid) as refused:
        sign(TEXT, LOG).signed_by(later).verify([WITNESS.cosigner])
    assert code(refused) == "note.forged"


@pytest.mark.parametrize("blob", [b"x", bytes(8), bytes(71), bytes(73), b"\xff" * 72])
def test_a_cosignature_of_another_shape_is_false(blob: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        sign(TEXT, LOG).signed_by(Signature(WITNESS.name, WITNESS.cosigner.key_id, blob)).verify([WITNESS.cosigner])
    assert code(refused) == "note.forged"


@pytest.mark.parametrize("time", [-1, 2**63])
def test_a_time_that_the_format_cannot_hold_is_refused(time: int) -> None:
    with pytest.raises(Invalid):
        WITNESS.cosign(TEXT, time)


@given(st.binary(min_size=32, max_size=32))
def test_keys_survive_being_written_down(seed: bytes) -> None:
    signer = Signer("a.example/log", seed)
    assert Signer.parse(signer.skey) == signer
    assert Verifier.parse(signer.verifier.vkey) == signer.verifier
    assert Verifier.parse(signer.cosigner.vkey) == signer.cosigner
    assert signer.verifier.vkey != signer.cosigner.vkey


def test_a_private_key_does_not_show_in_a_repr_or_an_error() -> None:
    assert LOG.skey.rsplit("+", 1)[-1] not in repr(LOG)
    assert repr(LOG.seed) not in repr(LOG)
    damaged = LOG.skey.replace("+" + LOG.verifier.key_id.hex() + "+", "+00000000+")
    with pytest.raises(Invalid) as refused:
        Signer.parse(damaged)
    assert damaged.rsplit("+", 1)[-1] not in str(refused.value)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u2003b", "a\nb"])
def test_a_key_name_that_would_break_the_format_is_refused(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        Signer(name, bytes(32))
    assert code(refused) == "key.malformed"


@pytest.mark.parametrize(
    "vkey",
    ["", "name", "name+12345678", "name+1234567+AQ==", "name+zzzzzzzz+AQ==", "name+12345678+", "name+12345678+!!"],
)
def test_a_damaged_public_key_is_refused(vkey: str) -> None:
    with pytest.raises(Invalid):
        Verifier.parse(vkey)
    with pytest.raises(Invalid):
        Signer.parse("PRIVATE+KEY+" + vkey)
    with pytest.raises(Invalid):
        Signer.parse(vkey)


def test_a_public_key_with_the_id_of_another_is_refused() -> None:
    mixed = LOG.verifier.vkey.replace(LOG.verifier.key_id.hex(), SECOND.verifier.key_id.hex())
    with pytest.raises(Invalid) as refused:
        Verifier.parse(mixed)
    assert code(refused) == "key.malformed"


def test_a_seed_of_another_length_is_refused() -> None:
    with pytest.raises(Invalid):
        Signer("a.example", bytes(31))
