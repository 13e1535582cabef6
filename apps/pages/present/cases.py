"""Public cases as their pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse

from apps.pages.shown import Position
from apps.pages.shown import Step as Link
from apps.provenance.casebook import Case, Step
from apps.provenance.domain.scoring import Point
from apps.provenance.presenting.matrix import KINDS


@dataclass(frozen=True)
class Row:
    """One case of the table."""

    case: Case
    url: str
    position: Position
    way: str
    scored: str


@dataclass(frozen=True)
class Told:
    """One step: where it led, its sources as links, and the arithmetic behind it."""

    step: Step
    position: Position | None
    sources: Sequence[Link]
    terms: Sequence[dict[str, Any]]


def position(case: Case) -> Position:
    """Where it stood last, and where it began."""
    ni, pe = case.scored.current.ni, case.scored.current.pe
    origin, now = case.scored.origin, case.scored.current
    began = (origin.ni, origin.pe) if origin != now and origin.ni is not None else None
    return Position(ni, pe, case.words, began)


def row(case: Case) -> Row:
    """One line of the table."""
    done = [step for step in case.steps if step.point is not None]
    stays = [f"{step.when}: {step.words}" for step in done if step.told != "Retired."]
    return Row(
        case, reverse("case", args=[case.id]), position(case), "; ".join(stays), f"{len(done)} of {len(case.steps)}"
    )


def steps(case: Case) -> list[Told]:
    """All steps, oldest first."""
    terms = {act["act"]: act["terms"] for act in case.scored.to_json()["terms"]}
    return [
        Told(
            step,
            _at(step.point, step.words) if step.point else None,
            [Link(str(urlsplit(source).hostname).removeprefix("www."), source) for source in step.sources],
            terms[step.point.act] if step.point else [],
        )
        for step in case.steps
    ]


def corner(case: Case) -> dict[str, Any]:
    """A case as an example of where it stands."""
    return {"case": case, "url": reverse("case", args=[case.id]), "position": position(case)}


def kinds_of(found: Iterable[Case]) -> list[tuple[str, str]]:
    """The shapes a picture of these cases shows."""
    used = {case.journey.kind for case in found}
    return [(kind, words) for kind, words in KINDS.items() if kind in used]


def document(case: Case) -> dict[str, Any]:
    """A case as a file holds it."""
    return {
        "id": case.id,
        "title": case.title,
        "place": case.place,
        "subject": case.subject,
        "in_short": case.short,
        "steps": [
            {
                "on": step.on,
                "who": step.who,
                "what": step.what,
                "sources": list(step.sources),
                "scored_as": step.told or None,
                "assumed": list(step.assumed),
                "not_scored": step.why_not or None,
            }
            for step in case.steps
        ],
        "no_source_opened": list(case.open),
        "history": case.history,
        "verdict": case.scored.to_json(),
    }


def _at(point: Point, words: str) -> Position:
    return Position(point.ni, point.pe, words)
