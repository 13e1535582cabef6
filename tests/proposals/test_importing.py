"""A table brought in as drafts: each row a suggestion on the table, all or nothing, and a second time nothing new."""

from pathlib import Path

import pytest

from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.frameworks.domain.importing import Drafts, Plan, drafts_of, read_table, recognise
from apps.frameworks.models import Element
from apps.frameworks.services import open_gates
from apps.partnerships.actors import Actor
from apps.proposals.models import Proposal
from apps.proposals.services import import_drafts
from apps.record import selectors as record
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
PUBLISHED = Path(__file__).resolve().parents[2] / "../shared/data/frameworks"
TABLE = "domain,code,indicator,unit,importance\nYoung,M1,Self-efficacy,%,It lasts a life.\nYoung,M2,Life satisfaction,score,\n"


def drafts(text: str | bytes) -> Drafts:
    table = read_table(text)
    return drafts_of(table, recognise(table))


def bring(lismorrow: Lismorrow, by: Actor, text: str = TABLE) -> Plan:
    return import_drafts(
        by=by, framework=lismorrow.framework, drafts=drafts(text), source=text.encode(), rationale="Our draft."
    )


def test_every_row_becomes_a_suggestion_of_the_group_that_brings_it(lismorrow: Lismorrow) -> None:
    bring(lismorrow, lismorrow.gareth)
    proposals = {proposal.code: proposal for proposal in Proposal.objects.all()}
    assert sorted(proposals) == ["M1", "M2", "O1"]
    assert {tuple(proposal.sponsors) for proposal in proposals.values()} == {("A",)}
    assert proposals["M1"].parent == proposals["O1"].element
    (entry,) = record.entries(lismorrow.log, types=["framework.imported"])
    assert (entry.data["added"], entry.data["way"]) == (3, "drafts")
    submitted = record.entries(lismorrow.log, types=["proposal.submitted"])
    assert {each.because for each in submitted} == {entry.seq}


def test_the_reason_is_the_rows_own_or_the_one_given_for_all(lismorrow: Lismorrow) -> None:
    bring(lismorrow, lismorrow.gareth)
    reasons = {proposal.code: proposal.versions.get().rationale for proposal in Proposal.objects.all()}
    assert {code: text and text.body for code, text in reasons.items()} == {
        "M1": "It lasts a life.",
        "M2": "Our draft.",
        "O1": "Our draft.",
    }


def test_the_second_time_nothing_is_made_and_nothing_recorded(lismorrow: Lismorrow) -> None:
    bring(lismorrow, lismorrow.gareth)
    size = record.size(lismorrow.log)
    again = bring(lismorrow, lismorrow.gareth)
    assert {item.deed for item in again.items} == {"same"}
    assert record.size(lismorrow.log) == size


def test_what_changed_in_the_table_becomes_the_next_version_of_ones_own_suggestion(lismorrow: Lismorrow) -> None:
    bring(lismorrow, lismorrow.gareth)
    found = bring(lismorrow, lismorrow.gareth, TABLE.replace("%", "per cent"))
    assert [(item.code, item.deed) for item in found.items] == [("O1", "same"), ("M1", "change"), ("M2", "same")]
    proposal = Proposal.objects.get(code="M1")
    newest = proposal.versions.get(number=2)
    assert (newest.patch["unit"], newest.patch["title"]) == ("per cent", "Self-efficacy")


def test_what_others_have_tabled_is_not_touched(lismorrow: Lismorrow) -> None:
    bring(lismorrow, lismorrow.gareth)
    found = bring(lismorrow, lismorrow.ify, TABLE.replace("%", "per cent"))
    assert [each.row for each in found.skipped] == [2]
    assert Proposal.objects.get(code="M1").number == 1


def test_what_is_in_force_gets_a_suggested_change_and_only_once(lismorrow: Lismorrow) -> None:
    bring(lismorrow, lismorrow.gareth)
    for proposal in Proposal.objects.order_by("-code"):
        lismorrow.decide(lismorrow.open(proposal), **lismorrow.everybody("for"))
    assert Element.objects.get(code="M1").parent == Element.objects.get(code="O1")
    for _ in range(2):
        bring(lismorrow, lismorrow.gareth, TABLE.replace("%", "per cent"))
    (change,) = Proposal.objects.filter(action="change")
    assert change.versions.get().patch == {"unit": "per cent"}


def test_one_row_that_cannot_be_recorded_lets_none_in(lismorrow: Lismorrow) -> None:
    open_gates(by=lismorrow.orla, framework=lismorrow.framework, gates=["offer"])
    with pytest.raises(Conflict):
        bring(lismorrow, lismorrow.gareth)
    with pytest.raises(NotAllowed):
        bring(lismorrow, lismorrow.tomasz)
    with pytest.raises(Invalid):
        import_drafts(
            by=lismorrow.gareth, framework=lismorrow.framework, drafts=drafts(TABLE), source=b"", rationale=" "
        )
    assert not Proposal.objects.exists()


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published frameworks are not here (../shared/data)")
@pytest.mark.parametrize("name", ["ni-pfg-wellbeing-indicators", "un-sdg-goals-targets-indicators"])
def test_a_published_framework_comes_in_and_the_second_time_nothing(lismorrow: Lismorrow, name: str) -> None:
    raw = (PUBLISHED / f"{name}.csv").read_bytes()
    first, second = (
        import_drafts(
            by=lismorrow.orla, framework=lismorrow.framework, drafts=drafts(raw), source=raw, rationale="As published."
        )
        for _ in range(2)
    )
    assert Proposal.objects.count() == len(first.of("add"))
    assert {item.deed for item in second.items} == {"same"}
