"""The case library, and the idea on one page: nothing here needs an account or a partnership."""

import json
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.pages.present import cases as present
from apps.pages.shown import Step
from apps.pages.web import show
from apps.provenance.casebook import case_of
from apps.provenance.casebook import cases as library
from apps.provenance.domain.rule import RULE_1
from apps.provenance.presenting.matrix import matrix
from apps.provenance.presenting.paper import alone

TITLE = "Ten public cases on the same two lines"
OURS = "How they are scored is our reading of public sources, not that of the paper behind the two lines."


def cases(request: HttpRequest) -> HttpResponse:
    """All cases in one picture and one table."""
    found = list(library().values())
    return show(
        request,
        "pages/cases.html",
        title=TITLE,
        sentence=f"Well-known systems of targets and indicators, each with the way it came. {OURS}",
        journeys=[replace(one.journey, href=reverse("case", args=[one.id])) for one in found],
        description=" ".join(f"{one.title}: {one.words}." for one in found),
        rows=[present.row(one) for one in found],
        kinds=present.kinds_of(found),
        where=[Step("The idea", reverse("idea")), Step("Ten public cases")],
    )


def case(request: HttpRequest, id: str) -> HttpResponse:
    """One case: its way, step by step, with sources, what was assumed and what could not be scored."""
    found = case_of(id)
    return show(
        request,
        "pages/case.html",
        title=found.title,
        sentence=found.short,
        case=found,
        position=present.position(found),
        journeys=[found.journey],
        steps=present.steps(found),
        kinds=present.kinds_of([found]),
        ours=OURS,
        where=[Step("The idea", reverse("idea")), Step("Ten public cases", reverse("cases")), Step(found.title)],
    )


def as_svg(request: HttpRequest) -> HttpResponse:
    """The picture of all cases, for print and mail."""
    found = list(library().values())
    said = " ".join(f"{one.title}: {one.words}." for one in found)
    drawn = alone(matrix([one.journey for one in found], f"{TITLE}. {OURS}", said, name="cases"))
    return HttpResponse(drawn, content_type="image/svg+xml")


def as_json(request: HttpRequest) -> HttpResponse:
    """All cases with their sources and their scores."""
    document = {"about": OURS, "cases": [present.document(one) for one in library().values()]}
    return _json(document, "cases.json")


def history(request: HttpRequest, id: str) -> HttpResponse:
    """One case as the history file that `manage.py score` reads."""
    return _json(case_of(id).history, f"{id}.json")


def scoring_rule(request: HttpRequest) -> HttpResponse:
    """The rule in force as the document that is hashed and adopted."""
    return _json(RULE_1.document(), "scoring-rule-1.json")


def idea(request: HttpRequest) -> HttpResponse:
    """The paper's idea for somebody who works in public services."""
    named = library()
    return show(
        request,
        "pages/idea.html",
        title="Two questions about every measure",
        sentence="Who decided it? And where did it come from? Most quarrels about targets become clearer when these two are "
        "kept apart, and clearer still when one looks at how the answers change.",
        corners=[present.corner(named[id]) for id in ("compstat_citistat", "strive", "troubled_families", "oregon")],
        moving=[named["psa"].journey, named["oregon"].journey],
        where=[Step("The idea")],
    )


def _json(document: object, name: str) -> HttpResponse:
    answer = HttpResponse(json.dumps(document, ensure_ascii=False, indent=1), content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
