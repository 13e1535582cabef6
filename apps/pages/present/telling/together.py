"""What groups say and do toward each other beside offers: comments, ranges they could live with, where proposals come from."""

from collections.abc import Mapping

from apps.pages.present.names import Names
from apps.pages.present.telling.words import Teller, day_of, on, parts_of
from apps.pages.present.words import number_of
from apps.record.domain.entry import Entry


def _commented(entry: Entry, names: Names) -> str:
    what = {"comment": "Commented on", "question": "Asked about", "evidence": "Showed evidence on"}
    where = "the proposal on " if "proposal" in entry.on else ""
    return f"{what.get(entry.data['kind'], 'Commented on')} {where}{on(entry, names)}."


def _derived(entry: Entry, names: Names) -> str:
    how = {"counter": "is an alternative to", "merged": "takes in", "split": "is a part of"}
    return f"The proposal on {on(entry, names)} {how.get(entry.data['kind'], 'comes out of')} another one."


def _range(entry: Entry, names: Names) -> str:
    low, high = entry.data.get("low"), entry.data.get("high")
    between = f"{low} to {high}" if low and high else f"{low} or more" if low else f"{high} or less"
    return f"Said that it could live with {between} on {on(entry, names)}."


def _reserved(entry: Entry, names: Names) -> str:
    how = {"dissent": "disagrees with", "objection": "objects to", "stand_aside": "stands aside from"}
    who = names.group(entry.data["group"])
    return (
        f"Recorded that {who} {how.get(entry.data['kind'], 'disagrees with')} what was decided on {on(entry, names)}."
    )


def _review_called(entry: Entry, names: Names) -> str:
    who, parts = names.group(entry.data["group"]), parts_of(entry.data["parts"])
    return f"The disagreement of {who} called a review of {on(entry, names)}: {parts} can be talked about again."


def _packed(entry: Entry, names: Names) -> str:
    count = number_of(len(entry.data["proposals"]), "suggestion")
    return f"Bound {count} together as “{names.why(entry.data['title'])}”: all are adopted, or none."


def _reminded(entry: Entry, names: Names) -> str:
    when = "is overdue since" if entry.data["stage"] == "overdue" else "is due on"
    return f"What {names.group(entry.data['group'])} promised {when} {day_of(entry.data['due'])}."


def _ratified(entry: Entry, names: Names) -> str:
    how = "was ratified by" if entry.data["answer"] == "ratified" else "was not ratified by"
    return f"What was agreed {how} the body of {names.group(entry.data['group'])}."


TELLERS: Mapping[str, Teller] = {
    "comment.made": _commented,
    "comment.taken_back": lambda e, n: f"Took back a comment on {on(e, n)}.",
    "proposal.derived": _derived,
    "range.stated": _range,
    "drafting.declared": lambda e, n: (
        f"{n.group(e.data['group'])} drafts in private before tabling: outside this record."
    ),
    "drafting.tabled": lambda e, n: (
        f"What was tabled on {on(e, n)} had been drafted in private since {day_of(e.data['since'])}."
    ),
    "package.made": _packed,
    "package.dissolved": lambda e, n: "Dissolved a package: each suggestion stands by itself again.",
    "commitment.made": lambda e, n: f"{n.group(e.data['group'])} promised something by {day_of(e.data['due'])}.",
    "commitment.kept": lambda e, n: "What was promised has been brought.",
    "commitment.reminded": _reminded,
    "ratification.asked": lambda e, n: (
        f"Subject to ratification by the body of {n.group(e.data['group'])} by {day_of(e.data['due'])}."
    ),
    "ratification.answered": _ratified,
    "reservation.recorded": _reserved,
    "dissent.review_called": _review_called,
}
