"""A round's page and its room: what exactly is voted on, one's own vote, who has voted, what came out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from apps.consensus import Rule, parse_rule
from apps.deliberation.models import Ballot, Round, RoundItem
from apps.deliberation.presenting import StateFrame, plain, state_of
from apps.deliberation.presenting.frames import GroupTurnout
from apps.deliberation.rules import can_vote
from apps.deliberation.selectors import own_ballots
from apps.pages.present.items import Bases, bases_of, heading, newest
from apps.pages.present.tallies import Result, result_rows
from apps.pages.present.values import Names, names_in
from apps.pages.shown import Change, Fact
from apps.partnerships.actors import Actor
from apps.partnerships.models import Partnership
from apps.proposals.models import ProposalVersion
from apps.record.models import Entry as Row
from apps.record.selectors import signed_head

LABELS: Mapping[str, str] = {
    "for": "Yes, I am for it",
    "against": "No, I am against it",
    "consent": "Yes, I can live with it",
    "stand_aside": "I stand aside: let it pass without my support",
    "object": "I object: it does harm that could be avoided",
    "block": "I block it",
    "abstain": "I abstain: do not count me",
    "unable": "I cannot say",
}
SECRECY: Mapping[str, str] = {
    "open": "Votes are open: everybody can see at once how each group votes.",
    "blind": "Votes are private until the round is closed and counted: until then nobody on these pages sees what you chose, "
    "only how many of each group have voted. This hides choices from people, not from whoever runs the server.",
}


HIDDEN: Mapping[tuple[str, str], str] = {
    ("draft", "open"): "The round has not opened yet.",
    ("draft", "blind"): "The round has not opened yet.",
    ("open", "open"): "Nobody has voted yet.",
    ("open", "blind"): "What people choose stays private until the round is closed and counted.",
}


@dataclass(frozen=True)
class Voted:
    """One's own vote: what was chosen and where it stands in the record; `salt` opens the commitment of a private round."""

    words: str
    seq: int
    url: str
    salt: str


@dataclass(frozen=True)
class Question:
    """One line of the agenda: what exactly is voted on, one's own vote, the result where it may be seen."""

    item: RoundItem
    title: str
    url: str
    version: int
    facts: Sequence[Fact]
    changes: Sequence[Change]
    why: str
    choices: Sequence[tuple[str, str]]
    rating: bool
    key: UUID
    own: Voted | None
    chosen: str
    result: Result | None
    turnout: Sequence[GroupTurnout]
    decision_url: str


