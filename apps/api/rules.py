"""Decision rules: templates to start from, trying a rule on votes, and the rules that are registered."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Given, Line, Shape, Window, page_of
from apps.consensus import GroupInfo, choices, explain, explain_together, lone_vetoes, parse_rule
from apps.consensus import Rule as ParsedRule
from apps.consensus.templates import EVERYDAY, TEMPLATES, Template
from apps.deliberation import services
from apps.deliberation.models import RegisteredRule, RoundItem
from apps.deliberation.selectors import rules
from apps.deliberation.simulating import Tried, Votes, counted_item, try_rule
from apps.frameworks.models import Framework
from apps.frameworks.selectors import open_framework
from apps.partnerships.models import Partnership
from apps.partnerships.selectors import deciding_groups
from apps.provenance.forecasting import would_read

GROUPS_AT_MOST, SEATS_AT_MOST = 100, 1000


class VotesGiven(Given):
    """Which votes to try a rule on: those of a counted `item`, or `counts` by group and choice; and who is left out."""

    item = serializers.UUIDField(required=False, allow_null=True)
    counts = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=1_000_000)), required=False
    )
    groups_out = serializers.ListField(child=Line(max_length=30), max_length=GROUPS_AT_MOST, required=False)
    seats_out = serializers.ListField(child=Line(max_length=60), max_length=SEATS_AT_MOST, required=False)


class RegisterRule(Given):
    """A decision rule as a document (docs/rules.md); `tried_on`: the votes it was tried on, to be kept with it."""

    title = Line(max_length=120)
    document = serializers.DictField()
    tried_on = VotesGiven(required=False, allow_null=True)


class TryRule(Given):
    """A rule as a document, and the votes to try it on."""

    document = serializers.DictField()
    votes = VotesGiven()


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


class Words(Shape):
    """A rule said in numbers of people: for all together, for each group, and what one person alone can stop in a small group."""

    together = serializers.CharField()
    groups = serializers.ListField(child=serializers.CharField())
    small_groups = serializers.ListField(child=serializers.CharField())


class RuleTemplate(Shape):
    """A rule to start from, made for the deciding groups of the partnership."""

    key = serializers.CharField()
    name = serializers.CharField()
    everyday = serializers.BooleanField()
    when = serializers.CharField()
    weakness = serializers.CharField()
    reference = serializers.CharField()
    document = serializers.DictField()
    words = Words()


class RuleTemplates(Shape):
    """The templates, everyday ones first."""

    items = RuleTemplate(many=True)


class Forecast(Shape):
    """What one rule would make of the votes. `rule` is empty for the rule itself and names what is different otherwise;
    `would_read` is how the decision would be told, `position` where that would put it (empty: nothing is adopted)."""

    rule = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField()
    reason = serializers.CharField()
    over_the_heads = serializers.ListField(child=serializers.CharField())
    would_read = serializers.CharField()
    position = serializers.CharField(allow_blank=True)
    result = serializers.DictField()


class RuleTried(Shape):
    """The rule first, then its nearest variants; `staying` are the deciding groups that are not left out."""

    words = Words()
    staying = serializers.ListField(child=serializers.CharField())
    forecasts = Forecast(many=True)


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
        given = dict(ask.data)
        tried = given.pop("tried_on", None)
        votes = Votes(**tried) if tried is not None else None
        return services.register_rule(by=actor, framework=found, tried_on=votes, **given)

    @operation(answer=RuleTemplates)
    def read_rule_templates(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """Rules to start from, with when to use them, their known weaknesses and sources."""
        actor, _ = open_framework(ask.person, framework)
        groups = _groups(actor.partnership)
        return {"items": [_template(one, groups) for one in TEMPLATES]}

    @operation(body=TryRule, answer=RuleTried)
    def try_rule(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """What a rule would make of votes, and how the decision would be told. Nothing is decided or recorded by it."""
        actor, found = open_framework(ask.signed_in(), framework)
        rule, votes = parse_rule(ask.data["document"]), Votes(**ask.data["votes"])
        tried = try_rule(actor, found, rule, votes)
        item = counted_item(actor, found, votes.item) if votes.item else None
        forecasts = [_forecast(found, tried, number, item) for number in range(len(tried.forecasts))]
        words = _words(rule, _groups(actor.partnership))
        return {"words": words, "staying": tried.staying, "forecasts": forecasts}


def _groups(partnership: Partnership) -> dict[str, GroupInfo]:
    return {group.key: GroupInfo(group.name, group.seat_count) for group in deciding_groups(partnership)}


def _template(one: Template, groups: dict[str, GroupInfo]) -> dict[str, Any]:
    document = one.document(list(groups))
    return {
        "key": one.key,
        "name": one.name,
        "everyday": one in EVERYDAY,
        "when": one.when,
        "weakness": one.weakness,
        "reference": one.source,
        "document": document,
        "words": _words(parse_rule(document), groups),
    }


def _words(rule: ParsedRule, groups: dict[str, GroupInfo]) -> dict[str, Any]:
    return {
        "together": explain_together(rule, groups),
        "groups": explain(rule, groups),
        "small_groups": lone_vetoes(rule, groups),
    }


def _forecast(framework: Framework, tried: Tried, number: int, item: RoundItem | None) -> dict[str, Any]:
    found = tried.forecasts[number]
    reading = would_read(framework, tried.rules[number], found.result, tried.votes.groups_out, item)
    return {
        "rule": found.rule,
        "outcome": found.result.outcome.value,
        "reason": found.result.reason,
        "over_the_heads": found.outvoted,
        "would_read": reading.words,
        "position": reading.position,
        "result": found.result.to_json(),
    }
