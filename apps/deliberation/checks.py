"""Ballots, counts and decisions held against the record: every ballot against its entry, every closed round counted anew."""

from collections.abc import Collection, Iterator
from uuid import UUID

from apps.common.errors import Refusal
from apps.deliberation.checks_around import check_around
from apps.deliberation.domain.ballots import canonical_ballot, commitment
from apps.deliberation.domain.secret import multiset_faults
from apps.deliberation.models import (
    Ballot,
    Decision,
    Round,
    RoundItem,
    RoundKey,
    RoundReason,
    RoundState,
    Secrecy,
    Voice,
)
from apps.deliberation.readers import tally_of
from apps.deliberation.sealed import choices_in
from apps.deliberation.selectors import latest_ballots
from apps.record import selectors as record
from apps.record.domain.entry import Entry
from apps.record.findings import Finding
from apps.record.models import Log


def check(log: Log) -> Iterator[Finding]:
    """What does not agree in one log's rounds and decisions."""
    for round in Round.objects.select_related("rule", "framework__partnership").filter(framework__partnership__log=log):
        for where, what in _check_round(log, round):
            yield Finding(log.name, f"round '{round.title}' ({round.id}), {where}", what)
    for where, what in (*_check_floor(log), *_check_decisions(log), *check_around(log)):
        yield Finding(log.name, where, what)


def _check_round(log: Log, round: Round) -> Iterator[tuple[str, str]]:
    cast = {entry.seq: entry for entry in record.entries(log.id, types=["ballot.cast"], subject=round.id)}
    ballots = list(Ballot.objects.filter(round=round))
    if round.state == RoundState.TALLIED:
        yield from _check_reasons(log, round)
    if round.secrecy == Secrecy.SECRET and round.state == RoundState.TALLIED:
        yield from _check_secret(log, round, cast.values(), ballots)
        yield from _recount(log, round)
        return
    counting = {ballot.id for ballot in latest_ballots(round)}
    for seq in sorted(cast.keys() - {ballot.seq for ballot in ballots}):
        yield f"entry {seq}", "a ballot was recorded, but there is no ballot"
    for ballot in ballots:
        if not _fits(ballot, cast.get(ballot.seq), ballot.id in counting):
            yield f"ballot of entry {ballot.seq}", "it is not the ballot that was recorded"
    if round.state == RoundState.TALLIED:
        yield from _recount(log, round)


def _fits(ballot: Ballot, entry: Entry | None, counting: bool) -> bool:
    if entry is None or entry.by.get("seat") != str(ballot.seat_id):
        return False
    data = entry.data
    if ballot.sealed is not None:
        return _opens(ballot) and not data.keys() & {"choice", "commitment"}
    if (data["item"], data["group"]) != (str(ballot.item_id), ballot.group_key):
        return False
    if "choice" in data:
        return bool(data["choice"] == ballot.choice)
    if ballot.salt is None:
        return not counting  # the salts of ballots that were cast again are deleted at the count
    raw = canonical_ballot(
        round=str(ballot.round_id),
        item=data["item"],
        seat=str(ballot.seat_id),
        version=data["version"],
        choice=ballot.choice,
    )
    return commitment(bytes(ballot.salt), raw) == str(data["commitment"])


def _opens(ballot: Ballot) -> bool:
    """Whether a sealed ballot is the one that was cast from this seat on this item in this entry."""
    try:
        return bool(choices_in([ballot]))
    except Refusal:
        return False


def _check_secret(
    log: Log, round: Round, cast: Collection[Entry], ballots: Collection[Ballot]
) -> Iterator[tuple[str, str]]:
    """Of a secret round that has been counted nothing is left but what was chosen how often, as often as seats have voted."""
    for ballot in ballots:
        yield (
            f"ballot of entry {ballot.seq}",
            "the round was secret and has been counted, but this ballot is still there",
        )
    if RoundKey.objects.filter(round=round).exists():
        yield "key", "the round was secret and has been counted, but its key is still there"
    for told in record.entries(log.id, types=["round.tallied"], subject=round.id):
        for what in multiset_faults(told.data.get("multiset"), told.data.get("multiset_sha256"), cast):
            yield f"entry {told.seq}", what


