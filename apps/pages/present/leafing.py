"""Leafing through the record: the entries of one page, and where the earlier ones begin."""

from collections.abc import Callable

from apps.deliberation.selectors import visible_entries
from apps.pages.forms.record import Wanted
from apps.partnerships.actors import Actor
from apps.partnerships.models import Seat
from apps.record.domain.entry import Entry

PAGE = 50
SPAN = 2000
"""How many entries are looked through at a time when only some are wanted ..."""
SPANS = 10
"""... and how often, for one page."""


def page_of(actor: Actor, wanted: Wanted, before: int) -> tuple[list[Entry], int]:
    """At most a page of entries before a number, newest first; and the number before which the next page begins (0: none)."""
    fits = _by(actor, wanted.who)
    if wanted.words:
        return _found(actor, wanted, before, fits)
    entries: list[Entry] = []
    for _ in range(SPANS if wanted.narrow else 1):
        start = max(0, before - (SPAN if wanted.narrow else PAGE))
        found = [entry for entry in _read(actor, wanted, start, before) if fits(entry)]
        entries += found[::-1]
        before = start
        if len(entries) >= PAGE or start == 0:
            break
    return entries[:PAGE], entries[PAGE - 1].seq if len(entries) >= PAGE else before


def _found(actor: Actor, wanted: Wanted, before: int, fits: Callable[[Entry], bool]) -> tuple[list[Entry], int]:
    """What says some words: the newest of all that do."""
    found = [entry for entry in _read(actor, wanted, 0, before) if fits(entry)][::-1]
    return found[:PAGE], found[PAGE - 1].seq if len(found) > PAGE else 0


def _read(actor: Actor, wanted: Wanted, since: int, until: int) -> list[Entry]:
    return visible_entries(
        actor,
        actor.log,
        since=since,
        until=until,
        types=wanted.types,
        subject=wanted.subject,
        after=wanted.after,
        before=wanted.until,
        words=wanted.words,
    )


def _by(actor: Actor, who: str) -> Callable[[Entry], bool]:
    """Whether an entry is by this group, by somebody with a role or mandate but no seat, or by a part of the system."""
    if who == "system:":
        return lambda entry: "system" in entry.by
    if who == "role:":
        return lambda entry: "system" not in entry.by and "seat" not in entry.by
    if not who:
        return lambda entry: True
    seats = {
        str(id)
        for id in Seat.objects.filter(group__partnership=actor.partnership, group__key=who).values_list("id", flat=True)
    }
    return lambda entry: entry.by.get("seat") in seats
