"""What is in force before the work begins enters as it stands, with attested facts, and the verdict says what is known."""

from datetime import date

import pytest

from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.deliberation.domain.inheriting import Attested
from apps.deliberation.models import Decision, FieldState
from apps.deliberation.services import inherit
from apps.frameworks.domain.importing import Drafts, Plan, drafts_of, read_table, recognise
from apps.frameworks.models import Element
from apps.frameworks.services import seal_plan
from apps.partnerships.actors import Actor
from apps.provenance.models import Verdict
from apps.record import selectors as record
from apps.record.models import Log
from apps.record.verify import verify_log
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
TABLE = "domain,code,indicator,unit\nYoung,M1,Self-efficacy,%\n"
TOGETHER = Attested(date(2019, 5, 1), "concurrent", "joint", concurring=("A", "C", "U", "F", "T"))


def drafts(text: str = TABLE) -> Drafts:
    table = read_table(text)
    return drafts_of(table, recognise(table))


def enter(lismorrow: Lismorrow, facts: Attested = TOGETHER, by: Actor | None = None) -> Plan:
    found = inherit(
        by=by or lismorrow.orla,
        framework=lismorrow.framework,
        drafts=drafts(),
        source=TABLE.encode(),
        facts=facts,
        evidence="Minutes of 1 May 2019.",
    )
    lismorrow.settle()
    return found


def test_it_stands_in_the_framework_under_its_outcome_from_the_first_day(lismorrow: Lismorrow) -> None:
    enter(lismorrow)
    measure = Element.objects.get(code="M1")
    assert (measure.parent, measure.number) == (Element.objects.get(code="O1"), 1)
    assert {state.state for state in FieldState.objects.filter(element=measure.id)} == {"inherited"}
    assert [item["code"] for item in seal_plan(by=lismorrow.orla, framework=lismorrow.framework).state] == ["M1", "O1"]


def test_the_verdict_rests_on_what_is_attested_and_says_how_much_is_known(lismorrow: Lismorrow) -> None:
    enter(lismorrow)
    verdict = Verdict.objects.get(element=Element.objects.get(code="M1").id)
    assert verdict.label_ni == "mixed"
    assert "already in force at the start: agreed by 5 of 6 groups" in verdict.headline.lower()
    (act,) = [decision.act for decision in Decision.objects.filter(element=verdict.element)]
    assert act is not None
    assert (act["completeness"], act["on"], act["t"]) == ("4/4", "2019-05-01", "0")


def test_what_nobody_knows_counts_as_least_negotiated(lismorrow: Lismorrow) -> None:
    enter(lismorrow, Attested())
    verdict = Verdict.objects.get(element=Element.objects.get(code="M1").id)
    assert (verdict.label_ni, verdict.label_pe) == ("imposed", "planned")
    (entry, *_) = record.entries(lismorrow.log, types=["inheritance.recorded"])
    assert entry.data["act"]["completeness"] == "0/5"


def test_what_follows_changes_what_was_inherited(lismorrow: Lismorrow) -> None:
    enter(lismorrow, Attested(by="the council", method="decree"))
    measure = Element.objects.get(code="M1")
    change = lismorrow.propose(code="", action="change", element=measure.id, kind="", patch={"unit": "per cent"})
    lismorrow.decide(lismorrow.open(change), **lismorrow.everybody("for"))
    assert Verdict.objects.filter(element=measure.id).count() == 2
    assert Decision.objects.filter(element=measure.id).last().act["type"] == "change"  # type: ignore[union-attr,index]


def test_the_record_of_it_verifies(lismorrow: Lismorrow) -> None:
    enter(lismorrow)
    assert list(verify_log(Log.objects.get(id=lismorrow.log))) == []


def test_only_the_convenor_and_only_before_the_plan_is_sealed(lismorrow: Lismorrow) -> None:
    with pytest.raises(NotAllowed):
        enter(lismorrow, by=lismorrow.gareth)
    seal_plan(by=lismorrow.orla, framework=lismorrow.framework)
    with pytest.raises(Conflict) as refused:
        enter(lismorrow)
    assert refused.value.code == "plan.sealed"


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        (Attested(method="magic"), "method"),
        (Attested(origin="heaven"), "origin"),
        (Attested(method="consent"), "concurring"),
        (Attested(method="decree", concurring=("A",)), "concurring"),
        (Attested(method="vote", concurring=("Z",)), "concurring"),
        (Attested(since=date(2999, 1, 1)), "since"),
    ],
)
def test_facts_that_cannot_be_are_refused_by_name(lismorrow: Lismorrow, facts: Attested, fault: str) -> None:
    with pytest.raises(Invalid) as refused:
        enter(lismorrow, facts)
    assert set(refused.value.fields) == {fault}
    assert not Decision.objects.exists()


def test_entering_the_same_table_twice_makes_nothing_new(lismorrow: Lismorrow) -> None:
    enter(lismorrow)
    assert {item.deed for item in enter(lismorrow).items} == {"same"}
    assert Element.objects.count() == 2
