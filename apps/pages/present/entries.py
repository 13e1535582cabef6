"""Entries of the record as sentences: one line of words per type."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from apps.frameworks.domain.fields import PARTS, fields_of
from apps.pages.present.names import Names, names_for
from apps.pages.present.words import KINDS, OUTCOMES, REASONS, day, listed, moment, number_of
from apps.pages.shown import Line
from apps.partnerships.models import Partnership
from apps.record.domain import entry as domain
from apps.record.domain.entry import Entry

Teller = Callable[[Entry, Names], str]
ACTIONS: Mapping[str, str] = {"add": "add", "change": "change", "confirm": "confirm", "retire": "retire"}
ANSWERS: Mapping[str, str] = {
    "accepted": "Took a change offered",
    "modified": "Took, in another form, a change offered",
    "declined": "Did not take a change offered",
}
REFUSALS: Mapping[str, str] = {
    "mandate.scope": "beyond what the mandate reaches",
    "mandate.element": "the mandate does not reach this measure",
    "mandate.not_valid": "the mandate was not valid on that day",
    "mandate.not_holder": "somebody else holds the mandate",
    "imposition.same": "it stood already",
    "imposition.backdated": "nothing takes effect before it is decided",
    "element.retired": "the measure has been retired",
    "proposal.not_tabled": "the text was no longer on the table",
    "imposition.empty": "nothing would have been set",
    "imposition.reason": "no reason was given",
    "element.fields": "the values made no sense",
    "text.required": "no reason was given",
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
        why=names.why(entry.data.get("reason") or entry.data.get("rationale") or entry.data.get("evidence")),
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


def _on(entry: Entry, names: Names) -> str:
    return names.element(entry.on.get("element"))


def _kind(entry: Entry, names: Names) -> str:
    return KINDS.get(names.kinds.get(entry.on.get("element", ""), ""), "text")


def _parts(parts: object) -> str:
    return listed(PARTS.get(str(part), str(part)) for part in parts) if isinstance(parts, list) else ""


def _day(text: object) -> str:
    return day(date.fromisoformat(str(text)[:10])) if text else ""


def _fields(entry: Entry) -> str:
    labels = {field.key: field.label for field in fields_of(entry.data["kind"])}
    return listed(labels.get(key, key).lower() for key in entry.data["changed"])


def _group_added(entry: Entry, names: Names) -> str:
    return f"Added the group {entry.data['name']} with {number_of(len(entry.data['seats']), 'seat')}."


def _seat_assigned(entry: Entry, names: Names) -> str:
    how = "was taken by invitation" if entry.data["how"] == "invited" else "was given to somebody"
    return f"Seat {entry.data['label']} of {names.group(entry.data['group'])} {how}."


def _mandate(entry: Entry, names: Names) -> str:
    data = entry.data
    until = f" until {_day(data['valid_until'])}" if data.get("valid_until") else ""
    valid = f"from {_day(data['valid_from'])}{until}"
    return f"Recorded mandate {data['code']}: {data['authority']} may decide alone on {_parts(data['parts'])}, {valid}."


def _code(entry: Entry, names: Names) -> str:
    return names.mandates.get(entry.on.get("mandate", ""), ("", ""))[0]


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
    return f"{name} stands in version {data['number']}, in force from {_day(data['effective'])}: {_fields(entry)}."


def _submitted(entry: Entry, names: Names) -> str:
    data = entry.data
    kind, title = KINDS.get(data["kind"], data["kind"]), names.title(data)
    name = f"{data['code']} {title}".strip() if data["action"] == "add" else _on(entry, names)
    return f"Proposed to {ACTIONS.get(data['action'], data['action'])} the {kind} {name}."


def _revised(entry: Entry, names: Names) -> str:
    count = len(entry.data.get("offers", ())) or int("offer" in entry.data)
    because = f" with {count} changes taken from offers" if count > 1 else " with a change taken from an offer" * count
    return f"Made version {entry.data['number']} of the proposal on {_on(entry, names)}{because}."


def _offered(entry: Entry, names: Names) -> str:
    what = "Made a counter-offer on" if "counters" in entry.data else "Offered a change to"
    again = "a new version of a change" if "replaces" in entry.data else ""
    lead = f"Offered {again} to" if again else what
    return f"{lead} the proposal on {_on(entry, names)}: {_parts(entry.data['parts'])}."


def _offered_by(entry: Entry, names: Names) -> str:
    by = names.offers.get(entry.data["offer"], "")
    return f" by {by}" if by else ""


def _answered(entry: Entry, names: Names) -> str:
    what = ANSWERS.get(entry.data["answer"], entry.data["answer"])
    return f"{what}{_offered_by(entry, names)} to the proposal on {_on(entry, names)}."


def _counter_answered(entry: Entry, names: Names) -> str:
    what = "Said yes to" if entry.data["answer"] == "accepted" else "Said no to"
    return f"{what} a counter-offer{_offered_by(entry, names)} to the proposal on {_on(entry, names)}."


def _window(entry: Entry, names: Names) -> str:
    until, each = entry.data.get("offers_until"), entry.data.get("offers_each")
    cap = f", {number_of(each, 'change')} for each group" if each else ""
    what = f"can be offered until {_day(until)}{cap}" if until else "cannot be offered any more"
    return f"Changes to the proposal on {_on(entry, names)} {what}."


def _opened(entry: Entry, names: Names) -> str:
    items = number_of(len(entry.data["items"]), "question")
    poll = "poll, which decides nothing," if entry.data["advisory"] else "round"
    return f"Opened the {poll} “{entry.data['title']}” with {items}."


def _cast(entry: Entry, names: Names) -> str:
    title = names.rounds.get(entry.on.get("round", ""), "a round")
    choice = entry.data.get("choice")
    return f"Voted in “{title}”: {choice}." if choice else f"Voted in “{title}”. What was chosen is not in this entry."


def _decided(entry: Entry, names: Names) -> str:
    words = OUTCOMES.get(entry.data["outcome"], ("", entry.data["outcome"]))[1]
    return f"{words}: {_on(entry, names)}. {entry.data['reason']}".strip()


def _imposed(entry: Entry, names: Names) -> str:
    code = names.mandates.get(entry.on.get("mandate", ""), ("its mandate", ""))[0]
    reason = REASONS.get(entry.data["reason_code"], entry.data["reason_code"])
    return f"Set {_parts(entry.data['parts'])} of {_on(entry, names)} under mandate {code}: {reason}."


def _lapsed(entry: Entry, names: Names) -> str:
    code = _code(entry, names) or "a mandate"
    what = (
        "it ends" if entry.data["action"] == "retire" else f"{_parts(entry.data['parts'])} stands as before, or is open"
    )
    return f"What was set on {_on(entry, names)} under {code} lapsed, as no review was held in time: {what}."


def _called(entry: Entry, names: Names) -> str:
    code = _code(entry, names) or "a mandate"
    when = "is overdue since" if entry.data["stage"] == "overdue" else "is due on"
    what = f"{_parts(entry.data['parts'])} of {_on(entry, names)}"
    return f"The review of {what}, set under {code}, {when} {_day(entry.data['due'])}."


def _given(entry: Entry, names: Names) -> str:
    groups = [f"{names.group(key)} {count}" for key, count in entry.data["groups"].items()]
    groups += [f"{number_of(entry.data['others'], 'other')}"] if entry.data["others"] else []
    return f"Told everybody: {listed(groups)}."


def _outside(entry: Entry, names: Names) -> str:
    return f"Recorded that {_parts(entry.data['parts'])} of {_on(entry, names)} is in force without a decision here."


def _imported(entry: Entry, names: Names) -> str:
    data = entry.data
    way = "as suggestions" if data["way"] == "drafts" else "as in force already"
    counts = f"{data['added']} new, {data['changed']} changed, {data['same']} there already, {data['skipped']} skipped"
    return f"Brought in a table {way}: {counts}."


def _verdict(entry: Entry, names: Names) -> str:
    return f"How {_on(entry, names)} was decided: {entry.data['headline']}"


def _refused(entry: Entry, names: Names) -> str:
    what = "decide alone" if entry.data["act"] == "imposition.made" else entry.data["act"]
    code = entry.data["code"]
    return f"Tried to {what} and was refused: {REFUSALS.get(code, code)}. Nothing changed."


TELLERS: Mapping[str, Teller] = {
    "partnership.founded": lambda e, n: f"Founded the partnership {e.data['name']}.",
    "group.added": _group_added,
    "seat.assigned": _seat_assigned,
    "seat.vacated": lambda e, n: f"Seat {e.data['label']} of {n.group(e.data['group'])} was given up.",
    "role.given": lambda e, n: f"Somebody became {e.data['role']}.",
    "role.taken": lambda e, n: f"Somebody is no longer {e.data['role']}.",
    "invitation.made": lambda e, n: (
        f"Invited {number_of(e.data['uses'], 'person', 'people')} to {n.group(e.data['group'])}, until {_day(e.data['ends'])}."
    ),
    "member_token.made": lambda e, n: (
        f"Let a program act for somebody until {_day(e.data['ends'])} (demonstrations only)."
    ),
    "story.moved": lambda e, n: f"Moved the story to {_day(e.data['day'])} (demonstrations only).",
    "mandate.recorded": _mandate,
    "mandate.passed": lambda e, n: f"Passed mandate {_code(e, n)} on to somebody else.",
    "mandate.ended": lambda e, n: f"Ended mandate {_code(e, n)}: its last day is {_day(e.data['ends'])}.",
    "framework.created": lambda e, n: f"Began the framework {e.data['title']}.",
    "gates.set": _gates,
    "plan.sealed": _sealed,
    "element.changed": _changed,
    "edition.published": lambda e, n: (
        f"Published edition {e.data['number']}"
        + (f", which counts from {_day(e.data['effective_from'])}." if e.data.get("effective_from") else ".")
    ),
    "levels.named": lambda e, n: f"Named the levels of desired outcomes: {listed(e.data['levels']) or 'none'}.",
    "proposal.submitted": _submitted,
    "proposal.revised": _revised,
    "proposal.withdrawn": lambda e, n: f"Withdrew the proposal on {_on(e, n)}.",
    "amendment.offered": _offered,
    "amendment.answered": _answered,
    "amendment.withdrawn": lambda e, n: f"Took back a change offered to the proposal on {_on(e, n)}.",
    "amendment.joined": lambda e, n: f"Joined a change offered{_offered_by(e, n)} to the proposal on {_on(e, n)}.",
    "amendment.counter_answered": _counter_answered,
    "amendment.window_set": _window,
    "objection.recorded": lambda e, n: f"Objected to the proposal on {_on(e, n)}.",
    "objection.withdrawn": lambda e, n: f"Took back an objection to the proposal on {_on(e, n)}.",
    "rule.registered": lambda e, n: f"Registered the decision rule “{e.data['title']}”.",
    "round.drafted": lambda e, n: f"Prepared the round “{e.data['title']}”.",
    "round.opened": _opened,
    "ballot.cast": _cast,
    "round.closed": lambda e, n: (
        f"Closed the round “{n.rounds.get(e.on.get('round', ''), '')}” with {number_of(e.data['ballots'], 'vote')} sent."
    ),
    "round.tallied": lambda e, n: f"Counted the round “{n.rounds.get(e.on.get('round', ''), '')}”.",
    "decision.made": _decided,
    "imposition.made": _imposed,
    "imposition.lapsed": _lapsed,
    "review.called": _called,
    "notice.given": _given,
    "outside.recorded": _outside,
    "inheritance.recorded": lambda e, n: (
        f"{e.data['code']} {e.data['patch'].get('title', '')} was in force already; it entered as it stands."
    ),
    "framework.imported": _imported,
    "verdict.recorded": _verdict,
    "act.refused": _refused,
    "text.erased": lambda e, n: f"Removed words on request: {e.data['ground']}.",
    "key.rotated": lambda e, n: "Changed the key that signs this record.",
}
