"""The picture of a framework as its page shows it: marks, ways as rows of a table, and what the island needs to move them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.frameworks.models import Element, Framework
from apps.pages.present.items import title_of
from apps.pages.shown import Position
from apps.pages.shown import Step as Link
from apps.proposals.selectors import named, proposals
from apps.provenance.casebook import Case
from apps.provenance.choosing import Chosen
from apps.provenance.matrix import Stop, Way
from apps.provenance.presenting.journeys import Journey, is_crowd
from apps.provenance.presenting.steps import Acts, Step, acts_behind, steps_of
from apps.provenance.presenting.words import FLAGS, day_words, kind_of, words_for

ROWS = 25
"""Measures on one page of the table; the picture always shows all."""
PROPOSED_SHOWN = 50


@dataclass(frozen=True)
class StepLine:
    """One step of a way: the day, what moved the measure, the entry that says so, and where it then stood."""

    day: date
    day_words: str
    what: str
    url: str
    stands: str
    position: Position


@dataclass(frozen=True)
class Row:
    """One measure of the table."""

    anchor: str
    title: str
    url: str
    position: Position
    origin: str
    steps: Sequence[StepLine]
    flags: Sequence[str]
    required: bool


def anchor_of(measure: Element) -> str:
    """The id of a measure's row."""
    return f"way-{measure.id}"


def hrefs(chosen: Chosen, address: str) -> dict[UUID, str]:
    """Where a mark leads: to its row in the table, on whichever page of it."""
    found = {}
    for number, (measure, _) in enumerate(chosen.standing):
        page = number // ROWS + 1
        found[measure.id] = f"{address}&page={page}#{anchor_of(measure)}" if page > 1 else f"#{anchor_of(measure)}"
    return found


def acts_shown(framework: Framework, chosen: Chosen, table: Iterable[tuple[Element, Way]]) -> Acts:
    """The acts behind everything on the page: in a crowd only the table tells what moved a measure."""
    told = [(measure, chosen.ways[measure.id]) for measure in chosen.measures if _is_movable(chosen, measure)]
    return acts_behind(framework, {measure.id for measure, _ in [*table, *([] if is_crowd(told) else told)]})


def rows(framework: Framework, standing: Sequence[tuple[Element, Way]], acts: Acts | None = None) -> list[Row]:
    """The table: as many queries for many measures as for one."""
    steps = steps_of(framework, [way for _, way in standing], acts)
    return [_row(measure, way, steps[measure.id], entries_at(framework)) for measure, way in standing]


def entries_at(framework: Framework) -> str:
    """Where the entries of a framework's record lie; their numbers follow."""
    return reverse("entry", args=[framework.partnership_id, 0]).removesuffix("0/")


def proposed(framework: Framework) -> list[Link]:
    """Measures that are on the table or being voted on, and not decided yet."""
    found = named(proposals(framework)).filter(action="add", kind="measure", state__in=["tabled", "in_round"])
    return [
        Link(f"{one.code} {title_of(one)}".strip(), reverse("proposal", args=[one.id]))
        for one in found.prefetch_related(None)[:PROPOSED_SHOWN]
    ]


def beside(found: Iterable[Case]) -> list[Journey]:
    """Public cases as hollow marks in the picture."""
    return [replace(case.journey, beside=True, href=reverse("case", args=[case.id])) for case in found]


