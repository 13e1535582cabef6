"""Comments, questions and evidence: said at a field of a proposal or of an element in force."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common.errors import NotFound
from apps.frameworks.domain.fields import fields_of
from apps.frameworks.models import Element
from apps.frameworks.selectors import open_element
from apps.pages.forms.base import NothingForm
from apps.pages.forms.comment import CommentForm, ReplyForm
from apps.pages.present.items import heading
from apps.pages.present.proposals import stand_of
from apps.pages.present.removed import words
from apps.pages.shown import Step
from apps.pages.web import done, handle, links_to, path_to, sent, signed_in
from apps.partnerships.actors import Actor
from apps.proposals.models import Comment, Proposal
from apps.proposals.selectors import comments, open_comment, open_proposal
from apps.proposals.services import add_comment, take_back_comment


def on_proposal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say or ask something about a proposal."""
    actor, found = open_proposal(signed_in(request), id)
    stand = stand_of(actor, found)
    here = Step(heading(found, stand.title), reverse("proposal", args=[id]))
    page = {"actor": actor, "framework": found.framework, "where": [*links_to(actor, found.framework), here]}
    return _say(request, actor, found, page | {"cancel": here.url})


def on_element(request: HttpRequest, id: UUID) -> HttpResponse:
    """Say or ask something about an element in force."""
    actor, framework, found = open_element(signed_in(request), id)
    page = {"actor": actor, "framework": framework, "where": links_to(actor, framework, found)}
    return _say(request, actor, found, page | {"cancel": reverse("element", args=[id])})


def take_back(request: HttpRequest, id: UUID) -> HttpResponse:
    """Take one's own comment back."""
    actor, found = open_comment(signed_in(request), id)
    name, args = ("proposal", found.proposal_id) if found.proposal_id else ("element", found.element)

    def do(data: dict[str, Any]) -> HttpResponse:
        take_back_comment(by=actor, comment=found)
        return done(request, "Your comment is taken back.", name, args, part="comments")

    return handle(
        request,
        NothingForm(sent(request)),
        do,
        title="Take the comment back",
        sentence="It is shown no more. That it was made stays in the record.",
        actor=actor,
        framework=found.framework,
        where=path_to(actor, found.framework, None, "Take the comment back"),
        words=words(found.words),
        submit="Take it back",
        cancel=reverse(name, args=[args]),
    )


def _say(request: HttpRequest, actor: Actor, on: Proposal | Element, page: dict[str, Any]) -> HttpResponse:
    if actor.seat is None and not actor.is_convenor:
        actor.require_seat()
    answered = _answered(request, on)
    form = _form(request, on, answered)

    def do(data: dict[str, Any]) -> HttpResponse:
        add_comment(by=actor, on=on, answers=answered, **data)
        name = "proposal" if isinstance(on, Proposal) else "element"
        return done(request, "It is said. Everybody can read it.", name, on.id, part="comments")

    title = "Answer" if answered else "Comment, ask or show evidence"
    page["where"] = [*page["where"], Step(title)]
    return handle(
        request,
        form,
        do,
        title=title,
        sentence="It hangs on the version you see. If the text changes there, it is marked as about an earlier version.",
        words=f"{answered.group.name if answered.group else 'The convenor'}: “{words(answered.words)}”"
        if answered
        else "",
        submit="Say it",
        **page,
    )


def _form(request: HttpRequest, on: Proposal | Element, answered: Comment | None) -> Form:
    if answered is not None:
        return ReplyForm(sent(request))
    labels = [(field.key, field.label) for field in fields_of(on.kind)]
    asked = {"field": request.GET.get("field", ""), "kind": request.GET.get("kind", "comment")}
    return CommentForm(sent(request), labels=labels, initial={"on_number": on.number, **asked})


def _answered(request: HttpRequest, on: Proposal | Element) -> Comment | None:
    """The comment to be answered, where one is named."""
    named = request.GET.get("answers", "")
    if not named:
        return None
    element, proposal = (on.element, on.id) if isinstance(on, Proposal) else (on.id, None)
    found = comments(on.framework, element=element, proposal=proposal)
    answered = next((one for one in found if str(one.id) == named), None)
    if answered is None:
        raise NotFound("comment.unknown", "That comment is not there any more.")
    return answered
