"""Proposals as pages show them: what each would change, who tables it, what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from django.urls import reverse

from apps.frameworks.models import Element, ElementVersion, Framework
from apps.pages.present.values import Names, changes_of, new_facts
from apps.pages.present.words import KINDS, PROPOSAL_STATES, capital, day, listed
from apps.pages.shown import Change, Fact
from apps.proposals.models import Proposal, ProposalVersion

ACTIONS: Mapping[str, str] = {"add": "Add", "change": "Change", "confirm": "Confirm as it is", "retire": "Retire"}


@dataclass(frozen=True)
class ProposalCard:
    """A proposal in a list."""

    id: UUID
    title: str
    by: str
    url: str
    state: str
    state_words: str
    window: str = ""


@dataclass(frozen=True)
class Bases:
    """The fields that proposals were written on, by element and version number; and the names of the elements."""

    fields: Mapping[tuple[UUID, int], Mapping[str, Any]]
    titles: Mapping[UUID, str]

    def changes(self, proposal: Proposal, version: ProposalVersion, names: Names) -> list[Change]:
        """What a version of a proposal changes, against what it was written on."""
        base = self.fields.get((proposal.element, version.base), {})
        return changes_of(proposal.kind, base, version.patch, names)

    def facts(self, proposal: Proposal, version: ProposalVersion, names: Names) -> list[Fact]:
        """What a proposal of something new says."""
        return new_facts(proposal.kind, self.fields.get((proposal.element, version.base), {}), version.patch, names)

    def title(self, proposal: Proposal, version: ProposalVersion | None = None) -> str:
        """The name of what a proposal is about."""
        own = str((version.patch if version else {}).get("title") or "")
        return self.titles.get(proposal.element) or own


def bases_of(framework: Framework, wanted: Iterable[tuple[UUID, int]]) -> Bases:
    """Two queries, however many proposals."""
    pairs = set(wanted)
    elements = list(Element.objects.filter(framework=framework, id__in={id for id, _ in pairs}))
    there = {(element.id, element.number) for element in elements}
    missing = {number for id, number in pairs if number and (id, number) not in there}
    older = ElementVersion.objects.filter(element__in=elements, number__in=missing) if missing else ()
    return bases_from(elements, older)


def bases_from(elements: Iterable[Element], older: Iterable[ElementVersion]) -> Bases:
    """The same from elements and versions that have been fetched."""
    fields = {(version.element_id, version.number): version.fields for version in older}
    known = {element.id: element for element in elements}
    fields |= {(element.id, element.number): element.fields for element in known.values()}
    return Bases(fields, {id: element.title for id, element in known.items()})


def heading(proposal: Proposal, title: str) -> str:
    """Change M4 Loneliness."""
    return f"{ACTIONS.get(proposal.action, proposal.action)} {f'{proposal.code} {title}'.strip()}"


def tabled_by(proposal: Proposal, groups: Mapping[str, str]) -> str:
    """Who tables it, since when."""
    who = listed(groups.get(key, key) for key in proposal.sponsors) or "the convenor"
    return f"Proposed by {who}, {day(proposal.tabled_at)}"


def kind_words(proposal: Proposal) -> str:
    """A new measure, a change to a value."""
    kind = KINDS.get(proposal.kind, proposal.kind)
    return {
        "add": f"A new {kind}",
        "change": f"A change to a {kind}",
        "confirm": f"To confirm a {kind}",
        "retire": f"To retire a {kind}",
    }[proposal.action]


def proposal_cards(found: Iterable[Proposal], groups: Mapping[str, str]) -> list[ProposalCard]:
    """Proposals for a list, as `selectors.named` fetches them."""
    return [_card(proposal, groups) for proposal in found]


def newest(proposal: Proposal) -> ProposalVersion | None:
    """The newest version among those fetched with the proposal."""
    return next((version for version in proposal.versions.all() if version.number == proposal.number), None)


def title_of(proposal: Proposal) -> str:
    """The name of what a proposal is about, as `selectors.named` fetches it; empty where its words have been erased."""
    known = proposal.element_title  # type: ignore[attr-defined]
    wording = proposal.wording_body  # type: ignore[attr-defined]
    return str(known or orjson.loads(wording or "{}").get("title") or "")


def _card(proposal: Proposal, groups: Mapping[str, str]) -> ProposalCard:
    state, words = PROPOSAL_STATES[proposal.state]
    window = (
        f"Changes can be offered until {day(proposal.offers_until)}."
        if proposal.offers_until and proposal.state == "tabled"
        else ""
    )
    return ProposalCard(
        id=proposal.id,
        title=capital(heading(proposal, title_of(proposal))),
        by=tabled_by(proposal, groups),
        url=reverse("proposal", args=[proposal.id]),
        state=state,
        state_words=words,
        window=window,
    )
