"""Checkpoints, proof files and receipts: what somebody outside can check with nothing but a key."""

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.record.domain.checkpoint import Checkpoint, checkpoint, verify_checkpoint
from apps.record.domain.note import Signer, sign
from apps.record.domain.proof import HEADER, Proof
from apps.record.domain.receipt import Receipt
from apps.record.domain.tree import Frontier, inclusion_proof, leaf_hash

ORIGIN = "lismorrow.example/log"
LOG_ID = "6f1d6f9e-2f6b-4f0a-9b58-0d3d7b6a1c11"
KEY = Signer(ORIGIN, bytes(range(32)))
WITNESS = Signer("witness.example", b"w" * 32)
ROOT = bytes(32)
LEAVES = [leaf_hash(bytes([n])) for n in range(11)]
FRONTIER, INNER = Frontier().append(LEAVES)
NODES = {(0, n): leaf for n, leaf in enumerate(LEAVES)} | {(level, index): value for level, index, value in INNER}
SIGNED = str(Checkpoint(ORIGIN, FRONTIER.size, FRONTIER.root()).signed(KEY))


def hashes_for(index: int) -> list[bytes]:
    return inclusion_proof(index, len(LEAVES), lambda level, place: NODES[level, place])


def test_a_checkpoint_has_three_lines() -> None:
    assert checkpoint(ORIGIN, 7, ROOT) == f"{ORIGIN}\n7\n{b64encode(ROOT).decode()}\n"


def test_a_signed_checkpoint_verifies_with_the_key_of_its_log() -> None:
    verified = verify_checkpoint(SIGNED, ORIGIN, [KEY.verifier])
    assert verified.checkpoint == Checkpoint(ORIGIN, 11, FRONTIER.root())
    assert list(verified.signatures) == [KEY.verifier.vkey]


def test_a_witness_alone_does_not_make_a_checkpoint() -> None:
    text = checkpoint(ORIGIN, 7, ROOT)
    only_witness = str(sign(text).signed_by(WITNESS.cosign(text, 1_700_000_000)))
    with pytest.raises(Invalid) as refused:
        verify_checkpoint(only_witness, ORIGIN, [KEY.verifier], [WITNESS.cosigner])
    assert refused.value.code == "note.unsigned"


def test_the_cosignature_of_a_known_witness_is_reported_with_its_time() -> None:
    text = checkpoint(ORIGIN, 7, ROOT)
    both = str(sign(text, KEY).signed_by(WITNESS.cosign(text, 1_700_000_000)))
    found = verify_checkpoint(both, ORIGIN, [KEY.verifier], [WITNESS.cosigner])
    assert found.signatures[WITNESS.cosigner.vkey].time == 1_700_000_000


def test_the_checkpoint_of_another_log_is_refused_though_well_signed() -> None:
    other = str(Checkpoint("other.example/log", 7, ROOT).signed(KEY))
    with pytest.raises(Invalid) as refused:
        verify_checkpoint(other, ORIGIN, [KEY.verifier])
    assert refused.value.code == "checkpoint.other_log"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        f"{ORIGIN}\n7\n",
        f"{ORIGIN}\n07\n{b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n-7\n{b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n٧\n{b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n7\n{b64encode(ROOT[:-1]).decode()}\n",
        f"{ORIGIN}\n7\nnot base64\n",
        f"\n7\n{b64encode(ROOT).decode()}\n",
        f"{ORIGIN}\n7\n{b64encode(ROOT).decode()}",
        f"{ORIGIN}\n7\n{b64encode(ROOT).decode()}\n\n",
    ],
)
def test_a_malformed_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        Checkpoint.parse(text)
    assert refused.value.code == "checkpoint.malformed"


def test_extension_lines_are_kept_and_signed_over() -> None:
    read = Checkpoint.parse(checkpoint(ORIGIN, 7, ROOT) + "more\n")
    assert read.extensions == ("more",)
    assert read.text.endswith("\nmore\n")


@given(st.integers(0, 10), st.none() | st.binary(max_size=40))
def test_a_proof_file_reads_back_and_verifies(index: int, extra: bytes | None) -> None:
    proof = Proof(index, tuple(hashes_for(index)), SIGNED, extra)
    again = Proof.from_text(proof.to_text())
    assert again == proof
    assert again.verify(LEAVES[index], ORIGIN, [KEY.verifier]).size == 11


