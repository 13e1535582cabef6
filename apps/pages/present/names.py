"""The names behind the ids in entries, fetched at once for a whole page: groups, seats, elements, proposals, rounds, texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Q

from apps.deliberation.models import Round
from apps.frameworks.models import Element, Framework
from apps.partnerships.models import Mandate, Partnership, Pseudonym, Role, Seat
from apps.partnerships.selectors import group_names
from apps.proposals.models import Offer, Proposal
from apps.record.domain.entry import Entry
from apps.record.selectors import texts

SYSTEM: Mapping[str, str] = {
    "clock": "The clock",
    "tally": "The count",
    "decide": "The rule",
    "adopt": "The rule",
    "verdict": "The scoring rule",
    "ballots": "The ballot box",
    "notify": "The notice",
    "panel": "The panel",
}
OFFERS = {"amendment.answered", "amendment.joined", "amendment.counter_answered"}
"""Entries that name an offer of somebody else."""
ROLES: Mapping[str, str] = {"convenor": "Convenor", "auditor": "Auditor"}


@dataclass(frozen=True)
class Names:
    """Names by id, or by key for groups; an id without a name has left nothing behind."""

    groups: Mapping[str, str] = field(default_factory=dict)
    seats: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    elements: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[str, str] = field(default_factory=dict)
    mandates: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    frameworks: Mapping[str, str] = field(default_factory=dict)
    offers: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str | None] = field(default_factory=dict)

    def who(self, by: Mapping[str, str]) -> str:
        """Who acted, by group or role; never by name."""
        if "system" in by:
            return SYSTEM.get(by["system"], by["system"])
        if "seat" in by:
            return self.seats.get(by["seat"], "A seat")
        return self.roles.get(by.get("person", ""), "Somebody without a seat")

    def group(self, key: str) -> str:
        return self.groups.get(key, key or "The convenor")

    def element(self, id: str | None) -> str:
        return self.elements.get(id or "", "a text")

    def why(self, reference: object) -> str:
        """The words behind a reference; said so where they have been erased."""
        if not isinstance(reference, dict):
            return ""
        found = self.texts.get(str(reference.get("text")), "")
        return "(These words have been removed on request.)" if found is None else found

    def title(self, data: Mapping[str, Any]) -> str:
        """The title that a proposal to add something gives it, while its wording stands."""
        wording = data.get("wording", {}).get("text", "")
        patch = data.get("patch") or orjson.loads(self.texts.get(wording) or "{}")
        return str(patch.get("title") or "")


def names_for(partnership: Partnership, entries: Sequence[Entry]) -> Names:
    """The names that these entries need: a fixed number of queries, however many entries."""
    frameworks = dict(Framework.objects.filter(id__in=_ids(entries, "framework")).values_list("id", "title"))
    rounds = Round.objects.filter(id__in=_ids(entries, "round")).values_list("id", "title")
    mandates = Mandate.objects.filter(id__in=_ids(entries, "mandate")).values_list("id", "code", "authority")
    elements, kinds = _elements(_ids(entries, "element"), _ids(entries, "proposal"))
    return Names(
        groups=group_names(partnership),
        seats=_seats({entry.by["seat"] for entry in entries if "seat" in entry.by}),
        roles=_roles(partnership),
        elements=elements,
        kinds=kinds,
        rounds={str(id): title for id, title in rounds},
        mandates={str(id): (code, authority) for id, code, authority in mandates},
        frameworks={str(id): title for id, title in frameworks.items()},
        offers=_offers({entry.data["offer"] for entry in entries if entry.type in OFFERS}),
        texts=texts(_references(entries)),
    )


def _ids(entries: Iterable[Entry], kind: str) -> set[str]:
    return {entry.on[kind] for entry in entries if kind in entry.on}


def _seats(ids: set[str]) -> dict[str, str]:
    found = Seat.objects.filter(id__in=ids).values_list("id", "group__name")
    return {str(id): name for id, name in found}


def _offers(ids: set[str]) -> dict[str, str]:
    """By which group each offer of change was made."""
    return {str(id): name for id, name in Offer.objects.filter(id__in=ids).values_list("id", "group__name")}


def _roles(partnership: Partnership) -> dict[str, str]:
    """Roles, and mandates of people without a seat, by the pseudonym in this log."""
    held = list(Role.objects.filter(partnership=partnership).values_list("person", "name"))
    alone = list(partnership.mandates.filter(holder__isnull=False).values_list("holder", "authority"))
    people = {person for person, _ in [*held, *alone]}
    pseudonyms = {
        person: str(id)
        for id, person in Pseudonym.objects.filter(log=partnership.log_id, person__in=people).values_list(
            "id", "person"
        )
    }
    named = dict(alone) | {person: ROLES[name] for person, name in held}
    return {pseudonyms[person]: words for person, words in named.items() if person in pseudonyms}


def _elements(elements: set[str], proposals: set[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Names and kinds of elements, in force or only proposed, by element id."""
    suggested = Proposal.objects.filter(Q(element__in=elements) | Q(id__in=proposals)).values_list(
        "element", "code", "kind"
    )
    names = {str(id): code for id, code, _ in suggested}
    kinds = {str(id): kind for id, _, kind in suggested}
    for found in Element.objects.filter(id__in=elements):
        names[str(found.id)], kinds[str(found.id)] = f"{found.code} {found.title}", found.kind
    return names, kinds


def _references(entries: Iterable[Entry]) -> set[UUID]:
    values = (value for entry in entries for value in entry.data.values())
    return {UUID(value["text"]) for value in values if isinstance(value, dict) and value.keys() == {"text", "sha256"}}
