"""Leafing through the record: what a reader chose, a page of it in sentences, and where the earlier ones begin."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from apps.deliberation.selectors import count_visible_entries, visible_entries
from apps.pages.forms.record import FilterForm, Wanted
from apps.pages.present.entries import lines_of
from apps.pages.present.words import capital, number_of
from apps.pages.shown import Line
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import seats_of
from apps.record.domain.entry import Entry
from apps.record.selectors import Which

PAGE = 50
COUNTED = 10_000
"""Further than this hits are not counted."""


@dataclass(frozen=True)
class Leaf:
    """One page of what somebody reads: the form that chooses, the lines, and links to what is newer and older.

    `found` says how many there are, where only some are wanted; `empty` what to do where there are none.
    """

    form: FilterForm
    lines: Sequence[Line]
    narrow: bool
    found: str
    empty: str
    earlier: str
    newest: str


def leaf_of(actor: Actor, form: FilterForm, *, page: int = PAGE, short: Mapping[str, str] | None = None) -> Leaf:
    """What `form` asks for, newest first; `page` is how much is shown while nothing is chosen, `short` gives elements another
    name than usual.
    """
    wanted = form.wanted()
    size = PAGE if wanted.narrow else page
    which = _which(actor, wanted)
    earlier: Which = {**which, "until": wanted.before}
    found = visible_entries(actor, actor.log, words=wanted.words, limit=size + 1, newest=True, **earlier)
    shown = found[-size:]
    told = [entry for entry in shown if not _only_merges(entry)] if form.story and not wanted.narrow else shown
    return Leaf(
        form=form,
        lines=lines_of(actor.partnership, told, short),
        narrow=wanted.narrow,
        found=_counted(actor, wanted, which, found if len(found) <= size else None) if wanted.narrow and found else "",
        empty=_empty(wanted),
        earlier=form.link(shown[0].seq) if len(found) > size else "",
        newest=form.link(None) if wanted.before is not None else "",
    )


def _which(actor: Actor, wanted: Wanted) -> Which:
    which: Which = {"types": wanted.types, "after": wanted.after, "before": wanted.until, "subject": wanted.subject}
    return {**which, "by": _by(actor, wanted.who)} if wanted.who else which


def _by(actor: Actor, who: str) -> Collection[UUID] | Literal["system", "person"]:
    """A part of the system, somebody with a role or mandate but no seat, or the seats of a group."""
    if who == "system:":
        return "system"
    if who == "role:":
        return "person"
    return seats_of(actor.partnership, who)


def _counted(actor: Actor, wanted: Wanted, which: Which, last: Sequence[Entry] | None) -> str:
    """How many entries fit; `last` are those of the page where nothing earlier is left, which may be all there are."""
    if last is not None and wanted.before is None:
        count = len(last)
    else:
        count = count_visible_entries(actor, actor.log, at_most=COUNTED + 1, words=wanted.words, **which)
    if count > COUNTED:
        return f"More than {COUNTED:,} entries"
    return capital(number_of(count, "entry", "entries"))


def _empty(wanted: Wanted) -> str:
    if wanted.before is not None:
        return "Nothing like this is earlier than that."
    return "Nothing fits. Take something away from what you chose." if wanted.narrow else "Nothing is recorded yet."


def _only_merges(entry: Entry) -> bool:
    """Whether an entry says no more than the answers to offers beside it."""
    return entry.type == "proposal.revised" and ("offer" in entry.data or "offers" in entry.data)
