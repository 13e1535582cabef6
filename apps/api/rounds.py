"""Rounds."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Flag, Given, Line, Moment, Shape, Window, With, page_of
from apps.common.errors import Invalid
from apps.consensus import ballot_form, choices, parse_rule
from apps.consensus.writing import SHAPES
from apps.deliberation import services
from apps.deliberation.domain.course import LONGEST, PHASES
from apps.deliberation.models import Round, RoundState, Secrecy
from apps.deliberation.selectors import agenda, open_round_for, rounds, rule_in, visible_tally
from apps.frameworks.models import Framework
from apps.frameworks.selectors import open_framework
from apps.partnerships.actors import Actor
from apps.proposals.models import Proposal
from apps.proposals.selectors import proposals_in

ITEMS_AT_MOST = 200


class AlternativeGiven(Given):
    """What one name of the rule stands for: a proposal, or none for keeping what is in force."""

    name = Line(max_length=200)
    proposal = serializers.UUIDField(allow_null=True)


class QuestionGiven(Given):
    """A question among alternatives: every name of the rule once."""

    alternatives = serializers.ListField(child=AlternativeGiven(), min_length=2, max_length=ITEMS_AT_MOST)


class StageGiven(Given):
    """A phase before the vote; without `minutes` it lasts until somebody moves on."""

    phase = serializers.ChoiceField(PHASES)
    minutes = serializers.IntegerField(min_value=1, max_value=LONGEST, required=False, allow_null=True)


class DraftRound(Given):
    """A round to be, under a registered rule: on `proposals` one by one or, where the rule chooses among alternatives,
    on `questions`."""

    title = Line(max_length=200)
    rule = serializers.UUIDField()
    proposals = serializers.ListField(child=serializers.UUIDField(), max_length=ITEMS_AT_MOST, required=False)
    questions = serializers.ListField(child=QuestionGiven(), max_length=ITEMS_AT_MOST, required=False)
    advisory = Flag(required=False)
    binding = Flag(required=False)
    secrecy = serializers.ChoiceField(Secrecy.choices, required=False)
    effective = serializers.DateField(required=False, allow_null=True)
    closes_at = Moment(required=False, allow_null=True)
    review_on = serializers.DateField(required=False, allow_null=True)
    plan = serializers.ListField(child=StageGiven(), max_length=len(PHASES), required=False)


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
    plan = serializers.ListField(child=serializers.DictField())
    phase = serializers.CharField(allow_blank=True)
    ends_at = serializers.DateTimeField(allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True)
    paused_at = serializers.DateTimeField(allow_null=True)
    follows = serializers.UUIDField(source="follows_id", allow_null=True)
    number = serializers.IntegerField()
    drafted_at = serializers.DateTimeField()
    opened_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    opened_seq = serializers.IntegerField(allow_null=True)


class Turnout(Shape):
    """How many of a group's seats have voted on an item. Of secret rounds small numbers are null until they are counted."""

    group = serializers.CharField()
    name = serializers.CharField()
    voted = serializers.IntegerField(allow_null=True)
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


class Alternative(Shape):
    """One alternative of a question; no proposal: to keep what is in force."""

    name = serializers.CharField(source="key")
    proposal = AgendaProposal(allow_null=True)
    version = AgendaVersion(allow_null=True)


class Item(Shape):
    """One line of the agenda: a proposal, or a question with its alternatives."""

    id = serializers.UUIDField()
    proposal = AgendaProposal(allow_null=True)
    version = AgendaVersion(allow_null=True)
    alternatives = Alternative(source="alternatives.all", many=True)
    tally = Tally()


class BallotFormShown(Shape):
    """What a ballot looks like: `one` of the choices, a `ranking` A>B=C, `approvals` A|C, or `scores` A:5|B:0 from `low` to
    `high`."""

    shape = serializers.ChoiceField(SHAPES)
    choices = serializers.ListField(child=serializers.CharField())
    low = serializers.IntegerField()
    high = serializers.IntegerField()


class RoundShown(RoundLine):
    """A round with its agenda, and of each item as much as can be seen now."""

    choices = serializers.ListField(child=serializers.CharField())
    ballot = BallotFormShown()
    rule_hash = serializers.CharField(source="rule.hash")
    items = Item(many=True)


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
        given["rule"] = rule_in(found, given["rule"])
        given["proposals"] = proposals_in(found, given.pop("proposals", []))
        given["questions"] = [_question(found, question) for question in given.pop("questions", [])]
        return round_shown(actor, services.draft_round(by=actor, framework=found, **given))

    @operation(answer=RoundShown)
    def read_round(self, ask: Ask, round: UUID) -> With:
        """A round with its agenda, turnout by group, and results as soon as they may be seen."""
        return round_shown(*open_round_for(ask.person, round))

    @operation(answer=RoundShown)
    def open_round(self, ask: Ask, round: UUID) -> With:
        """Open a round: the versions voted on, the rule and the roll are fixed now."""
        actor, found = open_round_for(ask.person, round)
        return round_shown(actor, services.open_round(by=actor, round=found))

    @operation(answer=RoundShown)
    def close_round(self, ask: Ask, round: UUID) -> With:
        """Close a round by hand. Counting, decisions and verdicts follow."""
        actor, found = open_round_for(ask.person, round)
        return round_shown(actor, services.close_round(by=actor, round=found))


def round_shown(viewer: Actor, round: Round) -> With:
    seen = {view.item: view for view in visible_tally(viewer, round)}
    items = [With(item, tally=seen[item.id]) for item in agenda(round)]
    rule = parse_rule(round.rule.document)
    return With(round, choices=choices(rule), ballot=ballot_form(rule), items=items)


def _question(framework: Framework, given: dict[str, Any]) -> dict[str, Proposal | None]:
    alternatives = {one["name"]: one["proposal"] for one in given["alternatives"]}
    if len(alternatives) < len(given["alternatives"]):
        raise Invalid("round.alternatives", "A question names each alternative once.", {"questions": "named twice"})
    found = {one.id: one for one in proposals_in(framework, [id for id in alternatives.values() if id])}
    return {name: found[id] if id else None for name, id in alternatives.items()}
