"""Decision rules."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import Given, Line, Shape, Window, page_of
from apps.consensus import choices, parse_rule
from apps.deliberation import services
from apps.deliberation.models import RegisteredRule
from apps.deliberation.selectors import rules
from apps.frameworks.selectors import open_framework


class RegisterRule(Given):
    """A decision rule as a document (docs/rules.md)."""

    title = Line(max_length=120)
    document = serializers.DictField()


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
