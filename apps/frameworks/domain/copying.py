"""A framework as drafts for another one: the same elements under new ids, without what holds only at the place they come from."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from apps.frameworks.domain.catalogue import FIELDS
from apps.frameworks.domain.importing import Draft, Drafts

OF_THE_PLACE = frozenset(
    {"baseline", "target", "owner", "burden_minutes", "reporting_periods", "required_from_outside", "required_by"}
)
"""Fields that say how things stand at one place, and would be wrong at another."""
ORDER = ("mission", "value", "outcome", "instrument", "measure")


def drafts_from(state: Iterable[Mapping[str, Any]], *, groups: Collection[str], figures: bool) -> Drafts:
    """Drafts of what a state of a framework holds, outer ones first. Ids that elements name each other by become the keys of
    drafts. Groups that the other partnership does not have are left out, and without `figures` everything of the place.
    """
    items = sorted(state, key=lambda item: (ORDER.index(item["kind"]), item["code"]))
    drafts = [_draft(row, item, groups, figures) for row, item in enumerate(_outer_first(items), 1)]
    return Drafts(tuple(drafts), ())


def _draft(row: int, item: Mapping[str, Any], groups: Collection[str], figures: bool) -> Draft:
    known = {field.key: field for field in FIELDS[item["kind"]]}
    fields = {key: value for key, value in item["fields"].items() if figures or key not in OF_THE_PLACE}
    for key in [key for key in fields if known[key].of == "group"]:
        fields[key] = [group for group in fields[key] if group in groups]
        if not fields[key]:
            del fields[key]
    return Draft(item["id"], row, item["kind"], item["code"], fields, item["parent"] or "")


def _outer_first(items: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    by_id = {item["id"]: item for item in items}
    placed: dict[str, Mapping[str, Any]] = {}

    def place(item: Mapping[str, Any]) -> None:
        above = by_id.get(item["parent"] or "")
        if above is not None and above["id"] not in placed:
            place(above)
        placed.setdefault(item["id"], item)

    for item in items:
        place(item)
    return list(placed.values())
