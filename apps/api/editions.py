"""Editions: frozen, numbered, published states of a framework, and what any two of them differ in."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.paging import page
from apps.api.shapes import WORDS, Given, Line, Shape, Window, page_of
from apps.frameworks import services
from apps.frameworks.domain.editions import Comparison, compare
from apps.frameworks.models import Kind
from apps.frameworks.selectors import edition_of, editions, open_framework
from apps.proposals.domain.diff import FieldDiff, diff


class PublishEdition(Given):
    """From which day the edition counts (none: today), and what counts later, and why."""

    effective_from = serializers.DateField(required=False)
    note = Line(max_length=WORDS, required=False)


class Since(Given):
    """The older edition of two."""

    since = serializers.IntegerField(min_value=0)


class EditionLine(Shape):
    """An edition in a list; number 0 is the sealed founding plan."""

    number = serializers.IntegerField()
    effective_from = serializers.DateField(allow_null=True)
    seq = serializers.IntegerField()
    published_at = serializers.DateTimeField()


class Edition(EditionLine):
    """An edition with the whole framework as it stood. `note` says what counts later, and why; null where nothing does, or
    where the words have been erased.
    """

    note = serializers.CharField(source="note.body", default=None, allow_null=True)
    state = serializers.ListField(child=serializers.DictField())


class Held(Shape):
    """An element as an edition holds it."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(Kind.choices)
    code = serializers.CharField()
    parent = serializers.UUIDField(allow_null=True)  # type: ignore[assignment]
    number = serializers.IntegerField()
    fields = serializers.DictField()  # type: ignore[assignment]


class FieldChange(Shape):
    """One field in both editions. Texts have `segments` (same, added, removed), sets `added` and `removed`, single
    numbers a `move`.
    """

    field = serializers.CharField()
    part = serializers.CharField()
    old = serializers.JSONField(allow_null=True)
    new = serializers.JSONField(allow_null=True)
    added = serializers.ListField(child=serializers.CharField())
    removed = serializers.ListField(child=serializers.CharField())
    segments = serializers.ListField(child=serializers.DictField())
    move = serializers.DictField(allow_null=True)


class ElementChange(Shape):
    """An element that says something else, or stands elsewhere."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(Kind.choices)
    code = serializers.CharField()
    from_number = serializers.IntegerField()
    to_number = serializers.IntegerField()
    from_parent = serializers.UUIDField(allow_null=True)
    to_parent = serializers.UUIDField(allow_null=True)
    changes = FieldChange(many=True)


class Changes(Shape):
    """What two states of a framework differ in; `kept` counts the elements that say the same in both."""

    added = Held(many=True)
    gone = Held(many=True)
    changed = ElementChange(many=True)
    kept = serializers.IntegerField()


class EditionChanges(Changes):
    """What an edition differs in from an earlier one."""

    since = serializers.IntegerField()
    number = serializers.IntegerField()


class Editions(Operations):
    """Frozen, numbered, published states of a framework."""

    family = "frameworks"

    @operation(query=Window, answer=page_of(EditionLine))
    def list_editions(self, ask: Ask, framework: UUID) -> dict[str, Any]:
        """The editions, oldest first."""
        found = open_framework(ask.person, framework)[1]
        return page(ask, editions(found).defer("state"), "number")

    @operation(body=PublishEdition, answer=EditionLine, status=201)
    def publish_edition(self, ask: Ask, framework: UUID) -> Any:
        """Freeze and number what stands now."""
        actor, found = open_framework(ask.person, framework)
        return services.publish_edition(by=actor, framework=found, **ask.data)

    @operation(answer=Edition)
    def read_edition(self, ask: Ask, framework: UUID, number: int) -> Any:
        """One edition, with the whole framework as it stood."""
        return edition_of(open_framework(ask.person, framework)[1], number)

    @operation(query=Since, answer=EditionChanges)
    def compare_editions(self, ask: Ask, framework: UUID, number: int) -> dict[str, Any]:
        """What an edition differs in from another one, field by field."""
        found, since = open_framework(ask.person, framework)[1], ask.query["since"]
        return shown(compare(edition_of(found, since).state, edition_of(found, number).state)) | {
            "since": since,
            "number": number,
        }


def shown(found: Comparison) -> dict[str, Any]:
    """A comparison as the API gives it."""
    changed = [
        {
            **{key: pair.new[key] for key in ("id", "kind", "code")},
            **{
                f"{side}_{key}": item[key]
                for side, item in (("from", pair.old), ("to", pair.new))
                for key in ("number", "parent")
            },
            "changes": [_field(each) for each in diff(pair.new["kind"], pair.old["fields"], pair.new["fields"])],
        }
        for pair in found.changed
    ]
    return {"added": found.added, "gone": found.gone, "changed": changed, "kept": found.kept}


def _field(found: FieldDiff) -> dict[str, Any]:
    return {
        "field": found.field.key,
        "part": found.field.part,
        "old": found.old,
        "new": found.new,
        "added": found.added,
        "removed": found.removed,
        "segments": [segment._asdict() for segment in found.segments],
        "move": asdict(found.move) if found.move else None,
    }
