"""The whole demonstration, played once inside the process: every figure, round, offer and refusal of its story."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import ApiToken, Person
from apps.deliberation.coming import who_comes
from apps.deliberation.models import Decision, Interest, RenegotiationTrack, Round
from apps.deliberation.reviews import reviews_of
from apps.frameworks.domain.coherence import check
from apps.frameworks.models import Element, Framework
from apps.frameworks.selectors import state
from apps.measurement.direction import directions, noticings, shows_practice
from apps.measurement.models import Pulse
from apps.notifications.models import Notice
from apps.partnerships.actors import actor_in
from apps.partnerships.models import Holding, Mandate, Partnership
from apps.partnerships.selectors import partnerships_for, pseudonyms
from apps.proposals.models import Offer, Proposal
from apps.provenance.models import Challenge, Verdict
from apps.provenance.selectors import verdicts
from apps.record import readers
from apps.record import selectors as record
from apps.record.act import pause
from apps.record.verify import verify_log
from negotiator.demo import SCENARIO
from negotiator.rehearsal.scenario import read_scenario

pytestmark = [pytest.mark.django_db, pytest.mark.services]

VERDICTS = {
    "M1": ("mixed", "emergent", "0.4223", "0.6429"),
    "M2": ("negotiated", "emergent", "0.9688", "1.0000"),
    "M3": ("negotiated", "planned", "0.7083", "0.1667"),
    "M4": ("negotiated", "planned", "0.8179", "0.1429"),
    "M5": ("mixed", "planned", "0.5774", "0.2857"),
    "M6": ("imposed", "emergent", "0.2500", "0.7143"),
    "M7": ("imposed", "planned", "0.0000", "0.0000"),
    "M8": ("imposed", "planned", "0.3900", "0.0000"),
    "M9": ("mixed", "planned", "0.5670", "0.1190"),
    "M10": ("negotiated", "mixed", "0.6946", "0.5714"),
}
OUTCOMES = {
    "R1 Mission and values": ["agreed", "agreed", "agreed", "blocked"],
    "R1 Mission and values, second time: V3": ["agreed"],
    "R3a M4 Loneliness, first private rating": ["undecided"],
    "R3 M4 second rating; M3, Volunteering": ["agreed", "agreed", "undecided"],
    "R3 Volunteering, second round": ["undecided"],
    "R4 M9 Housing stress": ["agreed"],
    "R5 M1 Care leavers": ["not_agreed"],
    "R6 M5 Adult social care": ["agreed"],
    "R7 M6 Mental health, and its instrument": ["agreed", "agreed"],
    "R10 M8 Homelessness": ["not_agreed"],
    "R10 M8 Homelessness, second time": ["not_agreed"],
    "R12 M1 Care leavers: what is counted, who is counted, target": ["agreed"],
    "R14 M10 Personal safety: confirm, or end it": ["agreed"],
}


@dataclass(frozen=True)
class Demo:
    """What the demonstration left in the database."""

    partnership: Partnership
    framework: Framework

    def element(self, code: str) -> Element:
        return self.framework.elements.get(code=code)

    def verdict(self, code: str) -> Verdict:
        return verdicts(self.framework)[self.element(code).id]

    def acts(self, code: str) -> list[dict[str, Any]]:
        return [
            found.act
            for found in Decision.objects.filter(element=self.element(code).id, act__isnull=False)
            if found.act
        ]

    def entries(self, *types: str) -> list[Any]:
        return record.entries(self.partnership.log_id, types=types)


def load() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration is played once for all tests here; then the worker's database is made anew."""
    with django_db_blocker.unblock():
        load()
    yield
    with django_db_blocker.unblock():
        TransactionTestCase()._fixture_teardown()  # type: ignore[attr-defined]


@pytest.fixture
def demo(loaded: None, db: None) -> Demo:
    partnership = Partnership.objects.select_related("log").get()
    return Demo(partnership, partnership.frameworks.get())


def test_each_measure_stands_where_the_story_says(demo: Demo) -> None:
    found = {code: demo.verdict(code) for code in VERDICTS}
    assert {code: (one.label_ni, one.label_pe, str(one.ni), str(one.pe)) for code, one in found.items()} == VERDICTS
    assert Counter(one.label_ni for one in found.values()) == {"imposed": 3, "mixed": 3, "negotiated": 4}
    assert set(found["M9"].flags) == {"no_mandate", "partly_imposed"}
    assert found["M7"].headline.startswith("Required from outside, not ours to change.")
    assert "no_change_offered" in found["M3"].flags
    assert "against Agency and Providers" in found["M1"].headline
    assert "over the heads of Community and People who use services" in found["M5"].headline
    expected = {row["measure"]: row for row in read_scenario(SCENARIO).table}
    assert len(expected) == len(VERDICTS)


