"""A scenario file is read strictly: whatever is wrong with it is said with its place, before anything is played."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apps.common.errors import Invalid
from negotiator.demo import SCENARIO
from negotiator.rehearsal.scenario import LARGEST, parse_scenario, read_scenario
from tests.rehearsal.story import story, with_step

Change = Callable[[dict[str, Any]], Any]


def people(*cast: dict[str, Any]) -> Change:
    return lambda told: told["partnership"].update(cast=list(cast))


def groups(*all: dict[str, Any]) -> Change:
    return lambda told: told["partnership"].update(groups=list(all))


def step(**keys: Any) -> Change:
    return lambda told: told.update(steps=[keys])


A = {"key": "A", "name": "Agency", "kind": "agency", "seats": 1}
ORLA = {"key": "orla", "name": "Orla", "roles": ["founder"]}
MALFORMED: list[tuple[Change, str]] = [
    (lambda told: told.update(version=2), "version: only version 1 is known"),
    (lambda told: told.update(version=True), "version: only version 1 is known"),
    (lambda told: told.update(scenes=[]), "the file: unknown: scenes"),
    (lambda told: told.pop("steps"), "the file: missing: steps"),
    (lambda told: told.update(steps={}), "steps: it must be a list"),
    (lambda told: told.update(title=7), "the file.title: it must be text"),
    (lambda told: told.update(partnership="Lismorrow"), "partnership: it must be an object"),
    (lambda told: told["partnership"].pop("cast"), "partnership: missing: cast"),
    (lambda told: told["partnership"].update(name=" "), "partnership.name: it must not be empty"),
    (lambda told: told["partnership"].update(summary=[]), "partnership.summary: it must be text"),
    (groups({"key": "A"}), "partnership.groups[0]: missing: kind, name, seats"),
    (groups(A | {"seats": "4"}), "partnership.groups[0].seats: it must be a whole number from 0 to 500"),
    (groups(A | {"seats": True}), "partnership.groups[0].seats: it must be a whole number from 0 to 500"),
    (groups(A | {"standing": "watches"}), "partnership.groups[0].standing: choose one of decides, advises"),
    (groups(A, A), "partnership.groups: two groups have the same key"),
    (people({"name": "Orla"}), "partnership.cast[0]: missing: key"),
    (people(ORLA, ORLA | {"roles": []}), "partnership.cast: two people have the same key"),
    (people(ORLA, {**ORLA, "key": "olga"}), "partnership.cast: only one can be the founder"),
    (people(ORLA | {"roles": ["queen"]}), "partnership.cast[0].roles: choose from founder, convenor, auditor"),
    (people(ORLA | {"roles": "founder"}), "partnership.cast[0].roles: it must be a list"),
    (people({"key": "x", "name": "X", "group": "Z"}), "partnership.cast.x: there is no group 'Z'"),
    (people({"key": "x", "name": "X", "joins": "link"}), "partnership.cast[0].joins: a link leads to a seat"),
    (
        people(*({"key": str(n), "name": "X", "group": "A"} for n in range(3))),
        "partnership.groups.A: more people than seats",
    ),
    (step(by="nobody", do="me"), "steps[0].by: 'nobody' is not in the cast"),
    (step(by="orla"), "steps[0]: it needs 'by' and 'do', or 'parallel', or 'on'"),
    (step(by="orla", do="me", on="1 March"), "steps[0].on: it must be a day like 2024-03-27"),
    (step(by="orla", do="me", on=20240301), "steps[0].on: it must be a day like 2024-03-27"),
    (step(by="orla", do="vote", via="post"), "steps[0].via: choose one of api, form, socket"),
    (step(by="orla", do="vote", via=["api"]), "steps[0].via: choose one of api, form, socket"),
    (step(by="orla", do="me", via="form"), "steps[0].via: it is for votes only: vote, cast_ballot"),
    (step(by="orla", do="me", **{"with": []}), "steps[0].with: it must be an object"),
    (step(by="orla", do="me", expect="200"), "steps[0].expect: it must be an object"),
    (step(by="orla", do=["me"]), "steps[0].do: it must be text"),
    (step(by="orla", do="me", wish=1), "steps[0]: unknown: wish"),
    (step(parallel=[{"by": "orla"}]), "steps[0].parallel[0]: it needs 'by' and 'do'"),
    (step(parallel=[{"on": "2024-01-01"}]), "steps[0].parallel: its steps cannot hold 'parallel' or 'on'"),
    (step(parallel=[{"by": "orla", "do": "me"}], do="me"), "steps[0]: 'parallel' stands for itself"),
    (step(parallel={"by": "orla"}), "steps[0].parallel: it must be a list"),
    (lambda told: told.update(table=[{"label": "x"}]), "table[0]: missing: measure"),
    (lambda told: told.update(table=[{"measure": "$x", "ni": 1}]), "table[0].ni: it must be text"),
    (lambda told: told.update(table="all"), "table: it must be a list"),
]


@pytest.mark.parametrize(("change", "place"), MALFORMED, ids=[place for _, place in MALFORMED])
def test_what_is_wrong_is_said_with_its_place(change: Change, place: str) -> None:
    told = story()
    change(told)
    with pytest.raises(Invalid) as wrong:
        parse_scenario(told)
    assert wrong.value.code == "scenario.malformed"
    assert wrong.value.message.startswith(place)


@pytest.mark.parametrize("value", [None, [], "story", 1, 1.5])
def test_a_file_that_holds_no_object_is_no_scenario(value: Any) -> None:
    with pytest.raises(Invalid, match="the file: it must be an object"):
        parse_scenario(value)


def test_a_scenario_is_read_as_it_was_written() -> None:
    read = parse_scenario(with_step({"on": "2024-03-27", "say": "A year later."}, at=1))
    assert read.title == "A small story"
    assert [group.seats for group in read.groups] == [2, 2, 2]
    assert read.character("pat").joins == "link"
    assert read.steps[0].name == "framework"
    assert (read.steps[1].on, read.steps[1].say, read.steps[1].do) == (date(2024, 3, 27), "A year later.", "")
    assert read.table == ({"measure": "$sleep.element", "label": "negotiated, emergent"},)


def test_a_step_can_be_several_that_happen_together() -> None:
    read = parse_scenario(with_step({"parallel": [{"by": "ify", "do": "me"}, {"by": "gareth", "do": "me"}]}))
    assert [each.by for each in read.steps[0].parallel] == ["ify", "gareth"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"{", "it is not JSON"),
        (b"\xff\xfe", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b" " * (LARGEST + 1), "it is larger than"),
        (b"{}", "the file: missing: partnership, steps, version"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "story.json"
    file.write_bytes(content)
    with pytest.raises(Invalid) as wrong:
        read_scenario(file)
    assert str(file) in wrong.value.message
    assert why in wrong.value.message
    assert "\n" not in wrong.value.message


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="it cannot be read"):
        read_scenario(tmp_path / "none.json")


def test_the_demonstration_is_plain_readable_json_of_moderate_size() -> None:
    assert SCENARIO.stat().st_size < 600_000
    assert max(map(len, SCENARIO.read_text().splitlines())) < 400
    assert read_scenario(SCENARIO).partnership["name"] == json.loads(SCENARIO.read_text())["partnership"]["name"]
