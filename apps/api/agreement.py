"""Statistics beside the decisions of a round."""

from fractions import Fraction
from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.shapes import Shape
from apps.consensus.delphi import Stability
from apps.consensus.shares import decimal_text
from apps.deliberation.agreement import Agreement, Course, Figures, figures_of
from apps.deliberation.selectors import open_round_for


class ItemAgreementShown(Shape):
    """One line. Figures are decimal texts; null where they are not defined."""

    item = serializers.UUIDField()
    polarisation = serializers.CharField(allow_null=True)
    between_groups = serializers.CharField(allow_null=True)
    group_informed_consensus = serializers.CharField(allow_null=True)
    group_informed_mean = serializers.CharField(allow_null=True)
    groups = serializers.IntegerField()


class Concordance(Shape):
    """Kendall's W over the rankings of a question."""

    item = serializers.UUIDField()
    kendall_w = serializers.CharField(allow_null=True)


class SeriesShown(Shape):
    """What became of a proposal over the rounds it was in, and how many of those who voted twice moved (a share)."""

    proposal = serializers.UUIDField()
    rounds = serializers.ListField(child=serializers.IntegerField())
    outcomes = serializers.ListField(child=serializers.CharField())
    standing = serializers.ChoiceField(["retained", "carried", "dropped"])
    rescued = serializers.BooleanField()
    matched = serializers.IntegerField()
    moved = serializers.CharField(allow_null=True)
    stable = serializers.BooleanField(allow_null=True)


class AttritionShown(Shape):
    """How many of a group voted in each round, and how many of those had voted in the first. Groups of fewer than five who voted
    first stand together, their keys with commas between them."""

    group = serializers.CharField()
    raters = serializers.ListField(child=serializers.IntegerField())
    of_the_first = serializers.ListField(child=serializers.IntegerField())


class CourseShown(Shape):
    """The rounds on the same proposals, oldest first."""

    rounds = serializers.ListField(child=serializers.UUIDField())
    series = SeriesShown(many=True)
    attrition = AttritionShown(many=True)


class AgreementShown(Shape):
    """How far people agree. Everything is null or empty before the round is counted."""

    krippendorff_alpha = serializers.CharField(allow_null=True)
    gwet_ac1 = serializers.CharField(allow_null=True)
    kendall_w = serializers.CharField(allow_null=True)
    complete = serializers.IntegerField()
    items = ItemAgreementShown(many=True)
    questions = Concordance(many=True)
    course = CourseShown(allow_null=True)


class Agreements(Operations):
    """Figures that inform and never decide."""

    family = "rounds"

    @operation(answer=AgreementShown)
    def read_agreement(self, ask: Ask, round: UUID) -> dict[str, Any]:
        """Agreement, polarisation and group-informed consensus of a counted round; stability and attrition since earlier ones."""
        actor, found = open_round_for(ask.person, round)
        figures = figures_of(actor, found) or Figures(None, {}, None)
        ranked = [{"item": item, "kendall_w": _text(w)} for item, w in figures.concordance.items()]
        way = _course(figures.course) if figures.course else None
        return _whole(figures.agreement) | {"questions": ranked, "course": way}


def _whole(found: Agreement | None) -> dict[str, Any]:
    return {
        "krippendorff_alpha": _text(found.alpha) if found else None,
        "gwet_ac1": _text(found.ac1) if found else None,
        "kendall_w": _text(found.w) if found else None,
        "complete": found.complete if found else 0,
        "items": [
            {
                "item": one.item,
                "polarisation": _text(one.polarisation),
                "between_groups": _text(one.between_groups),
                "group_informed_consensus": _text(one.informed),
                "group_informed_mean": None if one.informed_mean is None else str(one.informed_mean),
                "groups": one.groups,
            }
            for one in (found.items if found else ())
        ],
    }


UNTOLD = Stability(0, None)
"""Of rounds one of which was secret: nobody knows who voted twice."""


def _course(way: Course) -> dict[str, Any]:
    series = [
        {
            "proposal": proposal,
            "rounds": one.rounds,
            "outcomes": [outcome.value for outcome in one.outcomes],
            "standing": one.standing.value,
            "rescued": one.rescued,
            "matched": moved.matched,
            "moved": _text(moved.moved),
            "stable": moved.stable,
        }
        for proposal, one in way.series.items()
        for moved in [way.stability.get(proposal, UNTOLD)]
    ]
    return {"rounds": [one.id for one in way.rounds], "series": series, "attrition": way.attrition}


def _text(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value)
