"""What stays of somebody who is erased: reasons by which an office bound others, and nothing else they said."""

import pytest

from apps.frameworks.models import Element
from apps.measurement.direction import directions
from apps.measurement.models import Need
from apps.measurement.services import state_need, withdraw_need
from apps.partnerships.actors import Actor
from apps.protection.services import ask_erasure, erase_person
from apps.provenance.models import Challenge, PanelMember, Verdict
from apps.provenance.services import contest, give_opinion, step_aside
from apps.record.domain.kinds import kinds
from apps.record.models import Log, Text
from apps.record.verify import verify_log
from tests.deliberation.test_impositions import decree, mandate
from tests.once import told_once
from tests.people import Lismorrow
from tests.protection.story import officer

pytestmark = pytest.mark.django_db
OFFICE = {
    "imposition.reason": "the holder of a mandate",
    "mandate.reason": "the convenor",
    "round.ruling": "the convenor",
    "note.correction": "the convenor",
    "edition.note": "the convenor",
    "record.ground": "the data protection officer",
}
"""Kinds of words that stay, and the office that gives the right to the act they belong to."""


def forget(lismorrow: Lismorrow, who: Actor) -> None:
    erase_person(by=officer(lismorrow), request=ask_erasure(by=who), ground="consent")
    assert list(verify_log(Log.objects.get(id=lismorrow.log))) == []


def standing(kind: str) -> list[str | None]:
    return list(Text.objects.filter(kind=kind).order_by("made_at").values_list("body", flat=True))


@told_once
def challenge(lismorrow: Lismorrow) -> Challenge:
    """Samira contests what Moira set alone; a panel of three has been drawn."""
    decree(lismorrow, mandate(lismorrow), proposal=lismorrow.propose(lismorrow.jamie, code="M1"))
    lismorrow.settle()
    about = Verdict.objects.get().seq
    return contest(by=lismorrow.samira, framework=lismorrow.framework, about=about, reason="We were asked, in March.")


def panellist(lismorrow: Lismorrow, challenge: Challenge) -> Actor:
    """Somebody who sits on the panel."""
    seats = set(challenge.members.values_list("seat", flat=True))
    everybody = (lismorrow.colm, lismorrow.ify, lismorrow.ruth, lismorrow.jamie, lismorrow.gareth)
    return next(actor for actor in everybody if actor.require_seat().id in seats)


def test_only_words_of_an_office_are_official() -> None:
    assert {kind.name for kind in kinds() if kind.official} == OFFICE.keys()


def test_an_opinion_on_a_panel_goes_and_the_answer_stays(lismorrow: Lismorrow, challenge: Challenge) -> None:
    member = panellist(lismorrow, challenge)
    give_opinion(
        by=member, challenge=challenge, answer="upheld", label=["mixed", "planned"], reason="I sat there in March."
    )
    forget(lismorrow, member)
    assert standing("challenge.opinion") == [None]
    kept = PanelMember.objects.exclude(answer="").get()
    assert (kept.answer, kept.label) == ("upheld", ["mixed", "planned"])


def test_why_somebody_stepped_aside_goes(lismorrow: Lismorrow, challenge: Challenge) -> None:
    member = panellist(lismorrow, challenge)
    step_aside(by=member, challenge=challenge, reason="My sister works there.")
    forget(lismorrow, member)
    assert standing("challenge.opinion") == [None]


def test_the_reason_of_who_decided_alone_stays_without_the_name(lismorrow: Lismorrow, challenge: Challenge) -> None:
    before = standing("imposition.reason")
    forget(lismorrow, lismorrow.moira)
    assert standing("imposition.reason") == before != [None]


def test_a_need_goes_in_its_words_and_stands_as_removed(lismorrow: Lismorrow) -> None:
    proposed = lismorrow.propose(kind="outcome", code="O1", patch={"title": "People are not alone"})
    lismorrow.decide(lismorrow.open(proposed), **lismorrow.everybody("for"))
    outcome = Element.objects.get(code="O1").id
    for words in ("Who is alone?", "Who is cold?"):
        state_need(by=lismorrow.gareth, framework=lismorrow.framework, outcome=outcome, words=words)
    withdraw_need(by=lismorrow.gareth, need=Need.objects.all()[1], reason="I was told to.")
    forget(lismorrow, lismorrow.gareth)
    assert standing("need.words") == [None, None, None]
    (found,) = directions(lismorrow.framework)
    assert [item.title for item in found.above] == ["(removed)"]
