"""What waits for somebody, in one sentence each: over all partnerships, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from apps.accounts.models import Person
from apps.common import clock
from apps.deliberation.models import Ballot, Round
from apps.deliberation.reviews import Review, reviews_of
from apps.frameworks.models import Element, Framework
from apps.pages.present.audit import sentences
from apps.pages.present.mandates import reach
from apps.pages.present.reviews import words_of
from apps.pages.present.words import capital, day, moment, number_of, of
from apps.partnerships.actors import actor_in
from apps.partnerships.models import Holding, Mandate, Partnership, Role, Seat
from apps.proposals.models import Offer, Proposal
from apps.provenance.population import overview

SHOWN = 100


@dataclass(frozen=True)
class Task:
    """One thing that waits: a sentence, where it is done, and what to press. `state` is a colour role."""

    sentence: str
    url: str
    action: str = ""
    more: str = ""
    state: str = "open"
    state_words: str = ""
    urgent: bool = False


@dataclass(frozen=True)
class Standing:
    """What a person is, in all partnerships at once."""

    person: Person
    seats: Mapping[UUID, Seat] = field(default_factory=dict)
    convenes: frozenset[UUID] = frozenset()
    audits: frozenset[UUID] = frozenset()
    mandates: Sequence[Mandate] = ()

    @cached_property
    def partnerships(self) -> set[UUID]:
        return {*self.seats, *self.convenes, *self.audits, *(mandate.partnership_id for mandate in self.mandates)}


def standing_of(person: Person) -> Standing:
    """Seats, roles and mandates of a person: three queries."""
    held = Holding.objects.select_related("seat__group").filter(person=person, until=None)
    roles = list(Role.objects.filter(person=person, until=None).values_list("partnership", "name"))
    return Standing(
        person=person,
        seats={holding.partnership_id: holding.seat for holding in held},
        convenes=frozenset(id for id, name in roles if name == "convenor"),
        audits=frozenset(id for id, name in roles if name == "auditor"),
        mandates=list(Mandate.objects.select_related("partnership__log").filter(holder=person)[:SHOWN]),
    )


def tasks_for(person: Person) -> list[Task]:
    """Everything that waits for somebody, urgent things first."""
    standing = standing_of(person)
    tasks = [
        *_votes(standing),
        *_answers(standing),
        *_windows(standing),
        *_mandates(standing),
        *_convening(standing),
        *_auditing(standing),
    ]
    return sorted(tasks, key=lambda task: not task.urgent)[:SHOWN]


def _votes(standing: Standing) -> Iterable[Task]:
    """Open rounds in which my seat has not voted on everything."""
    seats = {id: seat for id, seat in standing.seats.items() if seat.group.standing == "decides"}
    rounds = _rounds(seats, "open")
    ids = [round.id for round in rounds]
    voted = Ballot.objects.filter(round__in=ids, seat__in=[seat.id for seat in seats.values()]).values("round")
    done = dict(voted.annotate(n=Count("item", distinct=True)).values_list("round", "n"))
    sizes = dict(
        Seat.objects.filter(group__in=[seat.group_id for seat in seats.values()])
        .values_list("group")
        .annotate(n=Count("id"))
    )
    for round in rounds:
        left = round.questions - done.get(round.id, 0)  # type: ignore[attr-defined]
        group = seats[round.framework.partnership_id].group
        if left > 0:
            yield _vote(round, left, group.name, sizes[group.id] - 1)


def _vote(round: Round, left: int, group: str, others: int) -> Task:
    company = f", with {number_of(others, 'other')}" if others else ""
    until = f" Open until {moment(round.closes_at)}." if round.closes_at else ""
    return Task(
        sentence=f"{capital(number_of(left, 'question'))} in “{round.title}”. Your answer counts as {of(group)}{company}.{until}",
        url=reverse("round", args=[round.id]),
        action="Vote",
        more=round.framework.title,
        state_words="Open",
        urgent=True,
    )


def _answers(standing: Standing) -> Iterable[Task]:
    """Offers of change to proposals that my group tables, or, as convenor, to those that no group does."""
    mine = Q(pk=None)
    for id, seat in standing.seats.items():
        mine |= Q(proposal__framework__partnership=id, proposal__sponsors__contains=[seat.group.key])
    mine |= Q(proposal__framework__partnership__in=standing.convenes, proposal__sponsors=[])
    waiting = Offer.objects.filter(mine, state="offered", proposal__state="tabled").values_list(
        "proposal", "proposal__code"
    )
    for id, code, count in waiting.annotate(n=Count("id")).order_by("proposal__code")[:SHOWN]:
        verb = "waits" if count == 1 else "wait"
        sentence = f"{capital(number_of(count, 'change'))} offered to the proposal on {code} {verb} for your answer."
        yield Task(
            sentence, reverse("proposal", args=[id]) + "#offers", "Answer", state_words="Waits for you", urgent=True
        )


def _windows(standing: Standing) -> Iterable[Task]:
    """Proposals of others to which my group can still offer changes."""
    today = clock.now().date()
    heard = {id: seat for id, seat in standing.seats.items() if seat.group.kind != "observer"}
    found = Proposal.objects.select_related("framework").filter(
        framework__partnership__in=list(heard),
        state="tabled",
        offers_until__gte=today,
        framework__gates__contains=["offer"],
    )
    for proposal in found.order_by("offers_until")[:SHOWN]:
        if heard[proposal.framework.partnership_id].group.key not in proposal.sponsors:
            yield _window(proposal, today)


def _window(proposal: Proposal, today: date) -> Task:
    assert proposal.offers_until is not None
    left = (proposal.offers_until - today).days
    when = "today is the last day" if left == 0 else f"{number_of(left, 'day')} left"
    return Task(
        sentence=f"Until {day(proposal.offers_until)} you can offer changes to the proposal on {proposal.code}: {when}.",
        url=reverse("proposal", args=[proposal.id]),
        action="Read it",
        more=proposal.framework.title,
        state_words="On the table",
        urgent=left <= 2,
    )


def _mandates(standing: Standing) -> Iterable[Task]:
    """What I may decide alone, and which reviews are due."""
    codes = _codes({id for mandate in standing.mandates for id in mandate.elements})
    reviews = reviews_of({mandate.partnership_id for mandate in standing.mandates}) if standing.mandates else []
    for mandate in standing.mandates:
        today = mandate.partnership.today(clock.now())
        mine = [review for review in reviews if review.mandate.id == mandate.id]
        late = any(review.days_late > 0 for review in mine)
        if late or mandate.is_valid_on(today):
            words = f"Under mandate {mandate.code} you may decide alone: {reach(mandate, codes)}."
            yield Task(
                sentence=f"{words} {words_of(mine[0].state) if mine else ''}".strip(),
                url=reverse("mandate", args=[mandate.partnership_id, mandate.id]),
                action="Look at it",
                more=mandate.partnership.name,
                state="danger" if late else "imposed",
                state_words="Review overdue" if late else "Mandate",
                urgent=late,
            )


def _convening(standing: Standing) -> Iterable[Task]:
    """Rounds I prepared or run, plans I have not sealed."""
    for round in _rounds(standing.convenes, "open"):
        until = f" until {moment(round.closes_at)}" if round.closes_at else "; you close it by hand"
        questions = number_of(round.questions, "question")  # type: ignore[attr-defined]
        yield Task(
            f"“{round.title}” is open{until}: {questions}.",
            reverse("round", args=[round.id]),
            "See who has voted",
            round.framework.title,
            state_words="Open",
        )
    for round in _rounds(standing.convenes, "draft"):
        yield Task(
            f"“{round.title}” is prepared and not open yet.",
            reverse("round", args=[round.id]),
            "Open it",
            round.framework.title,
            state_words="In preparation",
        )
    yield from _late(standing.convenes)
    for framework in Framework.objects.filter(partnership__in=standing.convenes, sealed_at=None)[:SHOWN]:
        sentence = (
            f"The founding plan of {framework.title} is not sealed. What comes before the seal counts as planned."
        )
        yield Task(sentence, reverse("framework", args=[framework.id]), "Look at it", state_words="In preparation")


def _late(partnerships: Iterable[UUID]) -> Iterable[Task]:
    """Reviews that nobody has held in time, one sentence for each partnership."""
    late: dict[UUID, list[Review]] = {}
    for review in reviews_of(partnerships):
        if review.days_late > 0:
            late.setdefault(review.mandate.partnership_id, []).append(review)
    for id, found in late.items():
        name, days = found[0].mandate.partnership.name, number_of(found[0].days_late, "day")
        words = f"{name}: {number_of(len(found), 'review')} overdue, the longest by {days}. A round on the measure is its review."
        yield Task(
            words,
            reverse("partnership", args=[id]) + "#mandates",
            "Look at it",
            state="danger",
            state_words="Review overdue",
            urgent=True,
        )


def _auditing(standing: Standing) -> Iterable[Task]:
    """The state of each partnership I audit, in one sentence; what it rests on is one click away."""
    for partnership in Partnership.objects.select_related("log").filter(id__in=standing.audits)[:SHOWN]:
        found = overview(actor_in(partnership, standing.person))
        yield Task(
            sentence=f"{partnership.name}: {sentences(found)[0]}",
            url=reverse("audit", args=[partnership.id]),
            action="See all decisions",
            more=" ".join(sentences(found)[1:]),
            state="danger" if found.overdue else "agreed",
            state_words="Review overdue" if found.overdue else "Audit",
        )


def _rounds(partnerships: Iterable[UUID], state: str) -> list[Round]:
    found = Round.objects.select_related("framework").filter(framework__partnership__in=list(partnerships), state=state)
    return list(found.annotate(questions=Count("items")).order_by("closes_at", "-drafted_at")[:SHOWN])


def _codes(ids: Iterable[str]) -> dict[str, str]:
    return {str(found.id): found.code for found in Element.objects.filter(id__in=list(ids))}
