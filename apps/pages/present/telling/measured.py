"""Pulses: that people were asked, that a seat has answered, what was said together."""

from collections.abc import Mapping

from apps.pages.present.names import Names
from apps.pages.present.telling.words import Teller, day_of, on
from apps.pages.present.words import number_of
from apps.record.domain.entry import Entry


def _closed(entry: Entry, names: Names) -> str:
    count = number_of(entry.data["answers"], "answer")
    shown = "" if entry.data["groups"] else " Too few to be shown."
    return f"Closed the two questions about {on(entry, names)} with {count}.{shown}"


TELLERS: Mapping[str, Teller] = {
    "pulse.opened": lambda e, n: f"Asked everybody two questions about {on(e, n)}, until {day_of(e.data['closes'])}.",
    "pulse.answered": lambda e, n: f"Answered the two questions about {on(e, n)}. What was answered is in no entry.",
    "pulse.closed": _closed,
}
