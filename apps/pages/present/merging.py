"""The merge table: for each field what stands, what every waiting offer would make of it, and where offers meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.frameworks.domain.fields import Field, fields_of, show
from apps.pages.present.proposals import Stand
from apps.pages.present.removed import words
from apps.pages.present.values import changes_of
from apps.pages.present.words import capital, day, listed
from apps.pages.shown import Change
from apps.proposals.domain.merging import Wanted
from apps.proposals.models import Offer
from apps.proposals.selectors import merge_table


@dataclass(frozen=True)
class Wording:
    """One offer's value for a field, as a change of what stands; `note` says what it meets."""

    who: str
    at: str
    changes: Sequence[Change]
    why: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One field of the table. `origin` says whose offer it came from, `collides` that the waiting offers differ."""

    label: str
    now: str
    origin: str
    wordings: Sequence[Wording]
    collides: str


def rows_of(stand: Stand, waiting: Sequence[Offer], taken: Sequence[Offer]) -> list[Row]:
    """The fields somebody wants to be different, in page order. `taken` are the offers already taken."""
    groups = {str(offer.id): offer.group.name for offer in taken}
    offers = {str(offer.id): offer for offer in waiting}
    found = {row.field: row for row in merge_table(stand.current, waiting)}
    return [
        Row(
            label=field.label,
            now=capital(_shown(field, stand.result, stand)) or "Nothing yet",
            origin=_origin(found[field.key].origins, groups),
            wordings=[_wording(stand, offers[one.offer], field, one, groups) for one in found[field.key].wanted],
            collides="Not everybody wants the same here." if found[field.key].collides else "",
        )
        for field in fields_of(stand.proposal.kind)
        if field.key in found
    ]


def _wording(stand: Stand, offer: Offer, field: Field, one: Wanted, groups: Mapping[str, str]) -> Wording:
    changes = changes_of(stand.proposal.kind, stand.result, {field.key: one.value}, stand.names)
    replaces = f"Written before the wording of {groups.get(one.replaces, 'another group')} was taken. {_ONLY}"
    return Wording(
        who=offer.group.name,
        at=day(offer.offered_at),
        changes=changes,
        why=words(offer.reason),
        url=f"#answer-{offer.id}",
        note=replaces if one.replaces else "" if changes else "This stands already.",
    )


def _origin(offers: Sequence[str], groups: Mapping[str, str]) -> str:
    names = dict.fromkeys(groups.get(offer, "another group") for offer in offers)
    return f"As {listed(names)} offered." if names else ""


def _shown(field: Field, fields: Mapping[str, Any], stand: Stand) -> str:
    return show(field, stand.names.of(field, fields.get(field.key)), str(fields.get("unit") or ""))


_ONLY = "It can be taken in another form only."
