"""The decision note of a round: who was there, what was decided, by which votes, why, with which disagreement, and what follows.

Nothing in it is typed by hand: it is read from what the round left. Corrections stand beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.urls import reverse

from apps.deliberation.coming import WhoComes, who_comes
from apps.deliberation.domain.coming import attendance
from apps.deliberation.models import Decision, Round
from apps.deliberation.presenting.frames import GroupSpoken
from apps.deliberation.selectors import corrections
from apps.deliberation.turnout import who_voted
from apps.pages.present.coming import marked
from apps.pages.present.interests import InterestShown, interests_shown
from apps.pages.present.papers import PapersShown, papers_shown
from apps.pages.present.people import GroupCard, group_cards, names_of
from apps.pages.present.room import Question, Room
from apps.pages.present.words import day, duration, listed, moment, number_of
from apps.pages.shown import Step
from apps.partnerships.actors import Actor


@dataclass(frozen=True)
class Attendance:
    """One group: how many took part, who (where one may see names), who sent apologies, and who did neither."""

    group: str
    words: str
    there: str
    apologies: str
    away: str


@dataclass(frozen=True)
class Correction:
    """One correction, with its entry."""

    words: str
    at: str
    url: str


@dataclass(frozen=True)
class Note:
    """Everything a decision note says, for one reader."""

    viewer: Actor
    round: Round

    @cached_property
    def room(self) -> Room:
        return Room(self.viewer, self.round)

    @cached_property
    def questions(self) -> Sequence[Question]:
        return self.room.questions

    @cached_property
    def interests(self) -> Sequence[InterestShown]:
        return interests_shown(self.viewer, self.round)

    @cached_property
    def papers(self) -> PapersShown:
        return papers_shown(self.viewer, self.round)

    @cached_property
    def attendance(self) -> Sequence[Attendance]:
        """Who voted, by group; names only of those whose names this reader may see, as they held the seats when the round closed.
        Of the others members read who had sent apologies; the public reads that they were not there."""
        voted = who_voted(self.round)
        deciding = {part.group for part in self.room.seats}
        cards = group_cards(self.viewer, self.round.closed_at)
        return [self._attended(card, voted) for card in cards if card.key in deciding]

    def _attended(self, card: GroupCard, voted: set[UUID]) -> Attendance:
        seats = {seat.id: seat for seat in card.seats}
        parts = attendance(list(seats), voted, self._coming.with_apologies() if self._coming else ())
        there, sent, away = ([seats[id] for id in part] for part in parts)
        return Attendance(
            card.name,
            f"{len(there)} of {number_of(len(seats), 'seat')}",
            listed(names_of(card, there)),
            marked(card, sent, self._coming) if self._coming else "",
            listed(names_of(card, away)),
        )

    @property
    def apologies(self) -> bool:
        """Whether anybody's apologies stand in this note, for this reader."""
        return any(one.apologies for one in self.attendance)

    @cached_property
    def _coming(self) -> WhoComes | None:
        """Members read who had sent apologies."""
        return who_comes(self.viewer, self.round) if self.viewer.is_member else None

    @property
    def heard(self) -> Sequence[tuple[str, str]]:
        """How often and how long each group has spoken, silent ones too; nothing where nobody has."""
        spoken = self.room.state.floor.spoken if self.room.state.floor else ()
        if not any(group.turns for group in spoken):
            return []
        return [(group.name, _spoken(group)) for group in spoken]

    @cached_property
    def actions(self) -> Sequence[str]:
        """What follows: from when what was decided counts, and by when disagreement calls a review."""
        return [sentence for decision in self._decisions for sentence in _follows(decision)]

    @cached_property
    def corrections(self) -> Sequence[Correction]:
        partnership = self.viewer.partnership.id
        return [
            Correction(one.words.body or "", moment(one.at), reverse("entry", args=[partnership, one.seq]))
            for one in corrections(self.round)
        ]

    @property
    def where(self) -> Step:
        return Step(self.round.title, reverse("round", args=[self.round.id]))

    @cached_property
    def _decisions(self) -> Sequence[Decision]:
        found = Decision.objects.filter(item__round=self.round).select_related("proposal").prefetch_related("dissents")
        return list(found)


def _spoken(group: GroupSpoken) -> str:
    if not group.turns:
        return "has not spoken"
    return f"{number_of(group.turns, 'turn')}, {duration(group.seconds)}"


def _follows(decision: Decision) -> Sequence[str]:
    code = decision.proposal.code if decision.proposal else ""
    if not decision.adopted:
        return [f"{code}: nothing changes; what was proposed is on the table again."]
    sentences = [f"{code}: counts from {day(decision.effective)}."]
    dissent = sum(one.against for one in decision.dissents.all())
    if dissent and decision.review_on:
        stays = "disagreement stays" if dissent == 1 else "disagreements stay"
        sentences.append(f"{code}: {dissent} {stays} on it and call a review by {day(decision.review_on)}.")
    return sentences
