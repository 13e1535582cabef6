"""Ballots."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.accounts.models import Person
from apps.api.operations import Ask, Operations, operation
from apps.api.paging import piece
from apps.api.problems import problem_of
from apps.api.schema import Problem
from apps.api.shapes import Given, Line, Nothing, Shape, Window, With, page_of
from apps.common.errors import Refusal
from apps.deliberation import services
from apps.deliberation.own import own_ballots
from apps.deliberation.reasons import own_reasons
from apps.deliberation.selectors import open_round_for
from apps.deliberation.services import Cast, Receipt
from apps.deliberation.services.reaffirming import reaffirm

BALLOTS_AT_MOST = 100


class BallotGiven(Given):
    """A choice on one item. `key` is the sender's own: sent twice under one key it counts once."""

    item = serializers.UUIDField()
    choice = Line(max_length=2000, allow_blank=True)
    key = serializers.UUIDField()


class CastBallot(BallotGiven):
    """A choice on one item of a round."""

    round = serializers.UUIDField()


class CastBallots(Given):
    """Choices on items of one round."""

    ballots = serializers.ListField(child=BallotGiven(), min_length=1, max_length=BALLOTS_AT_MOST)


class ReceiptShown(Shape):
    """What the voter keeps: number and hash of the entry, a signed checkpoint over it; `salt` opens a private choice. Of a secret
    round it proves that the seat has voted: `choice` is empty."""

    item = serializers.UUIDField()
    choice = serializers.CharField()
    log = serializers.UUIDField()
    seq = serializers.IntegerField()
    leaf_hash = serializers.CharField()
    checkpoint = serializers.CharField()
    salt = serializers.CharField()


class BallotCast(Shape):
    """A ballot that has been recorded."""

    receipt = ReceiptShown()


class BallotAnswer(Shape):
    """The answer to one ballot of a list: a receipt, or the problem with it."""

    receipt = ReceiptShown(allow_null=True)
    problem = Problem(allow_null=True)


class BallotAnswers(Shape):
    """The answers in the order of the ballots."""

    answers = BallotAnswer(many=True)


class OwnBallot(Shape):
    """The newest ballot of my seat on an item, and the reason I gave with it; once it is counted a reason is nobody's, and of a
    secret round `choice` is empty: nothing knows it any more. One that is not `mine` was cast before I held the seat: it counts
    until I vote, and what was chosen is not told to me."""

    item = serializers.UUIDField(source="item_id")
    mine = serializers.BooleanField()
    choice = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    seq = serializers.IntegerField()
    cast_at = serializers.DateTimeField()


class Ballots(Operations):
    """Votes."""

    family = "rounds"

    @operation(query=Window, answer=page_of(OwnBallot))
    def list_own_ballots(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """The newest ballot of my seat on each item that was voted on from it."""
        ask.signed_in()
        actor, found = open_round_for(ask.person, round)
        why = own_reasons(actor, found)
        mine = [With(one, reason=why.get(item, "")) for item, one in own_ballots(actor, found).items()]
        return piece(ask, mine, lambda ballot: str(ballot.item_id))

    @operation(body=CastBallots, answer=BallotAnswers)
    def cast_ballots(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Vote on items of a round. Each ballot gets its own answer: a refused one never harms its neighbours."""
        return {"answers": [_answer(ask, answer) for answer in _cast(ask.signed_in(), round, ask.data["ballots"])]}

    @operation(body=Nothing, answer=BallotAnswers)
    def reaffirm(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Choose on every item what I chose on an earlier version of its proposal, under the same rule: one step."""
        person = ask.signed_in()
        actor, found = open_round_for(person, round)
        return {"answers": [_answer(ask, answer) for answer in reaffirm(by=actor, person=person, round=found)]}

    @operation(body=CastBallot, answer=BallotCast, status=201)
    def cast_ballot(self, ask: Ask) -> dict[str, Any]:
        """Vote on one item."""
        (answer,) = _cast(ask.signed_in(), ask.data["round"], [ask.data])
        if isinstance(answer, Refusal):
            raise answer
        return {"receipt": answer}


def _cast(person: Person, round: UUID, given: Iterable[Mapping[str, Any]]) -> Sequence[Receipt | Refusal]:
    """Record ballots. Whoever gets nothing recorded is told why only if the round may be known to them: a voter always knows it."""
    answers = services.cast_ballots([Cast(person, round, one["item"], one["choice"], one["key"]) for one in given])
    if all(isinstance(answer, Refusal) for answer in answers):
        open_round_for(person, round)
    return answers


def _answer(ask: Ask, answer: Receipt | Refusal) -> dict[str, Any]:
    if isinstance(answer, Refusal):
        return {"receipt": None, "problem": problem_of(answer).to_json(ask.request.path)}
    return {"receipt": answer, "problem": None}
