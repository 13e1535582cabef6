"""Reading, checking and showing the typed fields of elements (the catalogue says which there are)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from apps.common.errors import Invalid
from apps.frameworks.domain import values as v
from apps.frameworks.domain.catalogue import CONSEQUENCES as CONSEQUENCES
from apps.frameworks.domain.catalogue import COPRODUCTION as COPRODUCTION
from apps.frameworks.domain.catalogue import FIELDS as FIELDS
from apps.frameworks.domain.catalogue import MEASURE as MEASURE
from apps.frameworks.domain.catalogue import PARTS as PARTS
from apps.frameworks.domain.catalogue import POLARITIES as POLARITIES
from apps.frameworks.domain.catalogue import Field as Field

MINUTES = frozenset({"burden_minutes", "minutes"})

_READERS: Mapping[str, Callable[[Field, object], Any]] = {
    "text": lambda known, value: v.read_line(value, known.length),
    "long_text": lambda known, value: v.read_text(value, known.length),
    "period": lambda known, value: v.read_line(value, v.LONGEST_PERIOD),
    "periods": lambda known, value: v.read_periods(value),
    "reference": lambda known, value: v.read_line(value, known.length),
    "number": lambda known, value: v.read_number(value),
    "bool": lambda known, value: v.read_bool(value),
    "choice": lambda known, value: v.read_choice(value, known.choices),
    "set": lambda known, value: v.read_set(value, known.choices),
    "references": lambda known, value: v.read_references(value),
    "baseline": lambda known, value: v.read_baseline(value),
    "target": lambda known, value: v.read_target(value),
}


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of element. Raises `Invalid` (element.unknown_kind)."""
    if kind not in FIELDS:
        raise Invalid("element.unknown_kind", f"An element is one of: {', '.join(FIELDS)}.")
    return FIELDS[kind]


def parts_of(kind: str, keys: Iterable[str]) -> set[str]:
    """The parts these fields belong to. Raises `Invalid` (element.unknown_field)."""
    known = {each.key: each.part for each in fields_of(kind)}
    given = set(keys)
    faults = dict.fromkeys(sorted(given - known.keys()), f"is not a field of this {kind}")
    if faults:
        raise Invalid("element.unknown_field", f"No {kind} has the field {', '.join(faults)}.", faults)
    return {known[key] for key in given}


def validate(kind: str, fields: Mapping[str, Any], *, complete: bool) -> dict[str, Any]:
    """The same fields in their one form, in page order.

    `complete`: the fields are a whole element, so the required ones must be there and blanks are left out. Otherwise
    they are a patch, and a blank (None, "", [] or {}) becomes None: the field is cleared. Raises `Invalid`
    (element.fields) whose `fields` names each wrong field and says what is wrong with it.
    """
    known, read = {each.key: each for each in fields_of(kind)}, dict[str, Any]()
    faults = dict.fromkeys(sorted(map(str, fields.keys() - known.keys())), f"is not a field of this {kind}")
    for each in known.values():
        if each.key in fields:
            _read(each, fields[each.key], read, faults)
        elif each.required and complete:
            faults[each.key] = "is needed"
    if complete:
        read = {key: value for key, value in read.items() if value is not None}
        faults |= _whole_faults(read)
    if faults:
        raise Invalid("element.fields", _sentence(known, faults), faults)
    return read


def require_whole(kind: str, fields: Mapping[str, Any], touched: Iterable[str]) -> None:
    """Refuse what no field shows alone, where one of the `touched` fields is part of it. `fields` are all fields as they
    would stand. Raises `Invalid` (element.fields) as `validate` does.
    """
    faults = _whole_faults(fields) if {"polarity", "midpoint"} & set(touched) else {}
    if faults:
        raise Invalid("element.fields", _sentence({each.key: each for each in fields_of(kind)}, faults), faults)


def show(known: Field, value: Any, unit: str = "") -> str:
    """A value in words, for pages, files and sentences; nothing for a missing one. Names behind ids are the caller's
    matter.
    """
    if value is None:
        return ""
    if known.kind == "bool":
        return "yes" if value else "no"
    if known.kind in {"set", "references"}:
        return ", ".join(known.choices.get(item, item) for item in value)
    if known.kind == "choice":
        return known.choices.get(value, value)
    if known.kind in {"baseline", "target"}:
        return (v.show_baseline if known.kind == "baseline" else v.show_target)(value, unit)
    if known.kind == "number":
        return v.show_number(value, _minutes(value) if known.key in MINUTES else unit)
    if known.kind == "periods":
        return "; ".join(v.show_period(each) for each in value)
    return str(value)


def _minutes(value: str) -> str:
    return "minute" if value == "1" else "minutes"


def _read(known: Field, value: object, read: dict[str, Any], faults: dict[str, str]) -> None:
    if value is None or value in ("", [], {}) or (isinstance(value, str) and not value.strip()):
        read[known.key] = None
        if known.required:
            faults[known.key] = "is needed"
        return
    try:
        read[known.key] = _READERS[known.kind](known, value)
    except Invalid as error:
        faults[known.key] = error.fields.get("value", error.message)


def _whole_faults(fields: Mapping[str, Any]) -> dict[str, str]:
    """What no field shows alone."""
    has_range, has_middle = fields.get("polarity") == "range", "midpoint" in fields
    if has_middle and not has_range:
        return {"midpoint": "belongs only to a measure whose best value lies in the middle"}
    return {"midpoint": "is needed where better is nearer to a middle value"} if has_range and not has_middle else {}


def _sentence(known: Mapping[str, Field], faults: Mapping[str, str]) -> str:
    names = [f"{known[key].label if key in known else key} {why}" for key, why in faults.items()]
    return f"Please look at: {'; '.join(names)}."
