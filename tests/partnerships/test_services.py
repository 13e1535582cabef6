"""What can be done to a partnership, by whom, and what the record says of it."""

from datetime import date
from typing import Any

import pytest

from apps.accounts.models import Person
from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound, NotSignedIn, Refusal
from apps.partnerships.actors import actor_in
from apps.partnerships.models import Holding, Partnership
from apps.partnerships.selectors import open_partnership, partnerships_for, seats_by_group
from apps.partnerships.services import (
    accept_invitation,
    add_group,
    assign_seat,
    found_partnership,
    give_role,
    invite_group,
    move_story,
    record_mandate,
    vacate_seat,
)
from apps.record import selectors as record
from tests.people import Lismorrow, found_lismorrow

pytestmark = pytest.mark.django_db


def types(lismorrow: Lismorrow) -> list[str]:
    return [entry.type for entry in record.entries(lismorrow.log)]


def test_whoever_founds_a_partnership_convenes_it_and_the_record_begins_there() -> None:
    orla = Person.objects.create_user(email="orla@example.org", name="Orla")
    actor = found_partnership(by=orla, name=" Lismorrow ")
    assert actor.is_convenor
    assert actor.partnership.name == "Lismorrow"
    assert [entry.type for entry in record.entries(actor.log)] == ["partnership.founded", "role.given"]


def test_people_appear_in_the_record_under_a_pseudonym_only(lismorrow: Lismorrow) -> None:
    told = b"".join(entry.to_bytes() for entry in record.entries(lismorrow.log))
    assert b"Ify" not in told
    assert str(lismorrow.people["Ify"].id).encode() not in told


def test_seats_are_counted_by_deciding_group_without_observers(lismorrow: Lismorrow) -> None:
    assert seats_by_group(lismorrow.partnership) == {"A": 2, "P": 1, "F": 1, "T": 1, "C": 2, "U": 2}


@pytest.mark.parametrize("name", ["gareth", "tomasz", "stan"])
def test_only_the_convenor_changes_the_partnership(lismorrow: Lismorrow, name: str) -> None:
    before = record.size(lismorrow.log)
    with pytest.raises(NotAllowed):
        add_group(by=getattr(lismorrow, name), key="X", name="Another", kind="agency", seats=1)
    assert record.size(lismorrow.log) == before


def test_nobody_acts_without_being_signed_in(lismorrow: Lismorrow) -> None:
    with pytest.raises(NotSignedIn):
        add_group(by=actor_in(lismorrow.partnership, None), key="X", name="Another", kind="agency", seats=1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"key": "A"}, "group.key_taken"),
        ({"key": "1"}, "group.key"),
        ({"name": ""}, "text.required"),
        ({"name": "x" * 121}, "text.too_long"),
        ({"name": "a\x00b"}, "text.malformed"),
        ({"kind": "king"}, "group.kind"),
        ({"kind": "observer"}, "group.observer_decides"),
        ({"seats": 501}, "group.seats"),
    ],
)
def test_a_group_that_makes_no_sense_is_refused(lismorrow: Lismorrow, change: dict[str, Any], code: str) -> None:
    given: dict[str, Any] = {"key": "X", "name": "Another", "kind": "agency", "seats": 1}
    with pytest.raises(Refusal) as refused:
        add_group(by=lismorrow.orla, **{**given, **change})
    assert refused.value.code == code


def test_a_seat_outlives_its_holder(lismorrow: Lismorrow) -> None:
    seat = lismorrow.pat.require_seat()
    vacate_seat(by=lismorrow.orla, seat=seat)
    assert lismorrow.pat.seat is None
    assign_seat(by=lismorrow.orla, seat=seat, name="Nuala", email="nuala@example.org")
    assert types(lismorrow)[-2:] == ["seat.vacated", "seat.assigned"]
    assert Holding.objects.filter(seat=seat).count() == 2


