"""The papers of a round: when they went out, from when the vote can begin, what has been reworded since, who has no e-mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from apps.deliberation.models import Round
from apps.deliberation.papers import Papers, papers_of
from apps.pages.present.words import capital, day, listed, number_of
from apps.pages.shown import Step
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import holders


@dataclass(frozen=True)
class PapersShown:
    """What is said of a round's papers, to one reader."""

    viewer: Actor
    papers: Papers

    @property
    def round(self) -> Round:
        return self.papers.round

    @property
    def sentence(self) -> str:
        """When they went out, and from when the vote can begin; empty where nobody asks for papers and none were sent."""
        words = [f"Papers went out on {day(self.papers.first.day)}."] if self.papers.first else []
        if not self.papers.days:
            return " ".join(words)
        rule = f"at least {number_of(self.papers.days, 'working day')} before a vote"
        if not self.papers.first:
            return f"Papers go out {rule} here. Those of this round have not gone out yet."
        if self.round.opened_seq is None:
            words.append(f"They go out {rule} here: the vote can begin on {day(self.papers.earliest)}.")
        return " ".join(words)

    @cached_property
    def reworded(self) -> Sequence[Step]:
        """The texts that were changed since, each with its versions side by side."""
        return [
            Step(
                f"{one.proposal.code}: version {one.sent} was sent, version {one.now} is voted on",
                reverse("versions", args=[one.proposal.id]) + f"?old={one.sent}&new={one.now}",
            )
            for one in self.papers.reworded
        ]

    @property
    def may_send(self) -> bool:
        return self.viewer.is_convenor and self.round.opened_seq is None

    @cached_property
    def without_mail(self) -> str:
        """Who gets no mail, for the convenor: their papers are printed."""
        if not self.may_send:
            return ""
        found = holders(self.viewer.partnership).select_related("person", "seat__group").filter(person__email=None)
        names = [f"{one.person} ({one.seat.group.name})" for one in found.order_by("seat__label")]
        if not names:
            return ""
        return f"{no_mail(len(names))} {listed(names)}."


def no_mail(count: int) -> str:
    """2 members have no e-mail: print their papers."""
    return f"{capital(number_of(count, 'member'))} {'has' if count == 1 else 'have'} no e-mail: print their papers."


def papers_shown(viewer: Actor, round: Round) -> PapersShown:
    """What is said of a round's papers."""
    return PapersShown(viewer, papers_of(round))
