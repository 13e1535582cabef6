"""A framework's elements as a table, under the names by which a table is read in again (frameworks.domain.importing)."""

from collections.abc import Mapping
from typing import Any

from apps.exchange.tables.writing import Cell, Table
from apps.frameworks.domain.catalogue import FIELDS, Field
from apps.frameworks.domain.fields import fields_of, show
from apps.frameworks.domain.values import show_period
from apps.frameworks.models import Element, ElementVersion, Framework
from apps.frameworks.selectors import elements
from apps.provenance.models import Verdict
from apps.provenance.selectors import verdicts

KINDS = ("mission", "value", "outcome", "measure", "instrument", "rules")
PIECES: Mapping[str, Mapping[str, str]] = {
    "baseline": {"baseline": "value", "baseline_period": "period"},
    "target": {"target": "value", "target_low": "low", "target_high": "high", "target_by": "by", "target_day": "day"},
}
"""Values of several pieces: a column for each."""
KEYS = tuple(dict.fromkeys(each.key for kind in KINDS for each in FIELDS[kind]))
NAMED = {"level": "level_name"}
"""Fields whose own name means something else to whoever reads the table."""
HEAD = (
    *("kind", "code", "parent"),
    *(column for key in KEYS for column in PIECES.get(key, (NAMED.get(key, key),))),
    *("version", "in_force_from", "entry", "negotiated_imposed", "planned_emergent", "how_it_was_decided"),
)


def table(framework: Framework) -> Table:
    """One row for each element in force, by kind and code: its fields, the entry that set this version, where it stands."""
    found = sorted(elements(framework), key=lambda one: (KINDS.index(one.kind), one.code))
    newest = ElementVersion.objects.filter(element__in=[one.id for one in found]).order_by("element_id", "-number")
    versions = {one.element_id: one for one in newest.distinct("element_id").defer("fields")}
    codes = {str(id): code for id, code in framework.elements.values_list("id", "code")}
    standing = verdicts(framework)
    return Table("Elements", HEAD, [_row(one, versions[one.id], standing.get(one.id), codes) for one in found])


def _row(element: Element, version: ElementVersion, verdict: Verdict | None, codes: Mapping[str, str]) -> list[Cell]:
    known = {each.key: each for each in fields_of(element.kind)}
    above = [str(element.parent_id)] if element.parent_id else element.fields.get("serves", [])
    cells: list[Cell] = [element.kind, element.code, codes.get(above[0], "") if above else ""]
    for key in KEYS:
        value = element.fields.get(key) if key in known else None
        pieces = PIECES.get(key)
        if pieces is not None:
            cells += [(value or {}).get(piece, "") for piece in pieces.values()]
        else:
            cells.append("" if value is None else _cell(known[key], value, codes))
    cells += [version.number, version.effective, version.seq]
    return cells + ([verdict.label_ni, verdict.label_pe, verdict.headline] if verdict else ["", "", ""])


def _cell(known: Field, value: Any, codes: Mapping[str, str]) -> Cell:
    """A value as one cell: numbers without marks between thousands, elements by their signs."""
    if known.kind in {"reference", "references"}:
        ids = [value] if isinstance(value, str) else value
        return ", ".join(codes.get(str(id), str(id)) for id in ids)
    if known.kind == "number":
        return str(value)
    if known.kind == "periods":
        return "; ".join(show_period(each) for each in value)
    return show(known, value)
