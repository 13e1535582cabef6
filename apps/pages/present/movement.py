"""What moved since the round before, in sentences: how many went up or down, who dropped out, whether opinions have settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from apps.consensus.shares import percent
from apps.consensus.statistics.pooling import FLOOR
from apps.deliberation.domain.movement import Movement, Moves
from apps.deliberation.models import Round, Secrecy
from apps.deliberation.movement import visible_movement
from apps.pages.present.words import listed
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import group_names

UNLINKED = "In a secret round nothing links a seat to what it chose: nobody can say who moved."
TOO_FEW = f"Fewer than {FLOOR} answered twice, so nothing is shown."


@dataclass(frozen=True)
class MovementShown:
    """By line of the agenda what moved, in sentences; `why_not` says why nothing can be told."""

    lines: Sequence[tuple[str, Sequence[str]]] = ()
    why_not: str = ""

    def __bool__(self) -> bool:
        return bool(self.lines or self.why_not)


def movement_shown(viewer: Actor, round: Round, titles: Mapping[UUID, str]) -> MovementShown:
    """Everything there is to say once the round is counted; nothing where it takes up no other."""
    moved = visible_movement(viewer, round)
    if moved is None:
        secret = round.follows is not None and Secrecy.SECRET in (round.secrecy, round.follows.secrecy)
        return MovementShown(why_not=UNLINKED if secret and round.state == "tallied" else "")
    names = group_names(viewer.partnership)
    return MovementShown([(titles[item], _line(one, names)) for item, one in moved.items.items()])


def _line(one: Movement, names: Mapping[str, str]) -> list[str]:
    if not one.moves:
        return [TOO_FEW]
    told = [_moves(each, one, listed(names.get(key, key) for key in each.groups)) for each in one.moves]
    return [*told, _settled(one)] if one.stability.moved is not None else told


def _moves(one: Moves, whole: Movement, who: str) -> str:
    if not whole.comparable:
        told = f"{one.again} {who} took part again"
    elif whole.rated:
        told = f"{one.up or 'None'} of {one.compared} {who} moved up, {one.down or 'none'} down"
    else:
        told = f"{one.changed or 'None'} of {one.compared} {who} changed their answer"
    left = f"; {one.left} did not answer again" if one.left else "; nobody dropped out"
    joined = f"; {one.joined} answered for the first time" if one.joined else ""
    return f"{told}{left}{joined}."


def _settled(one: Movement) -> str:
    assert one.stability.moved is not None
    words = "opinions have settled" if one.stability.stable else "opinions are still moving"
    return (
        f"Of the answers of all {one.stability.matched} who gave one twice, {percent(one.stability.moved)} lie elsewhere "
        f"now: {words} (settled is below 15 %)."
    )