def test_each_round_ends_as_it_did(demo: Demo) -> None:
    rounds = {round.title: round for round in Round.objects.prefetch_related("items")}
    for title, outcomes in OUTCOMES.items():
        assert [item.outcome for item in rounds[title].items.order_by("order")] == outcomes, title
    polls = [round for round in rounds.values() if round.advisory]
    assert len(polls) == 2
    item = rounds["R6 M5 Adult social care"].items.get()
    assert item.result is not None
    concurring = {key for key, group in item.result["groups"].items() if group["concurs"]}
    assert concurring == {"A", "P", "F", "T"}
    dissent = Decision.objects.get(item=item).dissents.all()
    assert [(each.group_key, each.against, str(each.review_on)) for each in dissent] == [
        ("C", 5, "2025-10-01"),
        ("U", 5, "2025-10-01"),
    ]


def test_papers_went_out_and_providers_declared_an_interest_that_stays_in_the_vote(demo: Demo) -> None:
    round = Round.objects.get(title="R6 M5 Adult social care")
    assert [str(sent.day) for sent in round.papers_sent.all()] == ["2024-03-11"]
    declared = Interest.objects.filter(item__round=round).order_by("seq")
    assert [(one.seat.label, one.leaves) for one in declared] == [(f"P{n}", False) for n in range(1, 5)]
    assert all(one.ruling is not None for one in declared)
    assert demo.partnership.papers_days == 10


def test_five_of_seven_of_the_community_said_that_they_would_come_and_three_sent_apologies_to_the_first_meeting(
    demo: Demo,
) -> None:
    convenor = actor_in(demo.partnership, Person.objects.get(name="Orla Devane"))
    sixth = who_comes(convenor, Round.objects.get(title="R6 M5 Adult social care"))
    assert {group.key: group.comes for group in sixth.groups} == {"A": 2, "P": 2, "F": 4, "T": 2, "C": 5, "U": 4}
    assert {group.seats for group in sixth.groups if group.key == "C"} == {7}
    first = who_comes(convenor, Round.objects.get(title="R1 Mission and values"))
    sent = {word.label: word.noted for word in first.words.values() if word.answer == "apologies"}
    assert sent == {"P4": False, "U7": False, "C7": True}


def test_one_ballot_was_entered_on_paper_by_two_witnesses(demo: Demo) -> None:
    (cast,) = [entry for entry in demo.entries("ballot.cast") if "witnesses" in entry.data]
    assert (cast.at[:10], cast.data["means"], cast.data["group"]) == ("2024-12-17", "paper", "C")
    assert len(set(cast.data["witnesses"])) == 2
    pat = Holding.objects.get(person__name="Pat McGlone", until=None).seat
    assert cast.by["seat"] == str(pat.id)


def test_59_changes_were_offered_and_31_taken(demo: Demo) -> None:
    on_measures = Offer.objects.filter(proposal__kind="measure")
    states = Counter(on_measures.values_list("state", flat=True))
    assert sum(states.values()) == 59
    assert states["accepted"] + states["modified"] == 31
    assert demo.acts("M10")[1]["offers"] == {"A": [2, 2], "F": [1, 2], "P": [1, 1], "T": [1, 1]}
    assert demo.acts("M6")[0]["window"] is True
    assert demo.acts("M9")[1]["method"] == "decree"
    assert sorted(demo.acts("M9")[1]["objecting"]) == ["C", "F", "P", "U"]
    assert demo.acts("M6")[1]["objecting"] == []
    assert demo.acts("M1")[0]["asked_by"] == ["U"]
    assert demo.acts("M1")[0]["bound"] == ["A", "P"]


def test_every_refused_attempt_to_impose_is_recorded(demo: Demo) -> None:
    refused = [(entry.at[:10], entry.data["code"]) for entry in demo.entries("act.refused")]
    assert refused == [
        ("2025-06-03", "mandate.scope"),
        ("2025-07-01", "mandate.scope"),
        ("2026-09-14", "mandate.not_valid"),
    ]


def test_what_a_mandate_leaves_out_stands_in_its_document(demo: Demo) -> None:
    held = Mandate.objects.get(code="MD3")
    kept = bytes(held.document.body)
    assert held.limits in kept.decode()
    assert sha256(kept).hexdigest() == held.document_sha256


def test_everybody_is_told_the_same_day_and_the_overdue_review_is_called(demo: Demo) -> None:
    told = [entry.at[:10] for entry in demo.entries("notice.given") if entry.data["about"] == "imposition.made"]
    imposed = [entry.at[:10] for entry in demo.entries("imposition.made")]
    assert told == imposed
    overdue = [entry for entry in demo.entries("review.called") if entry.data["stage"] == "overdue"]
    assert [(entry.at[:10], entry.data["due"]) for entry in overdue] == [("2026-04-02", "2026-04-01")]
    late = [review for review in reviews_of([demo.partnership.id]) if review.days_late > 0]
    assert [(review.mandate.code, review.days_late) for review in late] == [("MD5", 183)]
    assert not Notice.objects.exclude(mail_due=None).exists()


