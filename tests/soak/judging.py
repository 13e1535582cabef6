"""What must be true after a round under fire, read from the database and held against what the clients were told."""

from collections import Counter
from collections.abc import Iterator, Sequence
from uuid import UUID

from apps.deliberation.models import Ballot, Decision, Round, RoundItem
from apps.record import selectors as record
from apps.record.models import Entry
from tests.soak.voters import Vote, Voter


def faults(round: Round, voters: Sequence[Voter]) -> Iterator[str]:
    """Everything that is not as it must be, as sentences."""
    ballots = list(Ballot.objects.filter(round=round).order_by("seq"))
    for voter in voters:
        mine = [ballot for ballot in ballots if ballot.seat_id == voter.seat]
        yield from _history(voter.history, mine, round.framework.partnership.log_id)
        for item in voter.items:
            yield from _latest(item, voter.history, [ballot for ballot in mine if ballot.item_id == item])
    yield from _outcome(round, ballots)


def _history(history: Sequence[Vote], ballots: Sequence[Ballot], log: UUID) -> Iterator[str]:
    by_key = Counter(ballot.key for ballot in ballots)
    known = {vote.key: vote for vote in history}
    confirmed = [vote.receipt["seq"] for vote in history if vote.receipt is not None]
    if confirmed != sorted(set(confirmed)):
        yield f"receipts out of order: {confirmed}"
    for key, count in by_key.items():
        if key not in known or count > 1:
            yield f"ballot {key} stands {count} times; sent: {key in known}"
    for ballot in ballots:
        sent = known.get(ballot.key)
        if sent is not None and (sent.item, sent.choice) != (ballot.item_id, ballot.choice):
            yield f"ballot {ballot.key} is not what was sent"
    for vote in history:
        if vote.receipt is not None:
            yield from _receipt(vote, [ballot for ballot in ballots if ballot.key == vote.key], log)


def _receipt(vote: Vote, found: Sequence[Ballot], log: UUID) -> Iterator[str]:
    assert vote.receipt is not None
    if [ballot.seq for ballot in found] != [vote.receipt["seq"]]:
        yield f"confirmed ballot {vote.key} is lost: {[ballot.seq for ballot in found]}, receipt {vote.receipt['seq']}"
        return
    leaf = bytes(Entry.objects.values_list("leaf", flat=True).get(log=log, seq=vote.receipt["seq"]))
    if leaf.hex() != vote.receipt["leaf_hash"]:
        yield f"the receipt of {vote.key} names another entry"


def _latest(item: UUID, history: Sequence[Vote], ballots: Sequence[Ballot]) -> Iterator[str]:
    """The ballot that counts is the last confirmed one, or a later one that was never confirmed."""
    confirmed = [vote for vote in history if vote.item == item and vote.receipt is not None]
    if not confirmed:
        return
    unconfirmed = {vote.key for vote in history if vote.receipt is None}
    counts = ballots[-1].key if ballots else None
    if counts != confirmed[-1].key and counts not in unconfirmed:
        yield f"on {item} {counts} counts instead of {confirmed[-1].key}"


def _outcome(round: Round, ballots: Sequence[Ballot]) -> Iterator[str]:
    log = round.framework.partnership.log_id
    told = record.entries(log, types=["round.tallied"], subject=round.id)
    if len(told) != 1:
        yield f"the outcome was recorded {len(told)} times"
    for item in RoundItem.objects.filter(round=round):
        if Decision.objects.filter(item=item).count() != 1:
            yield f"item {item.order} was decided {Decision.objects.filter(item=item).count()} times"
        latest = {ballot.seat_id: ballot for ballot in ballots if ballot.item_id == item.id}
        expected = Counter((ballot.group_key, ballot.choice) for ballot in latest.values())
        groups = (item.result or {}).get("groups", {})
        counted = {
            (key, choice): group["counts"].get(choice, 0)
            for key, group in groups.items()
            for choice in ("for", "against", "abstain")
        }
        if {pair: count for pair, count in counted.items() if count} != dict(expected):
            yield f"item {item.order} was counted as {counted} instead of {expected}"
