"""A round's page and its room: what is voted on, one's own vote, who has voted, what came out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Prefetch
from django.urls import reverse

from apps.consensus import Rule, ballot_form, parse_rule
from apps.deliberation.models import Round, RoundAlternative, RoundItem, RoundState, Secrecy
from apps.deliberation.own import OwnBallot, own_ballots
from apps.deliberation.presenting import StateFrame, plain, state_of
from apps.deliberation.presenting.frames import GroupTurnout
from apps.deliberation.reasons import own_reasons
from apps.deliberation.rules import can_vote
from apps.deliberation.speaking import Floor, floor_of
from apps.pages.forms.ballot import Filled, filled_by
from apps.pages.present.agreement import AgreementShown, agreement_shown
from apps.pages.present.ballots import BallotShown, ballot_shown, said
from apps.pages.present.course import course
from apps.pages.present.feedback import FeedbackShown, Said
from apps.pages.present.movement import MovementShown, movement_shown
from apps.pages.present.questions import Line, OptionShown, agenda_lines
from apps.pages.present.sitting import Sitting, in_sittings, sitting
from apps.pages.present.sitting import props as sitting_props
from apps.pages.present.speaking import OwnVoice, own_voice
from apps.pages.present.talking import said_about
from apps.pages.present.tallies import Result, result_rows
from apps.pages.present.ticks import TurnoutShown, rule_lines, turnout_shown
from apps.pages.shown import Step
from apps.partnerships.actors import Actor
from apps.record.models import Entry as Row
from apps.record.selectors import signed_head

HIDDEN: Mapping[tuple[str, str], str] = {
    ("draft", "open"): "The round has not opened yet.",
    ("draft", "blind"): "The round has not opened yet.",
    ("draft", "secret"): "The round has not opened yet.",
    ("open", "open"): "Nobody has voted yet.",
    ("open", "blind"): "What people choose stays private until the round is closed and counted.",
    ("open", "secret"): "The votes are counted once the round is closed; who chose what is never shown.",
}


@dataclass(frozen=True)
class Voted:
    """One's own vote: what was chosen, as long as anything still knows it, and where it stands in the record; `salt` opens the
    commitment of a private round."""

    words: str
    seq: int
    url: str
    salt: str


@dataclass(frozen=True)
class Question:
    """One line of the agenda: the texts voted on, the ballot, one's own vote, the result where it may be seen; what was said on it
    the time `before`; one's own reason so far (`why`). `earlier`: that somebody else voted from one's seat, in words."""

    item: RoundItem
    title: str
    options: Sequence[OptionShown]
    ballot: BallotShown
    key: UUID
    own: Voted | None
    earlier: str
    cast: str
    result: Result | None
    turnout: Sequence[TurnoutShown]
    decisions: Sequence[Step]
    before: Said | None
    why: str


@dataclass(frozen=True)
class Room:
    """Everything a round's page needs, read once. `typed`: what a refused ballot had in its fields, by item."""

    viewer: Actor
    round: Round
    typed: Mapping[UUID, Filled] = field(default_factory=dict)

    @cached_property
    def rule(self) -> Rule:
        return parse_rule(self.round.rule.document)

    @cached_property
    def items(self) -> list[RoundItem]:
        words = ("proposal", "version__rationale", "version__wording")
        versions = ("proposal__versions__rationale", "proposal__versions__wording")
        alternatives = Prefetch("alternatives", RoundAlternative.objects.select_related(*words))
        more = [f"alternatives__{each}" for each in versions]
        found = self.round.items.select_related(*words).prefetch_related(*versions, "decisions", alternatives, *more)
        return list(found.order_by("order"))

    @cached_property
    def state(self) -> StateFrame:
        """How the round stands for this viewer. Read first: what comes after it arrives by socket."""
        return state_of(self.viewer, self.round, self._floor)

    @cached_property
    def _floor(self) -> Floor:
        return floor_of(self.round)

    @property
    def speaking(self) -> OwnVoice | None:
        """How one's own seat stands on the floor; none for who has no seat, or when nobody speaks any more."""
        return own_voice(self.viewer, self.round, self._floor, self.may_vote)

    @cached_property
    def may_vote(self) -> bool:
        """Whether this viewer's seat has a vote here."""
        return can_vote(self.viewer.seat)

    @cached_property
    def questions(self) -> list[Question]:
        own = own_ballots(self.viewer, self.round)
        return [self._question(line, own.get(line.item.id)) for line in self._lines]

    @cached_property
    def _lines(self) -> list[Line]:
        return agenda_lines(self.round, self.items, getattr(self.rule.method, "seats", 1))

    def _question(self, line: Line, cast: OwnBallot | None) -> Question:
        item, choice = line.item, cast.choice if cast else ""
        typed = self.typed.get(item.id)
        filled = typed or filled_by(ballot_form(self.rule), choice)
        return Question(
            item=item,
            title=line.title,
            options=line.options,
            ballot=ballot_shown(self.rule, line.names, filled),
            key=uuid4(),
            own=self._voted(cast) if cast and cast.mine else None,
            earlier=self._earlier(cast) if cast and not cast.mine else "",
            cast=choice,
            result=next((result_rows(one) for one in self.state.results or () if one.item == item.id), None),
            turnout=turnout_shown(
                self.rule, next((one.groups for one in self.state.turnout or () if one.item == item.id), ())
            ),
            decisions=self._decisions(line),
            before=self.feedback.lines.get(item.id),
            why=typed.why if typed else self._reasons.get(item.id, ""),
        )

    def _voted(self, ballot: OwnBallot) -> Voted:
        receipt = reverse("receipt", args=[self.viewer.partnership.id, ballot.seq])
        return Voted(said(self.rule, ballot.choice) if ballot.choice else "", ballot.seq, receipt, ballot.salt)

    def _earlier(self, ballot: OwnBallot) -> str:
        counts = " That vote counts until you send yours." if self.round.state == RoundState.OPEN else ""
        return f"Your seat voted on this before you held it: entry {ballot.seq}.{counts}"

    def _decisions(self, line: Line) -> list[Step]:
        """The entries in which this line was decided; of several alternatives those that were chosen, if any was."""
        found = list(line.item.decisions.all())
        titles = {option.proposal_id: shown.title for option, shown in line.texts}
        chosen = [one for one in found if one.adopted] or found
        return [
            Step(titles.get(one.proposal_id, line.title), reverse("entry", args=[self.viewer.partnership.id, one.seq]))
            for one in chosen
        ]

    @property
    def seats(self) -> Sequence[GroupTurnout]:
        """The deciding groups with their seats."""
        return self.state.turnout[0].groups if self.state.turnout else ()

    @property
    def hidden(self) -> str:
        """Why no result is shown."""
        if self.round.opened_seq is None:
            return HIDDEN[("draft", self.round.secrecy)]
        return HIDDEN.get((self.round.state, self.round.secrecy), "The round is closed. The votes are being counted.")

    @cached_property
    def sitting(self) -> Sitting[Question] | None:
        """Many ratings a few at a time; none where all of them stand on the page, or nobody here can answer."""
        asked = self.may_vote and self.round.state == RoundState.OPEN and in_sittings(self.rule, len(self.items))
        return sitting(self.questions) if asked else None

    @cached_property
    def _reasons(self) -> Mapping[UUID, str]:
        """The reasons this viewer has given so far; after the count they are nobody's."""
        return own_reasons(self.viewer, self.round) if self.round.state == RoundState.OPEN else {}

    @cached_property
    def feedback(self) -> FeedbackShown:
        """What the groups said in the round that this one takes up again."""
        return FeedbackShown(self.viewer, self.round)

    @cached_property
    def agreement(self) -> AgreementShown:
        """Statistics beside the decisions, once the round is counted."""
        titles = {question.item.id: (question.title, question.item.proposal_id) for question in self.questions}
        return agreement_shown(self.viewer, self.round, titles)

    @cached_property
    def movement(self) -> MovementShown:
        """What moved since the round that this one takes up again, once it is counted."""
        return movement_shown(
            self.viewer, self.round, {question.item.id: question.title for question in self.questions}
        )

    @property
    def opens_commitments(self) -> bool:
        """Whether this viewer has votes that stand in the record as commitments."""
        return any(question.own and question.own.salt for question in self.questions)

    @property
    def watched(self) -> dict[str, Any]:
        """What any island needs that follows the round: how it stands, and where to hear more."""
        now = plain(self.state)
        return {
            "socketUrl": f"/live/rounds/{self.round.id}/",
            "changesUrl": f"/api/rounds/{self.round.id}/changes/",
            "cursor": self.state.at,
            "round": now["round"],
            "turnout": now["turnout"],
            "results": now["results"],
            "floor": now["floor"],
            "ready": now["ready"],
            "floorUrl": reverse("floor", args=[self.round.id]),
            "rule": [vars(line) for line in rule_lines(self.rule, self.seats)],
            "course": [vars(stop) for stop in course(self.round)],
        }

    def props(self) -> dict[str, Any]:
        """What the room island gets."""
        seat = self.viewer.seat if self.may_vote else None
        return self.watched | {
            "castUrl": "/api/ballots/",
            "reasonUrl": f"/api/rounds/{self.round.id}/reasons/",
            "seat": str(seat.id) if seat else None,
            "voice": asdict(self.speaking) if self.speaking else None,
            "speaks": self.viewer.seat is not None or self.viewer.is_convenor,
            "sitting": sitting_props() if self.sitting else None,
            "before": self.feedback.note,
            "said": [asdict(text) for text in said_about(self._lines)],
            "ballots": [self._ballot(question) for question in self.questions],
        }

    def _ballot(self, question: Question) -> dict[str, Any]:
        ballot = question.ballot
        return {
            "item": str(question.item.id),
            "title": question.title,
            "words": ballot.hint,
            "kind": ballot.shape,
            "choices": [{"value": one.value, "label": one.label} for one in ballot.answers],
            "aside": [{"value": one.value, "label": one.label} for one in ballot.aside],
            "numbers": [{"value": value, "label": label} for value, label in ballot.numbers],
            "low": ballot.low,
            "high": ballot.high,
            "last": question.before.last if question.before else "",
            "earlier": question.earlier,
            "before": question.before.props() if question.before else None,
            "why": question.why,
            "own": self._own(question, question.own) if question.own else None,
        }

    def _own(self, question: Question, own: Voted) -> dict[str, Any]:
        slip = {
            "item": str(question.item.id),
            "choice": "" if self.round.secrecy == Secrecy.SECRET else question.cast,
            "log": str(self.viewer.log),
            "seq": own.seq,
            "leaf_hash": self._leaves.get(own.seq, ""),
            "checkpoint": self._head,
            "salt": own.salt,
        }
        return {"choice": question.cast, "receipt": slip}

    @cached_property
    def _leaves(self) -> dict[int, str]:
        """The leaf hashes of one's own votes, in one query."""
        seqs = [question.own.seq for question in self.questions if question.own]
        found = Row.objects.filter(log=self.viewer.log, seq__in=seqs).values_list("seq", "leaf")
        return {seq: bytes(leaf).hex() for seq, leaf in found}

    @cached_property
    def _head(self) -> str:
        return signed_head(self.viewer.partnership.log)
