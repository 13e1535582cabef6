"""What follows from a round's closing, each step by a reader of the record: count, decide, adopt.

Each function gets one entry and runs inside the transaction that also moves the reader's position.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from apps.common.sql import run
from apps.consensus import Result, Row, parse_rule, tally
from apps.deliberation.deciding import decide_item
from apps.deliberation.domain.lapsing import before
from apps.deliberation.domain.secret import multiset, multiset_sha256
from apps.deliberation.feedback import company_in
from apps.deliberation.models import (
    Coming,
    Decision,
    FieldState,
    RenegotiationTrack,
    Round,
    RoundItem,
    RoundState,
    Secrecy,
    Voice,
)
from apps.deliberation.packages import bound_in, settle_packages
from apps.deliberation.reasons import record_reasons
from apps.deliberation.sealed import forget
from apps.deliberation.selectors import agenda, counting_rows
from apps.deliberation.services.reviews import deeds_on
from apps.deliberation.services.rounds import lock_round
from apps.deliberation.speaking import end_turn_of
from apps.frameworks.services import Change, change_element, lock
from apps.partnerships.selectors import group_names
from apps.proposals.models import Proposal
from apps.proposals.services import return_to_table
from apps.record import selectors as record
from apps.record.act import Act, By, act
from apps.record.domain.entry import Entry

FORGET = """
UPDATE deliberation_ballot AS cast_before SET salt = NULL
WHERE round_id = $1 AND salt IS NOT NULL AND EXISTS (
    SELECT FROM deliberation_ballot AS newer
    WHERE newer.item_id = cast_before.item_id AND newer.seat_id = cast_before.seat_id AND newer.seq > cast_before.seq
)
"""
"""The salts of ballots that were cast again: nobody needs to open them."""
TALLY, DECIDE, ADOPT = By(system="tally"), By(system="decide"), By(system="adopt")
FLOOR = By(system="floor")
OVER = (RoundState.CLOSED, RoundState.TALLIED)
STATES = {"decision": "agreed", "imposition": "imposed", "outside": "imposed", "inherited": "inherited"}


def count_round(entry: Entry) -> None:
    """A round has closed: count the latest ballot of each seat under the registered rule, and record the arithmetic."""
    with act(by=TALLY, log=UUID(entry.log)) as a:
        round = lock_round(UUID(entry.on["round"]))
        if round.state != RoundState.CLOSED:
            return
        rows = counting_rows(round)
        result = tally_of(round, rows)
        data: dict[str, Any] = {
            "items": [item.to_json() for item in result.items],
            "rule_hash": result.rule_hash,
            "ballots_sha256": result.ballots_sha256,
        }
        if round.secrecy == Secrecy.SECRET:
            lines = multiset(rows)
            data |= {"multiset": lines, "multiset_sha256": multiset_sha256(lines)}
        on = {"round": round.id, "framework": round.framework_id}
        counted = a.add("round.tallied", data, on=on, because=entry.seq)
        _keep(round, result, counted.seq)
        record_reasons(a, round, company_in(round, rows), counted.seq)
        if round.secrecy == Secrecy.SECRET:
            a.write()
            forget(round)


def tally_of(round: Round, rows: Sequence[Row] | None = None) -> Result:
    """Recount a round from its ballots, or from what is left of them. Items on which nobody voted are counted too."""
    rule = parse_rule(round.rule.document)
    opened = record.entry(round.framework.partnership.log_id, round.opened_seq or 0).data
    items = [str(id) for id in round.items.values_list("id", flat=True)]
    names = group_names(round.framework.partnership)
    votes, out = counting_rows(round) if rows is None else rows, opened.get("out", {})
    return tally(rule, votes, opened["entitled"], items=items, names=names, out=out)


def decide_round(entry: Entry) -> None:
    """A round has been counted: decide each of its items, or, after a poll, put everything back on the table."""
    with act(by=DECIDE, log=UUID(entry.log)) as a:
        framework = lock(UUID(entry.on["framework"]))
        round = lock_round(UUID(entry.on["round"]))
        result = tally_of(round)
        round.framework = framework
        items = list(agenda(round))
        if round.advisory:
            for proposal in (one for item in items for one in item.proposals):
                return_to_table(proposal)
            return
        _decide_items(a, round, items, result, entry.seq)


def decide_ratified(entry: Entry) -> None:
    """A package has been ratified, or not: decide what has waited for it, in the round in which it was agreed."""
    with act(by=DECIDE, log=UUID(entry.log)) as a:
        framework = lock(UUID(entry.on["framework"]))
        waiting = RoundItem.objects.filter(
            proposal__packages=UUID(entry.on["package"]), proposal__state="in_round", round__state=RoundState.TALLIED
        )
        for id in sorted(set(waiting.values_list("round", flat=True))):
            round = lock_round(id)
            round.framework = framework
            _decide_items(a, round, list(agenda(round)), tally_of(round), entry.seq)


def _decide_items(a: Act, round: Round, items: Sequence[RoundItem], result: Result, because: int) -> None:
    """Decide the lines that are not decided yet. What is bound in packages stands or falls together, or waits."""
    bound = bound_in(items)
    for item in items:
        waits = any(proposal.id in bound.waits for proposal in item.proposals)
        if not waits and not Decision.objects.filter(item=item).exists():
            item.round = round
            decide_item(a, item, result.item(str(item.id)), because, bound.fell)
    settle_packages(bound, items)


def adopt(entry: Entry) -> None:
    """Something has been decided, imposed, set from outside or was in force before: make it the next version of the element."""
    if not entry.data.get("adopted", True):
        return
    with act(by=ADOPT, log=UUID(entry.log)) as a:
        framework = lock(UUID(entry.on["framework"]))
        decision = Decision.objects.select_related("proposal").get(framework=framework, seq=entry.seq)
        if decision.proposal is None or decision.proposal.action != "confirm":
            change_element(a, framework, _change(decision, entry.data))
        _mark_fields(decision)
        _move_tracks(decision, entry.data.get("parts") or (decision.act or {}).get("parts", []))


def leave_floor(entry: Entry) -> None:
    """A seat was given up: in rounds that have not closed its turn ends, its hand comes down, it is not ready any more, and has not
    said whether it comes. What somebody who has taken the seat since did stays."""
    with act(by=FLOOR, log=UUID(entry.log)) as a:
        seat = UUID(entry.on["seat"])
        spoke_in = Voice.objects.filter(seat=seat).exclude(round__state__in=OVER).values_list("round", flat=True)
        rounds = [lock_round(id) for id in sorted(spoke_in)]  # all of them before the first entry locks the head
        for round in rounds:
            _leave(a, round, round.voices.select_related("seat__group").get(seat=seat), entry.seq)


def _leave(a: Act, round: Round, voice: Voice, because: int) -> None:
    group, on = voice.seat.group.key, {"round": round.id, "seat": voice.seat_id}
    if (voice.given_seq or because) < because:
        end_turn_of(a, voice)
    if (voice.raised_seq or because) < because:
        a.add("hand.lowered", {"group": group}, on=on, because=because)
        voice.raised_at = voice.raised_seq = None
    if voice.ready:
        a.add("ready.said", {"group": group, "phase": round.phase, "ready": False}, on=on, because=because)
        voice.ready = False
    if voice.coming != Coming.UNSAID and (voice.coming_seq or because) < because:
        data = {"group": group, "answer": Coming.UNSAID.value, "noted": False}
        voice.coming_seq = a.add("coming.said", data, on=on, because=because).seq
        voice.coming, voice.coming_noted = Coming.UNSAID, False
    voice.save()


def _keep(round: Round, result: Result, seq: int) -> None:
    for item in round.items.all():
        found = result.item(str(item.id))
        item.outcome, item.result, item.tallied_seq = found.outcome.value, found.to_json(), seq
        item.save(update_fields=["outcome", "result", "tallied_seq"])
    run(FORGET, [round.id])
    round.state = RoundState.TALLIED
    round.save(update_fields=["state"])


def _change(decision: Decision, told: Mapping[str, Any]) -> Change:
    """What is adopted; of what no proposal tells, the entry itself does."""
    proposal: Proposal | None = decision.proposal
    parent = proposal.parent if proposal else told.get("parent")
    return Change(
        element=decision.element,
        action="add" if decision.kind == "inherited" else told.get("action", "change"),
        kind=proposal.kind if proposal else told.get("kind", ""),
        code=proposal.code if proposal else told.get("code", ""),
        parent=UUID(str(parent)) if parent else None,
        slot=proposal.slot if proposal else "",
        patch=decision.patch,
        effective=decision.effective,
        because=decision.seq,
    )


def _mark_fields(decision: Decision) -> None:
    """Each field remembers what set it; after a lapse that is what had set it before, or nothing: then it is open."""
    if decision.undoes is None:
        marks = dict.fromkeys(decision.patch, (STATES[decision.kind], decision.seq))
    else:
        kinds = dict(Decision.objects.filter(element=decision.element).values_list("seq", "kind"))
        deeds = [deed for deed in deeds_on(decision.element) if deed.seq < decision.seq]
        setters = {field: found.seq for field, found in before(deeds, decision.undoes).items()}
        marks = {
            field: ("open", decision.seq) if seq is None else (STATES[kinds[seq]], seq)
            for field, seq in setters.items()
        }
    rows = [
        FieldState(element=decision.element, field=field, state=state, seq=seq) for field, (state, seq) in marks.items()
    ]
    FieldState.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["element", "field"], update_fields=["state", "seq"]
    )


def _move_tracks(decision: Decision, parts: list[str]) -> None:
    """An imposition opens a renegotiation track on its parts; agreeing on a part, or its lapsing, closes it there. What the law
    requires is not ours to change, so no talk is opened on it."""
    for track in RenegotiationTrack.objects.filter(element=decision.element):
        track.open_parts = [part for part in track.open_parts if part not in parts]
        track.save(update_fields=["open_parts"])
    if decision.kind == "imposition" and not (decision.act or {}).get("statutory"):
        RenegotiationTrack.objects.create(
            element=decision.element,
            parts=parts,
            open_parts=parts,
            opened_seq=decision.seq,
            review_on=decision.review_on,
        )
