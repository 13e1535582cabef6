"""Tables that somebody is looking at before bringing them in. No act: nobody else ever sees them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from apps.common import clock
from apps.common.errors import NotFound, NotSignedIn
from apps.frameworks.domain.importing import Mapping as Columns
from apps.frameworks.domain.importing import read_table, recognise
from apps.frameworks.models import Framework, ImportDraft
from apps.partnerships.actors import Actor

KEPT = timedelta(days=2)


def keep_upload(*, by: Actor, framework: Framework, raw: bytes, name: str, way: str) -> ImportDraft:
    """Keep a table for its sender to look at, with what its columns seem to mean. Raises `Invalid` where it is no table."""
    if by.person is None:
        raise NotSignedIn("person.not_signed_in", "Sign in first.")
    found = recognise(read_table(raw))
    return ImportDraft.objects.create(
        framework=framework,
        person=by.person,
        name=name[:120],
        raw=raw,
        way=way,
        columns={str(index): meant for index, meant in found.columns.items()},
        rows_are=found.rows_are,
        made_at=clock.now(),
    )


def throw_away_uploads() -> None:
    """Tables that were sent more than two days ago, brought in or not."""
    ImportDraft.objects.filter(made_at__lt=clock.now() - KEPT).delete()


def upload_of(*, by: Actor, framework: Framework, id: UUID) -> ImportDraft:
    """A table that this person has sent to this framework."""
    found = ImportDraft.objects.filter(id=id, framework=framework, person=by.person).first() if by.person else None
    if found is None:
        raise NotFound(
            "import.unknown", "There is no such table of yours here; it may have been thrown away after two days."
        )
    return found


def map_columns(upload: ImportDraft, columns: Columns) -> None:
    """Say what its columns mean."""
    upload.columns = {str(index): meant for index, meant in columns.columns.items()}
    upload.rows_are = columns.rows_are
    upload.save(update_fields=["columns", "rows_are"])


def close_upload(upload: ImportDraft, report: Mapping[str, Any]) -> None:
    """It has been brought in: keep what came of it, and not the table."""
    upload.raw, upload.report = b"", dict(report)
    upload.save(update_fields=["raw", "report"])


def columns_of(upload: ImportDraft) -> Columns:
    """What its columns mean, as its sender has said."""
    return Columns({int(index): meant for index, meant in upload.columns.items()}, upload.rows_are)
