"""Challenges, the panels that answer them, and what they find."""

from collections.abc import Mapping

from apps.pages.present.names import Names
from apps.pages.present.telling.words import Teller, on
from apps.pages.present.words import listed
from apps.provenance.domain.panels import ANSWERS
from apps.record.domain.entry import Entry

SUBJECTS: Mapping[str, str] = {"verdict": "how it was decided", "fact": "a recorded fact"}


def _made(entry: Entry, names: Names) -> str:
    data = entry.data
    return (
        f"Contested {SUBJECTS.get(data['subject'], data['subject'])} about {on(entry, names)}: entry {data['about']}."
    )


def _drawn(entry: Entry, names: Names) -> str:
    groups = listed(names.group(key) for key in entry.data["groups"])
    return f"A panel was drawn by lot to answer it: {groups}."


def _changed(entry: Entry, names: Names) -> str:
    group = entry.data.get("group")
    return f"Stepped aside from the panel; {names.group(group)} follows." if group else "Stepped aside from the panel."


def _opinion(entry: Entry, names: Names) -> str:
    label = entry.data.get("label")
    words = f" It would say: {', '.join(label)}." if label else ""
    return f"Of the panel: {ANSWERS.get(entry.data['answer'], entry.data['answer']).lower()}.{words}"


def _answered(entry: Entry, names: Names) -> str:
    label = entry.data.get("label")
    beside = f" Beside the computed words it puts: {', '.join(label)}." if label else ""
    found = ANSWERS.get(entry.data["answer"], entry.data["answer"]).lower()
    return f"The panel found about {on(entry, names)}: {found}.{beside}"


TELLERS: Mapping[str, Teller] = {
    "challenge.made": _made,
    "panel.drawn": _drawn,
    "panel.changed": _changed,
    "opinion.given": _opinion,
    "challenge.answered": _answered,
    "challenge.withdrawn": lambda e, n: f"Took back a challenge about {on(e, n)}.",
}
