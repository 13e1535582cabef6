"""Mandates: recording one with its document, reading it, passing it on, ending it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.frameworks.models import Element
from apps.pages.forms.partnership import EndForm, MandateForm, PassForm
from apps.pages.partnership import convenor, convenor_page
from apps.pages.present import people
from apps.pages.present.mandates import one_mandate
from apps.pages.present.words import day
from apps.pages.web import done, handle, path_to, person_of, sent, show
from apps.partnerships.selectors import document_of, mandate_in, open_partnership
from apps.partnerships.services import end_mandate, pass_mandate, record_mandate

ELEMENTS_SHOWN = 200


def new_mandate(request: HttpRequest, id: UUID) -> HttpResponse:
    """Record a mandate."""
    actor = convenor(request, id)
    known = {str(person.id): person for person in people.known_people(actor.partnership)}
    measures = Element.objects.filter(framework__partnership=actor.partnership, retired_at=None)

    def do(data: dict[str, Any]) -> HttpResponse:
        elements = [UUID(element) for element in data.pop("elements")]
        mandate = record_mandate(by=actor, holder=known[data.pop("holder")], elements=elements, **data)
        return done(
            request, f"Mandate {mandate.code} is recorded. Everybody can read it.", "partnership", id, part="mandates"
        )

    form = MandateForm(
        sent(request),
        request.FILES or None,
        people=known.values(),
        elements=measures.order_by("framework", "kind", "code")[:ELEMENTS_SHOWN],
    )
    sentence = (
        "A mandate lets one person decide some parts alone, for a time, on a stated basis. "
        "What is decided so is shown as set by one party."
    )
    page = convenor_page(actor, "Record a mandate", sentence)
    return handle(request, form, do, **page, submit="Record the mandate")


def mandate(request: HttpRequest, id: UUID, mandate: UUID) -> HttpResponse:
    """One mandate: what it rests on, what it reaches, what was set under it."""
    actor = open_partnership(person_of(request), id)
    card, uses = one_mandate(actor.partnership, mandate)
    return show(
        request,
        "pages/mandate.html",
        title=f"Mandate {card.code}: {card.authority}",
        sentence=card.sentence,
        actor=actor,
        where=path_to(actor, None, None, f"Mandate {card.code}"),
        card=card,
        uses=uses,
    )


def document(request: HttpRequest, id: UUID, mandate: UUID) -> HttpResponse:
    """The document a mandate rests on, byte by byte, to be kept and compared; never shown inside our own pages."""
    actor = open_partnership(person_of(request), id)
    kept = document_of(mandate_in(actor.partnership, mandate))
    answer = HttpResponse(bytes(kept.body), content_type=kept.media_type)
    name = "".join(sign if sign.isascii() and sign not in '\\"' else "_" for sign in kept.name)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def pass_on(request: HttpRequest, id: UUID, mandate: UUID) -> HttpResponse:
    """Pass a mandate on to somebody else."""
    actor = convenor(request, id)
    found = mandate_in(actor.partnership, mandate)
    known = {
        str(person.id): person for person in people.known_people(actor.partnership) if person.id != found.holder_id
    }

    def do(data: dict[str, Any]) -> HttpResponse:
        passed = pass_mandate(by=actor, mandate=found, holder=known[data["holder"]], reason=data["reason"])
        return done(request, f"{passed.code} is held by {passed.holder} from now on.", "mandate", id, mandate)

    sentence = f"{found.code} goes to somebody else. Whoever held it can decide nothing more under it."
    page = convenor_page(actor, f"Pass {found.code} on", sentence) | {"cancel": reverse("mandate", args=[id, mandate])}
    return handle(request, PassForm(sent(request), people=known.values()), do, **page, submit="Pass it on")


def end(request: HttpRequest, id: UUID, mandate: UUID) -> HttpResponse:
    """End a mandate before its time."""
    actor = convenor(request, id)
    found = mandate_in(actor.partnership, mandate)

    def do(data: dict[str, Any]) -> HttpResponse:
        ended = end_mandate(by=actor, mandate=found, ends=data["ends"], reason=data["reason"])
        return done(request, f"{ended.code} ends on {day(ended.valid_until)}.", "mandate", id, mandate)

    sentence = (
        f"{found.code} can be used no longer after that day. What was set under it stands until it is decided anew."
    )
    page = convenor_page(actor, f"End {found.code}", sentence) | {"cancel": reverse("mandate", args=[id, mandate])}
    return handle(request, EndForm(sent(request)), do, **page, submit="End it")
