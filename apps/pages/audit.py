"""The whole population first: every decision of a partnership, what administrators did, and all of it to take away."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.pages.forms.record import SpanForm
from apps.pages.present.audit import administered, files, on_the_host, rows_of, sentences
from apps.pages.web import path_to, person_of, show
from apps.partnerships.selectors import open_partnership
from apps.provenance.population import overview, population
from apps.record.checkpoints import latest

SHOWN = 200


def audit(request: HttpRequest, id: UUID) -> HttpResponse:
    """All decisions, in figures and as a list."""
    actor = open_partnership(person_of(request), id)
    first, *more = sentences(overview(actor))
    rows = rows_of(population(actor), actor)
    return show(
        request,
        "pages/audit.html",
        title="All decisions",
        sentence=first,
        actor=actor,
        where=path_to(actor, None, None, "All decisions"),
        sentences=more,
        rows=rows[:SHOWN],
        left=max(0, len(rows) - SHOWN),
        files=files(actor),
        checkpoint=latest(actor.log),
    )


def administration(request: HttpRequest, id: UUID) -> HttpResponse:
    """What administrators did, between two days; for auditors also who signed in, and what auditors took away."""
    actor = open_partnership(person_of(request), id)
    form = SpanForm(request.GET)
    return show(
        request,
        "pages/administration.html",
        title="What administrators did",
        sentence="Who belongs, who may do what, what is open, what was erased: everything that is not decided by groups.",
        actor=actor,
        where=path_to(actor, None, None, "What administrators did"),
        form=form,
        lines=administered(actor, *form.span()),
        host=on_the_host(actor) if actor.is_auditor else [],
    )
