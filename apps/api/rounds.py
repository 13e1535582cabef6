"""Decision rules, rounds, and ballots."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.accounts.models import Person
from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.problems import problem_of
from apps.api.schema import Problem
from apps.api.shapes import Flag, Given, Line, Moment, Shape, Window, With, page_of
from apps.common.errors import Refusal
from apps.consensus import choices, parse_rule
from apps.deliberation import services
from apps.deliberation.models import RegisteredRule, Round, RoundState, Secrecy
from apps.deliberation.selectors import agenda, open_round_for, own_ballots, rounds, rule_in, rules, visible_tally
from apps.deliberation.services import Cast, Receipt
from apps.frameworks.selectors import open_framework
from apps.partnerships.actors import Actor
from apps.proposals.selectors import proposals_in

ITEMS_AT_MOST = 200
BALLOTS_AT_MOST = 100


class RegisterRule(Given):
    """A decision rule as a document (docs/rules.md)."""

    title = Line(max_length=120)
    document = serializers.DictField()


class DraftRound(Given):
    """A round to be, on proposals under a registered rule."""

    title = Line(max_length=200)
    rule = serializers.UUIDField()
    proposals = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=ITEMS_AT_MOST)
    advisory = Flag(required=False)
    binding = Flag(required=False)
    secrecy = serializers.ChoiceField(Secrecy.choices, required=False)
    effective = serializers.DateField(required=False, allow_null=True)
    closes_at = Moment(required=False, allow_null=True)
    review_on = serializers.DateField(required=False, allow_null=True)


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


class Rule(Shape):
    """A registered rule: its document and fingerprint, and every choice a voter can give."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    hash = serializers.CharField()
    document = serializers.DictField()
    choices = serializers.SerializerMethodField()
    seq = serializers.IntegerField()
    registered_at = serializers.DateTimeField()

    def get_choices(self, rule: RegisteredRule) -> list[str]:
        return list(choices(parse_rule(rule.document)))


class RoundLine(Shape):
    """A round in a list."""

    id = serializers.UUIDField()
    framework = serializers.UUIDField(source="framework_id")
    title = serializers.CharField()
    state = serializers.ChoiceField(RoundState.choices)
    secrecy = serializers.ChoiceField(Secrecy.choices)
    advisory = serializers.BooleanField()
    binding = serializers.BooleanField()
    rule = serializers.UUIDField(source="rule_id")
    effective = serializers.DateField(allow_null=True)
    review_on = serializers.DateField(allow_null=True)
    drafted_at = serializers.DateTimeField()
    opened_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    opened_seq = serializers.IntegerField(allow_null=True)


class Turnout(Shape):
    """How many of a group's seats have voted on an item."""

    group = serializers.CharField()
    name = serializers.CharField()
    voted = serializers.IntegerField()
    seats = serializers.IntegerField()


class Tally(Shape):
    """What can be seen of an item now: turnout always; the result, or `why` it cannot be seen yet."""

    turnout = Turnout(many=True)
    result = serializers.DictField(allow_null=True)
    final = serializers.BooleanField()
    why = serializers.CharField()


class AgendaProposal(Shape):
    """The proposal that an item is about."""

    id = serializers.UUIDField()
    element = serializers.UUIDField()
    action = serializers.CharField()
    kind = serializers.CharField()
    code = serializers.CharField()


class AgendaVersion(Shape):
    """The version that is voted on; none before the round opens."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    patch = serializers.DictField()


class Item(Shape):
    """One line of the agenda."""

    id = serializers.UUIDField()
    proposal = AgendaProposal()
    version = AgendaVersion(allow_null=True)
    tally = Tally()


class RoundShown(RoundLine):
    """A round with its agenda, and of each item as much as can be seen now."""

    choices = serializers.ListField(child=serializers.CharField())
    rule_hash = serializers.CharField(source="rule.hash")
    items = Item(many=True)


class ReceiptShown(Shape):
    """What the voter keeps: number and hash of the entry, a signed checkpoint over it; `salt` opens a private choice."""

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
    """My newest ballot on an item."""

    item = serializers.UUIDField(source="item_id")
    choice = serializers.CharField()
    seq = serializers.IntegerField()
    cast_at = serializers.DateTimeField()


class OwnBallots(Shape):
    """My newest ballot on each item that I voted on."""

    items = OwnBallot(many=True)


class Rules(Operations):
    """Decision rules, registered and hashed before any round that uses them."""

    family = "rounds"

    @operation(query=Window, answer=page_of(Rule))
    def list_rules(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The registered rules of a framework, newest first."""
        return page(ask, rules(open_framework(ask.person, framework)[1]), "seq", newest_first=True)

    @operation(body=RegisterRule, answer=Rule, status=201)
    def register_rule(self, ask: Ask, framework: UUID) -> RegisteredRule:
        """Register a decision rule: from now on it has a hash and cannot be edited, only succeeded by another."""
        actor, found = open_framework(ask.person, framework)
        return services.register_rule(by=actor, framework=found, **ask.data)


