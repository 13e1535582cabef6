"""The floor of a round as its rows have it: who speaks, who waits, who is ready; and what ends a turn or clears it all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from apps.common.trips import at_once
from apps.deliberation.domain import speaking as domain
from apps.deliberation.domain.parties import Party
from apps.deliberation.models import Round, RoundState, Voice
from apps.deliberation.parties import party
from apps.partnerships.selectors import groups
from apps.record.act import Act

UNDER_WAY = (RoundState.TALKING, RoundState.OPEN)


@dataclass(frozen=True)
class Heard:
    """A seat that speaks, waits or has spoken."""

    seat: UUID
    group: str
    name: str
    turns: int
    seconds: int
    raised_at: datetime | None
    raised_seq: int | None
    since: datetime | None
    until: datetime | None

    @property
    def voice(self) -> domain.Voice:
        """As the order of calling sees it."""
        return domain.Voice(self.seat, self.group, self.turns, self.seconds, self.since is not None, self.raised_seq)


@dataclass(frozen=True)
class Floor:
    """Everybody heard or waiting, the groups in their order, and the seats that are ready by group."""

    heard: Sequence[Heard]
    parties: Sequence[Party]
    ready: Mapping[str, frozenset[UUID]]

    @property
    def speaking(self) -> Heard | None:
        """Who has the floor."""
        return next((one for one in self.heard if one.since is not None), None)

    @property
    def waiting(self) -> list[Heard]:
        """Raised hands in the order in which they will be called."""
        by_seat = {one.seat: one for one in self.heard}
        return [by_seat[voice.seat] for voice in domain.calling_order(self._voices)]

    @property
    def why(self) -> domain.Why | None:
        """Why the first of them comes next."""
        return domain.why_next(self._voices)

    @property
    def _voices(self) -> list[domain.Voice]:
        return [one.voice for one in self.heard]


def floor_of(round: Round) -> Floor:
    """The floor of a round, in one trip to the database."""
    said = Q(raised_seq__isnull=False) | Q(since__isnull=False) | Q(turns__gt=0)
    place = ("seat_id", "seat__label", "seat__group__key", "seat__group__name")
    told = ("turns", "seconds", "raised_at", "raised_seq", "since", "until")
    rows, parties, ready = at_once(
        round.voices.filter(said).values(*place, *told),
        groups(round.framework.partnership).values("key", "name", "kind", "standing", "seat_count"),
        round.voices.filter(ready=True).values("seat_id", "seat__group__key"),
    )
    return Floor(
        [
            Heard(
                row["seat_id"],
                row["seat__group__key"],
                seat_name(row["seat__group__name"], row["seat__label"]),
                *(row[key] for key in told),
            )
            for row in rows
        ],
        [party(one, one["key"]) for one in parties if one["seat_count"]],
        _by_group(ready),
    )


def seat_name(group: str, label: str) -> str:
    """How a seat is named where it speaks: never by who holds it."""
    return f"{group}, seat {label}"


def end_turn_of(a: Act, speaker: Voice) -> None:
    """End a turn inside an act; the round is locked."""
    if speaker.since is None:
        return
    seconds = domain.counted_seconds((a.at - speaker.since).total_seconds())
    on = {"round": speaker.round_id, "seat": speaker.seat_id}
    a.add("floor.ended", {"group": speaker.seat.group.key, "seconds": seconds}, on=on, because=speaker.given_seq)
    speaker.turns, speaker.seconds = speaker.turns + 1, speaker.seconds + seconds
    speaker.since = speaker.until = speaker.given_seq = None
    speaker.save(update_fields=["turns", "seconds", "since", "until", "given_seq"])


def speaker_of(round: Round) -> Voice | None:
    """The row of who speaks in a round."""
    return round.voices.select_related("seat__group").filter(since__isnull=False).first()


def clear_floor(a: Act, round: Round) -> None:
    """A round closes: a turn under way ends, and all hands come down."""
    speaker = speaker_of(round)
    if speaker is not None:
        end_turn_of(a, speaker)
    round.voices.filter(raised_seq__isnull=False).update(raised_at=None, raised_seq=None)


def leave_phase(round: Round) -> dict[str, dict[str, int]]:
    """A phase is left: how many seats of each deciding group were ready, for its entry; from here on nobody is yet.

    Nothing where no phase was under way.
    """
    if round.state != RoundState.TALKING:
        return {}
    floor = floor_of(round)
    round.voices.filter(ready=True).update(ready=False)
    return {"ready": {party.key: len(floor.ready.get(party.key, ())) for party in floor.parties if party.decides}}


def _by_group(rows: Sequence[Mapping[str, object]]) -> dict[str, frozenset[UUID]]:
    found: dict[str, set[UUID]] = {}
    for row in rows:
        found.setdefault(str(row["seat__group__key"]), set()).add(UUID(str(row["seat_id"])))
    return {group: frozenset(seats) for group, seats in found.items()}
