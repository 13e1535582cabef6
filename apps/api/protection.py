"""Requests to be forgotten and their answers, periods, exemptions, and one's own data."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import WORDS, Count, Given, Line, Shape, Window, page_of
from apps.partnerships.actors import pseudonym_owner
from apps.partnerships.selectors import open_partnership
from apps.protection import services
from apps.protection.domain.grounds import ERASURE, EXEMPTION, REFUSAL, RULES
from apps.protection.models import ErasureRequest
from apps.protection.own import own_data
from apps.protection.selectors import exemptions, open_request, requests, retention
from apps.record.domain.kinds import kinds


class AskErasure(Given):
    """Asking to be forgotten; `member` only where the data protection officer writes down what somebody asked."""

    words = Line(max_length=WORDS, default="", allow_blank=True)
    member = serializers.UUIDField(required=False)


class ErasePerson(Given):
    """On which ground, and anything to add."""

    ground = serializers.ChoiceField(sorted(ERASURE))
    reason = Line(max_length=WORDS, default="", allow_blank=True)


class RefuseErasure(Given):
    """On which ground, under which rule, and why."""

    ground = serializers.ChoiceField(sorted(REFUSAL))
    rule = serializers.ChoiceField(sorted(RULES))
    reason = Line(max_length=WORDS)


class EraseWords(Given):
    """Which words, and on which ground."""

    texts = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=500)
    ground = serializers.ChoiceField(sorted(ERASURE))


class MarkExempt(Given):
    """On which ground words are left out of answers under freedom of information."""

    ground = serializers.ChoiceField(sorted(EXEMPTION))


class SetRetention(Given):
    """How many years words of a kind are kept; null: as long as the record."""

    kind = Line(max_length=40)
    years = Count(min_value=1, max_value=100, allow_null=True)


class ErasureShown(Shape):
    """A request to be forgotten, and the answer to it. It does not say who asked once they are erased."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(["open", "erased", "refused"])
    words = serializers.CharField(source="words.body", default=None, allow_null=True)
    asked_at = serializers.DateTimeField()
    due_on = serializers.DateField()
    seq = serializers.IntegerField()
    ground = serializers.CharField()
    rule = serializers.CharField()
    reason = serializers.CharField(source="reason.body", default=None, allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_seq = serializers.IntegerField(allow_null=True)


class WordsErased(Shape):
    """How many texts went."""

    erased = serializers.IntegerField()


class Period(Shape):
    """How many years words of a kind are kept (null: as long as the record); `official` ones stay with their act."""

    kind = serializers.CharField()
    title = serializers.CharField()
    years = serializers.IntegerField(allow_null=True)
    official = serializers.BooleanField()


class Protection(Shape):
    """How long each kind of words is kept, and which words answers to the public leave out, with the ground."""

    periods = Period(many=True)
    exempt = serializers.DictField(child=serializers.CharField())


class OwnData(Shape):
    """Everything that is kept about whoever asks: the account, and by partnership places, words, votes, requests and acts."""

    account = serializers.DictField()
    partnerships = serializers.ListField(child=serializers.DictField())


class Erasures(Operations):
    """Being forgotten."""

    family = "protection"

    @operation(query=Window, answer=page_of(ErasureShown))
    def list_erasures(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """Requests: all of them for the data protection officer and auditors, otherwise one's own."""
        return page(ask, requests(open_partnership(ask.person, partnership)), "seq", newest_first=True)

    @operation(body=AskErasure, answer=ErasureShown, status=201)
    def ask_erasure(self, ask: Ask, partnership: UUID) -> ErasureRequest:
        """Ask to be forgotten here."""
        ask.signed_in()
        actor, member = open_partnership(ask.person, partnership), ask.data.get("member")
        person = pseudonym_owner(actor.log, member) if member and actor.is_officer else None
        return services.ask_erasure(by=actor, words=ask.data["words"], person=person)

    @operation(answer=ErasureShown)
    def read_erasure(self, ask: Ask, erasure: UUID) -> ErasureRequest:
        """One request."""
        return open_request(ask.signed_in(), erasure)[1]

    @operation(body=ErasePerson, answer=ErasureShown)
    def erase_person(self, ask: Ask, erasure: UUID) -> ErasureRequest:
        """Erase who asked, for good."""
        actor, found = open_request(ask.signed_in(), erasure)
        return services.erase_person(by=actor, request=found, **ask.data)

    @operation(body=RefuseErasure, answer=ErasureShown)
    def refuse_erasure(self, ask: Ask, erasure: UUID) -> ErasureRequest:
        """Refuse a request, on a ground of the law and under a rule."""
        actor, found = open_request(ask.signed_in(), erasure)
        return services.refuse_erasure(by=actor, request=found, **ask.data)


class Keeping(Operations):
    """How long words are kept, and what is left out of answers to the public."""

    family = "protection"

    @operation(answer=Protection)
    def read_protection(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """Periods by kind of words, and what is marked as exempt (for the data protection officer)."""
        actor = open_partnership(ask.person, partnership)
        years = retention(actor.partnership)
        periods = [
            {"kind": kind.name, "title": kind.title, "years": years.get(kind.name), "official": kind.official}
            for kind in kinds()
        ]
        return {"periods": periods, "exempt": exemptions(actor.partnership) if actor.is_officer else {}}

    @operation(body=SetRetention)
    def set_retention(self, ask: Ask, partnership: UUID) -> None:
        """Say how long words of a kind are kept."""
        services.set_retention(by=open_partnership(ask.person, partnership), **ask.data)

    @operation(body=EraseWords, answer=WordsErased)
    def erase_words(self, ask: Ask, partnership: UUID) -> dict[str, int]:
        """Erase single words, whoever wrote them."""
        gone = services.erase_words(by=open_partnership(ask.person, partnership), **ask.data)
        return {"erased": len(gone)}

    @operation(body=MarkExempt)
    def mark_exempt(self, ask: Ask, partnership: UUID, text: UUID) -> None:
        """Leave words out of answers under freedom of information."""
        services.mark_exempt(by=open_partnership(ask.person, partnership), text=text, **ask.data)

    @operation()
    def lift_exemption(self, ask: Ask, partnership: UUID, text: UUID) -> None:
        """Let answers hold these words again."""
        services.lift_exemption(by=open_partnership(ask.person, partnership), text=text)


class Mine(Operations):
    """One's own data."""

    family = "protection"

    @operation(answer=OwnData)
    def export_own_data(self, ask: Ask) -> dict[str, Any]:
        """Everything that is kept about me."""
        return own_data(ask.signed_in())
