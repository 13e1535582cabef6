"""Frameworks: the founding plan is sealed once, editions are frozen, gates shut and open."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.frameworks.models import Edition, Element, ElementVersion
from apps.frameworks.selectors import years_since_start
from apps.frameworks.services import digest, name_levels, open_gates, publish_edition, seal_plan
from apps.record import selectors as record
from tests.deliberation.test_rounds import ALL_FOR
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def test_the_founding_plan_is_edition_0_and_sealed_once(lismorrow: Lismorrow) -> None:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **ALL_FOR)
    edition = seal_plan(
        by=lismorrow.orla, framework=lismorrow.framework, slots=[{"key": "care", "title": "One on care"}]
    )
    assert edition.number == 0
    (entry,) = record.entries(lismorrow.log, types=["plan.sealed"])
    assert entry.data["elements"] == [str(Element.objects.get().id)]
    assert entry.data["state_sha256"] == digest(edition.state)
    with pytest.raises(Conflict):
        seal_plan(by=lismorrow.orla, framework=lismorrow.framework)


def test_places_of_the_plan_have_different_keys(lismorrow: Lismorrow) -> None:
    twice = [{"key": "care", "title": "One"}, {"key": "care", "title": "Two"}]
    with pytest.raises(Invalid):
        seal_plan(by=lismorrow.orla, framework=lismorrow.framework, slots=twice)


def test_editions_are_numbered_and_frozen(lismorrow: Lismorrow) -> None:
    with pytest.raises(Conflict):
        publish_edition(by=lismorrow.orla, framework=lismorrow.framework)
    seal_plan(by=lismorrow.orla, framework=lismorrow.framework)
    assert publish_edition(by=lismorrow.orla, framework=lismorrow.framework).number == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.update(state=[])


def test_an_edition_says_from_when_it_counts_and_what_counts_later(lismorrow: Lismorrow) -> None:
    seal_plan(by=lismorrow.orla, framework=lismorrow.framework)
    note = "The home-care contract counts from its variation."
    edition = publish_edition(
        by=lismorrow.orla, framework=lismorrow.framework, effective_from=date(2030, 4, 1), note=note
    )
    (entry,) = record.entries(lismorrow.log, types=["edition.published"])
    assert (entry.data["effective_from"], edition.note and edition.note.body) == ("2030-04-01", note)
    with pytest.raises(Invalid) as refused:
        publish_edition(by=lismorrow.orla, framework=lismorrow.framework, effective_from=date(2030, 3, 31))
    assert refused.value.code == "edition.effective"


def test_levels_are_named_by_the_convenor(lismorrow: Lismorrow) -> None:
    assert name_levels(by=lismorrow.orla, framework=lismorrow.framework, levels=["Goal", "Outcome"]).levels == [
        "Goal",
        "Outcome",
    ]
    with pytest.raises(NotAllowed):
        name_levels(by=lismorrow.ify, framework=lismorrow.framework, levels=["Goal"])
    with pytest.raises(Invalid):
        name_levels(by=lismorrow.orla, framework=lismorrow.framework, levels=["Goal", "Goal"])


def test_what_is_adopted_before_its_outcome_finds_its_place_when_the_outcome_comes(lismorrow: Lismorrow) -> None:
    outcome = lismorrow.propose(code="O1", kind="outcome", patch={"title": "Not alone"})
    measure = lismorrow.propose(parent=outcome.element)
    for proposal in (measure, outcome):
        lismorrow.decide(lismorrow.open(proposal), **ALL_FOR)
    assert Element.objects.get(code="M4").parent == Element.objects.get(code="O1")


def test_a_version_of_an_element_never_changes(lismorrow: Lismorrow) -> None:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **ALL_FOR)
    with pytest.raises(DatabaseError), transaction.atomic():
        ElementVersion.objects.update(fields={})


def test_a_proposal_that_fills_a_place_marks_it_filled(lismorrow: Lismorrow) -> None:
    seal_plan(by=lismorrow.orla, framework=lismorrow.framework, slots=[{"key": "care", "title": "One on care"}])
    lismorrow.decide(lismorrow.open(lismorrow.propose(slot="care")), **ALL_FOR)
    assert lismorrow.framework.slots.get().filled_by == Element.objects.get().id


def test_gates_are_the_convenors_and_known(lismorrow: Lismorrow) -> None:
    with pytest.raises(NotAllowed):
        open_gates(by=lismorrow.ify, framework=lismorrow.framework, gates=[])
    with pytest.raises(Invalid):
        open_gates(by=lismorrow.orla, framework=lismorrow.framework, gates=["windows"])
    assert open_gates(by=lismorrow.orla, framework=lismorrow.framework, gates=["offer"]).gates == ["offer"]


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2023, 10, 1), "0"),
        (date(2023, 12, 31), "0"),
        (date(2024, 1, 1), "0.25"),
        (date(2024, 7, 15), "0.75"),
        (date(2026, 10, 1), "3"),
        (date(2025, 4, 1), "1.5"),
    ],
)
def test_time_runs_by_quarters_from_the_start(lismorrow: Lismorrow, day: date, years: str) -> None:
    assert years_since_start(lismorrow.framework, day) == years
