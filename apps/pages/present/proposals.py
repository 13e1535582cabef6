"""One proposal: what it changes, its versions, objections, the votes on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from apps.common.trips import at_once
from apps.deliberation.models import RoundItem
from apps.frameworks.models import Element, ElementVersion
from apps.pages.present.items import Bases, bases_from
from apps.pages.present.removed import words
from apps.pages.present.values import Names, changes_of, labels_of, names_from, naming, new_facts
from apps.pages.present.words import OUTCOMES, ROUND_STATES, day, listed
from apps.pages.shown import Change, Fact, Line
from apps.partnerships.actors import Actor
from apps.proposals.domain.patch import apply
from apps.proposals.models import Proposal, ProposalVersion
from apps.proposals.rules import speaks_for
from apps.proposals.selectors import standing_objections

SHOWN = 200


@dataclass(frozen=True)
class ObjectionCard:
    """A standing objection."""

    title: str
    why: str
    mine: bool
    url: str


@dataclass(frozen=True)
class Stand:
    """A proposal with everything its page needs, read once."""

    viewer: Actor
    proposal: Proposal
    versions: Sequence[ProposalVersion]
    bases: Bases
    names: Names
    element: Element | None

    @property
    def current(self) -> ProposalVersion:
        return self.versions[-1]

    @property
    def base(self) -> Mapping[str, Any]:
        return self.bases.fields.get((self.proposal.element, self.current.base), {})

    @property
    def result(self) -> dict[str, Any]:
        """The fields as they would be if it were adopted."""
        return self.after(self.current)

    def after(self, version: ProposalVersion) -> dict[str, Any]:
        """The fields as one of its versions would make them."""
        return apply(self.bases.fields.get((self.proposal.element, version.base), {}), version.patch)

    @property
    def title(self) -> str:
        return self.bases.title(self.proposal, self.current)

    @property
    def facts(self) -> list[Fact]:
        """What something entirely new would say."""
        return new_facts(self.proposal.kind, self.base, self.current.patch, self.names)

    @property
    def changes(self) -> list[Change]:
        return changes_of(self.proposal.kind, self.base, self.current.patch, self.names)

    @property
    def speaks(self) -> bool:
        """Whether this viewer answers for the proposal."""
        return speaks_for(self.viewer, self.proposal)

    @property
    def has_voice(self) -> bool:
        """Whether this viewer holds a seat of a group that speaks."""
        return self.viewer.seat is not None and self.viewer.seat.group.kind != "observer"


def stand_of(viewer: Actor, proposal: Proposal) -> Stand:
    """A proposal, read for its pages."""
    return stand_with(viewer, proposal)[0]


def stand_with(viewer: Actor, proposal: Proposal, *more: QuerySet[Any, Any]) -> tuple[Stand, list[list[Any]]]:
    """The same, and whatever `more` asks for: two queries."""
    versions = list(proposal.versions.select_related("rationale", "wording").order_by("number"))
    framework, written_on = proposal.framework, {version.base for version in versions}
    elements, older, titled, groups, *others = at_once(
        framework.elements.filter(id=proposal.element),
        ElementVersion.objects.filter(element=proposal.element, number__in=written_on),
        *naming(framework),
        *more,
    )
    for element in elements:
        element.framework = framework
    names = names_from(framework, titled, groups)
    element = elements[0] if elements else None
    return Stand(viewer, proposal, versions, bases_from(elements, older), names, element), others


def objection_cards(stand: Stand) -> list[ObjectionCard]:
    """Objections that stand, oldest first."""
    seat = stand.viewer.seat
    return [
        ObjectionCard(
            title=f"{objection.group.name}, {day(objection.made_at)}, to version {objection.on_number}",
            why=words(objection.reason),
            mine=seat is not None and objection.seat_id == seat.id,
            url=reverse("withdraw_objection", args=[stand.proposal.id, objection.id]),
        )
        for objection in standing_objections(stand.proposal)[:SHOWN]
    ]


def version_lines(stand: Stand) -> list[Line]:
    """The versions, newest first."""
    kind, partnership = stand.proposal.kind, stand.viewer.partnership.id
    return [
        Line(
            at=day(version.made_at),
            act=f"Version {version.number}: {_fields_words(kind, version)}",
            why=words(version.rationale),
            url=reverse("entry", args=[partnership, version.seq]),
            number=version.seq,
        )
        for version in reversed(stand.versions)
    ]


def round_lines(proposal: Proposal) -> list[dict[str, str]]:
    """The rounds in which it is or was voted on, newest first."""
    found = RoundItem.objects.filter(Q(proposal=proposal) | Q(alternatives__proposal=proposal)).select_related("round")
    told = found.annotate(
        name=Coalesce("alternatives__key", Value("")),
        fixed=Coalesce("alternatives__version__number", "version__number"),
    )
    return [_round(one, one.fixed, one.name) for one in told.order_by("-round__drafted_at")[:SHOWN]]


def _fields_words(kind: str, version: ProposalVersion) -> str:
    return listed(label.lower() for label in labels_of(kind, version.fields)) or "no field changed"


def _round(item: RoundItem, fixed: int | None, name: str) -> dict[str, str]:
    outcome = item.outcome if not name or not item.adopted or name in item.chosen else "not_chosen"
    state, state_words = OUTCOMES.get(outcome, ROUND_STATES[item.round.state])
    version = f"version {fixed}" if fixed else "no version fixed yet"
    version += f", as alternative {name}" if name else ""
    return {
        "title": item.round.title,
        "url": reverse("round", args=[item.round_id]),
        "state": state,
        "state_words": state_words,
        "words": version,
    }
