"""The matrix as files: the same content as the page, for spreadsheets, programs and print."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import sqrt
from typing import Any, Final
from uuid import UUID

from apps.frameworks.models import Element, Framework
from apps.provenance.choosing import Chosen
from apps.provenance.domain.summary import Summary
from apps.provenance.matrix import Way, summarised
from apps.provenance.presenting.journeys import Journey, Middle, is_crowd
from apps.provenance.presenting.journeys import Stop as Spot
from apps.provenance.presenting.matrix import matrix
from apps.provenance.presenting.paper import alone
from apps.provenance.presenting.steps import Acts, Step, steps_of
from apps.provenance.presenting.words import as_of, day_words, kind_of, middle_words, words_for

COLUMNS: Final = (
    *("code", "title", "step", "in_force_from", "ni", "pe", "label_ni", "label_pe", "required_from_outside"),
    *("act", "method", "what_moved_it", "entry", "stands_now", "flags"),
)
"""NI runs from 0, imposed, to 1, negotiated; PE from 0, planned, to 1, emergent."""


def document(framework: Framework, chosen: Chosen) -> dict[str, Any]:
    """The whole matrix as JSON data."""
    standing = chosen.standing
    steps = steps_of(framework, chosen.shown.values())
    return {
        "framework": str(framework.id),
        "title": framework.title,
        "scoring_rule": framework.scoring_rule,
        "at": None if chosen.wanted.at is None else chosen.wanted.at.isoformat(),
        "summary": summarised(chosen.shown.values()).to_json(),
        "measures": [journey_json(measure, way, steps[measure.id]) for measure, way in standing],
        "undecided": [{"element": str(one.id), "code": one.code, "title": one.title} for one in chosen.undecided],
    }


def journey_json(element: Element, way: Way, steps: Sequence[Step]) -> dict[str, Any]:
    """One measure: where it stands and every step that led there."""
    return {
        "element": str(element.id),
        "code": element.code,
        "kind": element.kind,
        "title": element.title,
        "label": list(way.now.label),
        "flags": list(way.flags),
        "required_from_outside": way.now.required,
        "points": [_point(step) for step in steps],
    }


def table(framework: Framework, chosen: Chosen) -> str:
    """The same as CSV: one row for each step of each measure."""
    steps = steps_of(framework, chosen.shown.values())
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for measure, way in chosen.standing:
        writer.writerows(_rows(measure, way, steps[measure.id]))
    return out.getvalue()


def drawing(framework: Framework, chosen: Chosen, beside: Sequence[Journey] = ()) -> str:
    """The same as a drawing that stands alone, with other journeys beside the framework's own."""
    journeys = [*journeys_of(framework, chosen), *beside]
    title = f"{framework.title}: where the measures stand{as_of(chosen.wanted.at)}"
    said = [f"{one.code} {one.title}: {one.now.words}." for one in journeys]
    middle = middle_of(summarised(chosen.shown.values()))
    description = " ".join([middle.words, *said] if middle else said)
    return alone(matrix(journeys, title, description, name="framework", middle=middle))


def journeys_of(
    framework: Framework, chosen: Chosen, hrefs: Mapping[UUID, str] | None = None, acts: Acts | None = None
) -> list[Journey]:
    """The marks of the picture; each step says what moved the measure, unless there are too many to read."""
    standing = [(measure, way) for measure, way in chosen.standing if way.now.ni is not None]
    links = hrefs or {}
    if is_crowd(standing):  # of which only the marks are drawn
        return [journey_of(one, replace(way, stops=way.stops[-1:]), links.get(one.id, "")) for one, way in standing]
    steps = steps_of(framework, [way for _, way in standing], acts)
    return [journey_of(one, way, links.get(one.id, ""), steps[one.id]) for one, way in standing]


def journey_of(element: Element, way: Way, href: str = "", steps: Sequence[Step] = ()) -> Journey:
    """A way as the drawing shows it: the stops at which it has a place on both lines."""
    told = {step.stop: f"{day_words(step.stop.day)}: {step.what}" for step in steps}
    stops = tuple(
        Spot(float(stop.ni), float(stop.pe), words_for(*stop.label), str(stop.day.year), told.get(stop, ""))
        for stop in way.stops
        if stop.ni is not None
    )
    return Journey(element.code, element.title, kind_of(way.now), stops, href)


def middle_of(found: Summary) -> Middle | None:
    """The mean of the measures that are ours, with its spread; None for fewer than two."""
    if found.counted < 2 or found.ni is None or found.pe is None:
        return None
    ni, pe = found.ni, found.pe
    return Middle(float(ni.mean), float(pe.mean), sqrt(ni.variance), sqrt(pe.variance), middle_words(found))


def _point(step: Step) -> dict[str, Any]:
    stop = step.stop
    return {
        "t": stop.t,
        "in_force_from": stop.day.isoformat(),
        "ni": None if stop.ni is None else str(stop.ni),
        "pe": str(stop.pe),
        "label": list(stop.label),
        "act": step.type,
        "method": step.method,
        "what": step.what,
        "who": list(step.who),
        "entry": stop.entry,
    }


def _rows(element: Element, way: Way, steps: Sequence[Step]) -> Iterable[Sequence[Any]]:
    for number, step in enumerate(steps, 1):
        stop = step.stop
        last = number == len(steps)
        yield (
            *(_cell(element.code), _cell(element.title), number, stop.day.isoformat(), stop.ni, stop.pe, *stop.label),
            *("yes" if stop.required else "no", step.type, step.method or "", _cell(step.what), stop.entry),
            *("yes" if last else "no", " ".join(way.flags) if last else ""),
        )


def _cell(words: str) -> str:
    """Words as a spreadsheet may take them: never as a formula."""
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t", "\r"} else words
