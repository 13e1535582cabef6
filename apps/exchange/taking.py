"""Dossiers as downloads."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.exchange.dossiers import build, subject_of
from apps.exchange.dossiers.subjects import edition_subject
from apps.exchange.web import file, person_of

ZIP = "application/zip"


def dossier(request: HttpRequest, kind: str, id: UUID) -> HttpResponseBase:
    """The dossier of a measure, other element, proposal or round."""
    made = build(subject_of(person_of(request), kind, id))
    return file(made.body, made.name, ZIP)


def edition(request: HttpRequest, id: UUID, number: int) -> HttpResponseBase:
    """The dossier of an edition."""
    made = build(edition_subject(person_of(request), id, number))
    return file(made.body, made.name, ZIP)
