"""What a count means for packages: which lines fall with others, which wait to be ratified, and what follows once they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from apps.common.errors import Conflict
from apps.deliberation.models import RoundItem
from apps.proposals.domain.packages import fallen, torn
from apps.proposals.models import Package, Proposal


@dataclass(frozen=True)
class Bound:
    """The packages of a round's lines: proposals that fall although the rule would adopt them, and those that wait."""

    fell: frozenset[UUID]
    waits: frozenset[UUID]
    packages: Sequence[Package]


def bound_in(items: Sequence[RoundItem]) -> Bound:
    """What the packages among these counted lines mean for them: three queries."""
    adopted = {str(one.proposal_id) for item in items for one in item.options if one.adopted}
    ids = [proposal.id for item in items for proposal in item.proposals]
    packages = list(
        Package.objects.filter(proposals__in=ids, state__in=["open", "subject"])
        .distinct()
        .prefetch_related("proposals", "ratifications")
    )
    refused = {
        str(one.id)
        for package in packages
        if any(each.answer == "refused" for each in package.ratifications.all())
        for one in package.proposals.all()
    }
    sets = [{str(one.id) for one in package.proposals.all()} for package in packages]
    down = fallen(sets, adopted - refused) | (adopted & refused)
    waits = {
        one.id
        for package in packages
        if any(not each.answer for each in package.ratifications.all())
        for one in package.proposals.all()
        if str(one.id) in adopted - down
    }
    return Bound(frozenset(map(UUID, down)), frozenset(waits), packages)


def settle_packages(bound: Bound, items: Sequence[RoundItem]) -> None:
    """Keep where each package stands after its lines were decided, or while they wait."""
    adopted = {one.proposal_id for item in items for one in item.options if one.adopted} - bound.fell
    for package in bound.packages:
        ids = {one.id for one in package.proposals.all()}
        package.state = "subject" if ids & bound.waits else "adopted" if ids <= adopted else "fallen"
        package.save(update_fields=["state"])


def refuse_torn(proposals: Sequence[Proposal]) -> None:
    """Refuse an agenda that has some proposals of a package, but not all of them."""
    ids = [one.id for one in proposals]
    packages = Package.objects.filter(proposals__in=ids, state="open").distinct().prefetch_related("proposals")
    sets = [[str(one.id) for one in package.proposals.all()] for package in packages]
    missing = torn(sets, [str(id) for id in ids])
    if missing:
        codes = ", ".join(sorted(Proposal.objects.filter(id__in=missing).values_list("code", flat=True)))
        raise Conflict(
            "package.torn", f"A package is voted on as a whole: put {codes} on the agenda too, or dissolve the package."
        )
