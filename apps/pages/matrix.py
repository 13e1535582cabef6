"""The picture of a framework: every element on the two lines, with the way it came, and the same as a table."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from apps.frameworks.selectors import elements, open_framework
from apps.pages.present.tree import ELEMENTS_SHOWN, in_order
from apps.pages.present.verdicts import journeys
from apps.pages.present.words import capital, number_of
from apps.pages.web import path_to, person_of, show
from apps.provenance.selectors import verdicts


def matrix(request: HttpRequest, id: UUID) -> HttpResponse:
    """All measures of a framework as marks."""
    actor, framework = open_framework(person_of(request), id)
    measures = sorted(elements(framework, kind="measure")[:ELEMENTS_SHOWN], key=in_order)
    scored = verdicts(framework)
    drawn = journeys(measures, scored)
    undecided = [measure for measure in measures if measure.id not in scored]
    return show(
        request,
        "pages/matrix.html",
        title="Where the measures stand",
        sentence=f"{capital(number_of(len(drawn), 'measure'))} on two lines: who decided, and where it came from. "
        "Neither end is better: what counts is that everybody can see it, and what became of it.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "The picture"),
        journeys=drawn,
        undecided=undecided,
        description=". ".join(f"{one.code} {one.title}: {one.now.words}" for one in drawn[:100]),
    )