@dataclass(frozen=True)
class Room:
    """Everything a round's page needs, read once."""

    viewer: Actor
    round: Round

    @cached_property
    def rule(self) -> Rule:
        return parse_rule(self.round.rule.document)

    @cached_property
    def items(self) -> list[RoundItem]:
        found = self.round.items.select_related("proposal", "version__rationale", "decision").order_by("order")
        return list(found.prefetch_related("proposal__versions__rationale"))

    @cached_property
    def state(self) -> StateFrame:
        """How the round stands for this viewer. Read first: what comes after it arrives by socket."""
        return state_of(self.viewer, self.round)

    @cached_property
    def may_vote(self) -> bool:
        """Whether this viewer's seat has a vote here."""
        return can_vote(self.viewer.seat)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """What a voter may choose. Who rates leaves a question out instead of abstaining."""
        offered = self.rule.method.choices()
        return [(choice, label(choice)) for choice in offered if self.rule.kind != "rating" or choice != "abstain"]

    @cached_property
    def questions(self) -> list[Question]:
        versions = {item.id: item.version or newest(item.proposal) for item in self.items}
        bases = bases_of(
            self.round.framework,
            ((item.proposal.element, version.base) for item in self.items if (version := versions[item.id])),
        )
        names = names_in(self.round.framework)
        own = own_ballots(self.viewer, self.round)
        return [self._question(item, versions[item.id], bases, names, own.get(item.id)) for item in self.items]

    def _question(
        self, item: RoundItem, version: ProposalVersion | None, bases: Bases, names: Names, ballot: Ballot | None
    ) -> Question:
        return Question(
            item=item,
            title=heading(item.proposal, bases.title(item.proposal, version)),
            url=reverse("proposal", args=[item.proposal_id]),
            version=version.number if version else item.proposal.number,
            facts=bases.facts(item.proposal, version, names) if version else [],
            changes=bases.changes(item.proposal, version, names) if version else [],
            why=(version.rationale.body if version and version.rationale else "") or "",
            choices=self.choices,
            rating=self.rule.kind == "rating",
            key=uuid4(),
            own=_voted(self.viewer, ballot) if ballot else None,
            chosen=ballot.choice if ballot else "",
            result=next((result_rows(one) for one in self.state.results or () if one.item == item.id), None),
            turnout=next((one.groups for one in self.state.turnout or () if one.item == item.id), ()),
            decision_url=_decision_url(self.viewer.partnership, item),
        )

    @property
    def seats(self) -> Sequence[GroupTurnout]:
        """The deciding groups with their seats."""
        return self.state.turnout[0].groups if self.state.turnout else ()

    @property
    def hidden(self) -> str:
        """Why no result is shown."""
        return HIDDEN.get((self.round.state, self.round.secrecy), "The round is closed. The votes are being counted.")

    @property
    def opens_commitments(self) -> bool:
        """Whether this viewer has votes that stand in the record as commitments."""
        return any(question.own and question.own.salt for question in self.questions)

    def props(self) -> dict[str, Any]:
        """What the room island gets."""
        now = plain(self.state)
        seat = self.viewer.seat if self.may_vote else None
        return {
            "socketUrl": f"/live/rounds/{self.round.id}/",
            "changesUrl": f"/api/rounds/{self.round.id}/changes/",
            "castUrl": "/api/ballots/",
            "seat": str(seat.id) if seat else None,
            "cursor": self.state.at,
            "round": now["round"],
            "turnout": now["turnout"],
            "results": now["results"],
            "ballots": [self._ballot(question) for question in self.questions],
        }

    def _ballot(self, question: Question) -> dict[str, Any]:
        return {
            "item": str(question.item.id),
            "title": question.title,
            "words": "",
            "kind": "rating" if question.rating else "choice",
            "choices": [{"value": value, "label": label} for value, label in question.choices],
            "low": "1: does not belong here",
            "high": "9: belongs here for certain",
            "own": self._own(question, question.own) if question.own else None,
        }

    def _own(self, question: Question, own: Voted) -> dict[str, Any]:
        slip = {
            "item": str(question.item.id),
            "choice": question.chosen,
            "log": str(self.viewer.log),
            "seq": own.seq,
            "leaf_hash": self._leaves.get(own.seq, ""),
            "checkpoint": self._head,
            "salt": own.salt,
        }
        return {"choice": question.chosen, "receipt": slip}

    @cached_property
    def _leaves(self) -> dict[int, str]:
        """The leaf hashes of one's own votes, in one query."""
        seqs = [question.own.seq for question in self.questions if question.own]
        found = Row.objects.filter(log=self.viewer.log, seq__in=seqs).values_list("seq", "leaf")
        return {seq: bytes(leaf).hex() for seq, leaf in found}

    @cached_property
    def _head(self) -> str:
        return signed_head(self.viewer.partnership.log)


def label(choice: str) -> str:
    """A choice as the ballot says it; a rating is its number."""
    return LABELS.get(choice, choice)


def _voted(viewer: Actor, ballot: Ballot) -> Voted:
    salt = bytes(ballot.salt).hex() if ballot.salt else ""
    return Voted(label(ballot.choice), ballot.seq, reverse("receipt", args=[viewer.partnership.id, ballot.seq]), salt)


def _decision_url(partnership: Partnership, item: RoundItem) -> str:
    decision = getattr(item, "decision", None)
    return reverse("entry", args=[partnership.id, decision.seq]) if decision else ""
