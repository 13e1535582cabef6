"""One proof for many entries leads to the same root as the whole log, and to no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.common.errors import Invalid
from apps.record.domain.batch import BatchProof, left_out
from apps.record.domain.tree import Frontier, leaf_hash, root

LEAVES = [leaf_hash(bytes([number])) for number in range(130)]
NODES = {(0, number): leaf for number, leaf in enumerate(LEAVES)} | {
    (level, index): value for level, index, value in Frontier().append(LEAVES)[1]
}


def proof(indexes: list[int], size: int) -> BatchProof:
    return BatchProof.of(indexes, size, lambda level, index: NODES[level, index])


@given(st.integers(1, 130).flatmap(lambda size: st.tuples(st.just(size), st.sets(st.integers(0, size - 1)))))
def test_the_entries_and_the_hashes_left_out_give_the_root(case: tuple[int, set[int]]) -> None:
    size, chosen = case
    found = proof(sorted(chosen), size)
    assert found.root({index: LEAVES[index] for index in chosen}) == root(LEAVES[:size])


@given(st.integers(2, 130), st.data())
def test_one_other_leaf_gives_another_root(size: int, data: st.DataObject) -> None:
    chosen = sorted(data.draw(st.sets(st.integers(0, size - 1), min_size=1)))
    leaves = {index: LEAVES[index] for index in chosen}
    leaves[data.draw(st.sampled_from(chosen))] = leaf_hash(b"another")
    assert proof(chosen, size).root(leaves) != root(LEAVES[:size])


def test_neighbours_need_few_hashes() -> None:
    assert len(left_out(list(range(32, 64)), 128)) == 2
    assert left_out([0], 1) == []


@pytest.mark.parametrize("change", [lambda h: h[1:], lambda h: (*h, bytes(32)), lambda h: (h[0][:31], *h[1:])])
def test_a_proof_for_other_entries_is_refused(change: "object") -> None:
    found = proof([3], 64)
    with pytest.raises(Invalid):
        BatchProof(64, change(found.hashes)).root({3: LEAVES[3]})  # type: ignore[operator]
    with pytest.raises(Invalid):
        found.root({64: LEAVES[3]})
