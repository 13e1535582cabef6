"""Forms out of the typed fields of an element: one control per value, in the page's words, and back to a patch."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from apps.frameworks.domain.fields import Field, fields_of
from apps.pages.forms.base import PlainForm, WordsField
from apps.pages.present.values import Names
from apps.pages.shown import PARTS

# The parts of values that have several, with their labels; the first is the value itself.
BASELINE = (("value", "{}: the value"), ("period", "{}: for which time"))
TARGET = (
    ("value", "{}: the value"),
    ("low", "{}: or the lower end of a range"),
    ("high", "{}: and its upper end"),
    ("by", "{}: by when"),
    ("day", "{}: by which day"),
)
SEVERAL: Mapping[str, tuple[tuple[str, str], ...]] = {"baseline": BASELINE, "target": TARGET}
LINES = "One on each line."
PERIOD = re.compile(r"(?P<label>.+?)\s*:\s*(?P<from>\S+)\s+(?:to|-|–)\s+(?P<to>\S+)")


@dataclass(frozen=True)
class FormPart:
    """The controls of one part of an element, in plain words; `open` where they are asked for first."""

    key: str
    title: str
    controls: Sequence[forms.BoundField]
    open: bool


class TypedForm(PlainForm):
    """The fields of one kind of element. `patch` says what was typed that differs from `current`.

    `begin` is what the controls show at first, by default `current`; `first` are the fields whose parts stand open.
    `keys` are the fields asked for, by default all. Values with several parts have one control each, named
    `target__value` and so on.
    """

    def __init__(
        self,
        *args: Any,
        kind: str,
        names: Names,
        current: Mapping[str, Any] | None = None,
        begin: Mapping[str, Any] | None = None,
        keys: Iterable[str] | None = None,
        first: Iterable[str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.names, self.current = kind, names, dict(current or {})
        wanted = None if keys is None else set(keys)
        self.typed = [field for field in fields_of(kind) if wanted is None or field.key in wanted]
        self.first = {field.key for field in self.typed} if first is None else set(first)
        self.own = list(self.fields)
        for field in self.typed:
            self.fields.update(_controls(field, names))
            shown = _initial(field, (self.current if begin is None else begin).get(field.key), names)
            self.initial = {**shown, **self.initial}

    def patch(self) -> dict[str, Any]:
        """What was changed: each field whose value differs from the current one; None clears it. A field whose controls were
        not sent at all is left alone; only of boxes to tick one cannot tell."""
        values = {
            field.key: _value(field, self.cleaned_data, self.names) for field in self.typed if self._was_sent(field)
        }
        return {key: value for key, value in values.items() if value != (self.current.get(key) or None)}

    def _was_sent(self, field: Field) -> bool:
        controls = _controls(field, self.names)
        boxes = (forms.BooleanField, forms.MultipleChoiceField)
        return any(
            self.add_prefix(name) in self.data or isinstance(control, boxes) for name, control in controls.items()
        )

    def parts(self) -> list[FormPart]:
        """The controls in the parts of a measure, in order. Where something is wrong, the part stands open."""
        found: dict[str, list[Field]] = {}
        for field in self.typed:
            found.setdefault(field.part, []).append(field)
        return [self._part(part, fields) for part, fields in found.items()]

    def others(self) -> list[forms.BoundField]:
        """The controls that are no fields of the element."""
        return [self[name] for name in self.own]

    def _part(self, part: str, fields: Sequence[Field]) -> FormPart:
        controls = [self[name] for field in fields for name in _controls(field, self.names)]
        wanted = any(field.key in self.first for field in fields) or any(control.errors for control in controls)
        return FormPart(part, PARTS[part], controls, wanted)


def _controls(field: Field, names: Names) -> dict[str, forms.Field]:
    if field.kind in SEVERAL:
        return {f"{field.key}__{part}": _part(field, part, label) for part, label in SEVERAL[field.kind]}
    return {field.key: _control(field, names)}


def _part(field: Field, part: str, label: str) -> forms.Field:
    number = part in {"value", "low", "high"}
    widget = forms.TextInput(attrs={"inputmode": "decimal"} if number else {"type": "date"} if part == "day" else {})
    hint = field.hint if part == "value" else ""
    return forms.CharField(
        label=label.format(field.label), required=False, max_length=40, widget=widget, help_text=hint
    )


def _control(field: Field, names: Names) -> forms.Field:
    shared: dict[str, Any] = {"label": field.label, "help_text": field.hint, "required": False}
    if field.kind == "bool":
        return forms.BooleanField(**shared)
    if field.kind == "choice":
        return forms.ChoiceField(choices=[("", "Not said"), *field.choices.items()], **shared)
    if field.kind in {"set", "references"}:
        choices = _choices(field, names)
        if choices or field.of:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **shared)
        return WordsField(rows=3, **(shared | {"help_text": f"{field.hint} {LINES}".strip()}))
    if field.kind == "periods":
        return WordsField(rows=3, **shared)
    if field.of == "level" and names.levels:
        return forms.ChoiceField(choices=[("", "Not said"), *((name, name) for name in names.levels)], **shared)
    if field.kind == "long_text":
        return WordsField(rows=3, max_length=field.length, **shared)
    widget = forms.TextInput(attrs={"inputmode": "decimal"}) if field.kind == "number" else forms.TextInput()
    return forms.CharField(max_length=field.length, widget=widget, **shared)


def _choices(field: Field, names: Names) -> Sequence[tuple[str, str]]:
    if field.of == "group":
        return list(names.groups.items())
    if field.of:
        return [(id, words) for id, words in names.elements.items() if id in names.outcomes]
    return list(field.choices.items())


def _initial(field: Field, value: Any, names: Names) -> dict[str, Any]:
    if field.kind in SEVERAL:
        return {f"{field.key}__{part}": (value or {}).get(part, "") for part, _ in SEVERAL[field.kind]}
    if field.kind == "set" and not field.of and not field.choices:
        return {field.key: "\n".join(value or [])}
    if field.kind == "periods":
        return {field.key: "\n".join(f"{each['label']}: {each['from']} to {each['to']}" for each in value or [])}
    return {field.key: names.of(field, value) if field.kind == "reference" else value}


def _value(field: Field, data: Mapping[str, Any], names: Names) -> Any:
    """What was typed, as the field's value; nothing is None. Whether it makes sense is for the service to say."""
    if field.kind in SEVERAL:
        parts = {part: data.get(f"{field.key}__{part}", "").strip() for part, _ in SEVERAL[field.kind]}
        return {part: words for part, words in parts.items() if words} or None
    found = data.get(field.key)
    if field.kind == "bool":
        return True if found else None
    if field.kind in {"set", "references"}:
        items = found.splitlines() if isinstance(found, str) else found or []
        return sorted({item.strip() for item in items if item.strip()}) or None
    if field.kind == "periods":
        return [_period(line) for line in str(found or "").splitlines() if line.strip()] or None
    words = str(found or "").replace("\r\n", "\n").strip()
    if field.kind == "reference" and words:
        return next((id for id, name in names.elements.items() if words in {name, *name.split(" ", 1)}), words)
    return words or None


def _period(line: str) -> Any:
    """A line as a period; one that is none stays as typed, and the service says what is wrong with it."""
    found = PERIOD.fullmatch(line.strip())
    return found.groupdict() if found else {"label": line.strip()[:40]}