def test_the_pulse_falls_after_the_decree_and_practice_had_noticed_first(demo: Demo) -> None:
    first, then = Pulse.objects.filter(element=demo.element("M6").id).order_by("seq")
    said = [{row["groups"][0]: row for row in pulse.result or []} for pulse in (first, then)]
    assert [(row["F"]["matter"], row["F"]["answers"], row["F"]["seats"]) for row in said] == [
        ("7.6", 8, 8),
        ("3.9", 8, 8),
    ]
    (noticed,) = noticings(demo.framework, demo.element("M6").id)
    assert str(noticed.observed_on) == "2024-05-14"
    assert shows_practice(demo.framework, noticed)


def test_a_contested_fact_goes_to_a_panel_without_the_convenor(demo: Demo) -> None:
    contested = Challenge.objects.get()
    assert (contested.element, contested.subject, contested.state) == (demo.element("M9").id, "fact", "open")
    groups = [member.seat.group.key for member in contested.members.select_related("seat__group")]
    assert len(set(groups)) == 3
    assert "O" not in groups
    convenor = pseudonyms(demo.partnership, [Person.objects.get(email="orla.devane@example.org").id])
    assert set(convenor.values()) <= set(contested.barred)


def test_a_need_from_above_is_answered_from_practice(demo: Demo) -> None:
    found = {one.outcome.code: one.summary for one in directions(demo.framework)}
    assert found["O3"].words == "aligned"
    assert found["O4"].words == "only from above"


def test_one_can_sign_in_as_the_cast_and_no_token_is_left(demo: Demo) -> None:
    assert Person.objects.get(email="ify.okafor@example.org").name == "Ify Okafor"
    assert Person.objects.get(name="Pat McGlone").email is None
    assert not ApiToken.objects.exists()
    assert Mandate.objects.count() == 6
    vacated = [entry.data["label"] for entry in demo.entries("seat.vacated")]
    assert vacated == ["C5"]
    out = StringIO()
    call_command("cast", stdout=out)
    assert "Ify Okafor" in out.getvalue()
    assert "tomasz.wrona@example.org  Observers, auditor" in out.getvalue()


def test_the_framework_holds_what_was_decided_and_its_flaws_are_found(demo: Demo) -> None:
    assert demo.element("O4").title == "Everyone has a safe and settled home and street"
    assert demo.element("V3").title == "Count only what someone will use"
    assert {slot.key: slot.filled_by for slot in demo.framework.slots.all()} == {
        "care-experienced": demo.element("M1").id,
        "care-at-home": demo.element("M5").id,
    }
    assert Proposal.objects.get(code="M6", kind="measure").observed_on is not None
    assert [edition.number for edition in demo.framework.editions.all()] == [0, 1, 2, 3, 4]
    sealed = {item["code"] for item in demo.framework.editions.get(number=0).state if item["kind"] == "measure"}
    assert sealed == {"M3", "M4", "M7", "M9", "M10"}
    imposed = [str(demo.element(code).id) for code, verdict in VERDICTS.items() if verdict[0] == "imposed"]
    found = {(finding.code, finding.element) for finding in check(state(demo.framework), imposed)}
    assert ("measure.target_worse", str(demo.element("M9").id)) in found
    assert ("instrument.no_licence", str(demo.element("I9").id)) in found
    assert ("outcome.all_imposed", str(demo.element("O3").id)) in found
    assert RenegotiationTrack.objects.exclude(open_parts=[]).exists()


def test_the_record_is_whole_and_dated_as_the_story(demo: Demo) -> None:
    log = demo.partnership.log
    assert (log.demo, log.paused, str(demo.partnership.story_day)) == (True, False, "2026-10-01")
    assert list(verify_log(log)) == []
    assert not readers.is_behind(log.id)
    assert demo.entries("partnership.founded")[0].at.startswith("2023-08-21")


def test_loading_again_changes_nothing(demo: Demo) -> None:
    size = record.size(demo.partnership.log_id)
    assert load() == "The demonstration is there.\n"
    assert record.size(demo.partnership.log_id) == size
    assert list(partnerships_for(None)) == [demo.partnership]


def test_half_a_demonstration_is_set_aside_and_a_whole_one_is_made(demo: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    pause(demo.partnership.log_id, True)  # as a crash before the end leaves it: nobody has an address yet
    Person.objects.exclude(email="orla.devane@example.org").update(email=None)
    assert list(partnerships_for(None)) == []
    short = read_scenario(SCENARIO)
    monkeypatch.setattr(
        "negotiator.management.commands.load_demo.read_scenario",
        lambda path: type(short)(short.title, short.partnership, short.groups, short.cast, short.steps[:1], ()),
    )
    assert "The demonstration is loaded" in load()
    (shown,) = partnerships_for(None)
    assert shown != demo.partnership
    assert UUID(str(shown.id))
    assert Person.objects.filter(email="ify.okafor@example.org").count() == 1