class Rounds(Operations):
    """Bounded deliberations, each ending in a vote."""

    family = "rounds"

    @operation(query=Window, answer=page_of(RoundLine))
    def list_rounds(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The rounds of a framework, newest first."""
        found = rounds(open_framework(ask.person, framework)[1])
        return page(ask, found, "drafted_at", newest_first=True)

    @operation(body=DraftRound, answer=RoundShown, status=201)
    def draft_round(self, ask: Ask, framework: UUID) -> With:
        """Prepare a round. Nothing is fixed before it opens."""
        actor, found = open_framework(ask.person, framework)
        given = dict(ask.data)
        rule, matters = rule_in(found, given.pop("rule")), proposals_in(found, given.pop("proposals"))
        return _round(actor, services.draft_round(by=actor, framework=found, rule=rule, proposals=matters, **given))

    @operation(answer=RoundShown)
    def read_round(self, ask: Ask, round: UUID) -> With:
        """A round with its agenda, turnout by group, and results as soon as they may be seen."""
        return _round(*open_round_for(ask.person, round))

    @operation(answer=RoundShown)
    def open_round(self, ask: Ask, round: UUID) -> With:
        """Open a round: the versions voted on, the rule and the roll are fixed now."""
        actor, found = open_round_for(ask.person, round)
        return _round(actor, services.open_round(by=actor, round=found))

    @operation(answer=RoundShown)
    def close_round(self, ask: Ask, round: UUID) -> With:
        """Close a round by hand. Counting, decisions and verdicts follow."""
        actor, found = open_round_for(ask.person, round)
        return _round(actor, services.close_round(by=actor, round=found))


class Ballots(Operations):
    """Votes."""

    family = "rounds"

    @operation(answer=OwnBallots)
    def list_own_ballots(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """My newest ballot on each item that I voted on."""
        ask.signed_in()
        return {"items": list(own_ballots(*open_round_for(ask.person, round)).values())}

    @operation(body=CastBallots, answer=BallotAnswers)
    def cast_ballots(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Vote on items of a round. Each ballot gets its own answer: a refused one never harms its neighbours."""
        casts = [_cast(ask.signed_in(), round, ballot) for ballot in ask.data["ballots"]]
        open_round_for(ask.person, round)
        return {"answers": [_answer(ask, answer) for answer in services.cast_ballots(casts)]}

    @operation(body=CastBallot, answer=BallotCast, status=201)
    def cast_ballot(self, ask: Ask) -> dict[str, Any]:
        """Vote on one item."""
        person, round = ask.signed_in(), ask.data["round"]
        open_round_for(person, round)
        return {"receipt": services.cast_one(_cast(person, round, ask.data))}


def _round(viewer: Actor, round: Round) -> With:
    seen = {view.item: view for view in visible_tally(viewer, round)}
    items = [With(item, tally=seen[item.id]) for item in agenda(round)]
    return With(round, choices=choices(parse_rule(round.rule.document)), items=items)


def _cast(person: Person, round: UUID, given: dict[str, Any]) -> Cast:
    return Cast(person, round, given["item"], given["choice"], given["key"])


def _answer(ask: Ask, answer: Receipt | Refusal) -> dict[str, Any]:
    if isinstance(answer, Refusal):
        return {"receipt": None, "problem": problem_of(answer).to_json(ask.request.path)}
    return {"receipt": answer, "problem": None}
