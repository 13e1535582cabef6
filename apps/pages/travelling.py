"""A framework as it stood on a day, and what any two days differ in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.common import clock
from apps.frameworks.selectors import open_framework
from apps.pages.forms.record import AtForm, SpanForm
from apps.pages.present.editions import changes_between, held_by, on_day
from apps.pages.present.words import day
from apps.pages.web import path_to, person_of, show


def travel(request: HttpRequest, id: UUID) -> HttpResponse:
    """What was in force on the day `?at=` (without one: today)."""
    actor, found = open_framework(person_of(request), id)
    today = found.partnership.today(clock.now())
    form = AtForm(request.GET or {"at": today.isoformat()})
    at = form.day("at") or today
    return show(
        request,
        "pages/at.html",
        title=f"{found.title} on {day(at)}",
        sentence="What was in force on that day, whatever was decided later.",
        actor=actor,
        framework=found,
        where=path_to(actor, found, None, day(at)),
        form=form,
        sections=held_by(on_day(found, at).state),
    )


def between(request: HttpRequest, id: UUID) -> HttpResponse:
    """What was in force on one day, compared with another."""
    actor, found = open_framework(person_of(request), id)
    first, today = found.starts_on, found.partnership.today(clock.now())
    form = SpanForm(request.GET or {"since": first.isoformat(), "until": today.isoformat()})
    since, until = form.day("since") or first, form.day("until") or today
    old, new = on_day(found, since), on_day(found, until)
    return show(
        request,
        "pages/edition_changes.html",
        title=f"What changed between {old.words} and {new.words}",
        sentence="What was in force on the one day, compared with what was in force on the other.",
        actor=actor,
        framework=found,
        where=path_to(actor, found, None, "Two days"),
        form=form,
        found=changes_between(found, old, new),
    )
