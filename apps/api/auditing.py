"""The whole population of decisions, the partnership in figures, and the log of the host as far as it is about a partnership."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from apps.api.operations import Ask, Operations, operation
from apps.api.record import LARGEST, EntryShown
from apps.api.shapes import Given, Shape
from apps.deliberation.selectors import visible_host_entries
from apps.partnerships.selectors import open_partnership
from apps.provenance.population import overview, population


class NumberWindow(Given):
    """At most `limit` of them, from entry number `from` on."""

    limit = serializers.IntegerField(min_value=1, max_value=1000, default=100)

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"from": serializers.IntegerField(min_value=0, max_value=LARGEST, default=0)}


class DecidedShown(Shape):
    """One decision, adopted or not. `way` is how: decision, imposition, outside, lapse, inherited. `votes` are counts by group
    and choice. `label_ni` and `label_pe` are where the element stands now."""

    entry = serializers.IntegerField()
    decided_at = serializers.DateTimeField()
    effective = serializers.DateField()
    framework = serializers.CharField()
    code = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.CharField()
    way = serializers.CharField()
    outcome = serializers.CharField()
    adopted = serializers.BooleanField()
    parts = serializers.ListField(child=serializers.CharField())
    round = serializers.CharField()
    rule = serializers.CharField()
    rule_hash = serializers.CharField()
    votes = serializers.DictField(child=serializers.DictField(child=serializers.IntegerField()))
    concurring = serializers.IntegerField()
    groups = serializers.IntegerField()
    dissent = serializers.ListField(child=serializers.CharField())
    mandate = serializers.CharField()
    authority = serializers.CharField()
    review_on = serializers.DateField(allow_null=True)
    days_late = serializers.IntegerField()
    label_ni = serializers.CharField()
    label_pe = serializers.CharField()


class Population(Shape):
    """Decisions in the order in which they were made; `next` is the number to go on from, null at the end."""

    items = DecidedShown(many=True)
    next = serializers.IntegerField(allow_null=True)


class ReviewWaiting(Shape):
    """A review that somebody still has to hold; `days_late` is negative where it is not due yet."""

    mandate = serializers.CharField()
    due = serializers.DateField()
    days_late = serializers.IntegerField()


class OverviewShown(Shape):
    """The partnership in figures. `complete`: entries are numbered from 0 without a gap; `outside`: when somebody outside last
    signed or got a checkpoint of it."""

    measures = serializers.IntegerField()
    imposed = serializers.IntegerField()
    mixed = serializers.IntegerField()
    negotiated = serializers.IntegerField()
    decisions = serializers.IntegerField()
    mandates = serializers.IntegerField()
    reviews = ReviewWaiting(many=True)
    offered = serializers.IntegerField()
    taken = serializers.IntegerField()
    refused = serializers.IntegerField()
    size = serializers.IntegerField()
    complete = serializers.BooleanField()
    outside = serializers.DateTimeField(allow_null=True)


class HostEntries(Shape):
    """Entries of the log `platform` about this partnership."""

    items = EntryShown(many=True)
    next = serializers.IntegerField(allow_null=True)


class Auditing(Operations):
    """What an auditor reads first."""

    family = "record"

    @operation(query=NumberWindow, answer=Population)
    def list_population(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """Every decision of the partnership: all, not a sample."""
        rows = population(open_partnership(ask.person, partnership))
        rows = [row for row in rows if row.entry >= ask.query["from"]]
        return _piece(rows, ask.query["limit"], lambda row: row.entry)

    @operation(answer=OverviewShown)
    def read_overview(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """How much is in force, how it came to be, what is overdue, and whether the record is complete."""
        found = overview(open_partnership(ask.person, partnership))
        reviews = [
            {"mandate": one.mandate.code, "due": one.state.due, "days_late": (one.state.today - one.state.due).days}
            for one in [*found.overdue, *found.coming]
        ]
        labels = {label: found.labels.get(label, 0) for label in ("imposed", "mixed", "negotiated")}
        plain = ("measures", "decisions", "mandates", "offered", "taken", "refused", "size", "outside")
        return (
            {name: getattr(found, name) for name in plain}
            | labels
            | {
                "reviews": reviews,
                "complete": found.is_complete,
            }
        )

    @operation(query=NumberWindow, answer=HostEntries)
    def list_host_entries(self, ask: Ask, partnership: UUID) -> dict[str, Any]:
        """Sign-ins of administrators and exports of auditors: for auditors of this partnership."""
        viewer, limit = open_partnership(ask.person, partnership), ask.query["limit"]
        found = visible_host_entries(viewer, since=ask.query["from"], limit=limit + 1)
        return _piece(found, limit, lambda entry: entry.seq)


def _piece(rows: list[Any], limit: int, number: Any) -> dict[str, Any]:
    return {"items": rows[:limit], "next": number(rows[limit]) if len(rows) > limit else None}
