"""The typed fields of elements, in the seven parts in which provenance is counted (methods: parts of a measure)."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.common.errors import Invalid
from apps.frameworks.domain import values as v

PARTS: Mapping[str, str] = {
    "definition": "what is counted",
    "formula": "how it is worked out",
    "target": "the target",
    "source": "where the figure comes from",
    "population": "who is counted",
    "frequency": "how often",
    "consequence": "what follows",
}
"""The parts of a measure, in order, in the page's words. Other elements have the part `definition` only."""

POLARITIES = {"up": "better is higher", "down": "better is lower", "range": "better is nearer to a middle value"}
CONSEQUENCES = {"payment": "payment", "ranking": "ranking", "intervention": "intervention", "none": "nothing"}
COPRODUCTION = {
    "commission": "commission",
    "design": "design",
    "deliver": "deliver",
    "assess": "assess",
    "collect": "collect the data",
}


@dataclass(frozen=True)
class Field:
    """One field of a kind of element.

    `kind` is how the value is typed: text, long_text, number, choice, period, target, baseline, set, reference,
    references or bool. `of` says what a set or reference names: `group` (keys of groups), `outcome`, `instrument` (ids
    of elements; `reference` also takes words). `choices` maps stored keys to labels. `length` is the longest text.
    """

    key: str
    part: str
    kind: str
    label: str
    hint: str = ""
    length: int = 200
    required: bool = False
    of: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


_TITLE = Field("title", "definition", "text", "Title", "A short name people will recognise.", 300, required=True)

MEASURE = (
    _TITLE,
    Field(
        "definition", "definition", "long_text", "What is counted",
        "In one sentence somebody outside would understand.", 4000, required=True,
    ),
    Field("serves", "definition", "references", "Desired outcomes it serves", of="outcome"),
    Field(
        "required_from_outside", "definition", "bool", "Required from outside",
        "Set by law or contract: shown, but not ours to change.",
    ),
    Field("numerator", "formula", "text", "Counted (above the line)", "For a share: those who count.", 1000),
    Field("denominator", "formula", "text", "Out of (below the line)", "For a share: all who could count.", 1000),
    Field("unit", "formula", "text", "Unit", "As printed beside the number: %, households, per 100,000.", 60),
    Field("polarity", "formula", "choice", "Which way is better", choices=POLARITIES),
    Field("midpoint", "formula", "number", "Best middle value", "Only where better is nearer to a middle value."),
    Field("baseline", "target", "baseline", "Where it started", "The value before, and for which time."),
    Field("target", "target", "target", "Target", "A value, or a lower and an upper end, and by when."),
    Field("data_source", "source", "text", "Where the figure comes from", "A register, a survey, a return.", 500),
    Field(
        "instrument", "source", "reference", "How it is collected",
        "An evaluation instrument, or its name.", 300, of="instrument",
    ),
    Field("owner", "source", "text", "Who answers for it", "A body or a post."),
    Field("collectors", "source", "set", "Who collects it", "The groups whose people do the work.", of="group"),
    Field("burden_minutes", "source", "number", "Time it takes to collect", "Minutes for each person counted."),
    Field("coproduction", "source", "set", "What users and communities do", choices=COPRODUCTION),
    Field("population", "population", "long_text", "Who is counted", "And who is left out.", 2000),
    Field("measured", "population", "set", "Whose work is measured", "The groups that are judged by it.", of="group"),
    Field("disaggregations", "population", "set", "Shown apart for", "Such as area, sex, age, carers."),
    Field("periods", "frequency", "text", "How often", "Such as yearly, or every third year.", 300),
    Field("consequence", "consequence", "choice", "What follows if it is missed", choices=CONSEQUENCES),
    Field("change_criteria", "consequence", "long_text", "When it should be changed", length=2000),
)  # fmt: skip

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "mission": (_TITLE, Field("definition", "definition", "long_text", "In more words", length=4000)),
    "value": (_TITLE, Field("definition", "definition", "long_text", "What it asks of us", length=4000)),
    "outcome": (
        _TITLE,
        Field("definition", "definition", "long_text", "What should become true for people", length=4000),
        Field("level", "definition", "text", "Level", "As this framework names it: goal, outcome, sub-outcome.", 60),
    ),
    "instrument": (
        _TITLE,
        Field("definition", "definition", "long_text", "What it asks and how", length=4000),
        Field("publisher", "definition", "text", "Who publishes it", length=300),
        Field("licence_needed", "definition", "bool", "Needs a licence"),
        Field("licence", "definition", "text", "Licence", "Number, holder and how long it is valid.", 500),
    ),
    "measure": MEASURE,
}
"""Every field of every kind of element, in the order of a page."""

_READERS: Mapping[str, Callable[[Field, object], Any]] = {
    "text": lambda known, value: v.read_line(value, known.length),
    "long_text": lambda known, value: v.read_text(value, known.length),
    "period": lambda known, value: v.read_line(value, v.LONGEST_PERIOD),
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
    """Refuse what no field shows alone, where one of the `touched` fields is part of it. Raises `Invalid` (element.fields)
    as `validate` does. `fields` are all fields as they would stand.
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
        return v.show_number(value, _minutes(value) if known.key == "burden_minutes" else unit)
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
