"""Notes, checkpoints and proofs of ours, verified by somebody else's program: metamorphic-log, a Rust implementation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from metamorphic_log import (
    VerifyError,
    checkpoint_verify,
    checkpoint_verify_consistency,
    checkpoint_verify_inclusion,
    verify_signed_note,
)

from apps.exchange.domain.manifest import Manifest
from apps.record.domain.checkpoint import Checkpoint
from apps.record.domain.note import Signer, sign
from apps.record.domain.tree import Frontier, consistency_proof, inclusion_proof, leaf_hash, root_at

LOG = Signer("negotiator.example/log", bytes(range(32)))
NEXT = Signer("negotiator.example/log", bytes(range(1, 33)))
STRANGER = Signer("negotiator.example/log", bytes(range(2, 34)))
LEAVES = [leaf_hash(bytes([number])) for number in range(70)]
NODES = {(0, number): leaf for number, leaf in enumerate(LEAVES)} | {
    (level, index): value for level, index, value in Frontier().append(LEAVES)[1]
}


def node(level: int, index: int) -> bytes:
    return NODES[level, index]


def checkpoint(size: int, *signers: Signer) -> str:
    return str(Checkpoint("negotiator.example/log/1", size, root_at(size, node)).signed(*(signers or (LOG,))))


def test_a_checkpoint_of_ours_verifies_and_says_the_same() -> None:
    head = checkpoint_verify(checkpoint(42), [LOG.verifier.vkey])
    assert (head.origin, head.size) == ("negotiator.example/log/1", 42)


def test_while_a_key_is_replaced_either_key_is_enough() -> None:
    both = checkpoint(42, LOG, NEXT)
    for key in (LOG, NEXT):
        assert checkpoint_verify(both, [key.verifier.vkey]).size == 42


def test_another_key_of_the_same_name_is_not_enough() -> None:
    with pytest.raises(VerifyError):
        checkpoint_verify(checkpoint(42), [STRANGER.verifier.vkey])


def test_a_changed_checkpoint_is_refused() -> None:
    with pytest.raises(VerifyError):
        checkpoint_verify(checkpoint(42).replace("\n42\n", "\n43\n"), [LOG.verifier.vkey])


def test_the_list_of_contents_of_a_dossier_is_a_note_like_any_other() -> None:
    text = Manifest.of("negotiator.example/log/1", "round 1", {"a.txt": b"a"}).text
    assert verify_signed_note(str(sign(text, LOG)), [LOG.verifier.vkey])


@given(st.integers(1, 70).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))))
def test_inclusion_proofs_of_ours_verify(case: tuple[int, int]) -> None:
    index, size = case
    proof = inclusion_proof(index, size, node)
    checkpoint_verify_inclusion(checkpoint(size), [LOG.verifier.vkey], index, LEAVES[index], proof)
    with pytest.raises(VerifyError):
        checkpoint_verify_inclusion(checkpoint(size), [LOG.verifier.vkey], index, leaf_hash(b"other"), proof)


@given(st.integers(1, 70).flatmap(lambda new: st.tuples(st.integers(1, new), st.just(new))))
def test_consistency_proofs_of_ours_verify(case: tuple[int, int]) -> None:
    old, new = case
    proof = consistency_proof(old, new, node)
    checkpoint_verify_consistency(checkpoint(old), checkpoint(new), [LOG.verifier.vkey], proof)
