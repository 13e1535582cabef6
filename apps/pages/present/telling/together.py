"""What groups say and do toward each other beside offers: comments, ranges they could live with, where proposals come from."""

from collections.abc import Mapping

from apps.pages.present.names import Names
from apps.pages.present.telling.words import Teller, on, parts_of
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


TELLERS: Mapping[str, Teller] = {
    "comment.made": _commented,
    "comment.taken_back": lambda e, n: f"Took back a comment on {on(e, n)}.",
    "proposal.derived": _derived,
    "range.stated": _range,
    "reservation.recorded": _reserved,
    "dissent.review_called": _review_called,
}
