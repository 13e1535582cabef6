"""Contesting: any member may, once; three groups answer, never a side; what they find stands beside what was computed."""

from typing import Any

import pytest
from django.urls import reverse

from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound
from apps.notifications.models import Notice
from apps.partnerships.models import Holding
from apps.partnerships.services import give_role
from apps.provenance.contesting import waiting_opinions
from apps.provenance.models import Challenge, PanelMember, Verdict
from apps.provenance.services import contest, give_opinion, step_aside, withdraw_challenge
from apps.record import selectors as record
from apps.record.models import Log
from apps.record.verify import verify_log
from tests.deliberation.test_impositions import decree, mandate
from tests.once import told_once
from tests.pages.conftest import Browser, browser
from tests.pages.reading import words
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
__all__ = ["browser"]


@told_once
def verdict(lismorrow: Lismorrow) -> Verdict:
    """M1 as Moira set it alone."""
    decree(lismorrow, mandate(lismorrow), proposal=lismorrow.propose(lismorrow.jamie, code="M1"))
    lismorrow.settle()
    return Verdict.objects.get()


def contested(lismorrow: Lismorrow, verdict: Verdict, **more: Any) -> Challenge:
    given: dict[str, Any] = {"by": lismorrow.samira, "about": verdict.seq, "reason": "We were asked, in March."} | more
    return contest(framework=lismorrow.framework, **given)


def people_on(challenge: Challenge) -> list[str]:
    """The names of those who sit on a panel now."""
    seats = [one.seat_id for one in challenge.members.filter(aside=False).order_by("place")]
    names = dict(Holding.objects.filter(seat__in=seats, until=None).values_list("seat", "person__name"))
    return [names[seat].lower() for seat in seats]


def test_a_panel_of_three_other_groups_is_drawn_at_once(lismorrow: Lismorrow, verdict: Verdict) -> None:
    give_role(by=lismorrow.orla, role="convenor", person=lismorrow.people["Ruth"])
    made = contested(lismorrow, verdict)
    panel = people_on(made)
    assert len(panel) == 3
    # Samira contests it, Moira set it, Jamie had tabled it, Ruth convenes: of their groups only P and F are left, and one more.
    assert {"colm", "ify"} < set(panel)
    assert not {"samira", "moira", "ruth", "tomasz"} & set(panel)
    told = [entry.type for entry in record.entries(lismorrow.log, subject=made.id)]
    assert told == ["challenge.made", "panel.drawn"]
    assert waiting_opinions(lismorrow.people["Ify"]).get().challenge == made


def test_two_of_three_decide_and_the_computed_words_stay(lismorrow: Lismorrow, verdict: Verdict) -> None:
    made = contested(lismorrow, verdict)
    first, second, third = people_on(made)
    label = ["mixed", "planned"]
    give_opinion(by=getattr(lismorrow, first), challenge=made, answer="upheld", reason="They were asked.", label=label)
    made.refresh_from_db()
    assert made.state == "open"
    made = give_opinion(by=getattr(lismorrow, second), challenge=made, answer="upheld", reason="So.", label=label)
    assert (made.state, made.label) == ("upheld", label)
    with pytest.raises(Conflict):
        give_opinion(by=getattr(lismorrow, third), challenge=made, answer="rejected", reason="Too late.")
    verdict.refresh_from_db()
    assert verdict.label_ni == "imposed"
    lismorrow.settle()
    assert Verdict.objects.count() == 1
    (answered,) = record.entries(lismorrow.log, types=["challenge.answered"])
    assert answered.data["label"] == label
    assert Notice.objects.filter(seq=answered.seq).count() > 9
    assert list(verify_log(Log.objects.get(id=lismorrow.log))) == []


def test_who_steps_aside_is_followed_by_the_next_of_the_lot(lismorrow: Lismorrow, verdict: Verdict) -> None:
    made = contested(lismorrow, verdict)
    gone = people_on(made)[0]
    made = step_aside(by=getattr(lismorrow, gone), challenge=made, reason="My sister works there.")
    panel = people_on(made)
    assert len(panel) == 3
    assert gone not in panel
    groups = made.members.filter(aside=False).values_list("seat__group__key", flat=True)
    assert len(set(groups)) == 3
    with pytest.raises(NotAllowed):
        give_opinion(by=getattr(lismorrow, gone), challenge=made, answer="upheld", reason="Still.")


