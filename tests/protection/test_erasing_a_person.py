"""Somebody proposed, offered changes, objected, voted, and asks to be forgotten: nothing of theirs is left anywhere.

Every column of every table is searched in a real `pg_dump`; what is looked for is first shown to be there.
"""

from uuid import UUID

import pytest

from apps.accounts.models import Person
from apps.common.errors import Conflict, NotAllowed, NotFound
from apps.deliberation.models import Ballot
from apps.exchange.domain.archive import unpack
from apps.exchange.domain.report import Report
from apps.exchange.domain.verifying import verify_archive
from apps.frameworks.models import Element
from apps.partnerships.actors import pseudonym
from apps.partnerships.models import Holding, Pseudonym
from apps.partnerships.services import found_partnership, give_role
from apps.proposals.models import Offer, Proposal
from apps.proposals.services import answer_offer, offer_change
from apps.protection.models import ErasureRequest
from apps.protection.selectors import open_request
from apps.protection.services import ask_erasure, erase_person, refuse_erasure
from apps.record import checkpoints
from apps.record import selectors as record
from apps.record.models import Log, Text
from apps.record.verify import verify_log
from tests.exchange.stories import dossier_of
from tests.people import Lismorrow
from tests.protection.dumping import dump
from tests.protection.story import ADOPTED, EMAIL, NAME, UNTIL, WORDS, officer, samiras_year

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def erased(live_lismorrow: Lismorrow) -> Lismorrow:
    """Samira did everything, asked, and was erased."""
    samiras_year(live_lismorrow)
    request = ask_erasure(by=live_lismorrow.samira, words="zqrequest")
    erase_person(by=officer(live_lismorrow), request=request, ground="consent")
    return live_lismorrow


def test_nothing_of_an_erased_person_is_in_the_database_or_its_dump(live_lismorrow: Lismorrow) -> None:
    person = samiras_year(live_lismorrow)
    request = ask_erasure(by=live_lismorrow.samira, words="zqrequest")
    needles = (NAME, "Quillfeather", EMAIL, *WORDS, "zqrequest", str(person.id), person.id.hex)
    before = dump()
    assert [needle for needle in needles if needle not in before] == [person.id.hex]

    kept = checkpoints.publish(live_lismorrow.log).note
    erase_person(by=officer(live_lismorrow), request=request, ground="consent")

    after = dump()
    assert [needle for needle in needles if needle in after] == []
    assert ADOPTED in after
    assert list(verify_log(Log.objects.get(id=live_lismorrow.log), [kept])) == []


def test_nothing_of_an_erased_person_is_in_a_new_dossier_and_it_verifies(live_lismorrow: Lismorrow) -> None:
    person = samiras_year(live_lismorrow)
    subjects = [("measure", Element.objects.get(code="M24").id), *_tabled("M20"), *_tabled("M24")]
    needles = (NAME, "Quillfeather", EMAIL, *WORDS, str(person.id))
    before = _taken(live_lismorrow, subjects)
    assert any(needle in text for needle in WORDS for text, _ in before)

    erase_person(by=officer(live_lismorrow), request=ask_erasure(by=live_lismorrow.samira), ground="consent")

    for text, report in _taken(live_lismorrow, subjects):
        assert [needle for needle in needles if needle in text] == []
        assert report.is_verified, report.to_text()


def _tabled(code: str) -> list[tuple[str, UUID]]:
    return [("proposal", id) for id in Proposal.objects.filter(code=code, from_offer=None).values_list("id", flat=True)]


def _taken(lismorrow: Lismorrow, subjects: list[tuple[str, UUID]]) -> list[tuple[str, Report]]:
    """All files of these dossiers as one text each, and what checking them says."""
    found = []
    for kind, id in subjects:
        body = dossier_of(lismorrow, id, kind).body
        files, _ = unpack(body)
        text = "\n".join(content.decode(errors="replace") for content in files.values())
        found.append((text, verify_archive(body)))
    return found


def test_no_link_from_a_person_to_the_seat_is_left(live_lismorrow: Lismorrow) -> None:
    person = samiras_year(live_lismorrow)
    seat, here = live_lismorrow.samira.require_seat(), pseudonym(live_lismorrow.log, person)
    request = ask_erasure(by=live_lismorrow.samira)
    erase_person(by=officer(live_lismorrow), request=request, ground="objection")
    assert not Person.objects.filter(id=person.id).exists()
    assert not Holding.objects.filter(seat=seat).exists()
    assert not Pseudonym.objects.filter(id=here).exists()
    assert Ballot.objects.filter(seat=seat).exists(), "the votes stay with the seat"


def test_what_was_adopted_belongs_to_the_partnership_and_stays(erased: Lismorrow) -> None:
    assert Element.objects.get(code="M24").fields["population"] == ADOPTED
    assert ADOPTED in str(Proposal.objects.get(code="M24").versions.get(number=2).patch)


def test_what_was_still_on_the_table_in_their_words_is_withdrawn(erased: Lismorrow) -> None:
    states = dict(Proposal.objects.filter(from_offer=None).values_list("code", "state"))
    assert states == {
        "M20": "withdrawn",
        "M21": "withdrawn",
        "M22": "tabled",
        "M23": "withdrawn",
        "M24": "decided",
        "M25": "tabled",
    }
    assert Proposal.objects.get(from_offer__isnull=False).state == "withdrawn"


