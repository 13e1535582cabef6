"""Where the fields of elements stand, read from rows: three queries, however many elements."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import F

from apps.deliberation.domain.standing import Setting, Standing, Wish, standings
from apps.deliberation.models import FieldState
from apps.frameworks.domain.fields import fields_of
from apps.frameworks.models import Element, Framework
from apps.proposals.models import Offer, ProposalVersion
from apps.proposals.selectors import OPEN


def standings_of(framework: Framework, elements: Iterable[Element]) -> dict[UUID, dict[str, Standing]]:
    """By element and field, in page order."""
    found = list(elements)
    ids = [element.id for element in found]
    settings: dict[UUID, dict[str, Setting]] = {}
    for state in FieldState.objects.filter(element__in=ids):
        settings.setdefault(state.element, {})[state.field] = Setting(state.state, state.seq)
    wishes = _wishes(framework, ids)
    return {
        element.id: standings(
            [field.key for field in fields_of(element.kind)],
            element.fields.keys(),
            settings.get(element.id, {}),
            wishes.get(element.id, ()),
        )
        for element in found
    }


def _wishes(framework: Framework, ids: Iterable[UUID]) -> Mapping[UUID, list[Wish]]:
    """What is on the table for these elements, proposals before offers."""
    wishes: dict[UUID, list[Wish]] = {}
    open_on = {"proposal__framework": framework, "proposal__element__in": list(ids), "proposal__state__in": OPEN}
    versions = ProposalVersion.objects.filter(number=F("proposal__number"), proposal__action="change", **open_on)
    for element, id, groups, fields in versions.order_by("seq").values_list(
        "proposal__element", "proposal_id", "proposal__sponsors", "fields"
    ):
        wishes.setdefault(element, []).append(Wish("proposal", str(id), tuple(groups), frozenset(fields)))
    offers = Offer.objects.filter(state="offered", counters=None, proposal__action="change", **open_on)
    for element, id, group, fields in offers.order_by("seq").values_list(
        "proposal__element", "id", "group__key", "fields"
    ):
        wishes.setdefault(element, []).append(Wish("offer", str(id), (group,), frozenset(fields)))
    return wishes
