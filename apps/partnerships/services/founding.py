"""Founding a partnership, its groups and its roles."""

import re
from datetime import date, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction

from apps.accounts.models import Person
from apps.common.errors import Conflict, Invalid
from apps.common.texts import clean_line, clean_text
from apps.partnerships.actors import Actor, actor_in, pseudonym
from apps.partnerships.models import (
    GroupKind,
    Partnership,
    Role,
    RoleName,
    Seat,
    StakeholderGroup,
    Standing,
    Visibility,
)
from apps.partnerships.rules import require_convenor
from apps.record.act import By, act, create_log

SEATS_AT_MOST = 500


def found_partnership(
    *, by: Person, name: str, summary: str = "", visibility: str = Visibility.PUBLIC, demo: bool = False
) -> Actor:
    """Found a partnership with a log of its own; whoever founds it convenes it."""
    name = clean_line("name", name, 200)
    summary = clean_text("summary", summary, 2000, required=False)
    if visibility not in Visibility.values:
        raise Invalid(
            "partnership.visibility", "Choose who can read it: public or members.", {"visibility": "public or members"}
        )
    with transaction.atomic():
        id = uuid4()
        log = create_log(f"partnership:{id.hex[:24]}", demo=demo)
        me = By(person=pseudonym(log.id, by))
        with act(by=me, log=log.id) as a:
            founded = Partnership.objects.create(
                id=id, log=log, name=name, summary=summary, visibility=visibility, founded_at=a.at
            )
            a.add(
                "partnership.founded",
                {"name": name, "visibility": str(visibility), "demo": demo},
                on={"partnership": id},
            )
            _give_role(a.at, founded, by, RoleName.CONVENOR)
            a.add("role.given", {"role": RoleName.CONVENOR.value, "holder": str(me.person)}, on={"partnership": id})
    return actor_in(founded, by)


def move_story(*, by: Actor, day: date) -> Partnership:
    """Say which day it is in the story that a demonstration or rehearsal tells. Entries keep the true time they were made at."""
    require_convenor(by)
    if not by.partnership.log.demo:
        raise Conflict("story.not_demo", "Only a demonstration or a rehearsal has a day of its own.")
    with act(by=by.by, log=by.log) as a:
        by.partnership.story_day = day
        by.partnership.save(update_fields=["story_day"])
        a.add("story.moved", {"day": day.isoformat()}, on={"partnership": by.partnership.id})
    return by.partnership


def add_group(
    *, by: Actor, key: str, name: str, kind: str, seats: int, standing: str = Standing.DECIDES
) -> StakeholderGroup:
    """Add a stakeholder group with its seats, labelled by the group's key and a number."""
    require_convenor(by)
    name = clean_line("name", name, 120)
    _check_group(key, kind, standing, seats)
    labels = [f"{key}{n}" for n in range(1, seats + 1)]
    with act(by=by.by, log=by.log) as a:
        order = by.partnership.groups.count()
        try:
            with transaction.atomic():
                group = by.partnership.groups.create(key=key, name=name, kind=kind, standing=standing, order=order)
        except IntegrityError as error:
            raise Conflict(
                "group.key_taken", f"There is already a group with the sign '{key}'.", {"key": "taken"}
            ) from error
        Seat.objects.bulk_create([Seat(group=group, label=label) for label in labels])
        data = {"key": key, "name": name, "kind": str(kind), "standing": str(standing), "seats": labels}
        a.add("group.added", data, on={"group": group.id})
    return group


def _give_role(at: datetime, partnership: Partnership, person: Person, name: RoleName) -> Role:
    return Role.objects.create(partnership=partnership, person=person, name=name, since=at)


def _check_group(key: str, kind: str, standing: str, seats: int) -> None:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]{0,29}", key):
        raise Invalid(
            "group.key", "A group's sign is a letter followed by letters, digits, - or _.", {"key": "like A or staff"}
        )
    if kind not in GroupKind.values or standing not in Standing.values:
        raise Invalid("group.kind", "Choose a kind of group and whether it decides or advises.", {"kind": "choose one"})
    if kind == GroupKind.OBSERVER and standing == Standing.DECIDES:
        raise Invalid("group.observer_decides", "Observers do not decide.", {"standing": "observers advise"})
    if not 0 <= seats <= SEATS_AT_MOST:
        raise Invalid("group.seats", f"A group has 0 to {SEATS_AT_MOST} seats.", {"seats": "a number"})
