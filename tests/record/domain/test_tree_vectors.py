"""The published vectors for RFC 6962 and RFC 9162, those that must be rejected included."""

from base64 import b64decode
from hashlib import sha256
from typing import Any

import pytest

from apps.record.domain.tree import (
    EMPTY_ROOT,
    Frontier,
    leaf_hash,
    node_hash,
    root,
    subtree_consistency_proof,
    subtree_inclusion_proof,
    verify_consistency,
    verify_inclusion,
)
from tests.record.domain.vectors import load

CONSTANTS = load("merkle", "rfc6962_tree_constants.json")
INCLUSION = load("merkle", "inclusion_vectors.json")["vectors"]
CONSISTENCY = load("merkle", "consistency_vectors.json")["vectors"]
SUBTREES = load("merkle", "accumulated_subtree_vectors.json")

LEAVES = [leaf_hash(bytes([n])) for n in range(130)]
NODES = {(0, n): leaf for n, leaf in enumerate(LEAVES)}
NODES |= {(level, index): value for level, index, value in Frontier().append(LEAVES)[1]}


def get_node(level: int, index: int) -> bytes:
    return NODES[level, index]


def name(vector: dict[str, Any]) -> str:
    return f"{vector['file']}"


def hashes(values: list[str] | None) -> list[bytes]:
    return [b64decode(value) for value in values or []]


def test_the_hasher_gives_the_published_hashes() -> None:
    empty, empty_leaf, leaf, node = CONSTANTS["hasher"]
    assert EMPTY_ROOT.hex() == empty["want"]
    assert leaf_hash(b"").hex() == empty_leaf["want"]
    assert leaf_hash(leaf["leaf_ascii"].encode()).hex() == leaf["want"]
    assert node_hash(*(child.encode() for child in node["node_ascii"])).hex() == node["want"]


def test_the_eight_leaves_give_the_published_roots() -> None:
    leaves = [leaf_hash(bytes.fromhex(raw)) for raw in CONSTANTS["leaf_inputs_hex"]]
    assert [leaf.hex() for leaf in leaves] == CONSTANTS["leaf_hashes_hex"]
    for size, expected in enumerate(CONSTANTS["root_hashes_hex_by_size_0_to_8"]):
        assert root(leaves[:size]).hex() == expected
        assert Frontier().append(leaves[:size])[0].root().hex() == expected


@pytest.mark.parametrize("vector", INCLUSION, ids=name)
def test_inclusion(vector: dict[str, Any]) -> None:
    leaf, top = b64decode(vector["leafHash"]), b64decode(vector["root"])
    verified = verify_inclusion(leaf, vector["leafIdx"], vector["treeSize"], hashes(vector["proof"]), top)
    assert verified is not vector["wantErr"]


@pytest.mark.parametrize("vector", CONSISTENCY, ids=name)
def test_consistency(vector: dict[str, Any]) -> None:
    old, new = b64decode(vector["root1"] or ""), b64decode(vector["root2"] or "")
    verified = verify_consistency(vector["size1"], old, vector["size2"], new, hashes(vector["proof"]))
    assert verified is not vector["wantErr"]


def valid_subtrees(size: int) -> list[tuple[int, int]]:
    """As the vectors define them: the start is a multiple of the smallest power of two that holds the length."""
    pairs = ((start, end) for end in range(size + 1) for start in range(end + 1))
    return [(a, b) for a, b in pairs if a in (0, b) or a % (1 << (b - a - 1).bit_length()) == 0]


def subtree_root(start: int, end: int) -> bytes:
    return root(LEAVES[start:end])


def test_all_subtrees_of_130_leaves_have_the_published_hashes() -> None:
    lines = (f"[{start}, {end}) {subtree_root(start, end).hex()}\n" for start, end in valid_subtrees(130))
    assert sha256("".join(lines).encode()).hexdigest() == SUBTREES["subtree_hash"]["sha256"]


def test_all_inclusion_proofs_in_subtrees_of_130_leaves_are_the_published_ones() -> None:
    rolling = sha256()
    for start, end in valid_subtrees(130):
        for index in range(start, end):
            proof = subtree_inclusion_proof(index, start, end, get_node)
            rolling.update(f"{index} [{start}, {end}){''.join(f' {value.hex()}' for value in proof)}\n".encode())
    assert rolling.hexdigest() == SUBTREES["subtree_inclusion"]["sha256"]


def test_all_consistency_proofs_of_subtrees_of_130_leaves_are_the_published_ones() -> None:
    rolling = sha256()
    subtrees = valid_subtrees(130)
    for size in range(131):
        for start, end in subtrees:
            if end <= size:
                proof = subtree_consistency_proof(start, end, size, get_node)
                rolling.update(f"[{start}, {end}) {size}{''.join(f' {value.hex()}' for value in proof)}\n".encode())
    assert rolling.hexdigest() == SUBTREES["subtree_consistency"]["sha256"]
