"""Samira did everything a member can do, in words that can be found again. Invented, like everybody here."""

from datetime import UTC, datetime, timedelta

from allauth.account.models import EmailAddress
from django.test import Client

from apps.accounts.models import ApiToken, Person
from apps.accounts.selectors import person_by_email
from apps.partnerships.actors import Actor, actor_in
from apps.partnerships.services import give_role
from apps.proposals.models import Proposal
from apps.proposals.services import (
    answer_offer,
    offer_change,
    put_offer_to_vote,
    raise_objection,
    revise_proposal,
    withdraw_proposal,
)
from tests.deliberation.test_rounds import ALL_FOR
from tests.people import LONELINESS, Lismorrow

NAME, EMAIL = "Samira Quillfeather", "samira.quillfeather@eastgate.example"
ADOPTED = "People of 11 and over, zqadopted"
WORDS = (
    "zqrationale",
    "zqdefinition",
    "zqrevised",
    "zqtaken",
    "zqoffer",
    "zqdeclined",
    "zqobjection",
    "zqwithdrawal",
)
UNTIL = (datetime.now(UTC) + timedelta(days=9)).date()


def officer(lismorrow: Lismorrow) -> Actor:
    """Una, whose task is the protection of data here."""
    una = person_by_email("una@example.org")
    if una is None:
        una = give_role(by=lismorrow.orla, role="dpo", name="Una", email="una@example.org").person
    return actor_in(lismorrow.partnership, una)


def samiras_year(lismorrow: Lismorrow) -> Person:
    """Samira signs in, proposes, revises, offers, objects, votes; one offer of hers is adopted, everything else is not."""
    person = lismorrow.people["Samira"]
    Person.objects.filter(id=person.id).update(name=NAME, email=EMAIL)
    EmailAddress.objects.create(user=person, email=EMAIL, primary=True, verified=True)
    Client().force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
    ApiToken.make(person, f"{NAME} at home")
    _proposes(lismorrow)
    _offers(lismorrow)
    person.refresh_from_db()
    return person


def _proposes(lismorrow: Lismorrow) -> None:
    patch = LONELINESS | {"title": "On the table", "definition": "zqdefinition"}
    tabled = lismorrow.propose(lismorrow.samira, "M20", patch=patch, rationale="zqrationale")
    revised = LONELINESS | {"title": "On the table", "definition": "zqrevised"}
    revise_proposal(by=lismorrow.samira, proposal=tabled, patch=revised, rationale="Better so.", on_number=1)
    dropped = lismorrow.propose(lismorrow.samira, "M21", patch=LONELINESS | {"title": "Dropped"})
    withdraw_proposal(by=lismorrow.samira, proposal=dropped, reason="zqwithdrawal")
    raise_objection(by=lismorrow.samira, proposal=_agencys(lismorrow, "M22"), reason="zqobjection")


def _offers(lismorrow: Lismorrow) -> None:
    failed, adopted, declined = (_agencys(lismorrow, code) for code in ("M23", "M24", "M25"))
    for proposal, words in ((failed, "zqtaken"), (adopted, ADOPTED), (declined, "zqdeclined")):
        change = offer_change(by=lismorrow.samira, proposal=proposal, patch={"population": words}, reason="zqoffer")
        answer = "declined" if proposal is declined else "accepted"
        answered = answer_offer(by=lismorrow.gareth, offer=change, answer=answer, reason="So we answer.")
    put_offer_to_vote(by=lismorrow.jamie, offer=answered, rationale="Let all decide.")
    for proposal, choice in ((failed, "against"), (adopted, "for")):
        proposal.refresh_from_db()
        lismorrow.decide(lismorrow.open(proposal), **dict.fromkeys(ALL_FOR, choice))


def _agencys(lismorrow: Lismorrow, code: str) -> Proposal:
    return lismorrow.propose(code=code, patch=LONELINESS | {"title": f"Measure {code}"}, offers_until=UNTIL)
