"""Reading for faces: what a viewer may see of a stretch of the record, and of a round as it stands."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Literal, cast
from uuid import UUID

from apps.common.errors import Invalid
from apps.consensus import parse_rule
from apps.deliberation.models import Round, RoundAlternative, RoundItem, RoundState
from apps.deliberation.presenting.floor import floor_shown, ready_shown
from apps.deliberation.presenting.frames import (
    EntriesFrame,
    Frame,
    GroupTurnout,
    Hidden,
    ItemTurnout,
    Phase,
    ResyncFrame,
    RoundNow,
    StateFrame,
    Status,
)
from apps.deliberation.presenting.results import ItemResult, result_of
from apps.deliberation.presenting.showing import present, types_shown
from apps.deliberation.selectors import TallyView, agenda, visible_entries, visible_tally
from apps.deliberation.speaking import Floor, floor_of
from apps.deliberation.turnout import BALLOT, Roll
from apps.partnerships import rules
from apps.partnerships.actors import Actor
from apps.partnerships.models import Seat
from apps.proposals.selectors import current_version
from apps.record import selectors as record
from apps.record.domain.entry import Entry

Audience = Literal["public", "member", "facilitator", "auditor"]
AUDIENCES: tuple[Audience, ...] = ("public", "member", "facilitator", "auditor")
LONGEST = 5000
"""How many entries a client may be behind and still be sent what it missed."""
CHUNK = 500
ONLY_TURNOUT = (BALLOT,)
"""Types of entries that change a state in nothing but its turnout and its count, and are never told one by one."""


def audience_of(actor: Actor) -> Audience:
    """Whom one belongs to when the same is sent to many."""
    return cast(Audience, rules.audience_of(actor))


def entries_of(viewer: Actor, since: int, until: int) -> EntriesFrame:
    """What this viewer may see of the entries `since` up to (not including) `until` of the partnership's record."""
    found = visible_entries(viewer, viewer.log, since=since, until=until, types=types_shown())
    groups = _groups_by_seat(found)
    return EntriesFrame(since, until, tuple(present(entry, groups) for entry in found))


def state_of(viewer: Actor, round: Round, floor: Floor | None = None, roll: Roll | None = None) -> StateFrame:
    """How a round stands for this viewer: its state, turnout by item and group, results where they may be seen, and its floor.

    The floor and the roll are the same for everybody: who asks for several viewers reads them once.
    """
    at = record.size(viewer.log)
    views = visible_tally(viewer, round, roll)
    results, floor = _results(views, round), floor or floor_of(round)
    ready = ready_shown(round, floor)
    return StateFrame(at, _now(round), _turnout(views), results, floor=floor_shown(floor), ready=ready)


def recounted(viewer: Actor, round: Round, roll: Roll, state: StateFrame, at: int) -> StateFrame:
    """How a round stands once nothing but ballots has come in since `state`: its turnout, and what may be seen of the count."""
    views = visible_tally(viewer, round, roll)
    return replace(state, at=at, turnout=_turnout(views), results=_results(views, round))


def changes(viewer: Actor, round: Round, since: int) -> list[Frame]:
    """What a client missed since its cursor, and how the round stands: the answer to polling.

    Raises `Invalid` (cursor.unknown) for a cursor that this record cannot have given.
    """
    state = state_of(viewer, round)
    return [*missed(viewer, since, state.at), state]


def partnership_changes(viewer: Actor, since: int) -> list[Frame]:
    """The same without a round: what happened, and how long the record is."""
    at = record.size(viewer.log)
    return [*missed(viewer, since, at), StateFrame(at)]


def missed(viewer: Actor, since: int, until: int) -> list[EntriesFrame | ResyncFrame]:
    """Frames for everything from `since` to `until` in pieces, or one that says that too much is missing."""
    if type(since) is not int or not 0 <= since <= until:
        raise Invalid(
            "cursor.unknown", f"This record has entries 0 to {until}: ask from one of those.", {"from": "unknown"}
        )
    if until - since > LONGEST:
        return [ResyncFrame(until)]
    return [entries_of(viewer, start, min(start + CHUNK, until)) for start in range(since, until, CHUNK)]


def _groups_by_seat(entries: Iterable[Entry]) -> dict[str, str]:
    seats = {entry.by["seat"] for entry in entries if "seat" in entry.by}
    found = Seat.objects.filter(id__in=seats).values_list("id", "group__name") if seats else ()
    return {str(id): name for id, name in found}


def _turnout(views: Sequence[TallyView]) -> tuple[ItemTurnout, ...]:
    return tuple(ItemTurnout(view.item, _groups(view)) for view in views)


def _groups(view: TallyView) -> tuple[GroupTurnout, ...]:
    return tuple(GroupTurnout(part.group, part.name, part.voted, part.seats) for part in view.turnout)


def _results(views: list[TallyView], round: Round) -> tuple[ItemResult, ...]:
    if not any(view.result for view in views):
        return ()
    rule = parse_rule(round.rule.document)
    found = (result_of(view, rule) for view in views)
    return tuple(result for result in found if result is not None)


def _now(round: Round) -> RoundNow:
    return RoundNow(
        id=round.id,
        status=cast(Status, round.state),
        phase=cast(Phase, round.phase),
        paused=round.paused_at is not None,
        secrecy=cast(Hidden, round.secrecy),
        closes=round.ends_at,
        agenda=_agenda(round),
        next=_next(round),
    )


def _next(round: Round) -> UUID | None:
    """The newest round that takes this one up again, once it is more than a draft."""
    if round.state != RoundState.TALLIED:
        return None
    again = Round.objects.filter(follows=round).exclude(state=RoundState.DRAFT)
    return again.order_by("-drafted_at").values_list("id", flat=True).first()


def _agenda(round: Round) -> str:
    """Names what is voted on: the items and the versions, the newest ones while the round is in preparation."""
    options = ((item.id, option) for item in agenda(round) for option in item.options)
    names = "".join(f"{id}{option.key}{_version(option)}" for id, option in options)
    return sha256(names.encode()).hexdigest()[:16]


def _version(option: RoundItem | RoundAlternative) -> UUID | None:
    if option.version_id or option.proposal is None:
        return option.version_id
    return current_version(option.proposal).id
