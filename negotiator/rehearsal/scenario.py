"""The scenario file: who takes part, what they do in which order, and which table ends it (docs/rehearsal.md)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from apps.common.errors import Invalid
from negotiator.rehearsal import reading
from negotiator.rehearsal.reading import wrong

VIAS = ("api", "form", "socket")
VOTING = ("vote", "cast_ballot")
ROLES = ("founder", "convenor", "auditor")
JOINS = ("seat", "link")
STANDING = ("decides", "advises")
LARGEST = 2_000_000
"""How many bytes a scenario file may have."""

_TOP = {"version", "title", "partnership", "steps", "table"}
_ABOUT = {"name", "summary", "visibility", "groups", "cast"}
_STEP = {"by", "do", "with", "as", "via", "expect", "on", "parallel", "say"}
_ACTING = {"with", "as", "via", "expect"}


@dataclass(frozen=True)
class Group:
    """A stakeholder group of the story."""

    key: str
    name: str
    kind: str
    seats: int
    standing: str = "decides"


@dataclass(frozen=True)
class Character:
    """Somebody of the story: `key` is used in steps; `group` gives a seat, `roles` what else the person is.

    `joins` says how the seat is taken: given by the convenor, or by a link of invitation. Who has neither group nor roles
    comes in later, by a mandate or a seat.
    """

    key: str
    name: str
    group: str = ""
    roles: tuple[str, ...] = ()
    email: str = ""
    joins: str = "seat"


@dataclass(frozen=True)
class Step:
    """One thing somebody does: an operation of the API with its arguments, over the API, a form or a socket.

    `name` keeps the answer for later steps (`$name.id`); `expect` is what the answer must hold; `on` moves the story's day.
    """

    by: str
    do: str
    with_: Mapping[str, Any] = field(default_factory=dict)
    name: str = ""
    via: str = "api"
    expect: Mapping[str, Any] = field(default_factory=dict)
    on: date | None = None
    parallel: tuple["Step", ...] = ()
    say: str = ""


@dataclass(frozen=True)
class Scenario:
    """A whole story. `table` lists, per row, the reference of a measure and what is expected of it, if anything."""

    title: str
    partnership: Mapping[str, Any]
    groups: tuple[Group, ...]
    cast: tuple[Character, ...]
    steps: tuple[Step, ...]
    table: tuple[Mapping[str, str], ...]

    def character(self, key: str) -> Character:
        """Somebody of the cast. Raises `Invalid` (scenario.cast)."""
        for each in self.cast:
            if each.key == key:
                return each
        raise Invalid("scenario.cast", f"'{key}' is not in the cast.")


def read_scenario(path: Path) -> Scenario:
    """Read a scenario file. Raises `Invalid` naming file and place."""
    try:
        return parse_scenario(json.loads(_content(path)))
    except (ValueError, RecursionError) as error:
        raise Invalid("scenario.unreadable", f"{path}: it is not JSON ({error}).") from error
    except Invalid as error:
        raise Invalid(error.code, f"{path}: {error.message}") from error


def parse_scenario(document: Any) -> Scenario:
    """A scenario from its JSON value. Raises `Invalid` (scenario.malformed) naming the place."""
    top = reading.keys(document, "the file", _TOP, {"version", "partnership", "steps"})
    if top["version"] != 1 or type(top["version"]) is not int:
        raise wrong("version", "only version 1 is known")
    about = reading.keys(top["partnership"], "partnership", _ABOUT, {"name", "groups", "cast"})
    groups = tuple(_group(each, place) for each, place in reading.items(about["groups"], "partnership.groups"))
    cast = tuple(_character(each, place) for each, place in reading.items(about["cast"], "partnership.cast"))
    _check_groups(groups)
    _check_cast(groups, cast)
    known = {character.key for character in cast} | _unnamed(groups, cast)
    steps = tuple(_step(each, place, known) for each, place in reading.items(top["steps"], "steps"))
    table = tuple(_row(each, place) for each, place in reading.items(top.get("table", []), "table"))
    told = [key for key in ("summary", "visibility") if key in about]
    settings = {"name": reading.filled(about, "name", "partnership")}
    settings |= {key: reading.text(about, key, "partnership") for key in told}
    title = reading.text(top, "title", "the file") or settings["name"]
    return Scenario(title, settings, groups, cast, steps, table)


def _content(path: Path) -> str:
    try:
        raw = path.read_bytes()
        if len(raw) > LARGEST:
            raise Invalid("scenario.unreadable", f"it is larger than {LARGEST} bytes.")
        return raw.decode()
    except OSError as error:
        raise Invalid("scenario.unreadable", f"it cannot be read ({error.strerror}).") from error


def _group(value: Any, place: str) -> Group:
    given = reading.keys(value, place, {"key", "name", "kind", "seats", "standing"}, {"key", "name", "kind", "seats"})
    if type(given["seats"]) is not int or not 0 <= given["seats"] <= 500:
        raise wrong(f"{place}.seats", "it must be a whole number from 0 to 500")
    key, name, kind = (reading.filled(given, each, place) for each in ("key", "name", "kind"))
    return Group(key, name, kind, given["seats"], reading.one_of(given, "standing", STANDING, place))


def _character(value: Any, place: str) -> Character:
    given = reading.keys(value, place, {"key", "name", "group", "roles", "email", "joins"}, {"key", "name"})
    roles = tuple(each for each, _ in reading.items(given.get("roles", []), f"{place}.roles"))
    if not set(map(str, roles)) <= set(ROLES):
        raise wrong(f"{place}.roles", f"choose from {', '.join(ROLES)}")
    key, name = (reading.filled(given, each, place) for each in ("key", "name"))
    group, email = (reading.text(given, each, place) for each in ("group", "email"))
    joins = reading.one_of(given, "joins", JOINS, place)
    if joins == "link" and (not group or roles):
        raise wrong(f"{place}.joins", "a link leads to a seat of a group, and to no role")
    return Character(key, name, group, roles, email, joins)


def _step(value: Any, place: str, known: set[str]) -> Step:
    given = reading.keys(value, place, _STEP, set())
    inner = reading.items(given.get("parallel", []), f"{place}.parallel")
    if inner and (given.keys() & ({"by", "do"} | _ACTING)):
        raise wrong(place, "'parallel' stands for itself: put 'by' and 'do' into its steps")
    if any(isinstance(each, dict) and each.keys() & {"parallel", "on"} for each, _ in inner):
        raise wrong(f"{place}.parallel", "its steps cannot hold 'parallel' or 'on'")
    if not inner and not {"by", "do"} <= given.keys() and (given.keys() - {"on", "say"} or not given):
        raise wrong(place, "it needs 'by' and 'do', or 'parallel', or 'on'")
    if "via" in given and given.get("do") not in VOTING:
        raise wrong(f"{place}.via", f"it is for votes only: {', '.join(VOTING)}")
    by = reading.text(given, "by", place)
    if by and by not in known:
        raise wrong(f"{place}.by", f"'{by}' is not in the cast")
    return Step(
        by=by,
        do=reading.text(given, "do", place),
        with_=reading.mapping(given.get("with", {}), f"{place}.with"),
        name=reading.text(given, "as", place),
        via=reading.one_of(given, "via", VIAS, place),
        expect=reading.mapping(given.get("expect", {}), f"{place}.expect"),
        on=_day(given["on"], f"{place}.on") if "on" in given else None,
        parallel=tuple(_step(each, inside, known) for each, inside in inner),
        say=reading.text(given, "say", place),
    )


def _row(value: Any, place: str) -> dict[str, str]:
    given = reading.keys(value, place, {"measure", "label", "ni", "pe"}, {"measure"})
    return {key: reading.filled(given, key, place) for key in given}


def _check_groups(groups: tuple[Group, ...]) -> None:
    keys = [group.key for group in groups]
    if len(set(keys)) < len(keys):
        raise wrong("partnership.groups", "two groups have the same key")


def _unnamed(groups: tuple[Group, ...], cast: tuple[Character, ...]) -> set[str]:
    """The seats that nobody of the cast holds, by their label in small letters: each has a holder all the same."""
    named = {group.key: sum(character.group == group.key for character in cast) for group in groups}
    return {f"{group.key}{n}".lower() for group in groups for n in range(named[group.key] + 1, group.seats + 1)}


def _check_cast(groups: tuple[Group, ...], cast: tuple[Character, ...]) -> None:
    keys = {group.key for group in groups}
    for character in cast:
        if character.group and character.group not in keys:
            raise wrong(f"partnership.cast.{character.key}", f"there is no group '{character.group}'")
    if len({character.key for character in cast}) < len(cast):
        raise wrong("partnership.cast", "two people have the same key")
    if sum("founder" in character.roles for character in cast) > 1:
        raise wrong("partnership.cast", "only one can be the founder")
    for group in groups:
        if sum(character.group == group.key for character in cast) > group.seats:
            raise wrong(f"partnership.groups.{group.key}", "more people than seats")


def _day(value: Any, place: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise wrong(place, "it must be a day like 2024-03-27") from error
