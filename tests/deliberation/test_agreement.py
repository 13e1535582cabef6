"""Statistics beside a decision: of counted rounds only, over lines, groups and rounds."""

from decimal import Decimal
from fractions import Fraction

import pytest

from apps.deliberation.agreement import Agreement, Course, figures_of
from apps.deliberation.models import Round
from apps.partnerships.actors import Actor
from apps.proposals.models import Proposal
from tests.deliberation.test_every_kind import document, question, two_texts
from tests.people import MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db
SHARE = {
    "scale": [1, 9],
    "criterion": "share",
    "in": [{"range": [7, 9], "at_least": "0.70"}, {"range": [1, 3], "below": "0.15"}],
    "out": [{"range": [1, 3], "at_least": "0.70"}],
}
RATING = document("rating", SHARE)
SPLIT = {"gareth": "1", "moira": "1", "samira": "9", "pat": "9"}


def agreement(viewer: Actor, round: Round) -> Agreement | None:
    found = figures_of(viewer, round)
    return found.agreement if found else None


def course(viewer: Actor, round: Round) -> Course | None:
    found = figures_of(viewer, round)
    return found.course if found else None


def again(round: Round) -> Proposal:
    return Proposal.objects.get(items__round=round)


def test_before_the_count_there_is_nothing_to_see(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=RATING, secrecy="open")
    lismorrow.vote(round, ify="8")
    assert figures_of(lismorrow.orla, round) is None


def test_two_groups_at_the_two_ends_are_as_far_apart_as_can_be(lismorrow: Lismorrow) -> None:
    """Rules 25.5, 25.6, 25.7: half at each end is polarisation 1, and all of it lies between the groups."""
    round = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.decide(round, **SPLIT)
    round.refresh_from_db()
    found = agreement(lismorrow.samira, round)
    assert found
    (line,) = found.items
    assert [line.polarisation, line.between_groups] == [1, 1]
    assert (line.informed, line.groups) == (Fraction(1, 4) * Fraction(3, 4), 2)
    assert line.informed_mean == Decimal("0.433013")
    assert found.ac1 is not None


def test_agreement_over_several_lines(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(code="M1"), lismorrow.propose(code="M2"), rule=RATING)
    first, second = round.items.order_by("order")
    for item, choice in ((first, "9"), (second, "2")):
        lismorrow.vote_on(item, **lismorrow.everybody(choice))
    lismorrow.decide(round)
    round.refresh_from_db()
    found = agreement(lismorrow.orla, round)
    assert found
    assert [found.alpha, found.w, found.complete] == [1, 1, 9]


def test_yes_and_no_have_agreement_and_no_polarisation(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(), rule=MAJORITY_OF_EVERY_GROUP)
    lismorrow.decide(round, **(lismorrow.everybody("for") | {"pat": "against"}))
    round.refresh_from_db()
    found = agreement(lismorrow.orla, round)
    assert found
    assert found.items[0].polarisation is None
    assert found.items[0].groups == 6
    assert found.w is None


def test_rankings_have_concordance(lismorrow: Lismorrow) -> None:
    round = question(lismorrow, document("borda", {"alternatives": ["A", "B", "keep"]}), two_texts(lismorrow))
    lismorrow.decide(round, **lismorrow.everybody("A>B"))
    round.refresh_from_db()
    found = figures_of(lismorrow.orla, round)
    assert found
    assert list(found.concordance.values()) == [1]
    assert found.agreement is None


def test_a_second_round_knows_the_first_who_stayed_and_how_many_moved(lismorrow: Lismorrow) -> None:
    first = lismorrow.open(lismorrow.propose(), rule=RATING)
    lismorrow.decide(first, **(lismorrow.everybody("8") | {"samira": "2", "pat": "2"}))
    second = lismorrow.open(again(first), rule=RATING)
    lismorrow.decide(second, **{name: "8" for name in lismorrow.everybody("8") if name != "pat"})
    second.refresh_from_db()
    way = course(lismorrow.samira, second)
    assert way
    assert [one.id for one in way.rounds] == [first.id, second.id]
    ((proposal, series),) = way.series.items()
    assert (series.standing, series.rounds) == ("retained", (1, 2))
    moved = way.stability[proposal]
    assert (moved.matched, moved.moved, moved.stable) == (8, Fraction(1, 8), True)
    (together,) = way.attrition  # no group has five
    assert (together.group, together.raters, together.of_the_first) == ("A, C, F, P, T, U", (9, 8), (9, 8))
    assert course(lismorrow.samira, Round.objects.get(id=first.id)) is None
