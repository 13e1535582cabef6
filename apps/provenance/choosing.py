"""Choosing among the measures of the matrix: by desired outcome, by what a stakeholder group did, by how they stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from apps.common.errors import Invalid
from apps.frameworks.domain.fields import PARTS
from apps.frameworks.models import Element, Framework
from apps.partnerships.selectors import group_names
from apps.provenance.domain.acts import SETTING
from apps.provenance.matrix import Way, acts_told, ways

OUTSIDE: Final = "outside"
DID: Final = ("agreed", "not_agreed", "began")
NI: Final = ("imposed", "mixed", "negotiated", OUTSIDE)
PE: Final = ("planned", "mixed", "emergent")


@dataclass(frozen=True)
class Wanted:
    """Which measures, and on which day; what is empty does not choose.

    `outcome` is a desired outcome's code, `group` a stakeholder group's key and `did` what it did: agreed to something
    that stands, did not agree to something that stands, or began the measure. `ni` and `pe` are labels; `ni` can be
    "outside", required from outside.
    """

    at: date | None = None
    outcome: str = ""
    group: str = ""
    did: str = "agreed"
    ni: str = ""
    pe: str = ""

    @property
    def narrow(self) -> bool:
        """Whether only some measures are wanted."""
        return bool(self.outcome or self.group or self.ni or self.pe)


@dataclass(frozen=True)
class Chosen:
    """What was found: measures with their whole way, those that had come somewhere on the day asked for, and those that
    nothing was decided on by then. All in the order of their codes."""

    wanted: Wanted
    measures: Sequence[Element]
    ways: Mapping[UUID, Way]
    shown: Mapping[UUID, Way]
    undecided: Sequence[Element]

    @property
    def standing(self) -> list[tuple[Element, Way]]:
        """The measures that stand somewhere, each with its way so far."""
        return [(measure, self.shown[measure.id]) for measure in self.measures if measure.id in self.shown]


def choose(framework: Framework, wanted: Wanted) -> Chosen:
    """The measures wanted, with their ways: a fixed number of queries. Raises `Invalid` (matrix.filter)."""
    elements = {element.id: element for element in framework.elements.filter(kind__in=["measure", "outcome"])}
    _check(framework, wanted, elements.values())
    every = ways(framework)
    measures = [element for element in elements.values() if element.kind == "measure"]
    found = [measure for measure in measures if not wanted.outcome or _serves(measure, wanted.outcome, elements)]
    shown = {measure.id: way for measure in found if (way := _then(every, measure, wanted.at))}
    if wanted.group:
        acts = acts_told(framework)
        shown = {id: way for id, way in shown.items() if _took_part(way, acts, wanted)}
    shown = {id: way for id, way in shown.items() if _stands(way, wanted)}
    return Chosen(
        wanted=wanted,
        measures=sorted(found, key=in_order),
        ways=every,
        shown=shown,
        undecided=sorted((one for one in found if _is_undecided(one, every, wanted)), key=in_order),
    )


def in_order(element: Element) -> tuple[str, int, str]:
    """M2 before M10."""
    code = element.code
    head = code.rstrip("0123456789")
    tail = code[len(head) :]
    return head, int(tail) if tail else -1, code


def in_force(way: Way, acts: Mapping[int, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The acts that last set some part, as far as this way goes."""
    setting: dict[str, int] = {}
    for stop in way.stops:
        act = acts.get(stop.entry, {})
        if act.get("type") in SETTING:
            setting |= dict.fromkeys(act.get("parts", PARTS), stop.entry)
    return [acts[entry] for entry in sorted(set(setting.values()))]


def _check(framework: Framework, wanted: Wanted, elements: Iterable[Element]) -> None:
    outcomes = {element.code for element in elements if element.kind == "outcome"}
    known = {
        "outcome": outcomes,
        "group": set(group_names(framework.partnership)) if wanted.group else set(),
        "did": set(DID),
        "ni": set(NI),
        "pe": set(PE),
    }
    wrong = {key: "is not known here" for key, values in known.items() if getattr(wanted, key) not in {"", *values}}
    if wrong:
        raise Invalid("matrix.filter", f"The picture cannot be narrowed down like that: {', '.join(wrong)}.", wrong)


def _then(every: Mapping[UUID, Way], measure: Element, day: date | None) -> Way | None:
    way = every.get(measure.id)
    return way.until(day) if way else None


def _is_undecided(measure: Element, every: Mapping[UUID, Way], wanted: Wanted) -> bool:
    """Whether nothing had been decided on it by the day asked for; those chosen by how they stand all stand somewhere."""
    if wanted.group or wanted.ni or wanted.pe:
        return False
    way = every.get(measure.id)
    if way is None:
        return measure.retired_at is None
    return wanted.at is not None and way.stops[0].day > wanted.at


def _took_part(way: Way, acts: Mapping[int, Mapping[str, Any]], wanted: Wanted) -> bool:
    if wanted.did == "began":
        return wanted.group in acts.get(way.stops[0].entry, {}).get("initiators", ())
    agreed = [wanted.group in act.get("concurring", ()) for act in in_force(way, acts) if _has_voice(act, wanted.group)]
    return any(agreed) if wanted.did == "agreed" else not all(agreed)


def _has_voice(act: Mapping[str, Any], group: str) -> bool:
    return group in act.get("entitled", (group,))


def _stands(way: Way, wanted: Wanted) -> bool:
    ni, pe = way.now.label
    return wanted.ni in {"", OUTSIDE if way.now.required else ni} and wanted.pe in {"", pe}


def _serves(measure: Element, code: str, by_id: Mapping[UUID, Element]) -> bool:
    """Whether a measure stands under a desired outcome, at any depth, or says that it serves it."""
    return any(code == outcome.code for outcome in _above(measure, by_id))


def _above(element: Element, by_id: Mapping[UUID, Element]) -> Iterator[Element]:
    """The desired outcomes above an element, each once."""
    seen: set[UUID] = set()
    waiting = [*_directly_above(element)]
    while waiting:
        id = waiting.pop()
        if id in by_id and id not in seen:
            seen.add(id)
            yield by_id[id]
            waiting += _directly_above(by_id[id])


def _directly_above(element: Element) -> list[UUID]:
    served = [UUID(str(id)) for id in element.fields.get("serves") or []]
    return [element.parent_id, *served] if element.parent_id else served
