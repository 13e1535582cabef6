"""What every method of selection promises, on random ballots with ties, gaps and weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.consensus.ballots_of import EVERY, SEVERAL, profiles, rankings, renamed
from tests.consensus.building import select


@pytest.mark.parametrize("kind", EVERY)
@given(data=st.data())
def test_no_alternative_has_an_advantage_by_its_name_or_place(kind: str, data: st.DataObject) -> None:
    """Rules 10.10: renaming alternatives renames the winners."""
    ballots = data.draw(profiles(EVERY[kind]))
    extra = {"seats": 2} if kind in SEVERAL else {}
    before, after = (
        select(kind, "ABCD", ballots, **extra),
        select(kind, "ABCD", renamed(ballots, "ABCD", "CADB"), **extra),
    )
    assert sorted(before["winners"]) == sorted("ABCD"["CADB".index(name)] for name in after["winners"])
    assert [sorted(tie) for tie in before["ties"]] == [
        sorted("ABCD"["CADB".index(n)] for n in tie) for tie in after["ties"]
    ]


@pytest.mark.parametrize("kind", [kind for kind in EVERY if kind != "stv"])
@given(data=st.data())
def test_every_voter_twice_changes_nothing(kind: str, data: st.DataObject) -> None:
    """Rules 10.11: only shares matter to who is chosen (Scottish STV rounds its quota, so it is left out)."""
    ballots = data.draw(profiles(EVERY[kind]))
    extra = {"seats": 2} if kind in SEVERAL else {}
    twice = {ballot: 2 * weight for ballot, weight in ballots.items()}
    assert select(kind, "ABCD", ballots, **extra)["winners"] == select(kind, "ABCD", twice, **extra)["winners"]


@pytest.mark.parametrize("kind", EVERY)
@given(data=st.data())
def test_a_declared_tie_break_always_decides_and_only_among_those_possible(kind: str, data: st.DataObject) -> None:
    """Rules 10.6."""
    ballots = data.draw(profiles(EVERY[kind]))
    extra = {"seats": 2} if kind in SEVERAL else {}
    open_result = select(kind, "ABCD", ballots, **extra)
    listed = select(kind, "ABCD", ballots, tie_break="listed", **extra)
    assert listed["outcome"] == "agreed"
    possible = {*open_result["winners"], *(name for tie in open_result["ties"] for name in tie)}
    assert set(listed["winners"]) <= possible
    if not open_result["ties"]:
        assert sorted(listed["winners"]) == sorted(open_result["winners"])


@pytest.mark.parametrize("kind", ["approval", "score", "majority_judgment"])
@given(data=st.data())
def test_raising_a_sole_winner_keeps_it_winning(kind: str, data: st.DataObject) -> None:
    """Rules 10.12: where the method is monotone. One ballot gives the winner its best."""
    ballots = data.draw(profiles(EVERY[kind]))
    found = select(kind, "ABCD", ballots)["winners"]
    if len(found) == 1:
        best = found[0] if kind == "approval" else f"{found[0]}:5"
        raised = dict(ballots) | {best: ballots.get(best, 0) + 1}
        assert select(kind, "ABCD", raised)["winners"] == found


@pytest.mark.parametrize("kind", ["borda", "schulze", "ranked_pairs"])
@given(data=st.data())
def test_a_ballot_with_the_winner_first_never_hurts_it(kind: str, data: st.DataObject) -> None:
    """Rules 10.12: a ballot that puts the sole winner alone at the top is raised from anywhere below."""
    ballots = data.draw(profiles(rankings()))
    found = select(kind, "ABCD", ballots)["winners"]
    if len(found) == 1:
        ballot = data.draw(st.sampled_from(sorted(ballots)))
        rest = [[name for name in group.split("=") if name != found[0]] for group in ballot.split(">")]
        raised = ">".join([found[0], *("=".join(group) for group in rest if group)])
        moved = dict(ballots) | {ballot: ballots[ballot] - 1}
        moved[raised] = moved.get(raised, 0) + 1
        assert select(kind, "ABCD", {choice: many for choice, many in moved.items() if many})["winners"] == found
