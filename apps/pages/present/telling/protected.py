"""What became of people's words, who took files away, and who signed in to administer."""

from collections.abc import Mapping

from apps.pages.present.names import Names
from apps.pages.present.telling.words import Teller, day_of
from apps.pages.present.words import number_of
from apps.protection.domain.grounds import ERASURE, EXEMPTION, REFUSAL
from apps.record.domain.entry import Entry
from apps.record.domain.kinds import kind_of

WHO: Mapping[str, str] = {"convenor": "the convenor", "dpo": "the data protection officer", "host": "the host"}
FILES: Mapping[str, str] = {
    "record": "the record",
    "decisions": "the list of decisions",
    "framework": "the framework",
    "elements": "what is in force, as a table,",
    "mandates": "the list of mandates",
    "challenges": "the list of challenges",
    "pulses": "what people said after decisions",
    "direction": "the list of needs from above and evidence from practice",
    "foi": "an answer to a freedom-of-information request",
}


def _words(entry: Entry, names: Names) -> str:
    count = number_of(len(entry.data.get("texts", [1])), "text")
    return f"Removed the words of {count}: {_ground(entry)}."


def _ground(entry: Entry) -> str:
    ground = ERASURE.get(entry.data["ground"])
    return f"{ground.words} ({ground.article})" if ground else entry.data["ground"]


def _person(entry: Entry, names: Names) -> str:
    kept = sum(entry.data["kept"].values())
    stays = f"; {number_of(kept, 'text')} stay, as adopted wordings or acts of office" if kept else ""
    return f"Erased somebody who asked for it: {_ground(entry)}. {number_of(entry.data['texts'], 'text')} went{stays}."


def _refused(entry: Entry, names: Names) -> str:
    ground = REFUSAL[entry.data["ground"]]
    return f"Refused to erase somebody: {ground.words} ({ground.article})."


def _retention(entry: Entry, names: Names) -> str:
    years = entry.data.get("years")
    kept = f"for {number_of(years, 'year')}" if years else "as long as the record"
    return f"{kind_of(entry.data['kind']).title} are kept {kept}."


def _taken(entry: Entry, names: Names) -> str:
    data = entry.data
    what, lines = FILES.get(data["what"]) or f"the {data['what']}", number_of(data["entries"], "line")
    return f"Took {what} away as a file ({data['format'].upper()}, {lines})."


TELLERS: Mapping[str, Teller] = {
    "text.erased": _words,
    "person.erased": _person,
    "erasure.requested": lambda e, n: f"Somebody asked to be forgotten; to be answered by {day_of(e.data['due'])}.",
    "erasure.refused": _refused,
    "retention.set": _retention,
    "exemption.marked": lambda e, n: (
        f"Marked words as exempt from freedom of information: {EXEMPTION[e.data['ground']].words} "
        f"({EXEMPTION[e.data['ground']].article})."
    ),
    "exemption.lifted": lambda e, n: "Words are no longer exempt from freedom of information.",
    "export.made": _taken,
    "audit.exported": _taken,
    "witness.added": lambda e, n: f"{e.data['name']} signs checkpoints of this record too.",
    "witness.removed": lambda e, n: f"{e.data['name']} is not asked to sign checkpoints any more.",
    "history.disputed": lambda e, n: (
        f"{e.data['seen_by']} has seen another history of this record at {e.data['size']} entries."
    ),
    "administrator.signed_in": lambda e, n: f"Signed in as {WHO[e.data['role']]}.",
}
