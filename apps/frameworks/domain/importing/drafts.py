"""From rows to drafts of elements. Of every row that makes none, the reason is said; of what is left out of one, too."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from apps.common.errors import Invalid
from apps.frameworks.domain.catalogue import FIELDS
from apps.frameworks.domain.fields import validate
from apps.frameworks.domain.importing import cells
from apps.frameworks.domain.importing.columns import Mapping as Columns
from apps.frameworks.domain.importing.columns import plain
from apps.frameworks.domain.importing.tables import Table

LONGEST_TITLE = 300
LONGEST_CODE = 20
PREFIXES: Mapping[str, str] = {
    "mission": "MI",
    "value": "V",
    "outcome": "O",
    "measure": "M",
    "instrument": "I",
    "rules": "R",
}
FROM_COLUMNS = (
    *("unit", "polarity", "midpoint", "numerator", "denominator", "calculation", "data_source", "instrument", "owner"),
    *(
        "burden_minutes",
        "population",
        "disaggregations",
        "periods",
        "consequence",
        "change_criteria",
        "required_by",
        "licence",
    ),
)


@dataclass(frozen=True)
class Draft:
    """An element to be. `key` names it within its file, `under` the draft or the sign of what it stands under; `code` is
    empty where the file gives none. `notes` say what was left out or changed on the way.
    """

    key: str
    row: int
    kind: str
    code: str
    fields: Mapping[str, Any]
    under: str = ""
    why: str = ""
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return str(self.fields["title"])


@dataclass(frozen=True)
class Skipped:
    """A row that makes no element, and why."""

    row: int
    name: str
    why: str


@dataclass(frozen=True)
class Drafts:
    """What a table holds: the drafts in the order of their rows, outer ones first, and the rows that make none."""

    drafts: tuple[Draft, ...]
    skipped: tuple[Skipped, ...]


@dataclass
class _Reading:
    """One pass over a table."""

    table: Table
    columns: Columns
    drafts: list[Draft] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    outer: dict[str, Draft] = field(default_factory=dict)
    by_code: dict[str, Draft] = field(default_factory=dict)
    by_title: dict[tuple[str, str, str], Draft] = field(default_factory=dict)


def drafts_of(table: Table, columns: Columns) -> Drafts:
    """The drafts in a table, under a mapping of its columns. Raises `Invalid` (table.no_title) where no column is a title."""
    if not columns.of("title"):
        raise Invalid(
            "table.no_title",
            "No column is known to hold the titles. Say which one does.",
            {"columns": "one must be the title"},
        )
    reading = _Reading(table, columns)
    for row, raw in table.rows:
        try:
            _read_row(reading, row, raw)
        except Invalid as refusal:
            reading.skipped.append(Skipped(row, _name(reading, raw), refusal.message))
    return Drafts(tuple(_outer_first(reading.drafts)), tuple(reading.skipped))


def normal(title: str) -> str:
    """A title as it is compared: spaces and capitals do not count."""
    return cells.one_line(title).casefold()


def _read_row(reading: _Reading, row: int, raw: tuple[str, ...]) -> None:
    if not any(cell.strip() for cell in raw):
        raise Invalid("row.empty", "The row is empty.")
    if any(cell.strip() for cell in raw[len(reading.table.header) :]):
        wide, known = len(raw), len(reading.table.header)
        raise Invalid("row.wide", f"It has {wide} cells, the header has {known}: a text with a separator needs quotes.")
    get = partial(_get, reading.columns, raw)
    kind, level = _kind(reading.columns, get("level"))
    title, definition, notes = _title(get("title"), get("definition"), kind)
    code, code_notes = _code(get("code"))
    if not title:
        raise Invalid("row.no_title", "It has no title.")
    if not (title + code).isprintable():
        raise Invalid("row.characters", "Its title holds characters that cannot be shown.")
    _require_new(reading, kind, title, code, get("outcome"))
    fields: dict[str, Any] = {"title": title} | ({"definition": definition} if definition else {})
    if kind == "outcome" and level:
        fields["level"] = level
    read, left_out = _fields(kind, get, fields)
    under = get("above") or _outcome(reading, row, get) if kind in {"measure", "outcome", "instrument"} else ""
    key = f"row {row}"
    if under in {key, code} and under:
        raise Invalid("row.itself", "It stands under itself.")
    draft = Draft(key, row, kind, code, read, under, get("why"), (*notes, *code_notes, *left_out))
    reading.drafts.append(draft)
    reading.by_title.setdefault((kind, normal(title), normal(get("outcome"))), draft)
    if code:
        reading.by_code[code] = draft


def _get(columns: Columns, raw: tuple[str, ...], target: str) -> str:
    """The first filled cell of the columns that mean this."""
    return next((text for index in columns.of(target) if index < len(raw) and (text := cells.filled(raw[index]))), "")


def _kind(columns: Columns, word: str) -> tuple[str, str]:
    """The kind of element, and its level in the file's own word."""
    if not word:
        return columns.rows_are, ""
    kind = cells.LEVELS.get(plain(word))
    if kind is None:
        raise Invalid("row.level", f"Its level ‘{word[:40]}’ is not known; write one of {', '.join(PREFIXES)}.")
    return kind, cells.one_line(word).replace("_", " ").capitalize()[:60]


