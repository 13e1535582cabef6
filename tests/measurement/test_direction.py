"""Needs from above, evidence from practice, and the table that holds the two against each other."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound
from apps.frameworks.models import Element
from apps.frameworks.services import publish_edition, seal_plan
from apps.measurement.direction import directions, first_naming, noticings, shows_practice
from apps.measurement.models import Alignment, Need
from apps.measurement.services import notice_practice, state_alignment, state_need, withdraw_need
from apps.record import selectors as record
from tests.once import told_once
from tests.pages.conftest import Browser, browser
from tests.pages.reading import words
from tests.people import LONELINESS, Lismorrow

pytestmark = pytest.mark.django_db
__all__ = ["browser"]


@told_once
def outcome(lismorrow: Lismorrow) -> Element:
    """O1, with M1 tabled by the agency and M2 by frontline staff under it."""
    proposed = lismorrow.propose(kind="outcome", code="O1", patch={"title": "People are not alone"})
    lismorrow.decide(lismorrow.open(proposed), **lismorrow.everybody("for"))
    found = Element.objects.get(code="O1")
    patch = LONELINESS | {"serves": [str(found.id)]}
    above = lismorrow.propose(code="M1", patch=patch)
    lismorrow.decide(lismorrow.open(above), **lismorrow.everybody("for"))
    below = lismorrow.propose(lismorrow.ify, code="M2", patch=patch | {"title": "Visits"})
    lismorrow.decide(lismorrow.open(below), **lismorrow.everybody("for"))
    return found


def test_a_need_stands_unanswered_until_a_measure_from_practice_answers_it(
    lismorrow: Lismorrow, outcome: Element
) -> None:
    need = state_need(by=lismorrow.gareth, framework=lismorrow.framework, outcome=outcome.id, words="Who is alone?")
    measure = Element.objects.get(code="M2")
    (found,) = directions(lismorrow.framework)
    assert [item.title for item in found.above] == ["Who is alone?", "M1 Loneliness"]
    assert [item.title for item in found.practice] == ["M2 Visits"]
    assert (found.summary.words, found.summary.unanswered) == ("apart", 2)
    given: dict[str, Any] = {"framework": lismorrow.framework, "above": need.id, "practice": measure.id}
    state_alignment(by=lismorrow.ify, relation="against", reason="Not at first.", **given)
    state_alignment(by=lismorrow.ify, relation="leads_to", reason="We see who is.", **given)  # replaces it
    (found,) = directions(lismorrow.framework)
    assert (found.summary.words, found.summary.answered, found.summary.against) == ("partly aligned", 1, 0)
    assert len(record.entries(lismorrow.log, types=["alignment.stated"])) == 2
    assert str(Alignment.objects.get().reason.body) == "We see who is."


def test_who_states_needs_and_who_takes_them_back(lismorrow: Lismorrow, outcome: Element) -> None:
    given: dict[str, Any] = {"framework": lismorrow.framework, "outcome": outcome.id, "words": "Who is alone?"}
    with pytest.raises(NotAllowed):
        state_need(by=lismorrow.ify, **given)
    with pytest.raises(Invalid):
        state_need(by=lismorrow.gareth, **given | {"outcome": Element.objects.get(code="M1").id})
    need = state_need(by=lismorrow.gareth, **given)
    with pytest.raises(NotAllowed):
        withdraw_need(by=lismorrow.orla, need=need, reason="Not hers.")
    withdraw_need(by=lismorrow.moira, need=need, reason="We know now.")
    with pytest.raises(Conflict):
        withdraw_need(by=lismorrow.moira, need=Need.objects.get(), reason="Again.")
    assert [item.title for item in directions(lismorrow.framework)[0].above] == ["M1 Loneliness"]


def test_what_hangs_together_must_be_there(lismorrow: Lismorrow, outcome: Element) -> None:
    one, two = Element.objects.get(code="M1").id, Element.objects.get(code="M2").id
    given: dict[str, Any] = {"by": lismorrow.ify, "framework": lismorrow.framework, "relation": "same", "reason": "So."}
    with pytest.raises(Invalid):
        state_alignment(above=two, practice=two, **given)
    with pytest.raises(NotFound):
        state_alignment(above=outcome.framework_id, practice=two, **given)
    with pytest.raises(Invalid):
        state_alignment(above=one, practice=two, **given | {"relation": "fits"})
    with pytest.raises(NotAllowed):
        state_alignment(above=one, practice=two, **given | {"by": lismorrow.tomasz})


def test_an_observation_is_evidence_only_if_no_plan_named_it_before(lismorrow: Lismorrow, outcome: Element) -> None:
    proposal = lismorrow.propose(lismorrow.ify, code="M3")
    early = clock.now().date() - timedelta(days=40)
    noticed = notice_practice(
        by=lismorrow.ify,
        framework=lismorrow.framework,
        element=proposal.element,
        observed_on=early,
        words="A list on the wall.",
    )
    assert first_naming(lismorrow.framework, proposal.element) is None
    assert shows_practice(lismorrow.framework, noticed)
    seal_plan(by=lismorrow.orla, framework=lismorrow.framework)
    lismorrow.decide(lismorrow.open(proposal), **lismorrow.everybody("for"))
    publish_edition(by=lismorrow.orla, framework=lismorrow.framework)
    naming = first_naming(lismorrow.framework, proposal.element)
    assert naming is not None
    assert naming.number == 1
    late = notice_practice(
        by=lismorrow.ruth,
        framework=lismorrow.framework,
        element=proposal.element,
        observed_on=clock.now().date(),
        words="Now.",
    )
    assert [shows_practice(lismorrow.framework, one) for one in noticings(lismorrow.framework, proposal.element)] == [
        True,
        False,
    ]
    assert late.seq > noticed.seq
    with pytest.raises(Invalid):
        notice_practice(
            by=lismorrow.ify,
            framework=lismorrow.framework,
            element=proposal.element,
            observed_on=date(2999, 1, 1),
            words="Not yet.",
        )
    with pytest.raises(NotFound):
        notice_practice(
            by=lismorrow.ify,
            framework=lismorrow.framework,
            element=outcome.framework_id,
            observed_on=early,
            words="What?",
        )


def test_the_table_and_its_forms(lismorrow: Lismorrow, outcome: Element, browser: Browser) -> None:
    where = [lismorrow.framework.id]
    page = reverse("direction", args=where)
    gareth, ify = browser("gareth"), browser("ify")
    assert "State a need" in words(gareth.get(page))
    assert "State a need" not in words(ify.get(page))
    assert ify.get(reverse("state_need", args=where)).status_code == 403
    sent = {"outcome": str(outcome.id), "words": "Who is alone?"}
    assert "It is stated." in words(gareth.post(reverse("state_need", args=where), sent, follow=True))
    need, measure = Need.objects.get(), Element.objects.get(code="M2")
    assert "Unanswered" in words(ify.get(page))
    link = {"above": str(need.id), "practice": str(measure.id), "relation": "leads_to", "reason": "We see who is."}
    assert "Fill this in." in words(ify.post(reverse("align", args=where), link | {"reason": ""}))
    assert "your group's view" in words(ify.post(reverse("align", args=where), link, follow=True))
    text = words(browser("").get(page))
    for said in ("Partly aligned.", "Leads to it (Frontline staff)", "We see who is.", "1 unanswered"):
        assert said in text
    back = reverse("withdraw_need", args=[*where, need.id])
    assert back in gareth.get(page).content.decode()
    assert "It is taken back." in words(gareth.post(back, {"reason": "We know now."}, follow=True))
    noticed = reverse("noticed", args=[measure.id])
    answer = ify.post(noticed, {"observed_on": "2024-05-14", "words": "A list on the wall."}, follow=True)
    assert "Frontline staff, 14 May 2024: no plan has named it yet." in words(answer)