def _check_reasons(log: Log, round: Round) -> Iterator[tuple[str, str]]:
    """Every reason that was recorded stands with its groups, and none of a counted round with a seat."""
    told = {entry.seq: entry for entry in record.entries(log.id, types=["reason.recorded"], subject=round.id)}
    rows = list(RoundReason.objects.filter(item__round=round))
    for seq in sorted(told.keys() - {row.seq for row in rows}):
        yield f"entry {seq}", "a reason was recorded, but there is no reason"
    for row in rows:
        entry = told.get(row.seq if row.seq is not None else -1)
        said = entry and (entry.data["item"], entry.data["groups"], entry.data["words"]["text"])
        if row.seat_id is not None or said != (str(row.item_id), row.company, str(row.words_id)):
            yield f"reason {row.id}", "it is not a reason that was recorded, or it still has its seat"


def _recount(log: Log, round: Round) -> Iterator[tuple[str, str]]:
    told = record.entries(log.id, types=["round.tallied"], subject=round.id)
    if len(told) != 1:
        yield "count", f"it was counted {len(told)} times"
        return
    try:
        result = tally_of(round)
    except Refusal as refusal:
        yield "count", f"its ballots cannot be counted: {refusal.message}"
        return
    data = told[0].data
    if result.ballots_sha256 != data["ballots_sha256"] or result.rule_hash != data["rule_hash"]:
        yield f"entry {told[0].seq}", "it was counted from other ballots or under another rule"
    recounted = {item.item: item.to_json() for item in result.items}
    if {item["item"]: item for item in data["items"]} != recounted:
        yield f"entry {told[0].seq}", "counting again gives another result"
    for item in RoundItem.objects.filter(round=round):
        expected = recounted.get(str(item.id))
        if item.result != expected or item.outcome != (expected or {}).get("outcome"):
            yield f"item {item.order + 1}", "the result shown is not the one that was counted"


def _check_floor(log: Log) -> Iterator[tuple[str, str]]:
    """Turns, who speaks and who waits, by round and seat: as the entries tell it."""
    had: dict[tuple[str, str], tuple[int, int]] = {}
    speaks: dict[tuple[str, str], int] = {}
    raised = {
        entry.seq: (entry.on["round"], entry.by["seat"]) for entry in record.entries(log.id, types=["hand.raised"])
    }
    for entry in record.entries(log.id, types=["floor.given", "floor.ended"]):
        place = entry.on["round"], entry.on["seat"]
        if entry.type == "floor.given":
            speaks[place] = entry.seq
        else:
            speaks.pop(place, None)
            turns, seconds = had.get(place, (0, 0))
            had[place] = turns + 1, seconds + entry.data["seconds"]
    for voice in Voice.objects.filter(round__framework__partnership__log=log):
        place = str(voice.round_id), str(voice.seat_id)
        told = had.pop(place, (0, 0)), speaks.pop(place, None)
        waits = voice.raised_seq is None or raised.get(voice.raised_seq) == place
        if told != ((voice.turns, voice.seconds), voice.given_seq) or not waits:
            yield f"seat {voice.seat_id} in round {voice.round_id}", "its turns or its hand are not those recorded"
    for round, seat in sorted(had.keys() | speaks.keys()):
        yield f"seat {seat} in round {round}", "it was heard, and nothing shows it"


def _check_decisions(log: Log) -> Iterator[tuple[str, str]]:
    types = ["decision.made", "imposition.made", "imposition.lapsed", "outside.recorded", "inheritance.recorded"]
    entries = {entry.seq: entry for entry in record.entries(log.id, types=types)}
    decisions = {decision.seq: decision for decision in Decision.objects.filter(framework__partnership__log=log)}
    for seq in sorted(entries.keys() ^ decisions.keys()):
        yield f"entry {seq}", "decisions and record do not agree on it"
    for seq in sorted(entries.keys() & decisions.keys()):
        decision, entry = decisions[seq], entries[seq]
        same = (entry.data.get("act"), UUID(entry.on["element"])) == (decision.act, decision.element)
        if not same or entry.data.get("outcome", decision.outcome) != decision.outcome:
            yield f"entry {seq}", "the decision shown is not the one that was recorded"
