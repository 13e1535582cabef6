"""A framework is read as on a day, and two days are compared."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from apps.common import clock
from apps.frameworks.models import Framework
from apps.partnerships.models import Partnership
from tests.api.caller import Caller
from tests.deliberation.test_rounds import ALL_FOR
from tests.once import told_once
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
TODAY = clock.now().date()
ADDED, CHANGED, RETIRED = TODAY - 3 * YEAR, TODAY - 2 * YEAR, TODAY - YEAR


@told_once
def changed(lismorrow: Lismorrow) -> Lismorrow:
    """Begun four years ago; a measure in force a year later, changed the year after, retired a year ago."""
    Framework.objects.filter(id=lismorrow.framework.id).update(starts_on=TODAY - 4 * YEAR)
    lismorrow.framework.refresh_from_db()
    proposal = lismorrow.propose()
    moved_to(lismorrow, ADDED)
    lismorrow.decide(lismorrow.open(proposal, effective=ADDED), **ALL_FOR)
    for action, patch, day in (("change", {"data_source": "A new register"}, CHANGED), ("retire", {}, RETIRED)):
        moved_to(lismorrow, day)
        more: dict[str, Any] = {"action": action, "element": proposal.element, "kind": "", "patch": patch}
        lismorrow.decide(lismorrow.open(lismorrow.propose(code="", **more), effective=day), **ALL_FOR)
    moved_to(lismorrow, None)
    return lismorrow


def moved_to(lismorrow: Lismorrow, day: date | None) -> None:
    """Let the partnership be at this day of its story."""
    Partnership.objects.filter(id=lismorrow.partnership.id).update(story_day=day)


def sources(caller: Caller, changed: Lismorrow, day: date) -> list[str]:
    said = caller("read_framework_at", framework=changed.framework.id, query=f"?at={day}")
    assert said["at"] == day.isoformat()
    return [element["fields"]["data_source"] for element in said["elements"]]


def test_each_day_tells_what_was_in_force(changed: Lismorrow, cast: Mapping[str, Caller]) -> None:
    nobody = cast["nobody"]
    assert sources(nobody, changed, ADDED - timedelta(days=1)) == []
    assert sources(nobody, changed, ADDED) == ["Household survey"]
    assert sources(nobody, changed, CHANGED) == ["A new register"]
    assert sources(nobody, changed, RETIRED) == []


def test_without_a_day_it_is_today(changed: Lismorrow, cast: Mapping[str, Caller]) -> None:
    said = cast["nobody"]("read_framework_at", framework=changed.framework.id)
    assert said.body == {"at": TODAY.isoformat(), "elements": []}


def test_one_element_tells_what_it_said_on_a_day_and_which_entry_set_it(
    changed: Lismorrow, cast: Mapping[str, Caller]
) -> None:
    element = changed.framework.elements.get()
    said = cast["nobody"]("read_element_at", element=element.id, query=f"?at={CHANGED}")
    assert (said["number"], said["effective"], said["changed"]) == (2, CHANGED.isoformat(), ["data_source"])
    assert said["fields"]["data_source"] == "A new register"
    entry = cast["nobody"]("read_entry", partnership=changed.partnership.id, seq=said["seq"])
    assert entry["entry"]["on"]["element"] == str(element.id)
    for day in (ADDED - timedelta(days=1), RETIRED):
        assert cast["nobody"]("read_element_at", element=element.id, query=f"?at={day}").code == "element.not_in_force"


def test_two_days_are_compared_field_by_field(changed: Lismorrow, cast: Mapping[str, Caller]) -> None:
    ask, framework = cast["nobody"], changed.framework.id
    said = ask("compare_days", framework=framework, query=f"?since={ADDED}&until={CHANGED}")
    (found,) = said["changed"]
    assert [(each["field"], each["old"], each["new"]) for each in found["changes"]] == [
        ("data_source", "Household survey", "A new register")
    ]
    gone = ask("compare_days", framework=framework, query=f"?since={CHANGED}")
    assert [item["code"] for item in gone["gone"]] == [found["code"]]
    assert gone["until"] == TODAY.isoformat()
    back = ask("compare_days", framework=framework, query=f"?since={CHANGED}&until={ADDED}")
    assert back["changed"][0]["changes"][0]["new"] == "Household survey"


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (TODAY - 5 * YEAR, "day.before_beginning"),
        (TODAY + timedelta(days=1), "day.in_future"),
        ("yesterday", "body.invalid"),
        ("2024-02-30", "body.invalid"),
    ],
)
def test_a_day_that_cannot_be_shown_is_refused_at_its_field(
    at: object, code: str, changed: Lismorrow, cast: Mapping[str, Caller]
) -> None:
    framework = changed.framework.id
    for name, field in (("read_framework_at", "at"), ("compare_days", "since"), ("compare_days", "until")):
        said = cast["nobody"](name, framework=framework, query=f"?{field}={at}")
        assert (said.status, said.code, list(said["fields"])) == (422, code, [field])


def test_days_of_a_private_partnership_are_for_its_members(changed: Lismorrow, cast: Mapping[str, Caller]) -> None:
    Partnership.objects.filter(id=changed.partnership.id).update(visibility="members")
    for name in ("read_framework_at", "compare_days"):
        statuses = [cast[who](name, framework=changed.framework.id).status for who in ("nobody", "stan", "ify")]
        assert statuses == [404, 404, 200]
