"""All or nothing."""

from hypothesis import given
from hypothesis import strategies as st

from apps.proposals.domain.packages import fallen, torn

SETS = st.lists(st.frozensets(st.sampled_from("abcdef"), min_size=2), max_size=4)
SOME = st.frozensets(st.sampled_from("abcdef"))


def test_what_is_not_adopted_pulls_its_package_down_and_the_next_with_it() -> None:
    assert fallen([{"a", "b"}, {"b", "c"}], {"b", "c", "d"}) == {"b", "c"}
    assert fallen([{"a", "b"}], {"a", "b"}) == set()


@given(SETS, SOME)
def test_every_package_is_adopted_whole_or_not_at_all(packages: list[frozenset[str]], adopted: frozenset[str]) -> None:
    standing = adopted - fallen(packages, adopted)
    assert all(package <= standing or not package & standing for package in packages)
    free = adopted - {one for package in packages for one in package}
    assert free <= standing


@given(SETS, SOME)
def test_an_agenda_is_torn_exactly_where_a_package_is_there_in_part(
    packages: list[frozenset[str]], agenda: frozenset[str]
) -> None:
    missing = torn(packages, agenda)
    assert not missing & agenda
    assert bool(missing) == any(package & agenda and not package <= agenda for package in packages)
