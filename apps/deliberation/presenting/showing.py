"""An entry of the record as others in the room see it: what, when, by which group, with nothing that names a person."""

from collections.abc import Mapping

from apps.deliberation.presenting.frames import Item
from apps.deliberation.types import AROUND
from apps.record.domain.entry import Entry
from apps.record.domain.schemas import registered

SHOWN: Mapping[str, tuple[str, ...]] = {
    "group.added": ("key", "name"),
    "seat.assigned": ("group", "label"),
    "seat.vacated": ("group", "label"),
    "role.given": ("role",),
    "role.taken": ("role",),
    "mandate.recorded": ("code", "authority", "parts"),
    "framework.created": ("title",),
    "gates.set": ("open",),
    "element.changed": ("action", "kind", "code", "number", "changed"),
    "edition.published": ("number",),
    "proposal.submitted": ("action", "kind", "code"),
    "proposal.revised": ("number",),
    "amendment.offered": ("group", "parts"),
    "amendment.answered": ("answer", "by_group"),
    "objection.recorded": ("group",),
    "comment.made": ("field", "kind"),
    "rule.registered": ("title",),
    "round.drafted": ("title",),
    "round.opened": ("title", "secrecy", "closes_at", "advisory"),
    "round.closed": ("ballots",),
    "decision.made": ("outcome", "adopted", "action"),
    "imposition.made": ("parts", "reason_code", "effective"),
    "outside.recorded": ("parts", "effective"),
    "verdict.recorded": ("label", "headline"),
    "act.refused": ("act", "code"),
}
"""Which keys of an entry's data are sent, by type; of a type that does not stand here only that it happened."""
SUBJECTS = ("partnership", "group", "framework", "element", "proposal", "round", "mandate")
"""What an entry may be said to concern; a seat stands for somebody and is not named."""
TOLD_ELSEWHERE = frozenset({"ballot.cast", "reason.recorded", *AROUND})
"""Types that are told by how things stand (turnout, the floor, what the groups said) and never one by one."""


def types_shown() -> set[str]:
    """The types of entries that are sent at all."""
    return {known.name for known in registered()} - TOLD_ELSEWHERE


def present(entry: Entry, groups_by_seat: Mapping[str, str]) -> Item:
    """An entry as an item of a frame; `groups_by_seat` gives the name of a seat's group by the seat's id."""
    who = groups_by_seat.get(entry.by.get("seat", ""), "") or entry.by.get("system", "")
    data = {key: entry.data[key] for key in SHOWN.get(entry.type, ()) if key in entry.data}
    on = {kind: entry.on[kind] for kind in SUBJECTS if kind in entry.on}
    return Item(entry.seq, entry.at, entry.type, who, on, data)
