"""Packages: proposals that stand or fall together, promises, ratification."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.proposals import Reason
from apps.api.shapes import WORDS, Given, Line, Nothing, Shape, Window, page_of
from apps.frameworks.selectors import open_framework
from apps.proposals import services
from apps.proposals.models import Commitment, Package, Ratification
from apps.proposals.packages import open_commitment, open_package, open_ratification, packages
from apps.proposals.selectors import proposals_in
from apps.proposals.services.packages import MOST


class PromiseGiven(Given):
    """Who brings what by when."""

    group = Line(max_length=30)
    what = Line(max_length=WORDS)
    due = serializers.DateField()


class RatifiedBy(Given):
    """A group whose own body must still say yes, and its last day."""

    group = Line(max_length=30)
    due = serializers.DateField()


class MakePackage(Reason):
    """What is bound together, why, what is promised for it, and who must still ratify it."""

    title = Line(max_length=200)
    proposals = serializers.ListField(child=serializers.UUIDField(), min_length=2, max_length=MOST)
    promises = serializers.ListField(child=PromiseGiven(), max_length=MOST, required=False)
    ratified_by = serializers.ListField(child=RatifiedBy(), max_length=MOST, required=False)


class AnswerRatification(Given):
    """Whether one's own body has ratified it, and what shows it."""

    answer = serializers.ChoiceField(["ratified", "refused"])
    evidence = Line(max_length=WORDS)


class CommitmentShown(Shape):
    """What a group promised to bring."""

    id = serializers.UUIDField()
    group = serializers.CharField(source="group.key")
    what = serializers.CharField(source="what.body", allow_null=True)
    due = serializers.DateField()
    kept_at = serializers.DateTimeField(allow_null=True)
    seq = serializers.IntegerField()


class RatificationShown(Shape):
    """A body that is to ratify it; no answer by `due` is a no."""

    id = serializers.UUIDField()
    group = serializers.CharField(source="group.key")
    due = serializers.DateField()
    answer = serializers.CharField()
    evidence = serializers.CharField(source="evidence.body", default=None, allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    seq = serializers.IntegerField()


class PackageShown(Shape):
    """Proposals of which all are adopted, or none. `state` subject: agreed, subject to ratification."""

    id = serializers.UUIDField()
    framework = serializers.UUIDField(source="framework_id")
    title = serializers.CharField()
    group = serializers.CharField(source="group.key", default=None, allow_null=True)
    proposals = serializers.SerializerMethodField()
    reason = serializers.CharField(source="reason.body", allow_null=True)
    state = serializers.ChoiceField(["open", "subject", "adopted", "fallen", "dissolved"])
    promises = CommitmentShown(source="commitments.all", many=True)
    ratifications = RatificationShown(source="ratifications.all", many=True)
    made_at = serializers.DateTimeField()
    seq = serializers.IntegerField()

    def get_proposals(self, package: Package) -> list[str]:
        return [str(proposal.id) for proposal in package.proposals.all()]


class Packages(Operations):
    """Proposals that stand or fall together."""

    family = "packages"

    @operation(query=Window, answer=page_of(PackageShown))
    def list_packages(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The packages of a framework, the newest first."""
        _, found = open_framework(ask.person, framework)
        return page(ask, packages(found), "seq", newest_first=True)

    @operation(answer=PackageShown)
    def read_package(self, ask: Ask, package: UUID) -> Package:
        """One package, with what was promised and who must ratify it."""
        return open_package(ask.person, package)[1]

    @operation(body=MakePackage, answer=PackageShown, status=201)
    def make_package(self, ask: Ask, framework: UUID) -> Package:
        """Bind proposals together: all of them are adopted, or none. For those who speak for each, or the convenor."""
        actor, found = open_framework(ask.person, framework)
        asked = dict(ask.data)
        return services.make_package(
            by=actor,
            framework=found,
            title=asked["title"],
            reason=asked["reason"],
            proposals=proposals_in(found, asked["proposals"]),
            promises=[services.Promise(**one) for one in asked.get("promises", [])],
            ratified_by={one["group"]: one["due"] for one in asked.get("ratified_by", [])},
        )

    @operation(body=Reason, answer=PackageShown)
    def dissolve_package(self, ask: Ask, package: UUID) -> Package:
        """Let the proposals of a package stand by themselves again."""
        actor, found = open_package(ask.person, package)
        return services.dissolve_package(by=actor, package=found, **ask.data)

    @operation(body=Nothing, answer=CommitmentShown)
    def keep_commitment(self, ask: Ask, commitment: UUID) -> Commitment:
        """Say that what was promised has been brought."""
        actor, found = open_commitment(ask.person, commitment)
        return services.keep_commitment(by=actor, commitment=found)

    @operation(body=AnswerRatification, answer=RatificationShown)
    def answer_ratification(self, ask: Ask, ratification: UUID) -> Ratification:
        """Say whether one's own body has ratified it. What was agreed follows, or falls, by a worker."""
        actor, found = open_ratification(ask.person, ratification)
        return services.answer_ratification(by=actor, ratification=found, **ask.data)
