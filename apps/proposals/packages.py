"""Reading packages: proposals that stand or fall together, what was promised, who must ratify them."""

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from apps.accounts.models import Person
from apps.common.errors import NotFound
from apps.frameworks.models import Framework
from apps.frameworks.selectors import open_framework
from apps.partnerships.actors import Actor
from apps.proposals.models import Commitment, Package, Proposal, Ratification
from apps.proposals.selectors import named


def packages(framework: Framework) -> QuerySet[Package]:
    """Packages of a framework, the newest first, with everything their page shows."""
    found = framework.packages.select_related("group", "reason", "heading")
    return found.prefetch_related(
        Prefetch("proposals", named(Proposal.objects.all())),
        "commitments__group",
        "commitments__what",
        "ratifications__group",
        "ratifications__evidence",
    )


def open_package(person: Person | None, id: UUID) -> tuple[Actor, Package]:
    """The one careful way to a package."""
    framework = Package.objects.values_list("framework_id", flat=True).filter(id=id).first()
    if framework is None:
        raise NotFound("package.unknown", "There is no such package, or it is for members only.")
    actor, found = open_framework(person, framework)
    return actor, packages(found).select_related("framework__partnership").get(id=id)


def open_commitment(person: Person | None, id: UUID) -> tuple[Actor, Commitment]:
    """The one careful way to what a group promised."""
    found = Commitment.objects.select_related("package", "group", "what").filter(id=id).first()
    if found is None:
        raise NotFound("commitment.unknown", "There is no such promise, or it is for members only.")
    return open_framework(person, found.package.framework_id)[0], found


def open_ratification(person: Person | None, id: UUID) -> tuple[Actor, Ratification]:
    """The one careful way to a ratification."""
    found = Ratification.objects.select_related("package", "group", "evidence").filter(id=id).first()
    if found is None:
        raise NotFound("ratification.unknown", "There is nothing to ratify here, or it is for members only.")
    return open_framework(person, found.package.framework_id)[0], found
