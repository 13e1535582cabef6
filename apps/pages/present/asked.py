"""What else somebody is asked for: an opinion on a panel, two questions after a decision."""

from collections.abc import Iterable

from django.urls import reverse

from apps.accounts.models import Person
from apps.common import clock
from apps.frameworks.models import Element
from apps.measurement.selectors import unanswered
from apps.pages.present.waiting import Task
from apps.pages.present.words import day
from apps.provenance.contesting import waiting_opinions

SHOWN = 20


def asked_of(person: Person) -> list[Task]:
    """Everything of this kind that waits for somebody."""
    return [*_opinions(person), *_pulses(person)]


def _pulses(person: Person) -> Iterable[Task]:
    found = list(unanswered(person)[:SHOWN])
    names = {
        one.id: f"{one.code} {one.title}" for one in Element.objects.filter(id__in=[pulse.element for pulse in found])
    }
    for pulse in found:
        if pulse.element in names and pulse.closes_on >= pulse.framework.partnership.today(clock.now()):
            yield Task(
                sentence=f"Two questions, 20 seconds: {names[pulse.element]}. Private, until {day(pulse.closes_on)}.",
                url=reverse("pulse", args=[pulse.id]),
                action="Answer",
                more=pulse.framework.title,
                state_words="Open",
            )


def _opinions(person: Person) -> Iterable[Task]:
    for member in waiting_opinions(person)[:SHOWN]:
        found = member.challenge
        what = "how something was decided" if found.subject == "verdict" else "a recorded fact"
        yield Task(
            sentence=f"You sit on a panel of three: somebody contests {what} (entry {found.about}). Are they right?",
            url=reverse("challenge", args=[found.id]) + "#answer",
            action="Read it and answer",
            more=found.framework.title,
            state_words="Waits for you",
            urgent=True,
        )
