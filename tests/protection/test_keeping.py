"""Words are kept for a period by their kind; single words can go earlier; some are left out of answers to the public."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound
from apps.partnerships.models import Partnership
from apps.proposals.models import Proposal
from apps.proposals.services import withdraw_proposal
from apps.protection.selectors import exemptions, retention
from apps.protection.services import erase_expired, erase_words, lift_exemption, mark_exempt, set_retention
from apps.record import selectors as record
from apps.record.models import Log, Text
from apps.record.verify import verify_log
from tests.deliberation.test_rounds import ALL_FOR
from tests.once import told_once
from tests.people import Lismorrow, found_lismorrow
from tests.protection.story import officer

pytestmark = pytest.mark.django_db


@told_once
def story() -> Lismorrow:
    """A partnership four years ago: something was adopted, something withdrawn, something lies on the table."""
    with clock.moved_to(timezone.now() - timedelta(days=4 * 366)):
        lismorrow = found_lismorrow(demo=True)
        lismorrow.decide(lismorrow.open(lismorrow.propose(code="M1")), **ALL_FOR)
        withdraw_proposal(by=lismorrow.colm, proposal=lismorrow.propose(lismorrow.colm, "M2"), reason="Not now.")
        lismorrow.propose(lismorrow.ify, "M3")
    return lismorrow


def bodies(kind: str) -> list[str | None]:
    return list(Text.objects.filter(kind=kind).order_by("made_at").values_list("body", flat=True))


def test_words_stay_as_long_as_the_record_unless_a_period_is_set(story: Lismorrow) -> None:
    assert erase_expired(Partnership.objects.all()) == 0
    assert retention(story.partnership)["proposal.wording"] is None


def test_when_a_period_is_over_the_clock_erases_and_says_so(story: Lismorrow) -> None:
    set_retention(by=officer(story), kind="proposal.withdrawal", years=3)
    assert erase_expired(Partnership.objects.all()) == 1
    assert bodies("proposal.withdrawal") == [None]
    (entry,) = record.entries(story.log, types=["text.erased"])
    assert (entry.by, entry.data["ground"], entry.data["rule"]) == ({"system": "clock"}, "period", "period")
    assert erase_expired(Partnership.objects.all()) == 0
    assert list(verify_log(Log.objects.get(id=story.log))) == []


def test_neither_what_was_adopted_nor_what_lies_on_the_table_runs_out(story: Lismorrow) -> None:
    set_retention(by=officer(story), kind="proposal.wording", years=3)
    assert erase_expired(Partnership.objects.all()) == 1
    erased = {proposal.code: proposal.versions.get().wording.body is None for proposal in Proposal.objects.all()}
    assert erased == {"M1": False, "M2": True, "M3": False}


def test_a_period_that_is_not_over_erases_nothing(story: Lismorrow) -> None:
    set_retention(by=officer(story), kind="proposal.withdrawal", years=5)
    assert erase_expired(Partnership.objects.all()) == 0


def test_periods_are_the_officers_and_acts_of_office_have_none(story: Lismorrow) -> None:
    with pytest.raises(NotAllowed):
        set_retention(by=story.orla, kind="proposal.rationale", years=3)
    for kind, years in (("imposition.reason", 3), ("proposal.rationale", 0), ("nothing.known", 3)):
        with pytest.raises(Invalid):
            set_retention(by=officer(story), kind=kind, years=years)


def test_a_passage_about_a_third_person_is_erased_and_what_it_stood_in_leaves_the_table(story: Lismorrow) -> None:
    wording = Proposal.objects.get(code="M3").versions.get().wording
    erase_words(by=officer(story), texts=[wording.id], ground="unlawful")
    assert Text.objects.get(id=wording.id).body is None
    assert Proposal.objects.get(code="M3").state == "withdrawn"


def test_an_adopted_wording_is_changed_by_a_proposal_and_not_erased(story: Lismorrow) -> None:
    wording = Proposal.objects.get(code="M1").versions.get().wording
    with pytest.raises(Conflict) as refused:
        erase_words(by=officer(story), texts=[wording.id], ground="unlawful")
    assert refused.value.code == "text.adopted"


def test_words_are_marked_as_exempt_once_and_unmarked_again(story: Lismorrow) -> None:
    una, text = officer(story), Text.objects.get(kind="proposal.withdrawal")
    mark_exempt(by=una, text=text.id, ground="personal")
    assert exemptions(story.partnership) == {str(text.id): "personal"}
    with pytest.raises(Conflict):
        mark_exempt(by=una, text=text.id, ground="personal")
    lift_exemption(by=una, text=text.id)
    assert exemptions(story.partnership) == {}
    with pytest.raises(NotFound):
        lift_exemption(by=una, text=text.id)
    assert [entry.type for entry in record.entries(story.log)][-2:] == ["exemption.marked", "exemption.lifted"]
