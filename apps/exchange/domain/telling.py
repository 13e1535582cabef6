"""Entries as sentences for a story told outside the platform. A type without words of its own is named as it is."""

from collections.abc import Callable, Mapping
from typing import Any

from apps.consensus.sentences import behind
from apps.exchange.domain.reading import Told, text_refs
from apps.record.domain.entry import Entry

Data = Mapping[str, Any]
OUTCOMES = {
    "agreed": "Agreed",
    "agreed_with_reservations": "Agreed with reservations",
    "not_agreed": "Not agreed",
    "undecided": "Undecided",
    "blocked": "Blocked",
    "inquorate": "Too few took part",
}


class Teller:
    """Tells the entries of one dossier, with the names its entries give to groups, mandates and rounds."""

    def __init__(self, told: Told, words: Mapping[str, str]) -> None:
        """`words` gives the body of each text that can still be read, by id."""
        self.words = words
        self.groups: dict[str, str] = {entry.data["key"]: entry.data["name"] for entry in told.of("group.added")}
        self.seats: dict[str, str] = {e.on["seat"]: self.group(e.data["group"]) for e in told.of("seat.assigned")}
        self.mandates: dict[str, str] = {
            e.on["mandate"]: e.data["code"] for e in told.of("mandate.recorded") if "mandate" in e.on
        }
        self.rounds: dict[str, str] = {
            e.on["round"]: e.data["title"] for e in told.of("round.drafted", "round.opened") if "round" in e.on
        }

    def who(self, entry: Entry) -> str:
        """Who acted, by group; a part of the system by its name."""
        if "seat" in entry.by:
            return self.seats.get(entry.by["seat"], "a seat")
        return entry.by.get("system", "convenor" if "person" in entry.by else "")

    def what(self, entry: Entry) -> str:
        """What happened, in one sentence."""
        tell = _SENTENCES.get(entry.type)
        if tell is None:
            return f"{entry.type.replace('.', ' ').replace('_', ' ').capitalize()}."
        return tell(self, entry, entry.data)

    def why(self, entry: Entry) -> list[str]:
        """The words that belong to it, as far as they can still be read."""
        refs = [ref["text"] for ref in text_refs(entry.data)]
        return [self.words.get(ref, "(These words have been removed.)") for ref in refs]

    def mandate(self, entry: Entry) -> str:
        return self.mandates.get(entry.on.get("mandate", ""), "a mandate")

    def round(self, entry: Entry) -> str:
        return self.rounds.get(entry.on.get("round", ""), "a round")

    def group(self, key: object) -> str:
        return self.groups.get(str(key), str(key))


def _submitted(teller: Teller, entry: Entry, data: Data) -> str:
    sponsors = ", ".join(teller.group(key) for key in data["sponsors"]) or "the convenor"
    return f"Proposed to {data['action']} the {data['kind']} {data['code']}, by {sponsors}."


def _changed(teller: Teller, entry: Entry, data: Data) -> str:
    title = data["fields"].get("title", "")
    return (
        f"{data['code']} {title} stands in version {data['number']}, in force from {data['effective']};"
        f" set: {_listed(data['changed'])}."
    )


def _opened(teller: Teller, entry: Entry, data: Data) -> str:
    kind = "poll, which decides nothing," if data["advisory"] else "round"
    return f"Opened the {kind} “{data['title']}” on {len(data['items'])} questions, secrecy: {data['secrecy']}."


def _cast(teller: Teller, entry: Entry, data: Data) -> str:
    chosen = f": {data['choice']}" if "choice" in data else "; what was chosen is not in this entry"
    return f"{teller.group(data['group'])} voted in “{teller.round(entry)}”{chosen}."


def _decided(teller: Teller, entry: Entry, data: Data) -> str:
    outcome = OUTCOMES.get(data["outcome"], str(data["outcome"]))
    return f"{outcome}. {behind(outcome, data['reason'])}"


def _imposed(teller: Teller, entry: Entry, data: Data) -> str:
    return f"Set {_listed(data['parts'])} under mandate {teller.mandate(entry)}: {data['reason_code']}."


def _listed(values: object) -> str:
    return ", ".join(str(value).replace("_", " ") for value in values) if isinstance(values, list) else str(values)


_SENTENCES: Mapping[str, Callable[[Teller, Entry, Data], str]] = {
    "partnership.founded": lambda t, e, d: f"Founded the partnership {d['name']}.",
    "group.added": lambda t, e, d: f"Added the group {d['name']} ({d['kind']}) with {len(d['seats'])} seats.",
    "framework.created": lambda t, e, d: f"Began the framework {d['title']}.",
    "plan.sealed": lambda t, e, d: f"Sealed the founding plan with {len(d['elements'])} texts.",
    "mandate.recorded": lambda t, e, d: f"Recorded mandate {d['code']} of {d['authority']}: {d['basis']}.",
    "rule.registered": lambda t, e, d: f"Registered the decision rule “{d['title']}” (SHA-256 {d['rule_hash'][:16]}…).",
    "proposal.submitted": _submitted,
    "proposal.revised": lambda t, e, d: f"Made version {d['number']} of the proposal.",
    "proposal.withdrawn": lambda t, e, d: "Withdrew the proposal.",
    "amendment.offered": lambda t, e, d: f"{t.group(d['group'])} offered a change to {_listed(d['parts'])}.",
    "amendment.answered": lambda t, e, d: f"An offer of change was {d['answer']}.",
    "objection.recorded": lambda t, e, d: f"{t.group(d['group'])} objected.",
    "objection.withdrawn": lambda t, e, d: "An objection was withdrawn.",
    "round.drafted": lambda t, e, d: f"Prepared “{d['title']}”.",
    "round.opened": _opened,
    "floor.ended": lambda t, e, d: f"{t.group(d['group'])} spoke for {d['seconds']} seconds in “{t.round(e)}”.",
    "ballot.cast": _cast,
    "round.closed": lambda t, e, d: f"Closed “{t.round(e)}” with {d['ballots']} ballots.",
    "round.tallied": lambda t, e, d: f"Counted “{t.round(e)}”.",
    "reason.recorded": lambda t, e, d: (
        f"Somebody among {_listed([t.group(key) for key in d['groups']])} gave a reason for a vote."
    ),
    "decision.made": _decided,
    "imposition.made": _imposed,
    "outside.recorded": lambda t, e, d: f"Recorded that {_listed(d['parts'])} is in force without a decision here.",
    "element.changed": _changed,
    "scoring_rule.adopted": lambda t, e, d: f"Version {d['rule']} of the scoring rule was adopted.",
    "verdict.recorded": lambda t, e, d: f"Where it stands: {' and '.join(d['label'])}. {d['headline']}",
    "edition.published": lambda t, e, d: f"Published edition {d['number']}.",
    "act.refused": lambda t, e, d: f"An attempt was refused ({d['act']}): {d['code']}.",
    "text.erased": lambda t, e, d: f"Words were removed: {d['ground']}.",
    "key.rotated": lambda t, e, d: "The key that signs the record began to be replaced.",
    "key.retired": lambda t, e, d: "The key that signed the record before signs no more.",
    "inheritance.recorded": lambda t, e, d: f"{d['code']} is in force from before, since {d['effective']}.",
}
