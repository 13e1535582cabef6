"""The picture of a framework: every measure on the two lines, with the way it came, the same as a table, and as files."""

import json
from collections.abc import Iterable
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from apps.common.errors import Invalid
from apps.common.trips import at_once
from apps.frameworks.models import Framework
from apps.frameworks.selectors import elements, open_framework
from apps.pages.forms.matrix import MatrixForm
from apps.pages.present import matrix as present
from apps.pages.present.tree import in_order
from apps.pages.present.words import capital, number_of
from apps.pages.web import path_to, person_of, show
from apps.provenance.casebook import Case
from apps.provenance.choosing import Chosen, Wanted, choose
from apps.provenance.domain.summary import Summary
from apps.provenance.matrix import summarised
from apps.provenance.presenting import files
from apps.provenance.presenting.journeys import is_crowd
from apps.provenance.presenting.matrix import KINDS
from apps.provenance.presenting.words import as_of, middle_words

CELLS_NI, CELLS_PE = ("imposed", "mixed", "negotiated"), ("emergent", "mixed", "planned")


def matrix(request: HttpRequest, id: UUID) -> HttpResponse:
    """The measures as marks, on the day asked for."""
    actor, framework = open_framework(person_of(request), id)
    form = _form(request, framework)
    wanted = form.wanted()
    chosen = choose(framework, wanted)
    cases = form.cases()
    address = "?" + _query(wanted, cases)
    hrefs = present.hrefs(chosen, address)
    title = _title(wanted)
    table = Paginator(chosen.standing, present.ROWS).get_page(request.GET.get("page"))
    acts = present.acts_shown(framework, chosen, table)
    marks = [*files.journeys_of(framework, chosen, hrefs, acts), *present.beside(cases)]
    summary = summarised(chosen.shown.values())
    kinds = present.kinds_in(chosen)
    return show(
        request,
        "pages/matrix.html",
        title=title,
        sentence=_sentence(summary, wanted),
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "The picture"),
        filter=form,
        form=form,
        narrow=wanted.narrow or wanted.at is not None or bool(form.errors) or bool(cases),
        cases=cases,
        journeys=marks,
        middle=files.middle_of(summary),
        middle_words=middle_words(summary) if summary.counted > 1 else "",
        description=" ".join(f"{one.code} {one.title}: {one.now.words}." for one in marks[:100]),
        island=present.props(framework, chosen, title, cases, acts),
        kinds=[(kind, words) for kind, words in KINDS.items() if kind in kinds | {one.kind for one in marks}],
        crowd=is_crowd(marks),
        moved=not is_crowd(marks) and any(one.has_moved for one in marks),
        summary=summary,
        cells=_cells(summary),
        required=[f"{measure.code} {measure.title}" for measure, way in chosen.standing if way.now.required],
        nowhere=[(measure, way) for measure, way in chosen.standing if way.now.ni is None],
        page=table,
        rows=present.rows(framework, list(table), acts),
        address=address,
        undecided=chosen.undecided,
        proposed=present.proposed(framework) if wanted.at is None else [],
        files=_query(wanted, cases),
        day=as_of(wanted.at),
        status=422 if form.errors else 200,
    )


def as_svg(request: HttpRequest, id: UUID) -> HttpResponse:
    """The drawing alone, for print and mail."""
    framework, chosen, cases = _chosen(request, id)
    return _file(files.drawing(framework, chosen, present.beside(cases)), "image/svg+xml", "")


def as_csv(request: HttpRequest, id: UUID) -> HttpResponse:
    """The table, for spreadsheets."""
    framework, chosen, _ = _chosen(request, id)
    return _file("\ufeff" + files.table(framework, chosen), "text/csv; charset=utf-8", "matrix.csv")


def as_json(request: HttpRequest, id: UUID) -> HttpResponse:
    """Everything, for programs."""
    framework, chosen, _ = _chosen(request, id)
    document = json.dumps(files.document(framework, chosen), ensure_ascii=False, indent=1)
    return _file(document, "application/json", "matrix.json")


def _form(request: HttpRequest, framework: Framework) -> MatrixForm:
    outcomes, groups = at_once(
        elements(framework, kind="outcome"), framework.partnership.groups.order_by("order", "key").values("key", "name")
    )
    names = {group["key"]: group["name"] for group in groups}
    return MatrixForm(request.GET, outcomes=sorted(outcomes, key=in_order), groups=names)


def _chosen(request: HttpRequest, id: UUID) -> tuple[Framework, Chosen, list[Case]]:
    """What a file is about. Unlike the page it refuses what it does not understand: nobody would see the difference."""
    _, framework = open_framework(person_of(request), id)
    form = _form(request, framework)
    wanted = form.wanted()
    if form.errors:
        fields = {name: " ".join(str(error) for error in errors) for name, errors in form.errors.items()}
        raise Invalid("matrix.filter", "The picture cannot be narrowed down like that.", fields)
    return framework, choose(framework, wanted), form.cases()


def _file(content: str, media: str, name: str) -> HttpResponse:
    answer = HttpResponse(content.encode(), content_type=media)
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _query(wanted: Wanted, cases: Iterable[Case]) -> str:
    """The same choice as an address says it."""
    asked = {
        "at": wanted.at and wanted.at.isoformat(),
        "outcome": wanted.outcome,
        "group": wanted.group,
        "did": wanted.did if wanted.group else "",
        "ni": wanted.ni,
        "pe": wanted.pe,
    }
    pairs = [(key, value) for key, value in asked.items() if value]
    return urlencode([*pairs, *(("beside", case.id) for case in cases)])


def _title(wanted: Wanted) -> str:
    return f"Where the measures stood{as_of(wanted.at)}" if wanted.at else "Where the measures stand"


def _sentence(summary: Summary, wanted: Wanted) -> str:
    count = summary.counted + summary.required
    said = f"{capital(number_of(count, 'measure'))}{_stood(wanted)} on two lines: who decided, and where it came from."
    if wanted.narrow:
        said = f"{capital(number_of(count, 'measure'))} of this framework, chosen below, on two lines{_stood(wanted)}."
    return f"{said} Neither end is better: what counts is that everybody can see it, and what became of it."


def _stood(wanted: Wanted) -> str:
    return f", as they stood{as_of(wanted.at)}" if wanted.at else ""


def _cells(summary: Summary) -> list[tuple[str, list[int]]]:
    """How many stand where: a row for each place on the line planned - emergent, from the top of the picture down."""
    return [(pe, [summary.cells.get((ni, pe), 0) for ni in CELLS_NI]) for pe in CELLS_PE]
