"""One proposal: what it changes, its versions, the changes offered to it with their answers, objections, and what may be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.deliberation.models import RoundAlternative, RoundItem
from apps.frameworks.models import Element
from apps.pages.present.items import Bases, bases_of
from apps.pages.present.values import Names, changes_of, labels_of, names_in, new_facts
from apps.pages.present.words import OFFER_STATES, OUTCOMES, ROUND_STATES, day, listed
from apps.pages.shown import Change, Fact, Line
from apps.partnerships.actors import Actor
from apps.proposals.domain.patch import Collision, apply, collisions
from apps.proposals.models import Offer, Proposal, ProposalVersion
from apps.proposals.rules import speaks_for
from apps.proposals.selectors import offers, standing_objections
from apps.record.models import Text

OFFERS_SHOWN = 200
GONE = "(These words have been removed on request.)"


@dataclass(frozen=True)
class OfferCard:
    """A change offered to a proposal, with its answer."""

    id: UUID
    title: str
    at: str
    why: str
    changes: Sequence[Change]
    state: str
    state_words: str
    answer: str
    answered: str
    taken: Sequence[Change]
    about: str
    answer_url: str
    vote_url: str
    meets: str = ""


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
        return apply(self.base, self.current.patch)

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
    """A proposal, read for its page."""
    versions = list(proposal.versions.select_related("rationale", "wording").order_by("number"))
    bases = bases_of(
        proposal.framework, {(proposal.element, version.base) for version in versions} | {(proposal.element, 0)}
    )
    element = Element.objects.filter(id=proposal.element).first()
    return Stand(viewer, proposal, versions, bases, names_in(proposal.framework), element)


def offer_cards(stand: Stand) -> list[OfferCard]:
    """All changes offered, oldest first. What an offer changes is shown against the version it was written on."""
    found = list(offers(stand.proposal)[:OFFERS_SHOWN])
    waiting = {str(offer.id): offer for offer in found if offer.state == "offered"}
    met = collisions({id: offer.patch for id, offer in waiting.items()})
    return [replace(_offer(offer, stand), meets=_meets(offer, waiting, met, stand)) for offer in found]


def _meets(offer: Offer, waiting: Mapping[str, Offer], met: Sequence[Collision], stand: Stand) -> str:
    """Which waiting offers want something else in the same fields."""
    mine = [one for one in met if str(offer.id) in one.values]
    others = {
        waiting[id].group.name for one in mine for id, value in one.values.items() if value != one.values[str(offer.id)]
    }
    labels = listed(label.lower() for label in labels_of(stand.proposal.kind, [one.field for one in mine]))
    return f"{listed(sorted(others))} want something else: {labels}." if others else ""


def offer_changes(stand: Stand, offer: Offer, patch: Mapping[str, Any]) -> list[Change]:
    """What a patch would change in the proposal's version that an offer was written on."""
    version = next((found for found in stand.versions if found.number == offer.on_number), stand.current)
    base = stand.bases.fields.get((stand.proposal.element, version.base), {})
    return changes_of(stand.proposal.kind, apply(base, version.patch), patch, stand.names)


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
        for objection in standing_objections(stand.proposal)[:OFFERS_SHOWN]
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
    lines = RoundItem.objects.select_related("round", "version").filter(proposal=proposal)
    alternatives = RoundAlternative.objects.select_related("item__round", "version").filter(proposal=proposal)
    found = [
        *((line, line.version, "") for line in lines.order_by("-round__drafted_at")[:OFFERS_SHOWN]),
        *((one.item, one.version, one.key) for one in alternatives.order_by("-item__round__drafted_at")[:OFFERS_SHOWN]),
    ]
    return [_round(*one) for one in sorted(found, key=lambda one: one[0].round.drafted_at, reverse=True)]


def words(text: Text | None) -> str:
    """Somebody's words, or that they have been removed."""
    if text is None:
        return ""
    return GONE if text.body is None else text.body


def _fields_words(kind: str, version: ProposalVersion) -> str:
    return listed(label.lower() for label in labels_of(kind, version.fields)) or "no field changed"


def _round(item: RoundItem, fixed: ProposalVersion | None, name: str) -> dict[str, str]:
    outcome = item.outcome if not name or not item.adopted or name in item.chosen else "not_chosen"
    state, state_words = OUTCOMES.get(outcome, ROUND_STATES[item.round.state])
    version = f"version {fixed.number}" if fixed else "no version fixed yet"
    version += f", as alternative {name}" if name else ""
    return {
        "title": item.round.title,
        "url": reverse("round", args=[item.round_id]),
        "state": state,
        "state_words": state_words,
        "words": version,
    }


def _offer(offer: Offer, stand: Stand) -> OfferCard:
    state, state_words = OFFER_STATES[offer.state]
    tabled = stand.proposal.state == "tabled"
    answered = (
        f"{offer.answered_by.name if offer.answered_by else 'The convenor'}, {day(offer.answered_at)}"
        if offer.answered_at
        else ""
    )
    return OfferCard(
        id=offer.id,
        title=f"Offered by {offer.group.name}",
        at=day(offer.offered_at),
        why=words(offer.reason),
        changes=offer_changes(stand, offer, offer.patch),
        state=state,
        state_words=state_words,
        answer=words(offer.answer),
        answered=answered,
        taken=offer_changes(stand, offer, offer.taken_patch or {}) if offer.state == "modified" else [],
        about=""
        if offer.on_number == stand.proposal.number or offer.state != "offered"
        else f"Written on version {offer.on_number}.",
        answer_url=reverse("answer", args=[offer.id]) if offer.state == "offered" and tabled and stand.speaks else "",
        vote_url=reverse("put_to_vote", args=[offer.id]) if offer.state == "declined" and stand.has_voice else "",
    )
