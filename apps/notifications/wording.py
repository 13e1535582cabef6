"""What a notice says: one sentence for its subject, a few lines of facts, and where to go. Facts only, no words of anybody."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models.fields.json import KT
from django.urls import reverse

from apps.common.trips import at_once
from apps.frameworks.domain.fields import PARTS
from apps.frameworks.models import Element
from apps.partnerships.models import Mandate
from apps.proposals.models import Proposal
from apps.record.domain.entry import Entry

NAMED = 2
"""How many parts a subject names; of more it gives the number."""


@dataclass(frozen=True)
class Told:
    """A notice in words: `path` is the page on which to go on."""

    subject: str
    lines: Sequence[str]
    path: str
    action: str


@dataclass(frozen=True)
class Names:
    """Names of elements and mandates by id: fetched at once for all notices of a page."""

    elements: Mapping[str, str]
    mandates: Mapping[str, tuple[str, str, str]]

    def element(self, entry: Entry) -> str:
        return self.elements.get(entry.on.get("element", ""), "a text")

    def mandate(self, entry: Entry) -> tuple[str, str, str]:
        """Sign, authority and basis."""
        return self.mandates.get(entry.on.get("mandate", ""), ("a mandate", "Somebody", ""))


def tell_all(entries: Iterable[Entry]) -> dict[tuple[str, int], Told]:
    """Entries in words, by log and number: one query."""
    found = list(entries)
    names = _names(found)
    return {(entry.log, entry.seq): TELLERS[entry.type](entry, names) for entry in found if entry.type in TELLERS}


def _names(entries: Sequence[Entry]) -> Names:
    elements = {entry.on["element"] for entry in entries if "element" in entry.on}
    mandates = {entry.on["mandate"] for entry in entries if "mandate" in entry.on}
    proposed, standing, held = at_once(
        Proposal.objects.filter(element__in=elements).values("element", "code"),
        Element.objects.filter(id__in=elements).values("id", "code", title=KT("fields__title")),
        Mandate.objects.filter(id__in=mandates).values("id", "code", "authority", "basis"),
    )
    named = {str(one["element"]): one["code"] for one in proposed}
    named |= {str(one["id"]): f"{one['code']} {one['title']}" for one in standing}
    return Names(named, {str(one["id"]): (one["code"], one["authority"], one["basis"]) for one in held})


def _imposed(entry: Entry, names: Names) -> Told:
    code, authority, basis = names.mandate(entry)
    if entry.data["act"].get("statutory"):
        subject = f"Required from outside: {names.element(entry)}"
        lines = [f"Under: {code}, {basis}", "Required by law, not ours to change. It is shown, and counted apart."]
        return Told(subject, lines, _page(entry), "Look at it")
    lines = [
        f"Under: {code}, {basis}",
        f"What: {_parts(entry.data['parts'])}",
        f"In force from: {_day(entry.data['effective'])}",
        *([f"To be reviewed by: {_day(entry.data['review_on'])}"] if "review_on" in entry.data else []),
        "A talk about it is open from today: any group can suggest something else.",
    ]
    path = reverse("talk", args=[_element(entry), entry.seq])
    parts = entry.data["parts"]
    what = _parts(parts) if len(parts) <= NAMED else f"{len(parts)} parts"
    subject = f"{_capital(authority)} has set {what} of {names.element(entry)}"
    return Told(subject, lines, path, "Read why, and answer")


def _lapsed(entry: Entry, names: Names) -> Told:
    code, _, _ = names.mandate(entry)
    ends = entry.data["action"] == "retire"
    what = "It ends." if ends else f"{_capital(_parts(entry.data['parts']))}: stands as before, or is open again."
    subject = f"What was set on {names.element(entry)} under {code} has lapsed"
    return Told(subject, ["No review was held in time.", what], _page(entry), "Look at it")


def _called(entry: Entry, names: Names) -> Told:
    code, _, _ = names.mandate(entry)
    overdue, due = entry.data["stage"] == "overdue", _day(entry.data["due"])
    subject = f"Review {'overdue' if overdue else 'due'}: {names.element(entry)}"
    lines = [
        f"What was set under {code} {'was' if overdue else 'is'} to be reviewed by {due}: {_parts(entry.data['parts'])}.",
        "A round on it is its review. Any group can suggest something else, or propose to confirm it.",
    ]
    return Told(subject, lines, reverse("talk", args=[_element(entry), entry.because or 0]), "Look at it")


def _outside(entry: Entry, names: Names) -> Told:
    subject = f"Recorded as set outside: {_parts(entry.data['parts'])} of {names.element(entry)}"
    lines = ["It is said to be in force without a decision here. Whoever knows better can contest it."]
    return Told(subject, lines, _page(entry), "Look at it")


def _contested(entry: Entry, names: Names) -> Told:
    what = "How it was decided" if entry.data["subject"] == "verdict" else "A recorded fact"
    lines = [
        "Three people of three groups, drawn by lot, answer it. Whose act it is, and the convenor, do not sit with them."
    ]
    return Told(f"{what} is contested: {names.element(entry)}", lines, _challenge(entry), "Read why")


def _answered(entry: Entry, names: Names) -> Told:
    right = entry.data["answer"] == "upheld"
    subject = f"A panel found a challenge {'right' if right else 'not right'}: {names.element(entry)}"
    lines = ["What the panel found stands beside the record, never in its place."]
    return Told(subject, lines, _challenge(entry), "Read what it found")


def _papers(entry: Entry, names: Names) -> Told:
    count = len(entry.data["items"])
    questions = "1 question" if count == 1 else f"{count} questions"
    lines = [
        f"What is voted on: {questions}. Read the texts, say whether you come, declare an interest, or say beforehand what you "
        "object to."
    ]
    path = reverse("agenda", args=[UUID(entry.on["round"])])
    return Told(f"Papers for “{entry.data['title']}”", lines, path, "Read or print them")


TELLERS: Mapping[str, Callable[[Entry, Names], Told]] = {
    "papers.sent": _papers,
    "imposition.made": _imposed,
    "imposition.lapsed": _lapsed,
    "review.called": _called,
    "outside.recorded": _outside,
    "challenge.made": _contested,
    "challenge.answered": _answered,
}
"""Everything that everybody in a partnership is told of."""


def _element(entry: Entry) -> UUID:
    return UUID(entry.on["element"])


def _challenge(entry: Entry) -> str:
    return reverse("challenge", args=[UUID(entry.on["challenge"])])


def _page(entry: Entry) -> str:
    return reverse("element", args=[_element(entry)])


def _parts(parts: Iterable[str]) -> str:
    wanted = set(parts)
    words = [words for part, words in PARTS.items() if part in wanted]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
