"""A framework begins with a copy of another: everything comes to the table, nothing is agreed, and names lead to the copies."""

from datetime import date
from typing import Any

import pytest

from apps.accounts.models import Person
from apps.common.errors import NotAllowed, NotFound
from apps.frameworks.models import Element, Framework
from apps.frameworks.selectors import copyable
from apps.frameworks.services import name_levels, offer_template
from apps.partnerships.actors import Actor
from apps.partnerships.services import found_partnership
from apps.proposals.models import Proposal
from apps.proposals.services import copy_framework
from tests.once import told_once
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db


@told_once
def source(lismorrow: Lismorrow) -> Framework:
    """An outcome, an instrument and a measure that names both, agreed by everybody."""
    outcome = lismorrow.propose(code="O1", kind="outcome", patch={"title": "Not alone"})
    instrument = lismorrow.propose(code="I1", kind="instrument", patch={"title": "Household survey"})
    named: dict[str, Any] = {
        "serves": [str(outcome.element)],
        "instrument": str(instrument.element),
        "collectors": ["F"],
    }
    measure = lismorrow.propose(parent=outcome.element, patch=LONELINESS | named)
    for proposal in (outcome, instrument, measure):
        lismorrow.decide(lismorrow.open(proposal), **lismorrow.everybody("for"))
    name_levels(by=lismorrow.orla, framework=lismorrow.framework, levels=["Goal"])
    lismorrow.framework.refresh_from_db()
    return lismorrow.framework


def copy(by: Actor, source: Framework, **more: Any) -> dict[str, Proposal]:
    made = copy_framework(by=by, source=source, title="Next", starts_on=date(2026, 1, 1), rationale="It works.", **more)
    return {proposal.code: proposal for proposal in made.proposals.all()}


def other_convenor() -> Actor:
    return found_partnership(by=Person.objects.create_user(name="Nora"), name="Elsewhere")


def test_everything_comes_to_the_table_under_ids_of_its_own(lismorrow: Lismorrow, source: Framework) -> None:
    made = copy(lismorrow.orla, source)
    patch = made["M4"].versions.get().patch
    assert patch["serves"] == [str(made["O1"].element)]
    assert patch["instrument"] == str(made["I1"].element)
    assert made["M4"].parent == made["O1"].element
    assert made["M4"].element != Element.objects.get(code="M4").id
    assert patch["target"] == LONELINESS["target"]
    assert made["M4"].framework.levels == ["Goal"]


def test_for_another_place_figures_and_groups_stay_behind(lismorrow: Lismorrow, source: Framework) -> None:
    patch = copy(other_convenor(), source, figures=False)["M4"].versions.get().patch
    assert not {"target", "baseline", "collectors"} & patch.keys()
    assert patch["definition"] == LONELINESS["definition"]


def test_only_what_one_may_read_is_copied_and_only_by_a_convenor(lismorrow: Lismorrow, source: Framework) -> None:
    with pytest.raises(NotAllowed):
        copy(lismorrow.ify, source)
    lismorrow.partnership.visibility = source.partnership.visibility = "members"
    source.partnership.save()
    with pytest.raises(NotFound):
        copy(other_convenor(), source)
    assert Framework.objects.count() == 1


def test_what_others_offer_as_a_template_can_be_chosen(lismorrow: Lismorrow, source: Framework) -> None:
    nora = other_convenor()
    assert nora.person is not None
    assert list(copyable(nora.person, nora.partnership)) == []
    offer_template(by=lismorrow.orla, framework=source, offered=True)
    assert list(copyable(nora.person, nora.partnership)) == [source]
    with pytest.raises(NotAllowed):
        offer_template(by=lismorrow.ify, framework=source, offered=False)
