"""The first page: what this is for, what waits for me, which partnerships I may read."""

from fractions import Fraction
from typing import Any

from django.http import HttpRequest, HttpResponse

from apps.notifications.selectors import notices_for, shown
from apps.pages.present.asked import asked_of
from apps.pages.present.waiting import tasks_for
from apps.pages.web import person_of, show
from apps.partnerships.selectors import partnerships_for
from apps.provenance.presenting.journeys import Journey, Stop

PARTNERSHIPS_SHOWN = 50
NOTICES_SHOWN = 5
# The picture that explains the mark once: one measure that was set by one party and reworked together, and two that stayed.
EXAMPLE = (
    Journey(
        "A",
        "Set by one party to get started, reworked together a year later",
        "mixed",
        (
            Stop(Fraction(1, 10), Fraction(1, 2), "set by one party"),
            Stop(Fraction(11, 20), Fraction(13, 20), "mixed, emergent"),
        ),
    ),
    Journey(
        "B",
        "Agreed by every group; it grew from practice",
        "negotiated",
        (Stop(Fraction(9, 10), Fraction(9, 10), "negotiated, emergent"),),
    ),
    Journey("C", "Required by law", "outside", (Stop(Fraction(1, 20), Fraction(1, 20), "imposed, planned"),)),
)


def home(request: HttpRequest) -> HttpResponse:
    """For visitors what this is for; for people signed in what waits for them."""
    person = person_of(request)
    partnerships = partnerships_for(person)[: PARTNERSHIPS_SHOWN + 1]
    shared: dict[str, Any] = {"partnerships": partnerships[:PARTNERSHIPS_SHOWN], "example": EXAMPLE}
    if person is None:
        return show(
            request,
            "pages/welcome.html",
            title="Who chose the measures decides whether anyone believes them",
            sentence="Here agencies, providers, staff and communities negotiate together what is counted and what is aimed for. "
            "Years later anybody can see how each measure came to be: agreed or set by one party, by whom, "
            "with which disagreement.",
            **shared,
        )
    tasks = sorted([*asked_of(person), *tasks_for(person)], key=lambda task: not task.urgent)
    shared["notices"] = shown(list(notices_for(person, unread=True)[:NOTICES_SHOWN]))
    counted = f"{len(tasks)} things, the most urgent first." if len(tasks) > 1 else "One thing."
    sentence = counted if tasks else "Nothing at the moment."
    return show(request, "pages/home.html", title="What waits for you", sentence=sentence, tasks=tasks, **shared)