def props(
    framework: Framework, chosen: Chosen, title: str, cases: Iterable[Case], acts: Acts | None = None
) -> dict[str, Any]:
    """What the island needs to draw the picture on any day: whole ways, with days and words named by their numbers.

    In a crowd it asks for what moved a measure when somebody wants to know.
    """
    found = [(measure, chosen.ways[measure.id]) for measure in chosen.measures if _is_movable(chosen, measure)]
    days = sorted({stop.day for _, way in found for stop in way.stops})
    steps = {} if is_crowd(found) else steps_of(framework, [way for _, way in found], acts)
    packing = _Packing(steps, {day: at for at, day in enumerate(days)})
    return {
        "title": title,
        "days": [day.isoformat() for day in days],
        "dayWords": [day_words(day) for day in days],
        "at": _last(days, chosen.wanted.at),
        "ways": [packing.way(measure, way) for measure, way in found],
        "words": list(packing.words),
        "beside": [_whole(one) for one in beside(cases)],
        "elements": reverse("element", args=[framework.id]).removesuffix(f"{framework.id}/"),
        "entries": entries_at(framework),
        "journeys": "/api/elements/*/journey/",
    }


def _whole(journey: Journey) -> dict[str, Any]:
    """A journey that stands as it is, whatever the day."""
    stops = [vars(stop) for stop in journey.stops]
    return {
        "id": journey.href,
        "code": journey.code,
        "title": journey.title,
        "kind": journey.kind,
        "beside": True,
        "stops": stops,
    }


@dataclass
class _Packing:
    """Ways as short as they can be sent: days and words by their numbers."""

    steps: Mapping[UUID, Sequence[Step]]
    days: Mapping[date, int]
    words: dict[str, int] = field(default_factory=dict)

    def way(self, measure: Element, way: Way) -> dict[str, Any]:
        told = {step.stop.entry: step.what for step in self.steps.get(measure.id, ())}
        return {
            "id": str(measure.id),
            "code": measure.code,
            "title": measure.title,
            "ended": None if way.ended is None else self.days[way.ended],
            "stops": [self._stop(stop, told.get(stop.entry, "")) for stop in way.stops],
        }

    def _stop(self, stop: Stop, what: str) -> list[Any]:
        said = self.words.setdefault(words_for(*stop.label), len(self.words))
        ni = None if stop.ni is None else float(stop.ni)
        return [self.days[stop.day], ni, float(stop.pe), kind_of(stop), said, what, stop.entry]


def kinds_in(chosen: Chosen) -> set[str]:
    """The shapes that the picture shows on some day."""
    return {kind_of(stop) for id in chosen.shown for stop in chosen.ways[id].stops}


def _is_movable(chosen: Chosen, measure: Element) -> bool:
    """Whether its mark can be in the picture on some day: those chosen by how they stand are chosen for every day."""
    wanted = chosen.wanted
    by_standing = bool(wanted.group or wanted.ni or wanted.pe)
    way = chosen.ways.get(measure.id)
    return (
        way is not None
        and any(stop.ni is not None for stop in way.stops)
        and (not by_standing or measure.id in chosen.shown)
    )


def _last(days: Sequence[date], at: date | None) -> int:
    """The number of the last of these days up to the one asked for; -1 before the first."""
    return sum(at is None or day <= at for day in days) - 1


def _row(measure: Element, way: Way, steps: Sequence[Step], entries: str) -> Row:
    origin = way.stops[0]
    return Row(
        anchor=anchor_of(measure),
        title=f"{measure.code} {measure.title}",
        url=reverse("element", args=[measure.id]),
        position=_position(way.now),
        origin=words_for(*origin.label) if _place(origin) != _place(way.now) else "",
        steps=[_line(step, entries) for step in steps],
        flags=[FLAGS[flag] for flag in way.flags if flag in FLAGS],
        required=way.now.required,
    )


def _line(step: Step, entries: str) -> StepLine:
    stop = step.stop
    return StepLine(
        day=stop.day,
        day_words=day_words(stop.day),
        what=step.what,
        url=f"{entries}{stop.entry}/",
        stands=words_for(*stop.label),
        position=_position(stop),
    )


def _position(stop: Stop) -> Position:
    ni = None if stop.ni is None else float(stop.ni)
    return Position(ni, None if ni is None else float(stop.pe), words_for(*stop.label))


def _place(stop: Stop) -> tuple[object, object]:
    return stop.ni, stop.pe
