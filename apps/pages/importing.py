"""Bringing in a framework from a table: send it, look at what would come of every row, then do it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.common.errors import Invalid
from apps.deliberation.services import inherit, plan_inherited
from apps.frameworks.domain.importing import Drafts, Plan, Table, drafts_of, read_table
from apps.frameworks.models import Framework, ImportDraft
from apps.frameworks.selectors import open_framework
from apps.frameworks.services.uploads import close_upload, columns_of, keep_upload, map_columns, upload_of
from apps.pages.forms.base import PlainForm
from apps.pages.forms.importing import AttestForm, BringInForm, ColumnsForm, UploadForm
from apps.pages.framework import page_of
from apps.pages.present.importing import report_from, report_of
from apps.pages.web import attempt, done, handle, path_to, sent, show, signed_in
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import groups
from apps.proposals.rules import require_voice
from apps.proposals.services import import_drafts, plan_drafts


def upload(request: HttpRequest, id: UUID) -> HttpResponse:
    """Send a table."""
    actor, found = _brought(request, id)
    ways = ["drafts", *(["inherited"] if actor.is_convenor and found.sealed_at is None else [])]
    form = UploadForm(sent(request), request.FILES or None, ways=ways)

    def do(data: dict[str, Any]) -> HttpResponse:
        kept = keep_upload(by=actor, framework=found, raw=data["file"].read(), name=data["file"].name, way=data["way"])
        return redirect("import_look", found.id, kept.id)

    sentence = (
        "Bring the framework you have: one row for each measure, desired outcome or value. "
        "First you see what would come of each row."
    )
    return handle(request, form, do, **page_of(actor, found, "Bring in a table", sentence), submit="Look at it")


def look(request: HttpRequest, id: UUID, draft: UUID) -> HttpResponse:
    """What would come of each row; what each column means; then do it. Afterwards: what came of each row."""
    actor, found = _brought(request, id)
    kept = upload_of(by=actor, framework=found, id=draft)
    if kept.report is not None:
        return _page(request, actor, found, kept, report=report_from(kept.report))
    table = read_table(bytes(kept.raw))
    if request.POST.get("do") == "columns":
        form = ColumnsForm(request.POST, table=table, columns=columns_of(kept))
        if form.is_valid():
            map_columns(kept, form.columns())
            return redirect(reverse("import_look", args=[found.id, kept.id]) + "#rows")
        return _looking(request, actor, found, kept, table, None, form)
    last = _last_form(request, actor, kept)
    if request.method == "POST":
        answer = attempt(last, lambda data: _bring_in(request, actor, found, kept, table, last, data))
        if answer is not None:
            return answer
    return _looking(request, actor, found, kept, table, last)


def _bring_in(
    request: HttpRequest,
    actor: Actor,
    found: Framework,
    kept: ImportDraft,
    table: Table,
    form: PlainForm,
    data: dict[str, Any],
) -> HttpResponse:
    drafts, source = drafts_of(table, columns_of(kept)), bytes(kept.raw)
    if isinstance(form, AttestForm):
        plan = inherit(
            by=actor, framework=found, drafts=drafts, source=source, facts=form.facts(), evidence=data["evidence"]
        )
    else:
        plan = import_drafts(by=actor, framework=found, drafts=drafts, source=source, **data)
    report = report_of(plan)
    close_upload(kept, report.to_json())
    return done(request, f"It is done. {report.sentence}", "import_look", found.id, kept.id)


def _looking(
    request: HttpRequest,
    actor: Actor,
    found: Framework,
    kept: ImportDraft,
    table: Table,
    last: PlainForm | None,
    columns: ColumnsForm | None = None,
) -> HttpResponse:
    """The page before anything is brought in."""
    form = columns or ColumnsForm(table=table, columns=columns_of(kept))
    status = 422 if request.method == "POST" else 200
    try:
        plan = _plan(actor, found, kept, drafts_of(table, columns_of(kept)))
    except Invalid as refusal:
        return _page(request, actor, found, kept, columns=form, table=table, problem=refusal.message, status=status)
    more = {"columns": form, "table": table, "form": last, "report": report_of(plan), "status": status}
    return _page(request, actor, found, kept, **more)


def _plan(actor: Actor, found: Framework, kept: ImportDraft, drafts: Drafts) -> Plan:
    planned = plan_inherited if kept.way == "inherited" else plan_drafts
    return planned(by=actor, framework=found, drafts=drafts)


def _last_form(request: HttpRequest, actor: Actor, kept: ImportDraft) -> PlainForm:
    if kept.way == "inherited":
        return AttestForm(sent(request), groups=groups(actor.partnership))
    return BringInForm(sent(request))


def _page(request: HttpRequest, actor: Actor, found: Framework, kept: ImportDraft, **more: Any) -> HttpResponse:
    is_done = kept.report is not None
    return show(
        request,
        "pages/import.html",
        title="What came of the table" if is_done else "Look before you bring it in",
        sentence=more["report"].sentence if more.get("report") else "Say first which column holds the titles.",
        kicker=kept.name,
        actor=actor,
        framework=found,
        where=path_to(actor, found, None, "Bring in a table"),
        kept=kept,
        is_done=is_done,
        **more,
    )


def _brought(request: HttpRequest, id: UUID) -> tuple[Actor, Framework]:
    """A framework, for somebody who may bring something in."""
    actor, found = open_framework(signed_in(request), id)
    if not actor.is_convenor:
        require_voice(actor)
    return actor, found
