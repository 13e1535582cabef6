"""What waits for somebody, in one sentence each: over all partnerships, in a fixed number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from apps.accounts.models import Person
from apps.common import clock
from apps.deliberation.reviews import Review, reviews_of
from apps.pages.present.audit import sentences
from apps.pages.present.coming import groups_come
from apps.pages.present.desk import BEFORE, SHOWN, Desk, Standing, desk_of, standing_of
from apps.pages.present.mandates import reach
from apps.pages.present.papers import no_mail
from apps.pages.present.reviews import words_of
from apps.pages.present.words import ROUND_STATES, capital, day, moment, number_of, of
from apps.partnerships.actors import actor_in
from apps.partnerships.models import Partnership
from apps.provenance.population import overview


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


def tasks_for(person: Person) -> list[Task]:
    """Everything that waits for somebody, urgent things first: three queries."""
    standing = standing_of(person)
    desk, reviews = desk_of(standing), reviews_of(standing.partnerships)
    tasks = [
        *_alarms(desk),
        *_votes(standing, desk),
        *_answers(desk),
        *_windows(desk),
        *_mandates(standing, desk, reviews),
        *_convening(standing, desk, reviews),
        *_auditing(standing, desk, reviews),
    ]
    return sorted(tasks, key=lambda task: not task.urgent)[:SHOWN]


def _alarms(desk: Desk) -> Iterable[Task]:
    """Records of which somebody outside has seen another history: for those who convene and those who audit."""
    for partnership in desk.disputed:
        yield Task(
            f"Somebody outside has seen another history of the record of {partnership.name} than the one that stands here.",
            reverse("keepers", args=[partnership.id]),
            "See what was seen",
            "Do not write to the record before you know why. Tell whoever runs this server, and the auditors.",
            state="danger",
            state_words="Alarm",
            urgent=True,
        )


def _votes(standing: Standing, desk: Desk) -> Iterable[Task]:
    """Open rounds in which my seat has not voted on everything."""
    for round in desk.open_rounds(standing.deciding, "open"):
        left = round.questions - desk.voted.get(round.id, 0)
        group = standing.deciding[UUID(round.home)].group
        if left > 0:
            yield _vote(round, left, group.name, desk.sizes[group.id] - 1)


def _vote(round: Any, left: int, group: str, others: int) -> Task:
    company = f", with {number_of(others, 'other')}" if others else ""
    until = f" Open until {moment(round.closes_at)}." if round.closes_at else ""
    return Task(
        sentence=f"{capital(number_of(left, 'question'))} in “{round.title}”. Your answer counts as {of(group)}{company}.{until}",
        url=reverse("round", args=[round.id]),
        action="Vote",
        more=round.title_of,
        state_words="Open",
        urgent=True,
    )


def _answers(desk: Desk) -> Iterable[Task]:
    """Offers of change to proposals that my group tables, or, as convenor, to those that no group does."""
    for row in desk.offers:
        verb = "waits" if row["n"] == 1 else "wait"
        sentence = (
            f"{capital(number_of(row['n'], 'change'))} offered to the proposal on {row['code']} {verb} for your answer."
        )
        address = reverse("proposal", args=[row["proposal_id"]]) + "#offers"
        yield Task(sentence, address, "Answer", state_words="Waits for you", urgent=True)


def _windows(desk: Desk) -> Iterable[Task]:
    """Proposals of others to which my group can still offer changes."""
    today = clock.now().date()
    return [_window(proposal, today) for proposal in desk.windows]


def _window(proposal: Any, today: date) -> Task:
    assert proposal.offers_until is not None
    left = (proposal.offers_until - today).days
    when = "today is the last day" if left == 0 else f"{number_of(left, 'day')} left"
    return Task(
        sentence=f"Until {day(proposal.offers_until)} you can offer changes to the proposal on {proposal.code}: {when}.",
        url=reverse("proposal", args=[proposal.id]),
        action="Read it",
        more=proposal.title_of,
        state_words="On the table",
        urgent=left <= 2,
    )


def _mandates(standing: Standing, desk: Desk, reviews: Sequence[Review]) -> Iterable[Task]:
    """What I may decide alone, and which reviews are due."""
    for mandate in standing.mandates:
        today = mandate.partnership.today(clock.now())
        mine = [review for review in reviews if review.mandate.id == mandate.id]
        late = any(review.days_late > 0 for review in mine)
        if late or mandate.is_valid_on(today):
            words = f"Under mandate {mandate.code} you may decide alone: {reach(mandate, desk.codes)}."
            yield Task(
                sentence=f"{words} {words_of(mine[0].state) if mine else ''}".strip(),
                url=reverse("mandate", args=[mandate.partnership_id, mandate.id]),
                action="Look at it",
                more=mandate.partnership.name,
                state="danger" if late else "imposed",
                state_words="Review overdue" if late else "Mandate",
                urgent=late,
            )


def _convening(standing: Standing, desk: Desk, reviews: Sequence[Review]) -> Iterable[Task]:
    """Rounds I prepared or run, plans I have not sealed."""
    for round in desk.open_rounds(standing.convenes, "open"):
        until = f" until {moment(round.closes_at)}" if round.closes_at else "; you close it by hand"
        questions = number_of(round.questions, "question")
        yield Task(
            f"“{round.title}” is open{until}: {questions}.",
            reverse("round", args=[round.id]),
            "See who has voted",
            round.title_of,
            state_words="Open",
        )
    for round in (one for state in BEFORE for one in desk.open_rounds(standing.convenes, state)):
        yield Task(
            _coming(round, desk),
            reverse("round", args=[round.id]),
            "Look at it" if round.state == "talking" else "Open it",
            ". ".join(filter(None, (round.title_of, groups_come(desk.coming[round.id])))),
            state_words=capital(ROUND_STATES[round.state][1]),
        )
    yield from _late(review for review in reviews if review.mandate.partnership_id in standing.convenes)
    for framework in desk.unsealed:
        sentence = (
            f"The founding plan of {framework.title} is not sealed. What comes before the seal counts as planned."
        )
        yield Task(sentence, reverse("framework", args=[framework.id]), "Look at it", state_words="In preparation")


def _coming(round: Any, desk: Desk) -> str:
    """A round before its vote: when it begins, what it asks, and what became of its papers."""
    questions = number_of(round.questions, "question")
    when = f" begins {moment(round.starts_at)}" if round.starts_at else " is prepared and not open yet"
    words = [f"“{round.title}”{when}: {questions}."]
    if round.id in desk.papers:
        words.append(f"Papers went out on {day(desk.papers[round.id])}.")
        words += [no_mail(count) for count in [desk.without_mail.get(UUID(round.home), 0)] if count]
    return " ".join(words)


def _late(reviews: Iterable[Review]) -> Iterable[Task]:
    """Reviews that nobody has held in time, one sentence for each partnership."""
    late: dict[UUID, list[Review]] = {}
    for review in reviews:
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


def _auditing(standing: Standing, desk: Desk, reviews: Sequence[Review]) -> Iterable[Task]:
    """The state of the partnership I audit in one sentence, what it rests on one click away; of several, what is known already."""
    if len(desk.audited) > 1:
        yield from (_audited(partnership, reviews) for partnership in desk.audited)
        return
    for partnership in desk.audited:
        found = overview(actor_in(partnership, standing.person))
        yield Task(
            sentence=f"{partnership.name}: {sentences(found)[0]}",
            url=reverse("audit", args=[partnership.id]),
            action="See all decisions",
            more=" ".join(sentences(found)[1:]),
            state="danger" if found.overdue else "agreed",
            state_words="Review overdue" if found.overdue else "Audit",
        )


def _audited(partnership: Partnership, reviews: Sequence[Review]) -> Task:
    late = sum(one.days_late > 0 for one in reviews if one.mandate.partnership_id == partnership.id)
    entries = number_of(partnership.log.size, "entry", "entries")
    return Task(
        sentence=f"{partnership.name}: {entries} in its record, {number_of(late, 'review')} overdue.",
        url=reverse("audit", args=[partnership.id]),
        action="See all decisions",
        state="danger" if late else "agreed",
        state_words="Review overdue" if late else "Audit",
    )
