"""The case library: public cases as dated journeys in our own words, scored by the rule where the facts suffice.

The cases stand in `cases.json` beside this module; each step names its sources. What a source does not say is not made up: a
step that cannot be scored says why, and one that can says what was assumed. Plain data and functions, no database.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

from apps.common.errors import NotFound
from apps.provenance.domain import figures
from apps.provenance.domain.deeds import MONTHS, Deeds
from apps.provenance.domain.headline import headline
from apps.provenance.domain.history import read_history
from apps.provenance.domain.scoring import REQUIRED, Point, Scored, score
from apps.provenance.presenting.journeys import Journey, Stop
from apps.provenance.presenting.words import words_for

LIBRARY: Final = Path(__file__).with_name("cases.json")


@dataclass(frozen=True)
class Step:
    """One step of a case. `on` is a year or a month ("2007-10"); `why_not` says why a step is not scored, `assumed` what one
    that is rests on beside its sources. `point` is where it led, in words `words`; `told` is the act as the rule understands it.
    """

    on: str
    who: str
    what: str
    sources: Sequence[str]
    assumed: Sequence[str] = ()
    why_not: str = ""
    told: str = ""
    words: str = ""
    point: Point | None = None

    @property
    def when(self) -> str:
        """October 2007; 2007 where the month is not known."""
        year, _, month = self.on.partition("-")
        return f"{MONTHS[int(month) - 1]} {year}" if month else year


@dataclass(frozen=True)
class Case:
    """One public case. `subject` says what of it is scored; `open` what we know of and opened no source for."""

    id: str
    code: str
    title: str
    place: str
    subject: str
    short: str
    groups: Mapping[str, str]
    steps: Sequence[Step]
    open: Sequence[str]
    scored: Scored
    history: Mapping[str, Any]

    @property
    def journey(self) -> Journey:
        """Its way as the picture draws it."""
        stops = tuple(
            Stop(float(step.point.ni or 0), float(step.point.pe), step.words, step.on[:4], f"{step.when}: {step.what}")
            for step in self.steps
            if step.point is not None
        )
        kind = "outside" if self.scored.status == REQUIRED else self.scored.label[0]
        return Journey(self.code, self.title, kind, stops)

    @property
    def words(self) -> str:
        """Where it stood last."""
        return words_for(*self.scored.label)

    @property
    def headline(self) -> str:
        """What the rule says of it in a few sentences."""
        return headline(self.scored, self.groups)


@cache
def cases() -> Mapping[str, Case]:
    """All cases by id, in the order of the library."""
    return {told["id"]: _case(told) for told in json.loads(LIBRARY.read_text())["cases"]}


def case_of(id: str) -> Case:
    """One case; `NotFound` for an id that is none."""
    found = cases().get(id)
    if found is None:
        raise NotFound("case.unknown", "There is no such case.")
    return found


def _case(told: Mapping[str, Any]) -> Case:
    history = _history(told)
    scored = score(read_history(history))
    names = {key: name for key, (name, _) in told["groups"].items()}
    texts = {key: told[key] for key in ("id", "code", "title", "place", "subject", "short", "open")}
    return Case(**texts, groups=names, steps=_steps(told, history, scored, names), scored=scored, history=history)


def _steps(told: Mapping[str, Any], history: dict[str, Any], scored: Scored, names: Mapping[str, str]) -> list[Step]:
    """Every step in its order; those with an act say where it led, judged by what had happened until then."""
    points, standing = iter(scored.path), set[str]()
    deeds = Deeds(scored.rule, scored.history.groups, names, dated=False)
    steps = []
    for one in told["events"]:
        step = Step(one["on"], one["who"], one["what"], one["sources"], why_not=one.get("not_scored", ""))
        if "act" in one:
            point = next(points)
            act, so_far = scored.history.acts[point.act], history["acts"][: point.act + 1]
            label = score(read_history(history | {"acts": so_far})).label
            said, words = deeds.told(act, standing), words_for(*label)
            step = replace(step, assumed=one["assumed"], told=said, words=words, point=point)
            standing |= set(act.parts) if act.sets else set()
        steps.append(step)
    return steps


def _history(told: Mapping[str, Any]) -> dict[str, Any]:
    """The history file that anybody can score outside: times in years since the first scored step."""
    acts = [(one["on"], one["act"]) for one in told["events"] if "act" in one]
    start = _months(acts[0][0])
    return {
        "version": 1,
        "id": told["id"],
        "groups": {key: kind for key, (_, kind) in told["groups"].items()},
        "until": _years(told["until"], start),
        "acts": [{"t": _years(on, start), **act} for on, act in acts],
    }


def _months(on: str) -> int:
    year, _, month = on.partition("-")
    return int(year) * 12 + int(month or 1) - 1


def _years(on: str, start: int) -> str:
    return figures.time(Fraction((_months(on) - start) // 3, 4))
