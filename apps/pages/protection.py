"""What is kept about people here, for how long; asking to be forgotten, and the officer's answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, reverse

from apps.common.errors import NotFound
from apps.pages.forms.base import NothingForm
from apps.pages.forms.protection import (
    AskErasureForm,
    EraseForm,
    EraseWordsForm,
    ExemptForm,
    PeriodForm,
    RefuseForm,
)
from apps.pages.present.protecting import asked_here, facts_of, marked_in, periods
from apps.pages.shown import Step
from apps.pages.web import View, done, handle, links_to, path_to, person_of, sent, show, signed_in
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_officer
from apps.partnerships.selectors import open_partnership
from apps.protection import services
from apps.protection.models import ErasureRequest
from apps.protection.selectors import open_request, retention
from apps.record.domain.kinds import kind_of
from apps.record.models import Text

Page = Callable[[str, View, str], URLPattern]


def addresses(page: Page) -> list[URLPattern]:
    """The pages of this family."""
    here = "partnerships/<uuid:id>/data/"
    return [
        page(here, data, "data"),
        page(f"{here}forget/", ask, "ask_erasure"),
        page(f"{here}periods/<str:kind>/", period, "period"),
        page(f"{here}words/<uuid:text>/", words, "words"),
        page(f"{here}words/<uuid:text>/exempt/", exempt, "mark_exempt"),
        page(f"{here}words/<uuid:text>/lift/", lift, "lift_exemption"),
        page("erasures/<uuid:id>/", erasure, "erasure"),
        page("erasures/<uuid:id>/erase/", erase, "erase_person"),
        page("erasures/<uuid:id>/refuse/", refuse, "refuse_erasure"),
    ]


def data(request: HttpRequest, id: UUID) -> HttpResponse:
    """What is kept about people, and what can be done about it."""
    actor = open_partnership(person_of(request), id)
    return show(
        request,
        "pages/data.html",
        title="What is kept about people",
        sentence="The record names seats and groups, never people. What people wrote lies apart from it, and can be erased.",
        actor=actor,
        where=path_to(actor, None, None, "What is kept about people"),
        asked=asked_here(actor),
        periods=periods(actor.partnership),
        marked=marked_in(actor.partnership) if actor.is_officer else [],
    )


def ask(request: HttpRequest, id: UUID) -> HttpResponse:
    """Ask to be forgotten here."""
    signed_in(request)
    actor = open_partnership(person_of(request), id)

    def do(found: dict[str, Any]) -> HttpResponse:
        made = services.ask_erasure(by=actor, **found)
        return done(request, "You have asked to be forgotten. You will be answered within a month.", "erasure", made.id)

    sentence = (
        "Your name, your address, everything you wrote that was not adopted, and the link from you to your seat are erased "
        "for good. Votes stay with the seat. Adopted wordings stay with the partnership. Copies already downloaded cannot be "
        "recalled."
    )
    page = _page(actor, "Ask to be forgotten", sentence)
    return handle(request, AskErasureForm(sent(request)), do, **page, submit="Ask to be forgotten")


def erasure(request: HttpRequest, id: UUID) -> HttpResponse:
    """One request, with its answer."""
    actor, found = open_request(person_of(request), id)
    return show(
        request,
        "pages/erasure.html",
        title="A request to be forgotten",
        sentence="The data protection officer answers it by erasing or by refusing, with a ground of the law.",
        actor=actor,
        where=_where(actor, "A request"),
        facts=facts_of(found),
        found=found,
        decides=actor.is_officer and found.state == "open" and found.person != actor.person,
    )


def erase(request: HttpRequest, id: UUID) -> HttpResponse:
    """Erase who asked."""
    actor, found = _open(request, id)

    def do(given: dict[str, Any]) -> HttpResponse:
        services.erase_person(by=actor, request=found, **given)
        return done(request, "Erased. The record says that it was done, and why; not who it was.", "erasure", id)

    sentence = f"Everything that leads to {found.person} goes for good. It cannot be undone."
    return handle(
        request, EraseForm(sent(request)), do, **_page(actor, "Erase a person", sentence), submit="Erase for good"
    )


def refuse(request: HttpRequest, id: UUID) -> HttpResponse:
    """Refuse a request."""
    actor, found = _open(request, id)

    def do(given: dict[str, Any]) -> HttpResponse:
        services.refuse_erasure(by=actor, request=found, **given)
        return done(request, "Refused, with ground and rule.", "erasure", id)

    sentence = "Say on which ground of the law, under which rule, and why. The person can complain to the supervisory authority."
    return handle(request, RefuseForm(sent(request)), do, **_page(actor, "Refuse a request", sentence), submit="Refuse")


def words(request: HttpRequest, id: UUID, text: UUID) -> HttpResponse:
    """Erase single words."""
    actor, found = _words(request, id, text)

    def do(given: dict[str, Any]) -> HttpResponse:
        services.erase_words(by=actor, texts=[found.id], **given)
        return done(request, "These words are erased. The record says that it was done, and why.", "data", id)

    page = _page(
        actor, "Erase words", "They go for good. Whoever reads on sees that something was removed, when and why."
    )
    form = EraseWordsForm(sent(request))
    more = [Step("Leave them out of answers to the public instead", reverse("mark_exempt", args=[id, text]))]
    template = "pages/linked_form.html"
    return handle(request, form, do, **page, template=template, words=found.body, submit="Erase for good", links=more)


def exempt(request: HttpRequest, id: UUID, text: UUID) -> HttpResponse:
    """Leave single words out of freedom-of-information answers."""
    actor, found = _words(request, id, text)

    def do(given: dict[str, Any]) -> HttpResponse:
        services.mark_exempt(by=actor, text=found.id, **given)
        return done(request, "Answers to the public leave these words out from now on.", "data", id)

    page = _page(actor, "Leave words out", "They stay here, but answers under freedom of information do not hold them.")
    return handle(request, ExemptForm(sent(request)), do, **page, words=found.body, submit="Leave them out")


def lift(request: HttpRequest, id: UUID, text: UUID) -> HttpResponse:
    """Let answers to the public hold words again."""
    actor, found = _words(request, id, text)

    def do(_: dict[str, Any]) -> HttpResponse:
        services.lift_exemption(by=actor, text=found.id)
        return done(request, "Answers to the public hold these words again.", "data", id)

    page = _page(actor, "Leave words out no longer", "Answers under freedom of information hold them again.")
    return handle(request, NothingForm(sent(request)), do, **page, words=found.body, submit="Hold them again")


def period(request: HttpRequest, id: UUID, kind: str) -> HttpResponse:
    """Say how long words of a kind are kept."""
    actor = _officer(request, id)
    known = kind_of(kind)

    def do(given: dict[str, Any]) -> HttpResponse:
        services.set_retention(by=actor, kind=kind, **given)
        return done(request, "The period is set. What is over is erased once a day.", "data", id)

    form = PeriodForm(sent(request), years=retention(actor.partnership).get(kind))
    page = _page(
        actor, f"How long: {known.title.lower()}", "What was adopted and what lies on the table does not run out."
    )
    return handle(request, form, do, **page, submit="Set the period")


def _officer(request: HttpRequest, id: UUID) -> Actor:
    signed_in(request)
    actor = open_partnership(person_of(request), id)
    require_officer(actor)
    return actor


def _open(request: HttpRequest, id: UUID) -> tuple[Actor, ErasureRequest]:
    signed_in(request)
    actor, found = open_request(person_of(request), id)
    require_officer(actor)
    return actor, found


def _words(request: HttpRequest, id: UUID, text: UUID) -> tuple[Actor, Text]:
    actor = _officer(request, id)
    found = Text.objects.filter(log=actor.log, id=text, erased_at=None).first()
    if found is None:
        raise NotFound("text.unknown", "There are no such words here, or they are gone already.")
    return actor, found


def _where(actor: Actor, last: str) -> list[Step]:
    data = Step("What is kept about people", reverse("data", args=[actor.partnership.id]))
    return [*links_to(actor), data, Step(last)]


def _page(actor: Actor, title: str, sentence: str) -> dict[str, Any]:
    return {
        "title": title,
        "sentence": sentence,
        "actor": actor,
        "where": _where(actor, title),
        "cancel": reverse("data", args=[actor.partnership.id]),
    }
