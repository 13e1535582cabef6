"""Mandates, what is set under them, what becomes of it, and what was tried and refused."""

from collections.abc import Mapping

from apps.pages.present.names import Names
from apps.pages.present.telling.words import Teller, day_of, on, parts_of
from apps.pages.present.words import REASONS, listed, number_of
from apps.record.domain.entry import Entry

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


def _mandate(entry: Entry, names: Names) -> str:
    data = entry.data
    until = f" until {day_of(data['valid_until'])}" if data.get("valid_until") else ""
    valid = f"from {day_of(data['valid_from'])}{until}"
    return (
        f"Recorded mandate {data['code']}: {data['authority']} may decide alone on {parts_of(data['parts'])}, {valid}."
    )


def _code(entry: Entry, names: Names) -> str:
    return names.mandates.get(entry.on.get("mandate", ""), ("", ""))[0]


def _imposed(entry: Entry, names: Names) -> str:
    code = names.mandates.get(entry.on.get("mandate", ""), ("its mandate", ""))[0]
    reason = REASONS.get(entry.data["reason_code"], entry.data["reason_code"])
    return f"Set {parts_of(entry.data['parts'])} of {on(entry, names)} under mandate {code}: {reason}."


def _lapsed(entry: Entry, names: Names) -> str:
    code = _code(entry, names) or "a mandate"
    what = (
        "it ends"
        if entry.data["action"] == "retire"
        else f"{parts_of(entry.data['parts'])} stands as before, or is open"
    )
    return f"What was set on {on(entry, names)} under {code} lapsed, as no review was held in time: {what}."


def _called(entry: Entry, names: Names) -> str:
    code = _code(entry, names) or "a mandate"
    when = "is overdue since" if entry.data["stage"] == "overdue" else "is due on"
    what = f"{parts_of(entry.data['parts'])} of {on(entry, names)}"
    return f"The review of {what}, set under {code}, {when} {day_of(entry.data['due'])}."


def _given(entry: Entry, names: Names) -> str:
    groups = [f"{names.group(key)} {count}" for key, count in entry.data["groups"].items()]
    groups += [f"{number_of(entry.data['others'], 'other')}"] if entry.data["others"] else []
    return f"Told everybody: {listed(groups)}."


def _outside(entry: Entry, names: Names) -> str:
    return f"Recorded that {parts_of(entry.data['parts'])} of {on(entry, names)} is in force without a decision here."


def _refused(entry: Entry, names: Names) -> str:
    what = "decide alone" if entry.data["act"] == "imposition.made" else entry.data["act"]
    code = entry.data["code"]
    return f"Tried to {what} and was refused: {REFUSALS.get(code, code)}. Nothing changed."


TELLERS: Mapping[str, Teller] = {
    "mandate.recorded": _mandate,
    "mandate.passed": lambda e, n: f"Passed mandate {_code(e, n)} on to somebody else.",
    "mandate.ended": lambda e, n: f"Ended mandate {_code(e, n)}: its last day is {day_of(e.data['ends'])}.",
    "imposition.made": _imposed,
    "imposition.lapsed": _lapsed,
    "review.called": _called,
    "notice.given": _given,
    "outside.recorded": _outside,
    "act.refused": _refused,
}