def _title(title: str, definition: str, kind: str) -> tuple[str, str, tuple[str, ...]]:
    """Title and definition; a title that is too long is shortened, and stands whole in the definition."""
    title = cells.one_line(title)
    notes: tuple[str, ...] = ()
    if len(title) > LONGEST_TITLE:
        short = title[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
        definition = f"{title}\n\n{definition}" if definition else title
        title, notes = short, ("The title was shortened; it stands whole in the definition.",)
    if kind == "measure" and not definition:
        definition = title
    return title, definition, notes


def _code(text: str) -> tuple[str, tuple[str, ...]]:
    code = cells.one_line(text)
    if len(code) > LONGEST_CODE:
        return "", (f"The sign ‘{code[:40]}’ is longer than {LONGEST_CODE} characters: it gets another.",)
    return code, ()


def _require_new(reading: _Reading, kind: str, title: str, code: str, outcome: str) -> None:
    """Refuse what the file has said before."""
    before = reading.by_code.get(code) if code else reading.by_title.get((kind, normal(title), normal(outcome)))
    if before is None:
        return
    if normal(before.title) == normal(title):
        raise Invalid(
            "row.again", f"It is the same as row {before.row}. (Figures over time are no part of a framework.)"
        )
    raise Invalid("row.code_twice", f"The sign {code} stands in row {before.row} already, with another title.")


def _fields(kind: str, get: Callable[[str], str], fields: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The fields of the element, and what was left out of it with the reason."""
    known = {each.key: each for each in FIELDS[kind]}
    notes: list[str] = []
    for key, read in _values(get):
        if key in known:
            try:
                fields |= validate(kind, {key: read()}, complete=False)
            except Invalid as refusal:
                why = refusal.fields.get(key) or refusal.message
                notes.append(f"Left out, {known[key].label.lower()}: {why}.")
    if fields.get("polarity") == "range" and "midpoint" not in fields:
        del fields["polarity"]
        notes.append("Left out: which way is better; a middle value is best, and the file does not say which.")
    if "baseline" not in fields and get("baseline_period") and "baseline" in known:
        notes.append(f"Left out: the base year {get('baseline_period')[:40]}, which has no value.")
    return validate(kind, fields, complete=True), tuple(notes)


def _values(get: Callable[[str], str]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What the row says of each field, to be read when it is asked for."""
    for key in FROM_COLUMNS:
        if text := get(key):
            yield key, partial(cells.READERS.get(key, cells.one_line), text)
    if text := get("baseline"):
        period = get("baseline_period")
        yield "baseline", lambda: {"value": cells.number(text), "period": cells.one_line(period)}
    if text := get("target"):
        yield "target", lambda: cells.target(text) | {"by": cells.one_line(get("target_by"))}
    if get("licence"):
        yield "licence_needed", lambda: True


def _outcome(reading: _Reading, row: int, get: Callable[[str], str]) -> str:
    """The key of the outcome a row names, which is made where the file names it for the first time."""
    outer = _named(reading, row, get("goal"), "", "", "")
    return _named(reading, row, get("outcome"), get("outcome_code"), get("outcome_definition"), outer)


def _named(reading: _Reading, row: int, name: str, code: str, definition: str, under: str) -> str:
    name = cells.one_line(name)
    if not name:
        return under
    title, definition, notes = _title(name, definition, "outcome")
    key = f"outcome {code or normal(name)} {under}".strip()
    if key not in reading.outer:
        fields = validate("outcome", {"title": title, "definition": definition}, complete=False)
        fields = {name: value for name, value in fields.items() if value is not None}
        draft = Draft(key, row, "outcome", cells.one_line(code)[:LONGEST_CODE], fields, under, "", notes)
        reading.outer[key] = draft
        reading.drafts.append(draft)
    return key


def _outer_first(drafts: list[Draft]) -> list[Draft]:
    """In the order of the file, but each after what it stands under; where a file goes in circles, the circle is cut."""
    by_name = {name: draft for draft in drafts for name in (draft.code, draft.key) if name}
    placed: dict[str, Draft] = {}

    def place(draft: Draft, within: frozenset[str]) -> None:
        above = by_name.get(draft.under)
        if above is not None and above.key in within:
            draft = replace(draft, under="", notes=(*draft.notes, "It would stand under itself: it stands alone."))
        elif above is not None and above.key not in placed:
            place(above, within | {draft.key})
        placed.setdefault(draft.key, draft)

    for draft in drafts:
        place(draft, frozenset({draft.key}))
    return list(placed.values())


def _name(reading: _Reading, raw: tuple[str, ...]) -> str:
    """What a row is called in a report."""
    get = partial(_get, reading.columns, raw)
    return cells.one_line(f"{get('code')} {get('title')}")[:80]
