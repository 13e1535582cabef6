"""The record, the list of decisions, an answer under freedom of information, and one's own data, to take away."""

import io
import zipfile
from collections.abc import Callable, Mapping
from uuid import UUID

import orjson
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.text import slugify

from apps.common import clock
from apps.common.errors import NotSignedIn
from apps.exchange.tables import decisions, elements, record
from apps.exchange.tables.writing import FORMATS, Table, write
from apps.exchange.web import file, person_of
from apps.frameworks.selectors import open_framework
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_officer
from apps.partnerships.selectors import open_partnership
from apps.protection.domain.grounds import EXEMPTION
from apps.protection.own import own_data
from apps.protection.selectors import exemptions
from apps.protection.services.exports import record_export
from apps.provenance.population import population

LINES = "application/jsonl; charset=utf-8"
ABOUT_FOI = """An answer to a request for information: everything that is kept about how this partnership decided.

record.csv      every act, in order, told in a sentence, with people's words beside it
decisions.csv   every decision, adopted or not, with the votes by group
left-out.csv    which words were left out, and on which ground

The record names seats and groups, never people. Words that were erased are gone, and the record says when and why.
"""


def record_file(request: HttpRequest, id: UUID, format: str) -> HttpResponseBase:
    """The whole record as this viewer may see it: JSON Lines, CSV, XLSX or ODS."""
    actor = open_partnership(person_of(request), id)
    pages = record.pages_of(actor)
    if format == "jsonl":
        record_export(by=actor, what="record", format=format, entries=pages.size)
        return file(record.lines(pages), _name(actor, "record", format), LINES)
    return _table(actor, "record", format, lambda: record.table(pages))


def decisions_file(request: HttpRequest, id: UUID, format: str) -> HttpResponseBase:
    """All decisions: all, not a sample."""
    actor = open_partnership(person_of(request), id)
    return _table(actor, "decisions", format, lambda: decisions.table(population(actor)))


def elements_file(request: HttpRequest, id: UUID, format: str) -> HttpResponseBase:
    """Everything that is in force in a framework, one row for each element."""
    actor, framework = open_framework(person_of(request), id)
    return _table(actor, "elements", format, lambda: elements.table(framework))


def foi_file(request: HttpRequest, id: UUID) -> HttpResponseBase:
    """An answer to a freedom-of-information request, without what is marked as exempt."""
    actor = open_partnership(person_of(request), id)
    require_officer(actor)
    exempt = exemptions(actor.partnership)
    tables = {
        "record.csv": record.table(record.pages_of(actor, exempt)),
        "decisions.csv": decisions.table(population(actor)),
        "left-out.csv": _left_out(exempt),
    }
    record_export(by=actor, what="foi", format="zip", entries=len(tables["record.csv"].rows))
    parts = {"about.txt": ABOUT_FOI.encode()} | {name: write(table, "csv") for name, table in tables.items()}
    return file(_zip(parts), _name(actor, "information", "zip"), "application/zip")


def own_file(request: HttpRequest) -> HttpResponseBase:
    """Everything that is kept about whoever asks."""
    person = person_of(request)
    if person is None:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")
    body = orjson.dumps(own_data(person), option=orjson.OPT_INDENT_2)
    return file(body, "my-data.json", "application/json")


def _table(actor: Actor, what: str, format: str, make: Callable[[], Table]) -> HttpResponseBase:
    table = make()
    body = write(table, format)
    record_export(by=actor, what=what, format=format, entries=len(table.rows))
    return file(body, _name(actor, what, format), FORMATS[format])


def _left_out(exempt: Mapping[str, str]) -> Table:
    rows = [
        [text, ground, EXEMPTION[ground].article, EXEMPTION[ground].words] for text, ground in sorted(exempt.items())
    ]
    return Table("Left out", ("text", "ground", "article", "because"), rows)


def _name(actor: Actor, what: str, ending: str) -> str:
    """lismorrow-decisions-2026-10-01.csv"""
    day = actor.partnership.today(clock.now())
    return f"{slugify(actor.partnership.name)[:60] or 'partnership'}-{what}-{day.isoformat()}.{ending}"


def _zip(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()
