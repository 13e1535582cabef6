"""Fields and their values in words, with the names behind ids; and what a patch changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KT

from apps.common.trips import at_once
from apps.frameworks.domain.fields import Field, fields_of, show
from apps.frameworks.models import Element, Framework
from apps.frameworks.selectors import elements
from apps.pages.present.words import capital
from apps.pages.shown import Change, Fact, Piece
from apps.proposals.domain.diff import FieldDiff, diff
from apps.proposals.domain.patch import apply

NAMED = 1000


@dataclass(frozen=True)
class Names:
    """What stands behind the ids and keys in values: groups by key, elements by id, and which of them are outcomes."""

    groups: Mapping[str, str] = field(default_factory=dict)
    elements: Mapping[str, str] = field(default_factory=dict)
    outcomes: frozenset[str] = frozenset()
    levels: Sequence[str] = ()

    def of(self, known: Field, value: Any) -> Any:
        """The value with names in place of ids."""
        table = self.groups if known.of == "group" else self.elements
        if known.kind in {"set", "references"} and known.of:
            return [table.get(item, item) for item in value or []] or None
        return table.get(value, value) if known.kind == "reference" and isinstance(value, str) else value


def names_in(framework: Framework) -> Names:
    """The names that values of this framework can mean: one query."""
    found, groups = at_once(*naming(framework))
    return names_from(framework, found, groups)


def naming(framework: Framework) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    """What `names_from` needs, to be fetched together with other things."""
    named = elements(framework).filter(kind__in=["outcome", "instrument"])
    titled = named.values("id", "kind", "code", title=KT("fields__title"))[:NAMED]
    return titled, framework.partnership.groups.order_by("order", "key").values("key", "name")


def names_from(framework: Framework, found: Iterable[Mapping[str, Any]], groups: Iterable[Mapping[str, Any]]) -> Names:
    """The names behind ids and keys, from what `naming` fetched."""
    named = list(found)
    return Names(
        {group["key"]: group["name"] for group in groups},
        {str(one["id"]): f"{one['code']} {one['title']}" for one in named},
        frozenset(str(one["id"]) for one in named if one["kind"] == "outcome"),
        framework.levels,
    )


def named(kind: str, fields: Mapping[str, Any], names: Names) -> dict[str, Any]:
    """All values of an element with names in place of ids."""
    known = {each.key: each for each in fields_of(kind)}
    return {key: names.of(known[key], value) if key in known else value for key, value in fields.items()}


def facts_of(
    kind: str, fields: Mapping[str, Any], names: Names, keys: Iterable[str] | None = None
) -> dict[str, list[Fact]]:
    """The fields that have a value, in words, by part."""
    wanted = set(fields if keys is None else keys)
    found: dict[str, list[Fact]] = {}
    for each in fields_of(kind):
        words = show(each, names.of(each, fields.get(each.key)), str(fields.get("unit") or ""))
        if each.key in wanted and words:
            found.setdefault(each.part, []).append(Fact(each.label, words, each.key))
    return found


def new_facts(kind: str, base: Mapping[str, Any], patch: Mapping[str, Any], names: Names) -> list[Fact]:
    """What something entirely new would say; nothing where there is something to compare it with."""
    return [] if base else [fact for facts in facts_of(kind, patch, names).values() for fact in facts]


def changes_of(kind: str, base: Mapping[str, Any], patch: Mapping[str, Any], names: Names) -> list[Change]:
    """What a patch does to an element, field by field."""
    old = named(kind, base, names)
    return [
        _change(found, str(old.get("unit") or patch.get("unit") or ""))
        for found in diff(kind, old, named(kind, apply(base, patch), names))
    ]


def measure_line(fields: Mapping[str, Any]) -> str:
    """A measure in one line: what is counted, and which way is better."""
    better = {"up": "Better is higher.", "down": "Better is lower.", "range": "Better is nearer to a middle value."}
    words = str(fields.get("definition") or fields.get("title") or "").rstrip(".")
    return f"{words}. {better.get(str(fields.get('polarity')), '')}".strip() if words else ""


def figures_line(fields: Mapping[str, Any]) -> str:
    """Baseline and target in one line: 20.2 % (2021/22), aim 16 % by 2027/28."""
    known = {each.key: each for each in fields_of("measure")}
    unit = str(fields.get("unit") or "")
    baseline = show(known["baseline"], fields.get("baseline"), unit)
    target = show(known["target"], fields.get("target"), unit)
    return ", ".join(part for part in (baseline and f"began at {baseline}", target and f"aim {target}") if part)


def labels_of(kind: str, keys: Iterable[str]) -> list[str]:
    """The page's words for some fields, in page order."""
    wanted = set(keys)
    return [each.label for each in fields_of(kind) if each.key in wanted]


def base_of(element: Element | None, number: int) -> Mapping[str, Any]:
    """The fields a proposal was written on."""
    if element is None or number == 0:
        return {}
    if element.number == number:
        return dict(element.fields)
    found = element.versions.filter(number=number).first()
    return dict(found.fields) if found else {}


def element_names(framework: Framework, ids: Iterable[UUID | str]) -> dict[str, str]:
    """Codes and titles of elements by id, in one query."""
    return {
        str(found.id): f"{found.code} {found.title}" for found in framework.elements.filter(id__in=set(map(str, ids)))
    }


def _change(found: FieldDiff, unit: str) -> Change:
    label = found.field.label
    if found.segments and found.old and found.new:
        return Change(label, "text", pieces=[Piece(piece.op, piece.text) for piece in found.segments])
    if found.field.kind in {"set", "references"}:
        kept = [item for item in found.new or [] if item not in found.added]
        words = found.field.choices
        return Change(
            label,
            "set",
            removed=_words(found.removed, words),
            added=_words(found.added, words),
            kept=_words(kept, words),
        )
    if found.field.kind == "target" and (_is_range(found.old) or _is_range(found.new)):
        return _range(label, found, unit)
    return Change(
        label, "number" if found.move else "plain", old=capital(found.old_words), new=capital(found.new_words)
    )


def _words(items: Iterable[str], choices: Mapping[str, str]) -> list[str]:
    return [choices.get(item, item) for item in items]


def _is_range(value: Any) -> bool:
    return isinstance(value, dict) and "low" in value


def _range(label: str, found: FieldDiff, unit: str) -> Change:
    old, new = _ends(found.old), _ends(found.new)
    numbers = [number for pair in (old, new) if pair for number in pair]
    room = (max(numbers) - min(numbers)) * 0.25 or 1.0
    return Change(
        label, "range", unit=unit, old_range=old, new_range=new, scale=(min(numbers) - room, max(numbers) + room)
    )


def _ends(value: Any) -> tuple[float, float] | None:
    """For drawing only."""
    if not value:
        return None
    return (
        (float(value["low"]), float(value["high"]))
        if "low" in value
        else (float(value["value"]), float(value["value"]))
    )
