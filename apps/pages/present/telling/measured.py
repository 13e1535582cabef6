"""Pulses; needs from above, what practice noticed, and how the two hang together."""

from collections.abc import Mapping

from apps.measurement.domain.alignment import RELATIONS
from apps.pages.present.names import Names
from apps.pages.present.telling.words import Teller, day_of, on
from apps.pages.present.words import number_of
from apps.record.domain.entry import Entry


def _closed(entry: Entry, names: Names) -> str:
    count = number_of(entry.data["answers"], "answer")
    shown = "" if entry.data["groups"] else " Too few to be shown."
    return f"Closed the two questions about {on(entry, names)} with {count}.{shown}"


def _aligned(entry: Entry, names: Names) -> str:
    relation = RELATIONS.get(entry.data["relation"], entry.data["relation"])
    return f"Said how {on(entry, names)} hangs together with something from above: {relation}."


TELLERS: Mapping[str, Teller] = {
    "pulse.opened": lambda e, n: f"Asked everybody two questions about {on(e, n)}, until {day_of(e.data['closes'])}.",
    "pulse.answered": lambda e, n: f"Answered the two questions about {on(e, n)}. What was answered is in no entry.",
    "pulse.closed": _closed,
    "need.stated": lambda e, n: f"Stated a need under {on(e, n)}: {n.why(e.data['words'])}",
    "need.withdrawn": lambda e, n: f"Took back a need under {on(e, n)}.",
    "alignment.stated": _aligned,
    "practice.noticed": lambda e, n: (
        f"Recorded that practice noticed on {day_of(e.data['observed_on'])} what {on(e, n)} counts: {n.why(e.data['words'])}"
    ),
}
