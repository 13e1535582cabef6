"""Adopted changes of elements: what rooms above hand down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from apps.frameworks.models import Element, ElementVersion, Framework
from apps.record.act import Act
from apps.record.domain.entry import Entry


@dataclass(frozen=True)
class Change:
    """An adopted change to one element: what rooms above hand down."""

    element: UUID
    action: str
    kind: str
    code: str
    patch: Mapping[str, Any]
    effective: date
    because: int
    parent: UUID | None = None
    slot: str = ""


def change_element(a: Act, framework: Framework, change: Change) -> Entry:
    """Apply an adopted change as the element's next version. The framework must be locked by the caller."""
    element = framework.elements.filter(id=change.element).first() or _new_element(framework, change)
    fields = {key: value for key, value in {**element.fields, **change.patch}.items() if value is not None}
    changed = sorted(key for key in change.patch if element.fields.get(key) != fields.get(key))
    element.number += 1
    data = {
        "action": change.action,
        "kind": element.kind,
        "code": element.code,
        "number": element.number,
        "fields": fields,
        "changed": changed,
        "effective": change.effective.isoformat(),
    }
    subjects = {"element": element.id, "framework": framework.id}
    entry = a.add("element.changed", data, on=subjects, because=change.because)
    element.fields = fields
    element.retired_at = a.at if change.action == "retire" else None
    element.save()
    if element.number == 1:
        framework.elements.filter(place=element.id, parent=None).update(parent=element)
    ElementVersion.objects.create(
        element=element,
        number=element.number,
        fields=fields,
        changed=changed,
        seq=entry.seq,
        effective=change.effective,
    )
    if change.slot:
        framework.slots.filter(key=change.slot, filled_by=None).update(filled_by=element.id)
    return entry


def _new_element(framework: Framework, change: Change) -> Element:
    parent = framework.elements.filter(id=change.parent).first() if change.parent else None
    return Element(
        id=change.element or uuid4(),
        framework=framework,
        kind=change.kind,
        code=change.code,
        parent=parent,
        place=change.parent,
    )
