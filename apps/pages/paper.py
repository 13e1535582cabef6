"""Votes on paper and by show of hands: whose paper, what stands on it, and the slip that the voter gets."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.common.errors import NotFound, NotSignedIn, Refusal
from apps.consensus import ballot_form, parse_rule
from apps.deliberation.models import Means, PaperBallot, Round
from apps.deliberation.rules import can_vote
from apps.deliberation.selectors import open_round_for, papers
from apps.deliberation.services import Receipt, discard_paper, enter_on_paper
from apps.pages.forms.ballot import Filled, choice_of, sent_in
from apps.pages.present.ballots import BallotShown, said
from apps.pages.present.people import group_cards, seat_choices
from apps.pages.present.room import Room
from apps.pages.shown import Step
from apps.pages.web import done, links_to, person_of, show
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_member
from apps.partnerships.selectors import deciding_groups, seat_in


@dataclass(frozen=True)
class Paper:
    """One paper to be entered, as a form."""

    item: UUID
    title: str
    ballot: BallotShown
    key: UUID


@dataclass(frozen=True)
class Waiting:
    """A paper that waits for its second witness."""

    words: str
    url: str
    take_back: str


def choose(request: HttpRequest, id: UUID) -> HttpResponse:
    """Whose paper, on which question; and what waits for a second witness."""
    actor, found = open_round_for(person_of(request), id)
    require_member(actor)
    if "seat" in request.GET and "item" in request.GET:
        seat, item = _id(request.GET["seat"]), _id(request.GET["item"])
        return redirect("paper_ballot", id, item, seat)
    room = Room(actor, found)
    voting = {group.key for group in deciding_groups(actor.partnership)}
    seats = seat_choices(group for group in group_cards(actor) if group.key in voting)
    titles = {question.item.id: question.title for question in room.questions}
    return show(
        request,
        "pages/paper.html",
        title="Votes on paper",
        sentence="Two witnesses enter the same paper, one after the other, each by themselves. Then it counts like any other vote.",
        actor=actor,
        framework=found.framework,
        where=_where(actor, found, Step("On paper")),
        round=found,
        seats=seats,
        questions=titles.items(),
        waiting=[_waiting(actor, paper, titles) for paper in papers(actor, found)],
    )


def ballot(request: HttpRequest, id: UUID, item: UUID, seat: UUID) -> HttpResponse:
    """Enter one paper; the second witness gets the slip for the voter."""
    actor, found = open_round_for(person_of(request), id)
    require_member(actor)
    whose = seat_in(actor.partnership, seat)
    form = ballot_form(parse_rule(found.rule.document))
    filled = sent_in(form, request.POST) if request.method == "POST" else Filled()
    errors: list[Step] = []
    status = 200
    if request.method == "POST":
        try:
            means = request.POST.get("means", "")
            entered = enter_on_paper(
                by=actor,
                round=found,
                item=item,
                seat=seat,
                choice=choice_of(form, filled),
                means=means if means in Means.values else Means.PAPER,
            )
            if entered.receipt is not None:
                return _slip(request, actor, found, whose.group.name, entered.receipt)
            return done(request, "Entered. A second witness enters the same paper now.", "paper", id)
        except (NotFound, NotSignedIn):
            raise
        except Refusal as refusal:
            errors, status = [Step(refusal.message, f"#ballot-{item}")], refusal.status
    question = next((one for one in Room(actor, found, {item: filled}).questions if one.item.id == item), None)
    if question is None or not can_vote(whose):
        raise NotFound("item.unknown", "This round does not vote on that.")
    paper = Paper(item, question.title, question.ballot, uuid4())
    return show(
        request,
        "pages/paper_ballot.html",
        title=f"Paper of {whose.group.name}, seat {whose.label}",
        sentence="Enter exactly what stands on it.",
        actor=actor,
        framework=found.framework,
        where=_where(actor, found, Step("On paper", reverse("paper", args=[id])), Step("One paper")),
        round=found,
        question=paper,
        means=Means.choices,
        errors=errors,
        status=status,
    )


@require_POST
def discard(request: HttpRequest, id: UUID, paper: UUID) -> HttpResponse:
    """Take an entry back that waits."""
    actor, found = open_round_for(person_of(request), id)
    waiting = papers(actor, found).filter(id=paper).first()
    if waiting is None:
        raise NotFound("paper.unknown", "This paper does not wait any more.")
    discard_paper(by=actor, ballot=waiting)
    return done(request, "The entry is taken back. The paper can be entered anew.", "paper", id)


def _slip(request: HttpRequest, actor: Actor, found: Round, group: str, receipt: Receipt) -> HttpResponse:
    """The voter's slip, shown once: what was chosen stands on it, unless the vote is secret."""
    return show(
        request,
        "pages/paper_slip.html",
        title="Slip for the voter",
        sentence="Print it and hand it over: it is shown once.",
        actor=actor,
        framework=found.framework,
        where=_where(actor, found, Step("On paper", reverse("paper", args=[found.id])), Step("Slip")),
        round=found,
        slip=receipt,
        group=group,
        words=said(parse_rule(found.rule.document), receipt.choice) if receipt.choice else "",
        url=reverse("receipt", args=[actor.partnership.id, receipt.seq]),
    )


def _waiting(actor: Actor, paper: PaperBallot, titles: dict[UUID, str]) -> Waiting:
    mine = paper.entered_by == actor.by.person
    who = "you entered it" if mine else "one witness has entered it"
    words = f"{paper.seat.group.name}, seat {paper.seat.label}, on “{titles.get(paper.item_id, '')}”: {who}."
    url = "" if mine else reverse("paper_ballot", args=[paper.round_id, paper.item_id, paper.seat_id])
    back = reverse("discard_paper", args=[paper.round_id, paper.id]) if mine or actor.is_convenor else ""
    return Waiting(words, url, back)


def _where(actor: Actor, found: Round, *last: Step) -> list[Step]:
    return [*links_to(actor, found.framework), Step(found.title, reverse("round", args=[found.id])), *last]


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("paper.unknown", "Choose a seat and a question.") from None