def test_a_proof_file_looks_as_the_format_says() -> None:
    lines = Proof(10, tuple(hashes_for(10)), SIGNED, b"x").to_text().split("\n")
    hashes = [b64encode(value).decode() for value in hashes_for(10)]
    assert lines[: 5 + len(hashes)] == [HEADER, "extra eA==", "index 10", *hashes, "", ORIGIN]


def test_the_proof_of_the_only_entry_has_no_hashes() -> None:
    frontier, _ = Frontier().append(LEAVES[:1])
    signed = str(Checkpoint(ORIGIN, 1, frontier.root()).signed(KEY))
    text = Proof(0, (), signed).to_text()
    assert text == f"{HEADER}\nindex 0\n\n{signed}"
    assert Proof.from_text(text).verify(LEAVES[0], ORIGIN, [KEY.verifier]).size == 1


def test_a_proof_for_another_entry_is_refused() -> None:
    proof = Proof(3, tuple(hashes_for(3)), SIGNED)
    with pytest.raises(Invalid) as refused:
        proof.verify(LEAVES[4], ORIGIN, [KEY.verifier])
    assert refused.value.code == "proof.wrong"


@settings(max_examples=300)
@given(st.data())
def test_any_changed_byte_of_a_proof_file_is_noticed(data: st.DataObject) -> None:
    raw = Proof(6, tuple(hashes_for(6)), SIGNED).to_text().encode()
    place = data.draw(st.integers(0, len(raw) - 1))
    changed = raw[:place] + bytes([raw[place] ^ data.draw(st.integers(1, 255))]) + raw[place + 1 :]
    with pytest.raises((Invalid, UnicodeDecodeError)):
        Proof.from_text(changed.decode()).verify(LEAVES[6], ORIGIN, [KEY.verifier])


@pytest.mark.parametrize(
    "head",
    [
        "c2sp.org/tlog-proof@v2\nindex 0",
        f"{HEADER}\nindex 00",
        f"{HEADER}\nindex -1",
        f"{HEADER}\nindex",
        f"{HEADER}\n",
        HEADER,
        f"{HEADER}\nextra !!\nindex 0",
        f"{HEADER}\nindex 0\nextra eA==",
        f"{HEADER}\nindex 0\neA==",
        f"{HEADER}\nindex 0" + f"\n{b64encode(ROOT).decode()}" * 64,
    ],
)
def test_a_malformed_proof_file_is_refused(head: str) -> None:
    with pytest.raises(Invalid) as refused:
        Proof.from_text(f"{head}\n\n{SIGNED}")
    assert refused.value.code == "proof.malformed"


def test_a_proof_file_without_a_checkpoint_is_refused() -> None:
    with pytest.raises(Invalid):
        Proof.from_text(f"{HEADER}\nindex 0\n\n")


def test_a_receipt_reads_back_and_verifies_with_the_proof_fetched_later() -> None:
    receipt = Receipt(LOG_ID, 5, LEAVES[5].hex(), SIGNED)
    again = Receipt.from_data(receipt.to_data())
    assert again == receipt
    assert again.verify(hashes_for(5), ORIGIN, [KEY.verifier]).size == 11


def test_a_receipt_for_an_entry_that_is_not_there_is_found_out() -> None:
    receipt = Receipt(LOG_ID, 5, leaf_hash(b"my vote").hex(), SIGNED)
    with pytest.raises(Invalid) as refused:
        receipt.verify(hashes_for(5), ORIGIN, [KEY.verifier])
    assert refused.value.code == "proof.wrong"


@pytest.mark.parametrize(
    "change",
    [
        {"log": "x"},
        {"seq": -1},
        {"seq": "5"},
        {"seq": True},
        {"leaf_hash": "00"},
        {"leaf_hash": 5},
        {"checkpoint": None},
        {"more": 1},
        {"leaf_hash": "zz" * 32},
    ],
)
def test_a_malformed_receipt_is_refused(change: dict[str, object]) -> None:
    data: dict[str, object] = {**Receipt(LOG_ID, 5, LEAVES[5].hex(), SIGNED).to_data(), **change}
    with pytest.raises(Invalid) as refused:
        Receipt.from_data(data)
    assert refused.value.code == "receipt.malformed"
