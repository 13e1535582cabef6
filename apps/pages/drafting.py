"""A group's drafting room: keeping a form before it is sent, going on with it, throwing it away."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from apps.common.errors import Refusal
from apps.frameworks.models import Framework
from apps.frameworks.selectors import open_framework
from apps.pages.forms.base import NothingForm
from apps.pages.present.values import element_names
from apps.pages.present.words import KINDS, moment
from apps.pages.web import done, handle, path_to, sent, show, signed_in
from apps.partnerships.actors import Actor
from apps.proposals.drafting import drafts, open_draft
from apps.proposals.models import Draft
from apps.proposals.services import drop_draft, keep_draft

KEEP = "keep"
KEPT = "It is kept. Only your group sees it, until you put it on the table."
_OWN = {"csrfmiddlewaretoken", KEEP, "seen", "back", "draft_number"}


def initial_of(draft: Draft | None) -> dict[str, Any]:
    """What a form shows at first: the draft's values; several of one name as a list."""
    return {key: each if len(each) > 1 else each[0] for key, each in draft.values.items() if each} if draft else {}


def keep(request: HttpRequest, actor: Actor, framework: Framework, subject: str) -> Draft:
    """Keep what was sent, instead of sending it on."""
    values = {key: each for key, each in request.POST.lists() if key not in _OWN}
    number = request.POST.get("draft_number", "0")
    return keep_draft(
        by=actor,
        framework=framework,
        subject=subject,
        values=values,
        number=int(number) if number.isdigit() else 0,
    )


def kept_quietly(request: HttpRequest, actor: Actor, framework: Framework, subject: str) -> JsonResponse:
    """The answer to a page that saves by itself."""
    try:
        draft = keep(request, actor, framework, subject)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "detail": refusal.message}, status=refusal.status)
    return JsonResponse({"number": draft.number})


def room(request: HttpRequest, id: UUID) -> HttpResponse:
    """What one's group keeps."""
    actor, framework = open_framework(signed_in(request), id)
    group = actor.require_seat().group
    found = list(drafts(actor, framework)[:200])
    names = element_names(framework, [one.subject.split(":")[1] for one in found if one.subject.startswith("suggest:")])
    return show(
        request,
        "pages/room.html",
        title=f"Drafting room of {group.name}",
        sentence="Only your group sees this. It is no part of the record until you put it on the table; that your group "
        "drafts in private is declared there.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "Drafting room"),
        cards=[(one, _title(one, names), _url(one), moment(one.saved_at)) for one in found],
    )


def drop(request: HttpRequest, id: UUID) -> HttpResponse:
    """Throw a draft away."""
    actor, found = open_draft(signed_in(request), id)
    framework = found.framework

    def do(data: dict[str, Any]) -> HttpResponse:
        drop_draft(by=actor, draft=found)
        return done(request, "The draft is thrown away.", "room", framework.id)

    return handle(
        request,
        NothingForm(sent(request)),
        do,
        title="Throw the draft away",
        sentence="Nothing of it stays.",
        actor=actor,
        framework=framework,
        where=path_to(actor, framework, None, "Throw the draft away"),
        submit="Throw it away",
        cancel=reverse("room", args=[framework.id]),
    )


def _title(draft: Draft, names: dict[str, str]) -> str:
    what, key = draft.subject.split(":")[:2]
    if what == "suggest":
        return f"A change to {names.get(key, 'a measure')}"
    return f"A new {KINDS.get(key, key)}" if what == "add" else "Answers to offers of change"


def _url(draft: Draft) -> str:
    what, key = draft.subject.split(":")[:2]
    if what == "suggest":
        return reverse("suggest", args=[key]) + "?draft=1"
    if what == "add":
        return reverse("propose_kind", args=[draft.framework_id, key]) + "?draft=1"
    return reverse("merge", args=[key]) + "#answers"
