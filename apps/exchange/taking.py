"""Dossiers as downloads."""

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.exchange.dossiers import build, subject_of
from apps.exchange.dossiers.subjects import Subject, edition_subject
from apps.exchange.web import file, person_of
from apps.protection.services.exports import record_export

ZIP = "application/zip"


def dossier(request: HttpRequest, kind: str, id: UUID) -> HttpResponseBase:
    """The dossier of a measure, other element, proposal or round."""
    return _taken(subject_of(person_of(request), kind, id))


def edition(request: HttpRequest, id: UUID, number: int) -> HttpResponseBase:
    """The dossier of an edition."""
    return _taken(edition_subject(person_of(request), id, number))


def _taken(subject: Subject) -> HttpResponseBase:
    made = build(subject)
    record_export(by=subject.viewer, what=f"dossier {subject.code}", format="zip", entries=made.entries)
    return file(made.body, made.name, ZIP)
