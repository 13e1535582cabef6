"""Bringing in a framework from a table: a preview of every row, and the import itself."""

from base64 import b64decode
from binascii import Error as Malformed
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.shapes import WORDS, Given, Line, Shape
from apps.common.errors import Invalid
from apps.deliberation import services as deliberation
from apps.deliberation.domain.inheriting import ALONE, ORIGINS, TOGETHER, Attested
from apps.frameworks.domain.importing import (
    LARGEST,
    TARGETS,
    Drafts,
    Mapping,
    Plan,
    Table,
    drafts_of,
    read_table,
    recognise,
)
from apps.frameworks.models import Kind
from apps.frameworks.selectors import open_framework
from apps.proposals import services as proposals

MEANINGS = ["", *(target.key for target in TARGETS)]


class TableGiven(Given):
    """A table with a header, as text (`table`) or as the bytes of a file in base64 (`file`); what its columns mean, by their
    headers ("" leaves one out), where that is not recognised; and what a row is where no column says so.
    """

    table = Line(max_length=LARGEST, required=False, trim_whitespace=False)
    file = Line(max_length=LARGEST * 4 // 3 + 4, required=False)
    columns = serializers.DictField(child=serializers.ChoiceField(MEANINGS, allow_blank=True), required=False)
    rows_are = serializers.ChoiceField(Kind.choices, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("table" in attrs) == ("file" in attrs):
            raise serializers.ValidationError({"table": ["either the text of a table, or a file in base64"]})
        return attrs


class FactsGiven(Given):
    """What is attested of how something came to be in force. What is left out is not known."""

    since = serializers.DateField(required=False)
    method = serializers.ChoiceField([*ALONE, *TOGETHER], required=False)
    origin = serializers.ChoiceField(list(ORIGINS), required=False)
    by = Line(max_length=300, required=False)
    under = Line(max_length=300, required=False)
    concurring = serializers.ListField(child=Line(max_length=30), max_length=100, required=False)


class DraftsGiven(TableGiven):
    """A table of drafts, and why; a row's own reason comes first. Until the day `offers_until` others can offer changes."""

    rationale = Line(max_length=WORDS)
    offers_until = serializers.DateField(required=False)


class InheritGiven(TableGiven):
    """A table of what is in force already, what shows it, and what is known of how it came about."""

    evidence = Line(max_length=WORDS)
    facts = FactsGiven(required=False)


class Column(Shape):
    """A column and what it means; "" where it is left out."""

    name = serializers.CharField()
    means = serializers.CharField(allow_blank=True)


class ImportItem(Shape):
    """A row that makes something. `notes` say what was left out of it."""

    row = serializers.IntegerField(source="draft.row")
    deed = serializers.ChoiceField(["add", "change", "same"])
    kind = serializers.ChoiceField(Kind.choices, source="draft.kind")
    code = serializers.CharField()
    title = serializers.CharField(source="draft.title")
    notes = serializers.ListField(child=serializers.CharField(), source="draft.notes")


class ImportSkipped(Shape):
    """A row that makes nothing, and why."""

    row = serializers.IntegerField()
    name = serializers.CharField(allow_blank=True)
    why = serializers.CharField()


class ImportReport(Shape):
    """What comes of every row."""

    columns = Column(many=True)
    rows_are = serializers.ChoiceField(Kind.choices)
    items = ImportItem(many=True)
    skipped = ImportSkipped(many=True)


@dataclass(frozen=True)
class _Sent:
    """A table as it was sent, read."""

    source: bytes
    table: Table
    columns: Mapping
    drafts: Drafts

    def report(self, plan: Plan) -> dict[str, Any]:
        """What comes of every row, with how the columns were read."""
        means = [self.columns.columns.get(index, "") for index in range(len(self.table.header))]
        columns = [{"name": name, "means": meant} for name, meant in zip(self.table.header, means, strict=True)]
        return {"columns": columns, "rows_are": self.columns.rows_are, "items": plan.items, "skipped": plan.skipped}


class Imports(Operations):
    """Frameworks that people have already, brought in from a table."""

    family = "frameworks"

    @operation(body=TableGiven, answer=ImportReport)
    def plan_drafts(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """What bringing in these drafts would do with every row now. Nothing is written."""
        actor, found = open_framework(ask.signed_in(), framework)
        sent = _read(ask.data)
        return sent.report(proposals.plan_drafts(by=actor, framework=found, drafts=sent.drafts))

    @operation(body=DraftsGiven, answer=ImportReport, status=201)
    def import_drafts(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """Bring in a table as drafts to be negotiated: every row a proposal, all or nothing. A second time nothing is made
        twice: what changed in the table becomes the next version of one's own proposal, or a suggested change.
        """
        actor, found = open_framework(ask.person, framework)
        sent = _read(ask.data)
        more = {key: ask.data[key] for key in ("rationale", "offers_until") if key in ask.data}
        plan = proposals.import_drafts(by=actor, framework=found, drafts=sent.drafts, source=sent.source, **more)
        return sent.report(plan)

    @operation(body=TableGiven, answer=ImportReport)
    def plan_inherited(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """What entering this table as in force already would do with every row now. Nothing is written."""
        actor, found = open_framework(ask.signed_in(), framework)
        sent = _read(ask.data)
        return sent.report(deliberation.plan_inherited(by=actor, framework=found, drafts=sent.drafts))

    @operation(body=InheritGiven, answer=ImportReport, status=201)
    def inherit(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """Enter what is in force already, before the founding plan is sealed, with attested facts; all or nothing."""
        actor, found = open_framework(ask.person, framework)
        sent = _read(ask.data)
        plan = deliberation.inherit(
            by=actor,
            framework=found,
            drafts=sent.drafts,
            source=sent.source,
            facts=_facts(ask.data.get("facts", {})),
            evidence=ask.data["evidence"],
        )
        return sent.report(plan)


def _read(data: Map[str, Any]) -> _Sent:
    source = data["table"].encode() if "table" in data else _decoded(data["file"])
    table = read_table(source)
    found = recognise(table)
    meanings = data.get("columns", {})
    if unknown := sorted(meanings.keys() - set(table.header)):
        raise Invalid("table.column", f"The table has no column {unknown[0][:80]!r}.", {"columns": "names no column"})
    chosen = {index: meanings[name] for index, name in enumerate(table.header) if name in meanings}
    columns = {index: meant for index, meant in {**found.columns, **chosen}.items() if meant}
    mapping = Mapping(columns, data.get("rows_are", found.rows_are))
    return _Sent(source, table, mapping, drafts_of(table, mapping))


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (Malformed, ValueError) as error:
        raise Invalid("table.base64", "The file is not base64.", {"file": "is not base64"}) from error


def _facts(data: Map[str, Any]) -> Attested:
    return Attested(**{**data, "concurring": tuple(data.get("concurring", ()))})