def test_the_record_says_that_something_was_removed_when_and_why(erased: Lismorrow) -> None:
    (gone,) = record.entries(erased.log, types=["person.erased"])
    (words,) = record.entries(erased.log, types=["text.erased"])
    assert (words.data["ground"], words.data["rule"], words.because) == ("consent", "person", gone.seq)
    removed = Text.objects.filter(erased_seq=words.seq)
    assert {str(text.id) for text in removed} == set(words.data["texts"])
    assert gone.data["texts"] == len(words.data["texts"]) == removed.count()
    assert gone.data["kept"] == {"proposal.wording": 1}


def test_verdicts_counts_and_rooms_agree_with_the_record_afterwards(erased: Lismorrow) -> None:
    assert list(verify_log(Log.objects.get(id=erased.log))) == []


def test_an_offer_whose_words_are_gone_can_only_be_declined(live_lismorrow: Lismorrow) -> None:
    proposal = live_lismorrow.propose(offers_until=UNTIL)
    change = offer_change(by=live_lismorrow.samira, proposal=proposal, patch={"unit": "persons"}, reason="Simpler.")
    request = ask_erasure(by=live_lismorrow.samira)
    erase_person(by=officer(live_lismorrow), request=request, ground="consent")
    change = Offer.objects.get(id=change.id)
    with pytest.raises(Conflict) as refused:
        answer_offer(by=live_lismorrow.gareth, offer=change, answer="accepted", reason="Yes.")
    assert refused.value.code == "offer.erased"
    assert answer_offer(by=live_lismorrow.gareth, offer=change, answer="declined", reason="Gone.").state == "declined"


def test_while_a_round_is_open_on_their_words_the_erasure_waits(live_lismorrow: Lismorrow) -> None:
    live_lismorrow.open(live_lismorrow.propose(live_lismorrow.samira))
    request = ask_erasure(by=live_lismorrow.samira)
    with pytest.raises(Conflict) as refused:
        erase_person(by=officer(live_lismorrow), request=request, ground="consent")
    assert refused.value.code == "erasure.in_round"
    assert Person.objects.filter(email="samira@example.org").exists()


def test_somebody_who_belongs_elsewhere_is_forgotten_here_only(live_lismorrow: Lismorrow) -> None:
    person = live_lismorrow.people["Samira"]
    found_partnership(by=person, name="Another place")
    request = ask_erasure(by=live_lismorrow.samira)
    erase_person(by=officer(live_lismorrow), request=request, ground="consent")
    assert Person.objects.get(id=person.id).email == "samira@example.org"
    assert not Pseudonym.objects.filter(log=live_lismorrow.log, person=person).exists()


def test_a_refusal_names_ground_and_rule_and_is_an_act(live_lismorrow: Lismorrow) -> None:
    request = ask_erasure(by=live_lismorrow.samira, words="All of it, please.")
    una = officer(live_lismorrow)
    refuse_erasure(by=una, request=request, ground="claims", rule="office", reason="A case is before the court.")
    request = ErasureRequest.objects.get()
    assert (request.state, request.ground, request.rule) == ("refused", "claims", "office")
    (entry,) = record.entries(live_lismorrow.log, types=["erasure.refused"])
    assert (entry.because, entry.by["person"]) == (request.seq, str(una.by.person))
    with pytest.raises(Conflict):
        erase_person(by=una, request=request, ground="consent")


def test_only_the_officer_decides_and_never_on_a_request_of_their_own(live_lismorrow: Lismorrow) -> None:
    una, request = officer(live_lismorrow), ask_erasure(by=live_lismorrow.samira)
    with pytest.raises(NotAllowed):
        erase_person(by=live_lismorrow.orla, request=request, ground="consent")
    own = ask_erasure(by=una)
    with pytest.raises(Conflict) as refused:
        erase_person(by=una, request=own, ground="consent")
    assert refused.value.code == "erasure.own"


def test_a_partnership_keeps_a_convenor(live_lismorrow: Lismorrow) -> None:
    request = ask_erasure(by=live_lismorrow.orla)
    with pytest.raises(Conflict) as refused:
        erase_person(by=officer(live_lismorrow), request=request, ground="consent")
    assert refused.value.code == "role.last_convenor"


def test_asking_twice_and_asking_where_one_is_unknown_are_refused(live_lismorrow: Lismorrow) -> None:
    ask_erasure(by=live_lismorrow.samira)
    with pytest.raises(Conflict):
        ask_erasure(by=live_lismorrow.samira)
    with pytest.raises(NotAllowed):
        ask_erasure(by=live_lismorrow.stan)


def test_the_officer_writes_down_what_somebody_asked_by_letter(live_lismorrow: Lismorrow) -> None:
    una = officer(live_lismorrow)
    request = ask_erasure(by=una, person=live_lismorrow.people["Pat"], words="By letter of 3 May.")
    assert request.words is not None
    assert request.words.authors == [pseudonym(live_lismorrow.log, live_lismorrow.people["Pat"])]
    with pytest.raises(NotAllowed):
        ask_erasure(by=live_lismorrow.orla, person=live_lismorrow.people["Jamie"])


def test_who_convenes_neither_audits_nor_protects(live_lismorrow: Lismorrow) -> None:
    for role in ("dpo", "auditor"):
        with pytest.raises(Conflict) as refused:
            give_role(by=live_lismorrow.orla, role=role, email="orla@example.org")
        assert refused.value.code == "role.conflict"


def test_a_request_is_not_shown_to_the_convenor(live_lismorrow: Lismorrow) -> None:
    request = ask_erasure(by=live_lismorrow.samira)
    with pytest.raises(NotFound):
        open_request(live_lismorrow.people["Orla"], request.id)
    for name in ("Samira", "Tomasz"):
        assert open_request(live_lismorrow.people[name], request.id)[1].id == request.id
