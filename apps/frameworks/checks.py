"""Elements and editions held against the record."""

from collections.abc import Iterator
from uuid import UUID

from apps.frameworks.models import Edition, Element, ElementVersion
from apps.frameworks.services import digest
from apps.record import selectors as record
from apps.record.findings import Finding
from apps.record.models import Log


def check(log: Log) -> Iterator[Finding]:
    """What does not agree in one log's elements and editions."""
    told = {entry.seq: entry for entry in record.entries(log.id, types=["element.changed"])}
    versions = list(ElementVersion.objects.select_related("element").filter(element__framework__partnership__log=log))
    for seq in sorted(told.keys() ^ {version.seq for version in versions}):
        yield Finding(log.name, f"entry {seq}", "versions and record do not agree on it")
    for version in versions:
        entry = told.get(version.seq)
        if entry is not None and (UUID(entry.on["element"]), entry.data["number"], entry.data["fields"]) != (
            version.element_id,
            version.number,
            version.fields,
        ):
            yield Finding(
                log.name,
                f"entry {version.seq}",
                f"version {version.number} of {version.element.code} is not the one recorded",
            )
    newest = {version.element_id: version for version in versions}
    for element in Element.objects.filter(framework__partnership__log=log):
        if element.id not in newest or newest[element.id].fields != element.fields:
            yield Finding(log.name, f"element {element.code}", "what is shown is not its newest version")
    yield from _editions(log)


def _editions(log: Log) -> Iterator[Finding]:
    told = {entry.seq: entry for entry in record.entries(log.id, types=["plan.sealed", "edition.published"])}
    for edition in Edition.objects.filter(framework__partnership__log=log):
        entry = told.get(edition.seq)
        if entry is None or entry.data["state_sha256"] != digest(edition.state):
            yield Finding(log.name, f"edition {edition.number}", "it is not the one that was published")
