"""The course of a round before its vote, what interrupts it, and votes on paper."""

from collections.abc import Mapping

from apps.pages.present.names import Names
from apps.pages.present.telling.words import Teller, day_of
from apps.pages.present.words import duration, listed, moment, number_of
from apps.record.domain import entry as domain
from apps.record.domain.entry import Entry

BEGUN: Mapping[str, str] = {
    "present": "Began to explain",
    "clarify": "Began to ask questions about",
    "react": "Began to react to",
    "amend": "Began to change",
}


def _round(entry: Entry, names: Names) -> str:
    return f"“{names.rounds.get(entry.on.get('round', ''), '')}”"


def _until(entry: Entry, key: str = "until", word: str = "until") -> str:
    return f", {word} {moment(domain.moment(entry.data[key]))}" if entry.data.get(key) else ""


def _asked(entry: Entry, names: Names) -> str:
    days = entry.data["days"]
    if not days:
        return "Asked no more for papers before a vote."
    return f"Asked for papers at least {number_of(days, 'working day')} before a vote."


COMING: Mapping[str, str] = {
    "comes": "will come to the round",
    "apologies": "sends apologies for the round",
    "unsaid": "has not said whether it comes to the round",
}
TELLERS: Mapping[str, Teller] = {
    "round.announced": lambda e, n: f"Announced the round {_round(e, n)}{_until(e, 'starts_at', 'to begin')}.",
    "phase.begun": lambda e, n: (
        f"{BEGUN.get(e.data['phase'], 'Went on with')} what the round {_round(e, n)} is about{_until(e)}."
    ),
    "round.paused": lambda e, n: (
        f"Paused the round {_round(e, n)}{', as it could not go on by itself' if e.data.get('why') else ''}."
    ),
    "round.resumed": lambda e, n: f"Went on with the round {_round(e, n)}{_until(e)}.",
    "round.extended": lambda e, n: f"Gave the round {_round(e, n)} more time{_until(e)}.",
    "hand.raised": lambda e, n: f"{n.group(e.data['group'])} asked for the floor in the round {_round(e, n)}.",
    "hand.lowered": lambda e, n: f"{n.group(e.data['group'])} took back a raised hand in the round {_round(e, n)}.",
    "floor.given": lambda e, n: (
        f"{'Chose' if e.data['chosen'] else 'Called'} {n.group(e.data['group'])} to speak in the round {_round(e, n)}{_until(e)}."
    ),
    "floor.ended": lambda e, n: (
        f"{n.group(e.data['group'])} spoke for {duration(e.data['seconds'])} in the round {_round(e, n)}."
    ),
    "ready.said": lambda e, n: (
        f"A seat of {n.group(e.data['group'])} is {'' if e.data['ready'] else 'not '}ready to move on "
        f"in the round {_round(e, n)}."
    ),
    "coming.said": lambda e, n: (
        f"A seat of {n.group(e.data['group'])} {COMING[e.data['answer']]} {_round(e, n)}"
        f"{', as the convenor wrote down' if e.data['noted'] else ''}."
    ),
    "papers.sent": lambda e, n: f"Sent out the papers of the round {_round(e, n)} on {day_of(e.data['day'])}.",
    "papers.asked": _asked,
    "interest.declared": lambda e, n: f"{n.group(e.data['group'])} declared an interest in the round {_round(e, n)}.",
    "interest.ruled": lambda e, n: (
        f"Ruled that the seat of {n.group(e.data['group'])} "
        f"{'leaves the vote' if e.data['leaves'] else 'speaks and votes'} in the round {_round(e, n)}."
    ),
    "note.corrected": lambda e, n: f"Corrected the decision note of the round {_round(e, n)}.",
    "reason.recorded": lambda e, n: (
        f"Somebody among {listed(n.group(key) for key in e.data['groups'])} gave a reason for a vote in the round {_round(e, n)}."
    ),
    "paper.entered": lambda e, n: (
        f"Entered a vote of {n.group(e.data['group'])} "
        f"{'by show of hands' if e.data['means'] == 'hands' else 'on paper'}; it waits for a second witness."
    ),
    "paper.discarded": lambda e, n: f"Took back a vote of {n.group(e.data['group'])} entered on paper.",
}
