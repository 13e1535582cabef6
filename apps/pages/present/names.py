"""The names behind the ids in entries, fetched at once for a whole page: groups, seats, elements, proposals, rounds, texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from django.db.models import F, Q
from django.db.models.fields.json import KT

from apps.common.trips import at_once
from apps.deliberation.models import Round
from apps.frameworks.models import Element, Framework
from apps.pages.present.removed import removed
from apps.partnerships.models import Mandate, Partnership, Pseudonym, Role, Seat
from apps.proposals.models import Offer, Proposal
from apps.record.domain.entry import Entry
from apps.record.models import Text

SYSTEM: Mapping[str, str] = {
    "clock": "The clock",
    "tally": "The count",
    "decide": "The rule",
    "adopt": "The rule",
    "verdict": "The scoring rule",
    "ballots": "The ballot box",
    "floor": "The room",
    "notify": "The notice",
    "panel": "The panel",
    "pulse": "The pulse",
    "keeping": "Somebody at the address",
    "witnessing": "The watch over the record",
    "operator": "The operator of this server",
}
OFFERS = {"amendment.answered", "amendment.joined", "amendment.counter_answered"}
"""Entries that name an offer of somebody else."""
ROLES: Mapping[str, str] = {"convenor": "Convenor", "auditor": "Auditor", "dpo": "Data protection officer"}


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
    removed: Mapping[str, str] = field(default_factory=dict)

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
        return self.removed.get(str(reference.get("text")), "") if found is None else found

    def title(self, data: Mapping[str, Any]) -> str:
        """The title that a proposal to add something gives it, while its wording stands."""
        wording = data.get("wording", {}).get("text", "")
        patch = data.get("patch") or orjson.loads(self.texts.get(wording) or "{}")
        return str(patch.get("title") or "")


def names_for(partnership: Partnership, entries: Sequence[Entry]) -> Names:
    """The names that these entries need: one query, however many entries."""
    elements, proposals = _ids(entries, "element"), _ids(entries, "proposal")
    roles = Role.objects.filter(partnership=partnership)
    alone = partnership.mandates.filter(holder__isnull=False)
    groups, seats, held, authorities, people, frameworks, rounds, mandates, suggested, known, offers, words = at_once(
        partnership.groups.values("key", "name"),
        Seat.objects.filter(id__in={entry.by["seat"] for entry in entries if "seat" in entry.by}).values(
            "id", name=F("group__name")
        ),
        roles.values("name", owner=F("person")),
        alone.values("authority", owner=F("holder")),
        Pseudonym.objects.filter(
            Q(person__in=roles.values("person")) | Q(person__in=alone.values("holder")), log=partnership.log_id
        ).values("id", owner=F("person")),
        Framework.objects.filter(id__in=_ids(entries, "framework")).values("id", "title"),
        Round.objects.filter(id__in=_ids(entries, "round")).values("id", "title"),
        Mandate.objects.filter(id__in=_ids(entries, "mandate")).values("id", "code", "authority"),
        Proposal.objects.filter(Q(element__in=elements) | Q(id__in=proposals)).values("element", "code", "kind"),
        Element.objects.filter(id__in=elements).values("id", "code", "kind", title=KT("fields__title")),
        Offer.objects.filter(id__in={entry.data["offer"] for entry in entries if entry.type in OFFERS}).values(
            "id", name=F("group__name")
        ),
        Text.objects.filter(id__in=_references(entries)).values("id", "body"),
    )
    acting = {one["owner"]: one["authority"] for one in authorities} | {
        one["owner"]: ROLES.get(one["name"], str(one["name"]).capitalize()) for one in held
    }
    named = [{**one, "id": one["element"], "title": ""} for one in suggested] + known
    return Names(
        groups={one["key"]: one["name"] for one in groups},
        seats=_by_id(seats, "name"),
        roles={str(one["id"]): acting[one["owner"]] for one in people if one["owner"] in acting},
        elements={str(one["id"]): f"{one['code']} {one['title'] or ''}".strip() for one in named},
        kinds=_by_id(named, "kind"),
        rounds=_by_id(rounds, "title"),
        mandates={str(one["id"]): (one["code"], one["authority"]) for one in mandates},
        frameworks=_by_id(frameworks, "title"),
        offers=_by_id(offers, "name"),
        texts=_by_id(words, "body"),
        removed=removed([str(one["id"]) for one in words if one["body"] is None]),
    )


def _by_id(rows: Iterable[Mapping[str, Any]], key: str) -> dict[str, Any]:
    return {str(row["id"]): row[key] for row in rows}


def _ids(entries: Iterable[Entry], kind: str) -> set[str]:
    return {entry.on[kind] for entry in entries if kind in entry.on}


def _references(entries: Iterable[Entry]) -> set[UUID]:
    values = (value for entry in entries for value in entry.data.values())
    return {UUID(value["text"]) for value in values if isinstance(value, dict) and value.keys() == {"text", "sha256"}}
