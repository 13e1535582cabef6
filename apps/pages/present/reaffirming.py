"""What somebody chose on an earlier version of what is voted on now, offered to be chosen again."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from apps.deliberation.services.reaffirming import Earlier, earlier_choices
from apps.pages.present.ballots import said
from apps.pages.present.room import Question, Room


@dataclass(frozen=True)
class Before:
    """One line: what was chosen, on which version, and which one is voted on now; `url` shows what has changed."""

    item: UUID
    title: str
    words: str
    url: str


def votes_before(room: Room) -> list[Before]:
    """The lines on which this viewer has voted before, and not yet in this round; none while nobody can vote."""
    waiting = [question for question in room.questions if question.own is None]
    if room.round.state != "open" or room.round.paused_at or not room.may_vote or not waiting:
        return []
    found = earlier_choices(room.viewer, room.round)
    return [_before(room, question, found[question.item.id]) for question in waiting if question.item.id in found]


def _before(room: Room, question: Question, earlier: Earlier) -> Before:
    chosen, version = said(room.rule, earlier.choice), question.item.version
    now = version.number if version else earlier.number
    words = f"You chose “{chosen}” on version {earlier.number};"
    if now == earlier.number:
        return Before(question.item.id, question.title, f"{words} the wording has not changed since.", "")
    url = f"{reverse('versions', args=[question.item.proposal_id])}?old={earlier.number}&new={now}"
    return Before(question.item.id, question.title, f"{words} version {now} is voted on now.", url)
