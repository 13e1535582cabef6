"""What else somebody is asked for: an opinion on a panel."""

from collections.abc import Iterable

from django.urls import reverse

from apps.accounts.models import Person
from apps.pages.present.waiting import Task
from apps.provenance.contesting import waiting_opinions

SHOWN = 20


def asked_of(person: Person) -> list[Task]:
    """Everything of this kind that waits for somebody."""
    return list(_opinions(person))


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
