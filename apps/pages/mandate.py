"""Deciding under a mandate: fill in, look at how it will be shown, then confirm."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.common.errors import NotAllowed, Refusal
from apps.deliberation.models import Decision
from apps.deliberation.selectors import visible_entries
from apps.deliberation.services import impose
from apps.frameworks.domain.fields import PARTS, fields_of
from apps.frameworks.models import Element, Framework
from apps.frameworks.selectors import open_element
from apps.pages.forms.mandate import DecideForm
from apps.pages.present.entries import lines_of
from apps.pages.present.mandates import reach
from apps.pages.present.proposals import Stand, stand_of
from apps.pages.present.values import Names, changes_of, names_in
from apps.pages.present.verdicts import position_of_scored
from apps.pages.present.words import METHODS, listed
from apps.pages.shown import Line, Position, Step
from apps.pages.web import attempt, blame, done, links_to, sent, show, signed_in
from apps.partnerships.actors import Actor
from apps.partnerships.models import Mandate
from apps.partnerships.selectors import group_names, mandate_in
from apps.proposals.models import Proposal
from apps.proposals.selectors import open_proposal
from apps.provenance.domain.headline import headline
from apps.provenance.selectors import score_element


@dataclass(frozen=True)
class Matter:
    """What is to be decided alone: an element in force, or a proposal on the table, and under which mandate."""

    actor: Actor
    framework: Framework
    mandate: Mandate
    kind: str
    title: str
    current: dict[str, Any]
    begin: dict[str, Any]
    names: Names
    here: Step
    element: Element | None = None
    proposal: Proposal | None = None


@dataclass(frozen=True)
class Look:
    """How it will be shown once it is done."""

    headline: str
    position: Position | None
    parts: str
    method: str = ""
    before: Sequence[Line] = ()


def decide_element(request: HttpRequest, id: UUID) -> HttpResponse:
    """Set fields of an element in force."""
    actor, framework, found = open_element(signed_in(request), id)
    here = Step(f"{found.code} {found.title}", reverse("element", args=[id]))
    matter = Matter(
        actor,
        framework,
        _mandate(request, actor),
        found.kind,
        found.title,
        found.fields,
        found.fields,
        names_in(framework),
        here,
        element=found,
    )
    return _decide(request, matter)


def decide_proposal(request: HttpRequest, id: UUID) -> HttpResponse:
    """Set what a proposal on the table would set, as far as the mandate reaches."""
    actor, found = open_proposal(signed_in(request), id)
    stand: Stand = stand_of(actor, found)
    here = Step(f"{found.code} {stand.title}", reverse("proposal", args=[id]))
    matter = Matter(
        actor,
        found.framework,
        _mandate(request, actor),
        found.kind,
        stand.title,
        dict(stand.base),
        stand.result,
        stand.names,
        here,
        proposal=found,
    )
    return _decide(request, matter)


def _decide(request: HttpRequest, matter: Matter) -> HttpResponse:
    form = _form(request, matter)
    if request.method == "POST":
        doing = _confirmed if request.POST.get("step") == "do" else _look
        answer = attempt(form, lambda data: doing(request, matter, form, data))
        if answer is not None:
            return answer
    return _show(request, matter, form, status=form.status if request.method == "POST" else 200)


def _confirmed(request: HttpRequest, matter: Matter, form: DecideForm, data: dict[str, Any]) -> HttpResponse:
    decision = _impose(matter, form, data)
    talk = "" if matter.mandate.statutory else " A talk about it is open from today."
    words = f"It is set, and everybody can see by whom and why.{talk}"
    return (
        done(request, words, "element", decision.element)
        if matter.element
        else done(request, words, "proposal", decision.proposal_id)
    )


def _look(request: HttpRequest, matter: Matter, form: DecideForm, data: dict[str, Any]) -> HttpResponse:
    look = foresee(matter, lambda: _impose(matter, form, data))
    if isinstance(look, Refusal):
        blame(form, look)
        return _show(request, matter, form, status=look.status)
    page = _page(matter, "Look before you decide", "Nothing has been set yet. This is how it will be shown.")
    changes = changes_of(matter.kind, matter.current, form.patch(), matter.names)
    return show(
        request,
        "pages/decide_look.html",
        form=form,
        look=look,
        changes=changes,
        mandate=matter.mandate,
        data=data,
        **page,
    )


def foresee(matter: Matter, do: Callable[[], Decision]) -> Look | Refusal:
    """Do it, see where the element would stand, and undo it. What is refused stays refused, and recorded as an attempt."""
    with transaction.atomic():
        try:
            decision = do()
        except Refusal as refusal:
            return refusal
        scored = score_element(matter.framework, decision.element, until=decision.effective, upto=decision.seq)
        parts = listed(PARTS[part] for part in (decision.act or {}).get("parts", []))
        method = METHODS.get(str((decision.act or {}).get("method")), "")
        words = headline(scored, names=group_names(matter.actor.partnership))
        look = Look(words, position_of_scored(scored), parts, method, _before(matter, decision))
        transaction.set_rollback(True)
    return look


def _before(matter: Matter, decision: Decision) -> list[Line]:
    """What went before, as the entry of the decision names it: this is what will be linked."""
    actor = matter.actor
    (told,) = visible_entries(actor, actor.log, since=decision.seq, until=decision.seq + 1)
    found = [
        entry for seq in told.data["before"] for entry in visible_entries(actor, actor.log, since=seq, until=seq + 1)
    ]
    return lines_of(actor.partnership, found)


def _impose(matter: Matter, form: DecideForm, data: dict[str, Any]) -> Decision:
    return impose(
        by=matter.actor,
        framework=matter.framework,
        mandate=matter.mandate,
        patch=form.patch(),
        reason_code=data["reason_code"],
        reason=data["reason"],
        element=matter.element.id if matter.element else None,
        proposal=matter.proposal,
        effective=data["effective"],
        review_on=data["review_on"],
    )


def _form(request: HttpRequest, matter: Matter) -> DecideForm:
    """The fields the mandate reaches, and whatever else was sent."""
    within = [field.key for field in fields_of(matter.kind) if field.part in matter.mandate.parts]
    typed = {name.split("__")[0] for name in request.POST}
    beyond = [field.key for field in fields_of(matter.kind) if field.key in typed and field.key not in within]
    return DecideForm(
        sent(request),
        kind=matter.kind,
        names=matter.names,
        current=matter.current,
        begin=matter.begin,
        keys=[*within, *beyond],
    )


def _show(request: HttpRequest, matter: Matter, form: DecideForm, status: int) -> HttpResponse:
    words = f"Under mandate {matter.mandate.code} you may decide alone: {reach(matter.mandate, {})}."
    beyond = listed(words for part, words in PARTS.items() if part not in matter.mandate.parts)
    page = _page(matter, "Decide under a mandate", words)
    return show(request, "pages/decide.html", form=form, mandate=matter.mandate, beyond=beyond, status=status, **page)


def _page(matter: Matter, title: str, sentence: str) -> dict[str, Any]:
    return {
        "title": title,
        "sentence": sentence,
        "kicker": matter.here.label,
        "actor": matter.actor,
        "framework": matter.framework,
        "where": [*links_to(matter.actor, matter.framework), matter.here, Step(title)],
        "cancel": matter.here.url,
    }


def _mandate(request: HttpRequest, actor: Actor) -> Mandate:
    """The mandate chosen, or the only one this person holds."""
    chosen = request.GET.get("mandate") or request.POST.get("mandate") or ""
    if chosen:
        try:
            return mandate_in(actor.partnership, UUID(chosen))
        except ValueError:
            pass
    mine = list(actor.partnership.mandates.filter(holder=actor.person).order_by("-valid_from")[:1])
    if not mine:
        raise NotAllowed("mandate.none", "You hold no mandate in this partnership, so you cannot decide this alone.")
    return mine[0]
