"""The tree against a naive recursive definition, for every size up to 130 and for random logs."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.record.domain.tree import (
    EMPTY_ROOT,
    Frontier,
    GetNode,
    consistency_proof,
    frontier_at,
    inclusion_proof,
    leaf_hash,
    root,
    root_at,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(bytes([n])) for n in range(130)]
OTHER = sha256(b"other").digest()


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 9162 section 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def stored(leaves: list[bytes]) -> dict[tuple[int, int], bytes]:
    """What the database holds after these leaves: leaf hashes and the inner nodes the frontier reported."""
    _, nodes = Frontier().append(leaves)
    return {(0, n): leaf for n, leaf in enumerate(leaves)} | {(level, index): value for level, index, value in nodes}


NODES = stored(LEAVES)


def get_node(level: int, index: int) -> bytes:
    return NODES[level, index]


class Counted:
    """A reader of nodes that counts."""

    def __init__(self, read: GetNode) -> None:
        self.read, self.count = read, 0

    def __call__(self, level: int, index: int) -> bytes:
        self.count += 1
        return self.read(level, index)


@pytest.mark.parametrize("size", range(131))
def test_root_frontier_and_stored_nodes_agree_with_the_definition(size: int) -> None:
    expected = naive_root(LEAVES[:size])
    frontier, _ = Frontier().append(LEAVES[:size])
    assert root(LEAVES[:size]) == frontier.root() == root_at(size, get_node) == expected
    assert frontier == frontier_at(size, get_node)


def test_an_empty_log_has_the_hash_of_nothing_as_root() -> None:
    assert root([]) == Frontier().root() == EMPTY_ROOT == sha256(b"").digest()


@given(st.lists(st.binary(max_size=4), max_size=70), st.data())
def test_appending_in_any_portions_gives_one_tree_and_reports_each_node_once(
    raw: list[bytes], data: st.DataObject
) -> None:
    leaves = [leaf_hash(value) for value in raw]
    cuts = sorted(data.draw(st.lists(st.integers(0, len(leaves)), max_size=5)))
    frontier, reported = Frontier(), list[tuple[int, int, bytes]]()
    for start, end in zip([0, *cuts], [*cuts, len(leaves)], strict=True):
        frontier, nodes = frontier.append(leaves[start:end])
        reported += nodes
    assert frontier.root() == naive_root(leaves)
    assert len({node[:2] for node in reported}) == len(reported)
    for level, index, value in reported:
        assert level > 0
        assert value == naive_root(leaves[index << level : (index + 1) << level])
    complete = sum(len(leaves) >> level for level in range(1, 8))
    assert len(reported) == complete


@given(st.integers(0, 5), st.integers(0, 200))
def test_a_log_hashed_in_parts_of_a_power_of_two_has_the_same_root(level: int, size: int) -> None:
    leaves = [leaf_hash(n.to_bytes(2, "big")) for n in range(size)]
    parts = [root(leaves[start : start + (1 << level)]) for start in range(0, size, 1 << level)]
    assert root(parts) == naive_root(leaves)


@pytest.mark.parametrize("size", range(1, 131))
def test_every_entry_of_every_size_has_a_proof_that_verifies_and_no_other(size: int) -> None:
    top = naive_root(LEAVES[:size])
    for index in range(size):
        proof = inclusion_proof(index, size, get_node)
        assert verify_inclusion(LEAVES[index], index, size, proof, top)
        assert not verify_inclusion(OTHER, index, size, proof, top)
        assert not verify_inclusion(LEAVES[index], index, size, proof, OTHER)
        assert not verify_inclusion(LEAVES[index], index, size, [*proof, OTHER], top)
        assert not verify_inclusion(LEAVES[index], index + 1, size, proof, top)
        if proof:
            assert not verify_inclusion(LEAVES[index], index, size, proof[:-1], top)
            assert not verify_inclusion(LEAVES[index], index, size, proof[1:], top)
            assert not verify_inclusion(LEAVES[index], index, size, [OTHER, *proof[1:]], top)


@pytest.mark.parametrize("new", range(1, 131))
def test_every_earlier_size_is_shown_to_be_the_beginning(new: int) -> None:
    new_root = naive_root(LEAVES[:new])
    for old in range(1, new + 1):
        old_root = naive_root(LEAVES[:old])
        proof = consistency_proof(old, new, get_node)
        assert verify_consistency(old, old_root, new, new_root, proof)
        assert not verify_consistency(old, OTHER, new, new_root, proof)
        assert not verify_consistency(old, old_root, new, OTHER, proof)
        assert not verify_consistency(old, old_root, new, new_root, [*proof, OTHER])
        if proof:
            assert not verify_consistency(old, old_root, new, new_root, proof[:-1])
            assert not verify_consistency(old, old_root, new, new_root, [])


@given(st.integers(2, 130), st.data())
def test_a_log_whose_past_was_rewritten_is_not_consistent(new: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, new))
    changed = data.draw(st.integers(0, old - 1))
    rewritten = [*LEAVES[:changed], OTHER, *LEAVES[changed + 1 : new]]
    nodes = stored(rewritten)
    proof = consistency_proof(old, new, lambda level, index: nodes[level, index])
    assert not verify_consistency(old, naive_root(LEAVES[:old]), new, naive_root(rewritten), proof)


def test_a_proof_costs_reads_in_proportion_to_the_height_of_the_tree() -> None:
    size = 10_007
    nodes = stored([leaf_hash(n.to_bytes(3, "big")) for n in range(size)])
    for index in (0, 1, 4095, 8191, 8192, 10_006):
        reader = Counted(lambda level, index: nodes[level, index])
        inclusion_proof(index, size, reader)
        assert reader.count <= 2 * size.bit_length()
        reader.count = 0
        consistency_proof(index + 1, size, reader)
        assert reader.count <= 3 * size.bit_length()


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 1), (5, 3), (-1, 3)])
def test_an_entry_that_is_not_in_the_log_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(Invalid) as refused:
        inclusion_proof(index, size, get_node)
    assert refused.value.code == "proof.impossible"


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 3), (4, 3), (-1, 3)])
def test_an_empty_or_longer_log_is_the_beginning_of_nothing(old: int, new: int) -> None:
    with pytest.raises(Invalid):
        consistency_proof(old, new, get_node)
    assert not verify_consistency(old, EMPTY_ROOT, new, EMPTY_ROOT, [])


def test_hashes_of_another_length_never_verify() -> None:
    proof = inclusion_proof(2, 5, get_node)
    top = naive_root(LEAVES[:5])
    assert verify_inclusion(LEAVES[2], 2, 5, proof, top)
    assert not verify_inclusion(LEAVES[2][:-1], 2, 5, proof, top)
    assert not verify_inclusion(LEAVES[2], 2, 5, [proof[0] + b"\x00", *proof[1:]], top)
    old = consistency_proof(3, 5, get_node)
    assert verify_consistency(3, naive_root(LEAVES[:3]), 5, top, old)
    assert not verify_consistency(3, naive_root(LEAVES[:3]), 5, top, [old[0][:-1], *old[1:]])


@pytest.mark.parametrize(("size", "count"), [(1, 0), (0, 1), (3, 1), (4, 2), (-1, 1)])
def test_a_frontier_that_does_not_fit_its_size_is_refused(size: int, count: int) -> None:
    with pytest.raises(Invalid) as refused:
        Frontier(size, (OTHER,) * count)
    assert refused.value.code == "frontier.malformed"


def test_a_frontier_is_rebuilt_from_its_size_and_hashes() -> None:
    frontier, _ = Frontier().append(LEAVES[:77])
    again = Frontier(frontier.size, tuple(frontier.hashes))
    assert again.append(LEAVES[77:])[0].root() == naive_root(LEAVES)
    with pytest.raises(Invalid):
        Frontier(1, (b"short",))
