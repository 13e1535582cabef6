"""Entries of the record as sentences: one line of words per type."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.urls import reverse

from apps.consensus.sentences import behind
from apps.deliberation.models import Means
from apps.frameworks.domain.fields import fields_of
from apps.pages.present.names import Names, names_for
from apps.pages.present.telling import alone, contested, keeping, measured, protected, rounds, together
from apps.pages.present.telling.words import Teller, day_of, on, parts_of
from apps.pages.present.words import KINDS, OUTCOMES, listed, moment, number_of
from apps.pages.shown import Line
from apps.partnerships.models import Partnership
from apps.record.domain import entry as domain
from apps.record.domain.entry import Entry

ACTIONS: Mapping[str, str] = {"add": "add", "change": "change", "confirm": "confirm", "retire": "retire"}
ANSWERS: Mapping[str, str] = {
    "accepted": "Took a change offered",
    "modified": "Took, in another form, a change offered",
    "declined": "Did not take a change offered",
}
IMPORTS: Mapping[str, str] = {
    "drafts": "as suggestions",
    "copy": "of another framework, as suggestions",
    "inherited": "as in force already",
}
GATES: Mapping[str, str] = {"propose": "proposals", "offer": "offers of change", "object": "objections"}


def lines_of(partnership: Partnership, entries: Sequence[Entry], short: Mapping[str, str] | None = None) -> list[Line]:
    """Entries as lines of a story, newest first. `short` gives elements another name than usual, on their own page."""
    names = names_for(partnership, entries)
    names = replace(names, elements={**names.elements, **(short or {})})
    return [line_of(partnership, entry, names) for entry in sorted(entries, key=lambda entry: -entry.seq)]


def line_of(partnership: Partnership, entry: Entry, names: Names) -> Line:
    """One entry as a line: when, who by group or role, what, and why."""
    return Line(
        at=moment(domain.moment(entry.at)),
        act=sentence(entry, names),
        who=_who(entry, names),
        why=names.why(
            entry.data.get("reason")
            or entry.data.get("rationale")
            or entry.data.get("evidence")
            or entry.data.get("words")
        ),
        url=reverse("entry", args=[partnership.id, entry.seq]),
        number=entry.seq,
    )


def sentence(entry: Entry, names: Names) -> str:
    """What an entry says happened. A type without words of its own is named as it is."""
    return (
        TELLERS[entry.type](entry, names)
        if entry.type in TELLERS
        else f"{entry.type.replace('.', ' ').replace('_', ' ').capitalize()}."
    )


def _who(entry: Entry, names: Names) -> str:
    if entry.type == "imposition.made":
        return names.mandates.get(entry.on.get("mandate", ""), ("", names.who(entry.by)))[1]
    return names.who(entry.by)


def _kind(entry: Entry, names: Names) -> str:
    return KINDS.get(names.kinds.get(entry.on.get("element", ""), ""), "text")


def _fields(entry: Entry) -> str:
    labels = {field.key: field.label for field in fields_of(entry.data["kind"])}
    return listed(labels.get(key, key).lower() for key in entry.data["changed"])


def _group_added(entry: Entry, names: Names) -> str:
    return f"Added the group {entry.data['name']} with {number_of(len(entry.data['seats']), 'seat')}."


def _seat_assigned(entry: Entry, names: Names) -> str:
    how = "was taken by invitation" if entry.data["how"] == "invited" else "was given to somebody"
    return f"Seat {entry.data['label']} of {names.group(entry.data['group'])} {how}."


def _gates(entry: Entry, names: Names) -> str:
    opened = [GATES.get(gate, gate) for gate in entry.data["open"]]
    return (
        f"Opened {listed(opened)}; everything else is shut."
        if opened
        else "Shut proposals, offers of change and objections."
    )


def _sealed(entry: Entry, names: Names) -> str:
    places = number_of(len(entry.data["slots"]), "open place")
    return f"Sealed the founding plan with {number_of(len(entry.data['elements']), 'text')} and {places}."


def _changed(entry: Entry, names: Names) -> str:
    data = entry.data
    name = f"{data['code']} {data['fields'].get('title', '')}".strip()
    if data["action"] == "retire":
        return f"{name} is retired."
    return f"{name} stands in version {data['number']}, in force from {day_of(data['effective'])}: {_fields(entry)}."


def _submitted(entry: Entry, names: Names) -> str:
    data = entry.data
    kind, title = KINDS.get(data["kind"], data["kind"]), names.title(data)
    name = f"{data['code']} {title}".strip() if data["action"] == "add" else on(entry, names)
    return f"Proposed to {ACTIONS.get(data['action'], data['action'])} the {kind} {name}."


def _revised(entry: Entry, names: Names) -> str:
    count = len(entry.data.get("offers", ())) or int("offer" in entry.data)
    because = f" with {count} changes taken from offers" if count > 1 else " with a change taken from an offer" * count
    return f"Made version {entry.data['number']} of the proposal on {on(entry, names)}{because}."


def _offered(entry: Entry, names: Names) -> str:
    what = "Made a counter-offer on" if "counters" in entry.data else "Offered a change to"
    again = "a new version of a change" if "replaces" in entry.data else ""
    lead = f"Offered {again} to" if again else what
    return f"{lead} the proposal on {on(entry, names)}: {parts_of(entry.data['parts'])}."


def _offered_by(entry: Entry, names: Names) -> str:
    by = names.offers.get(entry.data["offer"], "")
    return f" by {by}" if by else ""


def _answered(entry: Entry, names: Names) -> str:
    what = ANSWERS.get(entry.data["answer"], entry.data["answer"])
    return f"{what}{_offered_by(entry, names)} to the proposal on {on(entry, names)}."


def _counter_answered(entry: Entry, names: Names) -> str:
    what = "Said yes to" if entry.data["answer"] == "accepted" else "Said no to"
    return f"{what} a counter-offer{_offered_by(entry, names)} to the proposal on {on(entry, names)}."


def _window(entry: Entry, names: Names) -> str:
    until, each = entry.data.get("offers_until"), entry.data.get("offers_each")
    cap = f", {number_of(each, 'change')} for each group" if each else ""
    what = f"can be offered until {day_of(until)}{cap}" if until else "cannot be offered any more"
    return f"Changes to the proposal on {on(entry, names)} {what}."


def _opened(entry: Entry, names: Names) -> str:
    items = number_of(len(entry.data["items"]), "question")
    poll = "poll, which decides nothing," if entry.data["advisory"] else "round"
    return f"Opened the {poll} “{entry.data['title']}” with {items}."


def _cast(entry: Entry, names: Names) -> str:
    title = names.rounds.get(entry.on.get("round", ""), "a round")
    choice = entry.data.get("choice")
    how = f" {Means(entry.data['means']).label}, entered by two witnesses" if entry.data.get("means") else ""
    if choice:
        return f"Voted in “{title}”{how}: {choice}."
    return f"Voted in “{title}”{how}. What was chosen is not in this entry."


def _decided(entry: Entry, names: Names) -> str:
    words = OUTCOMES.get(entry.data["outcome"], ("", entry.data["outcome"]))[1]
    return f"{words}: {on(entry, names)}. {behind(words, entry.data['reason'])}".strip()


def _imported(entry: Entry, names: Names) -> str:
    data = entry.data
    way = IMPORTS.get(data["way"], data["way"])
    counts = f"{data['added']} new, {data['changed']} changed, {data['same']} there already, {data['skipped']} skipped"
    return f"Brought in a table {way}: {counts}."


def _verdict(entry: Entry, names: Names) -> str:
    return f"How {on(entry, names)} was decided: {entry.data['headline']}"


TELLERS: Mapping[str, Teller] = {
    **alone.TELLERS,
    **protected.TELLERS,
    **contested.TELLERS,
    **rounds.TELLERS,
    **keeping.TELLERS,
    **together.TELLERS,
    **measured.TELLERS,
    "partnership.founded": lambda e, n: f"Founded the partnership {e.data['name']}.",
    "group.added": _group_added,
    "seat.assigned": _seat_assigned,
    "seat.vacated": lambda e, n: f"Seat {e.data['label']} of {n.group(e.data['group'])} was given up.",
    "role.given": lambda e, n: f"Somebody became {e.data['role']}.",
    "role.taken": lambda e, n: f"Somebody is no longer {e.data['role']}.",
    "invitation.made": lambda e, n: (
        f"Invited {number_of(e.data['uses'], 'person', 'people')} to {n.group(e.data['group'])}, until {day_of(e.data['ends'])}."
    ),
    "member_token.made": lambda e, n: (
        f"Let a program act for somebody until {day_of(e.data['ends'])} (demonstrations only)."
    ),
    "story.moved": lambda e, n: f"Moved the story to {day_of(e.data['day'])} (demonstrations only).",
    "framework.created": lambda e, n: f"Began the framework {e.data['title']}.",
    "gates.set": _gates,
    "plan.sealed": _sealed,
    "element.changed": _changed,
    "edition.published": lambda e, n: (
        f"Published edition {e.data['number']}"
        + (f", which counts from {day_of(e.data['effective_from'])}." if e.data.get("effective_from") else ".")
    ),
    "template.offered": lambda e, n: (
        "Offered this framework as a template for others."
        if e.data["offered"]
        else "This framework is no longer a template."
    ),
    "levels.named": lambda e, n: f"Named the levels of desired outcomes: {listed(e.data['levels']) or 'none'}.",
    "proposal.submitted": _submitted,
    "proposal.revised": _revised,
    "proposal.withdrawn": lambda e, n: f"Withdrew the proposal on {on(e, n)}.",
    "amendment.offered": _offered,
    "amendment.answered": _answered,
    "amendment.withdrawn": lambda e, n: f"Took back a change offered to the proposal on {on(e, n)}.",
    "amendment.joined": lambda e, n: f"Joined a change offered{_offered_by(e, n)} to the proposal on {on(e, n)}.",
    "amendment.counter_answered": _counter_answered,
    "amendment.window_set": _window,
    "objection.recorded": lambda e, n: f"Objected to the proposal on {on(e, n)}.",
    "objection.withdrawn": lambda e, n: f"Took back an objection to the proposal on {on(e, n)}.",
    "rule.registered": lambda e, n: f"Registered the decision rule “{e.data['title']}”.",
    "round.drafted": lambda e, n: f"Prepared the round “{e.data['title']}”.",
    "round.opened": _opened,
    "ballot.cast": _cast,
    "round.closed": lambda e, n: (
        f"Closed the round “{n.rounds.get(e.on.get('round', ''), '')}” with {number_of(e.data['ballots'], 'vote')} sent."
    ),
    "round.tallied": lambda e, n: f"Counted the round “{n.rounds.get(e.on.get('round', ''), '')}”.",
    "decision.made": _decided,
    "inheritance.recorded": lambda e, n: (
        f"{e.data['code']} {e.data['patch'].get('title', '')} was in force already; it entered as it stands."
    ),
    "framework.imported": _imported,
    "verdict.recorded": _verdict,
    "scoring_rule.adopted": lambda e, n: (
        f"From here on version {e.data['rule']} of the scoring rule works out who decided; verdicts that stand keep theirs."
    ),
    "key.rotated": lambda e, n: "Changed the key that signs this record.",
    "key.retired": lambda e, n: "The key that signed this record before signs no more.",
}
