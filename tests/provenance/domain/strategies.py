"""Random histories: any groups, any course of acts that makes sense."""

from typing import Any

from hypothesis import strategies as st

from tests.provenance.domain.builders import ALL, GROUPS, PARTS

ALONE = ["decree", "inform", "consult", "involve"]
JOINT = ["vote", "concurrent", "consent"]
ORIGINS = st.sampled_from(["authority", "joint", "practice"])
TIMINGS = st.sampled_from(["plan", "foreseen", "unforeseen"])

groups = st.lists(st.sampled_from(ALL), unique=True)
some_parts = st.lists(st.sampled_from(PARTS), unique=True, min_size=1)
offer = st.integers(1, 7).flatmap(lambda offered: st.tuples(st.integers(0, offered), st.just(offered)).map(list))
offers = st.dictionaries(st.sampled_from(ALL), offer)


@st.composite
def acts(draw: st.DrawFn, types: list[str], methods: list[str]) -> dict[str, Any]:
    """One act without its time, of one of the types and methods given."""
    method = draw(st.sampled_from(methods))
    concurring = draw(groups) if method in JOINT else []
    act = {
        "type": draw(st.sampled_from(types)),
        "method": method,
        "concurring": concurring,
        "parts": draw(some_parts),
        "origin": draw(ORIGINS),
        "timing": draw(TIMINGS),
        "window": draw(st.booleans()),
        "offers": draw(offers),
        "objecting": [] if method == "consent" else [group for group in draw(groups) if group not in concurring],
        "bound": draw(groups),
    }
    return {**act, "binding": draw(st.booleans())} if act["type"] == "confirm" else act


alone = acts(["impose"], ALONE)
joint = acts(["adopt", "change", "inherited"], JOINT)
setting = st.one_of(alone, joint)
confirmation = acts(["confirm"], ALONE + JOINT)


@st.composite
def histories(
    draw: st.DrawFn,
    first: st.SearchStrategy[dict[str, Any]] = setting,
    later: st.SearchStrategy[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """A history that begins with an act of `first` and goes on with acts of `later`, some at the same time."""
    more = st.one_of(setting, confirmation) if later is None else later
    course = [draw(first), *draw(st.lists(more, max_size=4))]
    steps = draw(st.lists(st.integers(0, 8), min_size=len(course), max_size=len(course)))
    timed = [{**act, "t": str(sum(steps[: index + 1]) / 4)} for index, act in enumerate(course)]
    return {"version": 1, "groups": GROUPS, "until": sum(steps) + draw(st.integers(0, 5)), "acts": timed}
