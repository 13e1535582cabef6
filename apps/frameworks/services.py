"""What can be done to a framework. Adopted changes come from above through `change_element`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import rfc8785

from apps.common.errors import Conflict, Invalid, NotFound
from apps.common.texts import clean_line
from apps.frameworks.models import Edition, Element, ElementVersion, Framework, Gate, Slot
from apps.frameworks.selectors import state
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.record.act import Act, act
from apps.record.domain.entry import Entry


def create_framework(*, by: Actor, title: str, starts_on: date) -> Framework:
    """Begin a framework. Proposing, offering changes and objecting are open from the start."""
    require_convenor(by)
    title = clean_line("title", title, 200)
    with act(by=by.by, log=by.log) as a:
        made = Framework.objects.create(
            partnership=by.partnership, title=title, starts_on=starts_on, created_at=a.at, gates=list(Gate.values)
        )
        data = {"title": title, "starts_on": starts_on.isoformat(), "scoring_rule": made.scoring_rule}
        a.add("framework.created", data, on={"framework": made.id})
    return made


def seal_plan(*, by: Actor, framework: Framework, slots: Iterable[Mapping[str, str]] = ()) -> Edition:
    """Seal what stands now as the founding plan, edition 0, with its open places. It can be done once."""
    require_convenor(by)
    places = [_slot(place) for place in slots]
    if len({key for key, _ in places}) < len(places):
        raise Invalid("plan.slots", "Two open places have the same key.", {"slots": "keys must differ"})
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        if framework.sealed_at is not None:
            raise Conflict("plan.sealed", "The founding plan is sealed already.")
        Slot.objects.bulk_create([Slot(framework=framework, key=key, title=title) for key, title in places])
        frozen = state(framework)
        data = {
            "elements": [item["id"] for item in frozen],
            "slots": [{"key": key, "title": title} for key, title in places],
            "state_sha256": digest(frozen),
        }
        entry = a.add("plan.sealed", data, on={"framework": framework.id})
        framework.sealed_at = a.at
        framework.save(update_fields=["sealed_at"])
        return Edition.objects.create(framework=framework, number=0, state=frozen, seq=entry.seq, published_at=a.at)


def publish_edition(*, by: Actor, framework: Framework) -> Edition:
    """Freeze and number what stands now."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        if framework.sealed_at is None:
            raise Conflict("plan.open", "Seal the founding plan first: it is edition 0.")
        number = framework.editions.count()
        frozen = state(framework)
        entry = a.add(
            "edition.published", {"number": number, "state_sha256": digest(frozen)}, on={"framework": framework.id}
        )
        return Edition.objects.create(
            framework=framework, number=number, state=frozen, seq=entry.seq, published_at=a.at
        )


def open_gates(*, by: Actor, framework: Framework, gates: Iterable[str]) -> Framework:
    """Say which acts are open in a framework from now on; the others are shut."""
    require_convenor(by)
    wanted = set(gates)
    if wanted - set(Gate.values):
        raise Invalid("gate.unknown", f"Gates are {', '.join(Gate.values)}.", {"gates": "unknown"})
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        framework.gates = [gate for gate in Gate.values if gate in wanted]
        framework.save(update_fields=["gates"])
        a.add("gates.set", {"open": framework.gates}, on={"framework": framework.id})
    return framework


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


def lock(id: UUID) -> Framework:
    """Lock a framework for an act: the first lock in the order."""
    found = (
        Framework.objects.select_for_update(of=("self",), no_key=True)
        .select_related("partnership")
        .filter(id=id)
        .first()
    )
    if found is None:
        raise NotFound("framework.unknown", "There is no such framework.")
    return found


def _new_element(framework: Framework, change: Change) -> Element:
    parent = framework.elements.filter(id=change.parent).first() if change.parent else None
    return Element(id=change.element or uuid4(), framework=framework, kind=change.kind, code=change.code, parent=parent)


def _slot(place: Mapping[str, str]) -> tuple[str, str]:
    return clean_line("key", place.get("key", ""), 40), clean_line("title", place.get("title", ""), 300)


def digest(frozen: list[dict[str, Any]]) -> str:
    """The fingerprint of a frozen state: SHA-256 of its RFC 8785 form, as hex."""
    return sha256(rfc8785.dumps(frozen)).hexdigest()