def test_a_taken_seat_and_a_seated_person_are_refused(lismorrow: Lismorrow) -> None:
    seat = lismorrow.ify.require_seat()
    with pytest.raises(Conflict, match="taken"):
        assign_seat(by=lismorrow.orla, seat=seat, name="Somebody", email="somebody@example.org")
    vacate_seat(by=lismorrow.orla, seat=seat)
    with pytest.raises(Conflict, match="already holds"):
        assign_seat(by=lismorrow.orla, seat=seat, person=lismorrow.people["Ruth"])


def test_a_link_seats_somebody_who_has_no_account(lismorrow: Lismorrow) -> None:
    group = add_group(by=lismorrow.orla, key="Y", name="Youth forum", kind="community", seats=2)
    token = invite_group(by=lismorrow.orla, group=group, uses=1)
    holding = accept_invitation(token=token, name="Dara")
    assert holding.seat.label == "Y1"
    assert holding.person.email is None
    with pytest.raises(Conflict) as refused:
        accept_invitation(token=token, name="Another")
    assert refused.value.code == "invitation.used"
    with pytest.raises(NotFound):
        accept_invitation(token="invented", name="Another")


def test_a_full_group_takes_nobody_more(lismorrow: Lismorrow) -> None:
    token = invite_group(by=lismorrow.orla, group=lismorrow.ify.require_seat().group, uses=5)
    with pytest.raises(Conflict) as refused:
        accept_invitation(token=token, name="Another")
    assert refused.value.code == "group.full"
    assert not Person.objects.filter(name="Another").exists()


def test_members_only_partnerships_are_not_revealed_to_others() -> None:
    hidden = found_lismorrow(visibility="members")
    with pytest.raises(NotFound):
        open_partnership(hidden.people["Stan"], hidden.partnership.id)
    with pytest.raises(NotFound):
        open_partnership(None, hidden.partnership.id)
    assert open_partnership(hidden.people["Ify"], hidden.partnership.id).is_member
    assert list(partnerships_for(hidden.people["Stan"])) == []
    assert list(partnerships_for(hidden.people["Tomasz"])) == [hidden.partnership]


def test_a_mandate_says_what_it_reaches_and_until_when(lismorrow: Lismorrow) -> None:
    given: dict[str, Any] = {
        "code": "MD1",
        "authority": "The chair",
        "basis_kind": "law",
        "basis": "Direction 7",
        "valid_from": date(2024, 4, 1),
    }
    mandate = record_mandate(
        by=lismorrow.orla, holder=lismorrow.people["Gareth"], parts=["target", "definition"], **given
    )
    assert mandate.parts == ["definition", "target"]
    for change, field in (
        ({"parts": []}, "parts"),
        ({"parts": ["mood"]}, "parts"),
        ({"basis_kind": "whim"}, "basis_kind"),
        ({"valid_until": date(2024, 3, 1)}, "valid_until"),
        ({"document_sha256": "abc"}, "document_sha256"),
    ):
        with pytest.raises(Invalid) as refused:
            record_mandate(
                by=lismorrow.orla,
                holder=lismorrow.people["Gareth"],
                **{**given, "code": "MD2", "parts": ["target"], **change},
            )
        assert field in refused.value.fields
    with pytest.raises(Conflict):
        record_mandate(by=lismorrow.orla, holder=lismorrow.people["Gareth"], parts=["target"], **given)


def test_a_role_is_given_once(lismorrow: Lismorrow) -> None:
    give_role(by=lismorrow.orla, role="auditor", email="new@example.org", name="New")
    with pytest.raises(Conflict):
        give_role(by=lismorrow.orla, role="auditor", email="new@example.org")
    with pytest.raises(Invalid):
        give_role(by=lismorrow.orla, role="king", email="new@example.org")


def test_only_a_demonstration_has_a_day_of_its_own(lismorrow: Lismorrow) -> None:
    with pytest.raises(Conflict):
        move_story(by=lismorrow.orla, day=date(2023, 10, 1))
    assert Partnership.objects.get().story_day is None
