"""What each type of entry may say. A room declares its types once, at import; the record refuses everything undeclared.

A schema is succeeded by a higher version and never edited, because old entries must stay readable by it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.common.errors import Invalid
from apps.record.domain.entry import TextRef, is_uuid

_NAME = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
_FRACTION = re.compile(r"-?[0-9]+(/[1-9][0-9]*)?")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_HASH = re.compile("[0-9a-f]{64}")


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_text_ref(value: object) -> bool:
    try:
        return isinstance(value, dict) and bool(TextRef.from_data(value))
    except (Invalid, TypeError):
        return False


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_ids(value: object) -> bool:
    return isinstance(value, list) and all(is_uuid(item) for item in value)


KINDS: Mapping[str, Callable[[object], bool]] = {
    "id": is_uuid,
    "ids": _is_ids,
    "str": lambda value: type(value) is str,
    "int": lambda value: type(value) is int,
    "bool": lambda value: type(value) is bool,
    "list": lambda value: type(value) is list,
    "map": lambda value: type(value) is dict,
    "any": lambda value: True,
    "text": _is_text_ref,
    "hash": _matches(_HASH),
    "date": _is_date,
    "fraction": _matches(_FRACTION),
    "decimal": _matches(_DECIMAL),
}
"""The kinds a key may have. `text` is a `TextRef` as data, `hash` 64 hex digits, `fraction` as in "2/3", `decimal` as
in "6.5".
"""


AUDIENCES = ("public", "member", "facilitator", "auditor")
"""Who reads, each seeing what those before it see: whoever may read the partnership, its members, its convenor, its auditors."""


@dataclass(frozen=True)
class EntryType:
    """A declared type: `required` and `optional` map the keys of `data` to a name in KINDS.

    `audience` is the first of AUDIENCES that sees its entries.
    """

    name: str
    version: int = 1
    required: Mapping[str, str] = field(default_factory=dict)
    optional: Mapping[str, str] = field(default_factory=dict)
    audience: str = "public"

    def faults(self, data: Mapping[str, Any]) -> dict[str, str]:
        """What is wrong with `data`, by key."""
        kinds = {**self.optional, **self.required}
        faults = {key: "is missing" for key in self.required if key not in data}
        for key, value in data.items():
            if key not in kinds:
                faults[key] = "is not declared"
            elif not KINDS[kinds[key]](value):
                faults[key] = f"is not of the kind {kinds[key]}"
        return faults


_types: dict[str, dict[int, EntryType]] = {}


def entry_type(
    name: str,
    *,
    required: Mapping[str, str] | None = None,
    optional: Mapping[str, str] | None = None,
    version: int = 1,
    audience: str = "public",
) -> EntryType:
    """Declares a type of entry. Declaring it again in another way, a bad name or an unknown kind is a ValueError."""
    declared = EntryType(name, version, dict(required or {}), dict(optional or {}), audience)
    unknown = {*declared.required.values(), *declared.optional.values()} - KINDS.keys() | {audience} - {*AUDIENCES}
    if not _NAME.fullmatch(name) or version < 1 or unknown or declared.required.keys() & declared.optional.keys():
        raise ValueError(f"{name} version {version} is not a proper entry type {sorted(unknown)}")
    if _types.setdefault(name, {}).setdefault(version, declared) != declared:
        raise ValueError(f"{name} version {version} is declared twice; a change needs a new version")
    return declared


def registered() -> list[EntryType]:
    """Every declared type, by name and version."""
    return [versions[version] for _, versions in sorted(_types.items()) for version in sorted(versions)]


def hidden_from(audience: str) -> set[str]:
    """The types of entries that this audience does not see."""
    reach = AUDIENCES.index(audience)
    return {known.name for known in registered() if AUDIENCES.index(known.audience) > reach}


def latest_version(name: str) -> int:
    """The version new entries of this type are written in."""
    versions = _types.get(name)
    if not versions:
        raise Invalid("entry.unknown_type", f"No entry type {name} is declared.")
    return max(versions)


def check(name: str, data: Mapping[str, Any], version: int = 1) -> None:
    """Refuses an undeclared type (entry.unknown_type) and data that does not fit its schema (entry.wrong_data)."""
    known = _types.get(name, {}).get(version)
    if known is None:
        raise Invalid("entry.unknown_type", f"No entry type {name} version {version} is declared.")
    faults = known.faults(data)
    if faults:
        why = "; ".join(f"{key} {fault}" for key, fault in faults.items())
        raise Invalid("entry.wrong_data", f"{name} version {version}: {why}.", faults)