def test_whoever_takes_over_a_seat_on_the_panel_must_not_be_a_side(lismorrow: Lismorrow, verdict: Verdict) -> None:
    made = contested(lismorrow, verdict)
    member = PanelMember.objects.filter(challenge=made)[0]
    Holding.objects.filter(person=lismorrow.people["Moira"]).delete()
    Holding.objects.filter(seat=member.seat, until=None).update(person=lismorrow.people["Moira"])
    with pytest.raises(NotAllowed) as refused:
        give_opinion(by=lismorrow.moira, challenge=made, answer="rejected", reason="I set it.")
    assert refused.value.code == "panel.barred"


def test_facts_are_contested_as_well_but_not_everything_is_a_fact(lismorrow: Lismorrow, verdict: Verdict) -> None:
    made = contested(lismorrow, verdict, about=verdict.because, by=lismorrow.tomasz)
    assert made.subject == "fact"
    with pytest.raises(Invalid) as label:
        give_opinion(
            by=getattr(lismorrow, people_on(made)[0]), challenge=made, answer="upheld", reason="So.", label=["mixed", "mixed"]
        )  # fmt: skip
    assert "label" in label.value.fields
    proposal = record.entries(lismorrow.log, types=["proposal.submitted"])[0]
    with pytest.raises(Invalid):
        contested(lismorrow, verdict, about=proposal.seq)
    with pytest.raises(NotFound):
        contested(lismorrow, verdict, about=0)
    with pytest.raises(NotFound):
        contested(lismorrow, verdict, about=99_999)


def test_once_by_each_and_only_by_members(lismorrow: Lismorrow, verdict: Verdict) -> None:
    made = contested(lismorrow, verdict)
    with pytest.raises(Conflict):
        contested(lismorrow, verdict)
    with pytest.raises(NotAllowed):
        contested(lismorrow, verdict, by=lismorrow.stan)
    with pytest.raises(NotAllowed):
        withdraw_challenge(by=lismorrow.ify, challenge=made, reason="Not mine.")
    made = withdraw_challenge(by=lismorrow.samira, challenge=made, reason="I was wrong.")
    assert made.state == "withdrawn"
    with pytest.raises(Conflict):  # nobody draws lots until the panel pleases
        contested(lismorrow, verdict)


def test_without_three_groups_there_is_no_panel_and_nothing_is_recorded(lismorrow: Lismorrow, verdict: Verdict) -> None:
    Holding.objects.exclude(seat__group__key__in=["A", "C"]).delete()
    before = record.size(lismorrow.log)
    with pytest.raises(Conflict) as refused:
        contested(lismorrow, verdict)
    assert refused.value.code == "challenge.no_panel"
    assert record.size(lismorrow.log) == before


def test_contesting_and_answering_by_the_pages(lismorrow: Lismorrow, verdict: Verdict, browser: Browser) -> None:
    samira, element = browser("samira"), reverse("element", args=[verdict.element])
    where = reverse("contest", args=[lismorrow.partnership.id, verdict.seq])
    assert where in samira.get(element).content.decode()
    assert "Contest" not in words(browser("").get(element))
    assert "Fill this in." in words(samira.post(where, {"reason": " "}))
    page = words(samira.post(where, {"reason": "We were asked, in March."}, follow=True))
    for said in ("How it was decided is contested", "We were asked, in March.", "Take it back", "has not answered yet"):
        assert said in page
    made = Challenge.objects.get()
    address = reverse("challenge", args=[made.id])
    first, second, _ = people_on(made)
    assert "You sit on a panel of three" in words(browser(first).get(reverse("home")))
    half = {"answer": "upheld", "reason": "They were.", "ni": "mixed"}
    assert "Choose both words, or leave both open." in words(browser(first).post(address, half))
    assert "Your opinion is recorded" in words(browser(first).post(address, half | {"pe": "planned"}, follow=True))
    assert "You sit on the panel" not in words(browser(first).get(address))
    browser(second).post(address, half | {"pe": "planned"})
    shown = words(browser("").get(element))
    assert "A panel of three groups found that right. In its view: mixed, planned. The computed words stay." in shown
    assert browser("stan").post(where, {"reason": "Me too."}).status_code == 403


def test_a_contested_part_says_so(lismorrow: Lismorrow, verdict: Verdict, browser: Browser) -> None:
    contested(lismorrow, verdict, about=verdict.because)
    assert "set by one party, can be talked about again, contested" in words(
        browser("").get(reverse("element", args=[verdict.element]))
    )
