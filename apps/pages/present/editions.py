"""Editions in words: what one holds, and field by field what two differ in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from apps.frameworks.domain.editions import Changed, Item, compare
from apps.frameworks.models import Edition, ElementVersion, Framework
from apps.frameworks.selectors import edition_of, state, state_on
from apps.pages.present.tree import in_order_of
from apps.pages.present.values import Names, changes_of, figures_line
from apps.pages.present.words import KINDS, capital, day
from apps.pages.shown import Change, Step
from apps.partnerships.selectors import group_names

NOW = "now"
HEADINGS: Mapping[str, str] = {
    "mission": "Mission",
    "value": "Values",
    "outcome": "Desired outcomes",
    "measure": "Measures",
    "instrument": "How figures are collected",
    "rules": "Rules of the game",
}


@dataclass(frozen=True)
class Side:
    """One of two states that are compared."""

    words: str
    state: Sequence[Item]


@dataclass(frozen=True)
class Held:
    """An element as an edition holds it."""

    id: str
    code: str
    title: str
    figures: str
    version: int


@dataclass(frozen=True)
class Difference:
    """An element that says something else, or stands elsewhere; since when, by which entries."""

    link: Step
    kind: str
    changes: Sequence[Change]
    moved: str
    set_by: Sequence[Step]


@dataclass(frozen=True)
class Differences:
    """What two states differ in."""

    added: Sequence[Step]
    gone: Sequence[Step]
    changed: Sequence[Difference]
    kept: int


def edition_name(number: int) -> str:
    """Edition 3; edition 0 is the founding plan."""
    return f"Edition {number}" if number else "Founding plan (edition 0)"


def on_day(framework: Framework, at: date) -> Side:
    """The framework as it was in force on a day."""
    return Side(day(at), state_on(framework, at))


def held_by(state: Sequence[Item]) -> list[tuple[str, list[Held]]]:
    """What a state holds, by kind."""
    items = sorted(state, key=lambda item: in_order_of(item["code"]))
    return [
        (heading, found)
        for kind, heading in HEADINGS.items()
        if (found := [_held(i) for i in items if i["kind"] == kind])
    ]


def sides_of(framework: Framework, since: int, to: str) -> tuple[Side, Side]:
    """The two states that are compared; `to` is the number of an edition, or what stands now."""
    new = Side("what stands now", state(framework)) if to == NOW else _published(edition_of(framework, int(to)))
    return _published(edition_of(framework, since)), new


def changes_between(framework: Framework, old: Side, new: Side) -> Differences:
    """Field by field what became of each element: three queries, however many elements."""
    found = compare(old.state, new.state)
    names = _names(framework, [*old.state, *new.state])
    acts = _acts(framework, found.changed)
    return Differences(
        added=[_step(item) for item in _sorted(found.added)],
        gone=[_step(item) for item in _sorted(found.gone)],
        changed=[
            _difference(framework, pair, names, acts.get(str(pair.new["id"]), []))
            for pair in sorted(found.changed, key=lambda pair: in_order_of(pair.new["code"]))
        ],
        kept=found.kept,
    )


def _published(edition: Edition) -> Side:
    name = edition_name(edition.number)
    return Side(f"{name.lower() if edition.number == 0 else name}, {day(edition.published_at)}", edition.state)


def _held(item: Item) -> Held:
    fields = item["fields"]
    figures = figures_line(fields) if item["kind"] == "measure" else ""
    return Held(item["id"], item["code"], str(fields.get("title", "")), capital(figures), item["number"])


def _sorted(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (list(HEADINGS).index(item["kind"]), in_order_of(item["code"])))


def _step(item: Item) -> Step:
    title = f"{item['code']} {item['fields'].get('title', '')}".strip()
    return Step(f"{capital(KINDS[item['kind']])}: {title}", reverse("element", args=[item["id"]]))


def _names(framework: Framework, items: Sequence[Item]) -> Names:
    """Elements by the names they have in these states, the newer one last."""
    elements = {item["id"]: f"{item['code']} {item['fields'].get('title', '')}" for item in items}
    return Names(group_names(framework.partnership), elements)


def _acts(framework: Framework, changed: Sequence[Changed]) -> dict[str, list[ElementVersion]]:
    """The versions by which each changed element got from one state to the other."""
    spans = {str(pair.new["id"]): (pair.old["number"], pair.new["number"]) for pair in changed}
    found: QuerySet[ElementVersion] = ElementVersion.objects.filter(element__in=list(spans)).order_by("number")
    acts: dict[str, list[ElementVersion]] = {}
    for version in found.defer("fields"):
        low, high = spans[str(version.element_id)]
        if low < version.number <= high:
            acts.setdefault(str(version.element_id), []).append(version)
    return acts


def _difference(framework: Framework, pair: Changed, names: Names, acts: Sequence[ElementVersion]) -> Difference:
    old, new = pair.old["fields"], pair.new["fields"]
    patch: dict[str, Any] = {key: new.get(key) for key in {*old, *new} if old.get(key) != new.get(key)}
    return Difference(
        link=_step(pair.new),
        kind=pair.new["kind"],
        changes=changes_of(pair.new["kind"], old, patch, names),
        moved=_moved(pair, names),
        set_by=[
            Step(
                f"In force from {day(act.effective)}: entry {act.seq}",
                reverse("entry", args=[framework.partnership_id, act.seq]),
            )
            for act in acts
        ],
    )


def _moved(pair: Changed, names: Names) -> str:
    if not pair.has_moved:
        return ""
    old, new = (names.elements.get(str(item["parent"]), "nothing") for item in (pair.old, pair.new))
    return f"Stood under {old}, stands under {new}."
