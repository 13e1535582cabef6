"""Reading frameworks."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.accounts.models import Person
from apps.common import clock
from apps.common.errors import Invalid, NotFound
from apps.frameworks.models import Edition, Element, ElementVersion, Framework
from apps.partnerships.actors import Actor
from apps.partnerships.models import Partnership
from apps.partnerships.selectors import partnerships_for, reader_of


def frameworks(partnership: Partnership) -> QuerySet[Framework]:
    """What a partnership negotiates, oldest first."""
    return partnership.frameworks.order_by("created_at")


def copyable(person: Person, partnership: Partnership) -> QuerySet[Framework]:
    """Frameworks that one may begin with a copy of: the partnership's own, and what others offer as a template."""
    readable = partnerships_for(person).order_by().values("id")
    found = Framework.objects.select_related("partnership")
    own = found.filter(Q(partnership=partnership) | Q(is_template=True, partnership__in=readable))
    return own.order_by("title", "created_at")


def open_framework(person: Person | None, id: UUID) -> tuple[Actor, Framework]:
    """The one careful way to a framework: only for those who may read its partnership."""
    framework = Framework.objects.select_related("partnership__log").filter(id=id).first()
    if framework is None:
        raise NotFound(
            "framework.unknown", "There is no such framework, or it is for members only: sign in to see yours."
        )
    return reader_of(framework.partnership, person), framework


def elements(framework: Framework, *, kind: str | None = None) -> QuerySet[Element]:
    """The elements in force, by kind and code."""
    found = framework.elements.filter(retired_at__isnull=True)
    return found.filter(kind=kind) if kind else found


def find_element(framework: Framework, id: UUID) -> Element | None:
    """An element of this framework, in force or retired; None while it is only proposed."""
    return framework.elements.filter(id=id).first()


def element_in(framework: Framework, id: UUID) -> Element:
    """An element of this framework."""
    found = find_element(framework, id)
    if found is None:
        raise NotFound("element.unknown", "There is no such element in this framework.")
    return found


def open_element(person: Person | None, id: UUID) -> tuple[Actor, Framework, Element]:
    """The one careful way to an element."""
    found = Element.objects.select_related("framework__partnership__log").filter(id=id).first()
    if found is None:
        raise NotFound("element.unknown", "There is no such element.")
    return reader_of(found.framework.partnership, person), found.framework, found


def versions(element: Element) -> QuerySet[ElementVersion]:
    """All versions of an element, oldest first."""
    return element.versions.all()


def editions(framework: Framework) -> QuerySet[Edition]:
    """Published editions, oldest first; number 0 is the founding plan."""
    return framework.editions.all()


def edition_of(framework: Framework, number: int) -> Edition:
    """One edition of a framework."""
    found = framework.editions.select_related("note").filter(number=number).first()
    if found is None:
        raise NotFound("edition.unknown", f"There is no edition {number} of this framework.")
    return found


def state(framework: Framework) -> list[dict[str, Any]]:
    """The whole framework as plain values: what an edition freezes."""
    return [
        {
            "id": str(element.id),
            "kind": element.kind,
            "code": element.code,
            "parent": str(element.parent_id) if element.parent_id else None,
            "number": element.number,
            "fields": element.fields,
        }
        for element in elements(framework).order_by("kind", "code")
    ]


def state_on(framework: Framework, day: date) -> list[dict[str, Any]]:
    """The same as it was in force on a day: of each element the newest version that counted by then, unless it had been retired.

    Where an element stands in the tree is told as it is now.
    """
    found: dict[UUID, ElementVersion] = {}
    counted = ElementVersion.objects.filter(element__framework=framework, effective__lte=day).select_related("element")
    for version in counted.order_by("number"):
        found[version.element_id] = version
    return [
        {
            "id": str(id),
            "kind": version.element.kind,
            "code": version.element.code,
            "parent": str(version.element.parent_id) if version.element.parent_id else None,
            "number": version.number,
            "fields": version.fields,
        }
        for id, version in sorted(found.items(), key=lambda pair: (pair[1].element.kind, pair[1].element.code))
        if version.element.retired_at is None or version.number < version.element.number
    ]


def version_on(element: Element, day: date) -> ElementVersion:
    """What an element said on a day: its newest version that counted by then. Raises `NotFound` where it was not in force."""
    found = element.versions.filter(effective__lte=day).order_by("number").last()
    if found is None or (element.retired_at is not None and found.number == element.number):
        raise NotFound("element.not_in_force", f"{element.code} was not in force on {day.isoformat()}.")
    return found


def day_within(framework: Framework, day: date | None, field: str) -> date:
    """A day of a framework's life so far; without one, today. Raises `Invalid`, at `field`, for any other."""
    today = framework.partnership.today(clock.now())
    if day is None:
        return today
    if day < framework.starts_on:
        words = f"The framework began on {framework.starts_on.isoformat()}; before that day there is nothing to show."
        raise Invalid("day.before_beginning", words, {field: "is before the beginning"})
    if day > today:
        words = f"What will be in force after today ({today.isoformat()}) can still change. Ask for today or an earlier day."
        raise Invalid("day.in_future", words, {field: "is in the future"})
    return day


def years_since_start(framework: Framework, day: date) -> str:
    """The time of `day` in the framework's story, in years from its start by quarters, as exact text ("0.75")."""
    quarters = _quarter(day) - _quarter(framework.starts_on)
    return f"{quarters / 4:g}" if quarters % 4 else str(quarters // 4)


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3
