"""Editions: publishing one, reading it, and what any two of them differ in."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from apps.frameworks.models import Edition, Framework
from apps.frameworks.selectors import edition_of, editions, open_framework
from apps.frameworks.services import publish_edition
from apps.pages.forms.framework import CompareForm, PublishForm
from apps.pages.framework import convened, page_of
from apps.pages.present.editions import NOW, changes_between, edition_name, held_by, sides_of
from apps.pages.present.words import day, moment
from apps.pages.web import done, handle, path_to, person_of, sent, show
from apps.partnerships.actors import Actor

NAMED = 500


def publish(request: HttpRequest, id: UUID) -> HttpResponse:
    """Publish what stands now as the next edition."""
    actor, found = convened(request, id)

    def do(data: dict[str, Any]) -> HttpResponse:
        made = publish_edition(by=actor, framework=found, effective_from=data["effective_from"], note=data["note"])
        return done(request, f"Edition {made.number} is published.", "edition", id, made.number)

    sentence = "What stands now is frozen under a number, and stays readable at its own address."
    words = [
        (reverse("edition_changes", args=[id]) + f"?to={NOW}", "See first what has changed since the last edition")
    ]
    form = PublishForm(sent(request))
    page = page_of(actor, found, "Publish an edition", sentence)
    return handle(request, form, do, **page, template="pages/publish.html", links=words, submit="Publish it")


def edition(request: HttpRequest, id: UUID, number: int) -> HttpResponse:
    """One edition as it was published."""
    actor, found = open_framework(person_of(request), id)
    edition = edition_of(found, number)
    name = edition_name(number)
    return show(
        request,
        "pages/edition.html",
        title=f"{name} of {found.title}",
        sentence=_sentence(edition),
        actor=actor,
        framework=found,
        where=path_to(actor, found, None, name),
        edition=edition,
        note=edition.note.body if edition.note else "",
        sections=held_by(edition.state),
        before=f"{reverse('edition_changes', args=[id])}?since={number - 1}&to={number}" if number else "",
        entry_url=reverse("entry", args=[found.partnership_id, edition.seq]),
        file_url=reverse("exchange:edition_dossier", args=[found.id, edition.number]),
    )


def changes(request: HttpRequest, id: UUID) -> HttpResponse:
    """What two editions differ in, or an edition and what stands now."""
    actor, found = open_framework(person_of(request), id)
    published = list(editions(found).order_by("-number").values_list("number", "published_at")[:NAMED])
    form = CompareForm(request.GET or None, published=published)
    since, to = form.chosen()
    if since is None:
        return _nothing_yet(request, actor, found)
    old, new = sides_of(found, since, to)
    return show(
        request,
        "pages/edition_changes.html",
        title=f"What changed since {edition_name(since).lower()}",
        sentence=f"{old.words} compared with {new.words}.",
        actor=actor,
        framework=found,
        where=path_to(actor, found, None, "What changed"),
        form=form,
        found=changes_between(found, old, new),
        old=old,
        new=new,
    )


def _nothing_yet(request: HttpRequest, actor: Actor, found: Framework) -> HttpResponse:
    return show(
        request,
        "pages/edition_changes.html",
        title="What changed",
        sentence="No edition has been published yet, so there is nothing to compare.",
        actor=actor,
        framework=found,
        where=path_to(actor, found, None, "What changed"),
        found=None,
    )


def _sentence(edition: Edition) -> str:
    counts = f" It counts from {day(edition.effective_from)}." if edition.effective_from else ""
    return f"Published on {moment(edition.published_at)}.{counts} It cannot be changed."
