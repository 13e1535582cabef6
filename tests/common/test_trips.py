"""Several lists in one trip: the same as each query would give, in its order."""

import pytest
from django.db import connection
from django.db.models import Count, F, Value
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import Person
from apps.common.trips import at_once
from apps.partnerships.models import Seat, StakeholderGroup
from apps.proposals.models import Proposal, ProposalVersion
from apps.record.models import Log, Text
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def test_every_list_is_what_its_query_gives_in_one_statement(lismorrow: Lismorrow) -> None:
    lismorrow.propose()
    queries = [
        StakeholderGroup.objects.order_by("-key"),
        Seat.objects.filter(group__key="F"),
        Proposal.objects.all(),
        ProposalVersion.objects.order_by("number"),
        Text.objects.order_by("made_at"),
        Log.objects.order_by("name"),
    ]
    with CaptureQueriesContext(connection) as asked:
        found = at_once(*queries)
    assert len(asked) == 1
    for query, rows in zip(queries, found, strict=True):
        for one, other in zip(rows, query, strict=True):
            values = {field.attname: getattr(other, field.attname) for field in other._meta.concrete_fields}
            assert {name: getattr(one, name) for name in values} == {
                name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()
            }


def test_annotations_plain_values_and_deferred_columns(lismorrow: Lismorrow) -> None:
    counted = StakeholderGroup.objects.annotate(seat_count=Count("seats")).order_by("order", "key")
    plain = Seat.objects.filter(group__key="A").order_by("label").values("label", key=F("group__key"), two=Value(2))
    few = Person.objects.filter(name="Ify").only("name")
    groups, seats, people = at_once(counted, plain, few)
    assert [(group.key, group.seat_count) for group in groups][:2] == [("A", 2), ("P", 1)]
    assert seats == [
        {"label": seats[0]["label"], "key": "A", "two": 2},
        {"label": seats[1]["label"], "key": "A", "two": 2},
    ]
    assert people[0].get_deferred_fields() == {
        field.attname for field in Person._meta.concrete_fields if field.attname not in {"id", "name"}
    }
    assert people[0].email == "ify@example.org"


def test_a_query_that_finds_nothing_gives_nothing(lismorrow: Lismorrow) -> None:
    assert at_once(Seat.objects.none(), Seat.objects.filter(label="nowhere"), Proposal.objects.filter(id__in=[])) == [
        [],
        [],
        [],
    ]


def test_what_was_fetched_can_be_saved_again(lismorrow: Lismorrow) -> None:
    ((person,),) = at_once(Person.objects.filter(name="Ify"))
    person.name = "Ifeoma"
    person.save()
    assert Person.objects.filter(name="Ifeoma").count() == 1
