"""The votes of a dossier, counted again from its entries: nothing that the host computed is used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apps.common.errors import Invalid
from apps.consensus import ItemResult, Outcome, Result, Row, Rule, parse_rule, tally
from apps.deliberation.domain.acts import method_of
from apps.deliberation.domain.ballots import canonical_ballot, commitment
from apps.deliberation.domain.secret import multiset_faults, secret_rows
from apps.exchange.domain.reading import Told
from apps.exchange.domain.wording import OTHER_WORDS, without_words
from apps.record.domain.entry import Entry

AGREED = (Outcome.AGREED, Outcome.AGREED_WITH_RESERVATIONS)
NOT_CHOSEN = "not_chosen"
FELL = "fell_with_package"
"""What becomes of an alternative where another is chosen."""
Openings = Mapping[int, tuple[str, bytes]]


@dataclass(frozen=True)
class Counted:
    """One round as the entries tell it: what was asked, who could vote, and the ballot of each of its `seats` that counts; of a
    secret round what is left of them, and nobody's.
    """

    opened: Entry
    closed: Entry
    told: Entry
    rule: Rule
    title: str
    cast: int
    seats: int
    rows: Sequence[Row]

    @property
    def id(self) -> str:
        return self.told.on["round"]

    @property
    def secret(self) -> bool:
        return _is_secret(self.opened)

    def words(self, result: Result) -> str:
        """What counting it again has shown."""
        outcomes = ", ".join(sorted({item.outcome.value.replace("_", " ") for item in result.items}))
        kind, fit = (
            ("secret ballots", "as many votes of each group as seats of it voted, ") if self.secret else ("ballots", "")
        )
        return (
            f"{self.opened.data['title']}: {self.cast} {kind} of {self.seats} seats, each of the group it counts for,"
            f" {fit}counted under the rule '{self.title}' registered before, give the result that was recorded: {outcomes}."
        )


def read_round(told: Told, result: Entry, openings: Openings) -> Counted:
    """Gathers a counted round. Raises `Invalid` with a sentence on what does not fit."""
    closed = told.at(result.because, "round.closed")
    opened = told.at(closed.because, "round.opened")
    if not result.on["round"] == closed.on["round"] == opened.on["round"]:
        raise _wrong("its opening, closing and count are about different rounds")
    registered = _rule_entry(told, opened)
    rule = parse_rule(registered.data["document"])
    if rule.hash != opened.data["rule_hash"]:
        raise _wrong("the rule it was counted under is not the one that was registered before it opened")
    ballots = told.of("ballot.cast", round=result.on["round"])
    if len(ballots) != closed.data["ballots"]:
        raise _wrong(f"{closed.data['ballots']} ballots were cast, but {len(ballots)} are in this file")
    if any(not opened.seq < ballot.seq < closed.seq for ballot in ballots):
        raise _wrong("a ballot was cast before it opened or after it closed")
    for ballot in ballots:
        if not told.sits_in(ballot.by["seat"], ballot.data["group"], ballot.seq):
            raise _wrong(f"the ballot of entry {ballot.seq} counts for a group whose seat its own is not")
    versions = {each["item"]: each.get("version", each["item"]) for each in opened.data["items"]}
    for ballot in ballots:
        if versions.get(ballot.data["item"]) != ballot.data["version"]:
            raise _wrong(f"the ballot of entry {ballot.seq} is on another text than the one voted on")
    secret = _is_secret(opened)
    rows = _left(result, ballots) if secret else [_row(ballot, openings) for ballot in _counting(ballots)]
    seats = len({ballot.by["seat"] for ballot in ballots})
    return Counted(opened, closed, result, rule, registered.data["title"], len(ballots), seats, rows)


def recount(told: Told, counted: Counted) -> Result:
    """The tally, computed here."""
    items = [item["item"] for item in counted.opened.data["items"]]
    names = told.group_names(counted.told.seq)
    opened = counted.opened.data
    return tally(counted.rule, counted.rows, opened["entitled"], items=items, names=names, out=opened.get("out", {}))


def round_faults(told: Told, counted: Counted, result: Result) -> Iterator[str]:
    """Where what was recorded is not what counting gives."""
    data = counted.told.data
    if result.rule_hash != data["rule_hash"] or result.ballots_sha256 != data["ballots_sha256"]:
        yield "it was counted from other ballots or under another rule than those recorded"
    counted_again = [item.to_json() for item in result.items]
    if without_words(counted_again) != without_words(data["items"]):
        yield "counting the ballots again gives another result than the one recorded"
    elif counted_again != data["items"]:
        yield OTHER_WORDS
    for decision in told.of("decision.made", round=counted.id):
        yield from _decision_faults(told, counted, result, decision)


def _decision_faults(told: Told, counted: Counted, result: Result, decision: Entry) -> Iterator[str]:
    data = decision.data
    item, name = _asked(counted, data["proposal"], data["version"])
    if item is None:
        yield f"entry {decision.seq} decides something that was not voted on"
        return
    found = result.item(item)
    agreed = found.outcome in AGREED
    adopted = agreed and (not name or name in _winners(found))
    outcome = NOT_CHOSEN if agreed and not adopted else found.outcome.value
    if adopted and data["outcome"] == FELL and not data["adopted"]:
        return  # agreed by itself, but bound to something that was not
    if data["outcome"] != outcome or data["adopted"] != adopted:
        yield f"entry {decision.seq} decides '{data['outcome']}', but the votes give '{outcome}'"
    if data["adopted"] and not _act_fits(told, counted, found, decision):
        yield f"entry {decision.seq} names other groups or another method than the votes give"


def _asked(counted: Counted, proposal: str, version: str) -> tuple[str | None, str]:
    """The line of the agenda that asked about this version, and the name it has there among alternatives."""
    for item in counted.opened.data["items"]:
        for option in item.get("alternatives", [item]):
            if (option.get("proposal"), option.get("version")) == (proposal, version):
                return item["item"], option.get("name", "")
    return None, ""


def _winners(found: ItemResult) -> list[str]:
    winners = found.details.get("winners")
    return [str(name) for name in winners] if isinstance(winners, list) else []


def _act_fits(told: Told, counted: Counted, found: ItemResult, decision: Entry) -> bool:
    """Whether the act that the verdict rests on says of this round what the votes say."""
    act = decision.data["act"]
    kinds = {entry.data["key"]: entry.data["kind"] for entry in told.of("group.added") if entry.seq < decision.seq}
    concurring = [key for key in found.concurring if kinds.get(key, "observer") != "observer"]
    return bool(act["concurring"] == concurring and act["method"] == method_of(counted.rule, found))


def _rule_entry(told: Told, opened: Entry) -> Entry:
    for entry in told.of("rule.registered"):
        if entry.data["rule_hash"] == opened.data["rule_hash"] and entry.seq < opened.seq:
            return entry
    raise _wrong("the rule it opened under was not registered before")


def _is_secret(opened: Entry) -> bool:
    return bool(opened.data["secrecy"] == "secret")


def _counting(ballots: Sequence[Entry]) -> list[Entry]:
    """The newest ballot of each seat on each item."""
    newest = {(ballot.data["item"], ballot.by["seat"]): ballot for ballot in ballots}
    return sorted(newest.values(), key=lambda ballot: ballot.seq)


def _left(result: Entry, ballots: Sequence[Entry]) -> list[Row]:
    """What is left of secret ballots, held against the entries that say who has voted."""
    lines = result.data.get("multiset")
    faults = list(multiset_faults(lines, result.data.get("multiset_sha256"), ballots))
    if faults:
        raise _wrong("; ".join(faults))
    return secret_rows(lines)


def _row(ballot: Entry, openings: Openings) -> Row:
    item, seat, data = ballot.data["item"], ballot.by["seat"], ballot.data
    if "choice" in data:
        return Row(item, data["group"], seat, data["choice"])
    if ballot.seq not in openings:
        raise _wrong(f"the private ballot of entry {ballot.seq} has not been opened")
    choice, salt = openings[ballot.seq]
    raw = canonical_ballot(round=ballot.on["round"], item=item, seat=seat, version=data["version"], choice=choice)
    if commitment(salt, raw) != data["commitment"]:
        raise _wrong(f"the private ballot of entry {ballot.seq} was opened with another choice than the one cast")
    return Row(item, data["group"], seat, choice)


def _wrong(why: str) -> Invalid:
    return Invalid("dossier.round", why)
