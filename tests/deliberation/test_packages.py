"""Packages in rounds: all or nothing, promises reminded, agreed subject to ratification."""

from datetime import timedelta
from uuid import uuid4

import pytest

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.deliberation.models import Decision, Round
from apps.deliberation.services import Cast, cast_one, close_round
from apps.deliberation.tasks import review
from apps.frameworks.models import Element
from apps.proposals.models import Commitment, Package, Proposal, Ratification
from apps.proposals.services import (
    Promise,
    answer_ratification,
    dissolve_package,
    keep_commitment,
    make_package,
    withdraw_proposal,
)
from apps.record import selectors as record
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def two(lismorrow: Lismorrow) -> list[Proposal]:
    return [lismorrow.propose(code="M4"), lismorrow.propose(code="M5")]


def bind(lismorrow: Lismorrow, two: list[Proposal], **more: object) -> Package:
    return make_package(
        by=lismorrow.gareth,
        framework=lismorrow.framework,
        title="Both",
        proposals=two,
        reason="One is no use without the other.",
        **more,  # type: ignore[arg-type]
    )


def vote(lismorrow: Lismorrow, round: Round, **against: str) -> None:
    """Everybody is for both, but those named are against the second."""
    for number, item in enumerate(round.items.order_by("order")):
        for name in lismorrow.everybody("for"):
            choice = "against" if number and name in against else "for"
            cast_one(Cast(lismorrow.people[name.capitalize()], round.id, item.id, choice, uuid4()))
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()


def test_all_are_adopted_or_none(lismorrow: Lismorrow, two: list[Proposal]) -> None:
    bind(lismorrow, two)
    vote(lismorrow, lismorrow.open(*two), colm="against")
    assert list(Decision.objects.order_by("seq").values_list("outcome", "adopted")) == [
        ("fell_with_package", False),
        ("not_agreed", False),
    ]
    assert not Element.objects.exists()
    assert set(Proposal.objects.values_list("state", flat=True)) == {"tabled"}
    assert Package.objects.get().state == "fallen"


def test_what_is_agreed_as_a_whole_is_adopted_as_a_whole(lismorrow: Lismorrow, two: list[Proposal]) -> None:
    bind(lismorrow, two)
    vote(lismorrow, lismorrow.open(*two))
    assert Element.objects.count() == 2
    assert Package.objects.get().state == "adopted"


def test_a_package_is_voted_on_as_a_whole(lismorrow: Lismorrow, two: list[Proposal]) -> None:
    package = bind(lismorrow, two)
    with pytest.raises(Conflict) as refused:
        lismorrow.open(two[0])
    assert refused.value.code == "package.torn"
    with pytest.raises(Conflict):
        withdraw_proposal(by=lismorrow.gareth, proposal=two[0], reason="So.")
    with pytest.raises(Conflict):
        bind(lismorrow, two)
    with pytest.raises(NotAllowed):
        dissolve_package(by=lismorrow.ify, package=package, reason="Mine now.")
    dissolve_package(by=lismorrow.moira, package=package, reason="Each by itself.")
    lismorrow.open(two[0])


def test_what_is_subject_to_ratification_waits_for_it(lismorrow: Lismorrow, two: list[Proposal]) -> None:
    bind(lismorrow, two, ratified_by={"A": clock.now().date() + 30 * DAY})
    vote(lismorrow, lismorrow.open(*two))
    assert not Decision.objects.exists()
    assert Package.objects.get().state == "subject"
    asked = Ratification.objects.get()
    with pytest.raises(NotAllowed):
        answer_ratification(by=lismorrow.ify, ratification=asked, answer="ratified", evidence="No.")
    answer_ratification(by=lismorrow.gareth, ratification=asked, answer="ratified", evidence="Minute 7 of 3 May.")
    lismorrow.settle()
    assert Element.objects.count() == 2
    assert Package.objects.get().state == "adopted"
    with pytest.raises(Conflict):
        answer_ratification(by=lismorrow.gareth, ratification=asked, answer="refused", evidence="After all.")


def test_no_answer_by_the_day_is_a_no(lismorrow: Lismorrow, two: list[Proposal]) -> None:
    bind(lismorrow, two, ratified_by={"A": clock.now().date()})
    vote(lismorrow, lismorrow.open(*two))
    Ratification.objects.update(due=clock.now().date() - DAY)
    review()
    lismorrow.settle()
    assert set(Decision.objects.values_list("outcome", flat=True)) == {"fell_with_package"}
    assert Package.objects.get().state == "fallen"
    assert set(Proposal.objects.values_list("state", flat=True)) == {"tabled"}


def test_who_promised_something_is_reminded_before_and_after_its_day(lismorrow: Lismorrow, two: list[Proposal]) -> None:
    bind(lismorrow, two, promises=[Promise("P", "Six tablets", clock.now().date() + 7 * DAY)])
    for _ in range(2):
        review()
    promised = Commitment.objects.get()
    Commitment.objects.update(due=clock.now().date() - DAY)
    for _ in range(2):
        review()
    stages = [entry.data["stage"] for entry in record.entries(lismorrow.log, types=["commitment.reminded"])]
    assert stages == ["due", "overdue"]
    with pytest.raises(NotAllowed):
        keep_commitment(by=lismorrow.ify, commitment=promised)
    keep_commitment(by=lismorrow.colm, commitment=promised)
    with pytest.raises(Conflict):
        keep_commitment(by=lismorrow.colm, commitment=promised)


def test_a_package_that_cannot_be_is_refused(lismorrow: Lismorrow, two: list[Proposal]) -> None:
    with pytest.raises(Invalid):
        bind(lismorrow, two[:1])
    theirs = lismorrow.propose(by=lismorrow.samira, code="M6")
    with pytest.raises(NotAllowed):
        bind(lismorrow, [two[0], theirs])
    with pytest.raises(Invalid):
        bind(lismorrow, two, ratified_by={"A": clock.now().date() - DAY})
    assert not Package.objects.exists()
