"""The fields of elements with where each stands: on the element's page, on a page of its own, and for a whole framework."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from apps.deliberation.domain.standing import Standing, Wish
from apps.frameworks.domain.fields import Field, fields_of, show
from apps.frameworks.models import Element
from apps.pages.present.elements import Told, set_words
from apps.pages.present.values import Names, changes_of
from apps.pages.present.words import capital, day, listed
from apps.pages.shown import PARTS, Change, Fact, Line, Part
from apps.proposals.models import Offer, ProposalVersion

STATES: Mapping[str, str] = {
    "agreed": "agreed",
    "contested": "wanted otherwise",
    "imposed": "set by one party",
    "inherited": "taken over: in force before the plan",
    "open": "open",
}
"""A field's state in the page's words."""


@dataclass(frozen=True)
class WishCard:
    """Something on the table that would give a field another value."""

    who: str
    at: str
    changes: Sequence[Change]
    url: str
    what: str


@dataclass(frozen=True)
class Mark:
    """A part, or a field, of one element in the table of a whole framework."""

    state: str
    words: str
    url: str


def words_of(standing: Standing, groups: Mapping[str, str]) -> str:
    """Agreed; set by one party, Community and Agency want it otherwise."""
    how = STATES.get(standing.set_as, "")
    if standing.state != "contested":
        return STATES[standing.state]
    who = listed(groups.get(key, key) for key in standing.wished_by) or "The convenor"
    want = "wants" if len(standing.wished_by) < 2 else "want"
    return f"{how + '; ' if how else ''}{who} {want} it otherwise"


def with_states(
    element: Element, parts: Sequence[Part], standings: Mapping[str, Standing], groups: Mapping[str, str]
) -> list[Part]:
    """The parts of an element, each field with where it stands and its own page."""
    return [replace(part, facts=facts_with_states(element, part.facts, standings, groups)) for part in parts]


def facts_with_states(
    element: Element, facts: Iterable[Fact], standings: Mapping[str, Standing], groups: Mapping[str, str]
) -> list[Fact]:
    """Fields with where they stand and their own pages."""
    return [
        replace(
            fact,
            url=reverse("field", args=[element.id, fact.key]),
            state=standings[fact.key].state,
            state_words=words_of(standings[fact.key], groups),
        )
        if fact.key in standings
        else fact
        for fact in facts
    ]


def unsaid(element: Element, standings: Mapping[str, Standing]) -> list[Fact]:
    """The fields nobody has given a value to, with their own pages."""
    return [
        Fact(field.label, "", field.key, reverse("field", args=[element.id, field.key]), standings[field.key].state)
        for field in fields_of(element.kind)
        if element.fields.get(field.key) is None
    ]


def field_words(field: Field, element: Element, names: Names) -> str:
    """The value of a field in words."""
    return capital(show(field, names.of(field, element.fields.get(field.key)), str(element.fields.get("unit") or "")))


def wish_cards(element: Element, field: str, wishes: Sequence[Wish], names: Names) -> list[WishCard]:
    """What is wanted otherwise, as changes of what stands: two queries, however much it is."""
    versions = ProposalVersion.objects.filter(proposal__in=_ids(wishes, "proposal"), number=F("proposal__number"))
    tabled = {str(one.proposal_id): one for one in versions.select_related("proposal", "wording")}
    offers = Offer.objects.filter(id__in=_ids(wishes, "offer")).select_related("group", "wording")
    offered = {str(one.id): one for one in offers}
    return [
        *(_of_proposal(element, field, tabled[wish.id], names) for wish in wishes if wish.id in tabled),
        *(_of_offer(element, field, offered[wish.id], names) for wish in wishes if wish.id in offered),
    ]


def history(element: Element, field: Field, told: Told, names: Names) -> list[Line]:
    """The values a field has had, newest first, each with who set it."""
    partnership = element.framework.partnership_id
    return [
        Line(
            at=day(decision.effective),
            act=capital(show(field, names.of(field, decision.patch[field.key]), str(element.fields.get("unit") or "")))
            or "Left empty",
            why=f"{set_words(decision)}.",
            url=reverse("entry", args=[partnership, decision.seq]),
            number=decision.seq,
        )
        for decision in reversed(told.decided)
        if decision.adopted and field.key in decision.patch
    ]


def marks_of(element: Element, standings: Mapping[str, Standing], groups: Mapping[str, str]) -> list[Mark | None]:
    """One mark for each of the seven parts: contested before imposed before open before agreed; none where it has no field."""
    found: dict[str, list[tuple[Field, Standing]]] = {}
    for field in fields_of(element.kind):
        found.setdefault(field.part, []).append((field, standings[field.key]))
    return [_mark(element, found[part], groups) if part in found else None for part in PARTS]


def _mark(element: Element, fields: Sequence[tuple[Field, Standing]], groups: Mapping[str, str]) -> Mark:
    states = {standing.state for _, standing in fields}
    order = ("contested", "imposed", "inherited", "agreed", "open")
    state = next(one for one in order if one in states)
    named = [(field, standing) for field, standing in fields if standing.state == state]
    words = f"{capital(STATES[state])}: {listed(field.label.lower() for field, _ in named)}"
    return Mark(state, words, reverse("field", args=[element.id, named[0][0].key]))


def _ids(wishes: Iterable[Wish], kind: str) -> list[UUID]:
    return [UUID(wish.id) for wish in wishes if wish.kind == kind]


def _of_proposal(element: Element, field: str, version: ProposalVersion, names: Names) -> WishCard:
    patch, proposal = version.patch, version.proposal
    who = listed(names.groups.get(key, key) for key in proposal.sponsors) or "The convenor"
    changes = changes_of(element.kind, element.fields, {field: patch.get(field)}, names)
    return WishCard(who, day(proposal.tabled_at), changes, reverse("proposal", args=[proposal.id]), "proposed")


def _of_offer(element: Element, field: str, offer: Offer, names: Names) -> WishCard:
    changes = changes_of(element.kind, element.fields, {field: offer.patch.get(field)}, names)
    url = reverse("proposal", args=[offer.proposal_id]) + f"#offer-{offer.id}"
    return WishCard(offer.group.name, day(offer.offered_at), changes, url, "offered as a change to a proposal")
