"""Who sees whose name and address."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.api.caller import Caller
from tests.people import Lismorrow

pytestmark = pytest.mark.django_db


def _seats(caller: Caller, lismorrow: Lismorrow) -> dict[str, dict[str, Any]]:
    items = caller("list_seats", partnership=lismorrow.partnership.id, query="?limit=100")["items"]
    return {item["label"]: item["holder"] for item in items}


def test_nobody_outside_learns_a_name(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    for outsider in ("stan", "nobody"):
        seats = _seats(cast[outsider], lismorrow)
        assert {holder["name"] for holder in seats.values()} == {None}
        assert {holder["email"] for holder in seats.values()} == {None}


def test_members_see_names_but_not_of_people_who_use_services_and_no_addresses(
    lismorrow: Lismorrow, cast: Mapping[str, Caller]
) -> None:
    seats = _seats(cast["ify"], lismorrow)
    assert (seats["A1"]["name"], seats["U1"]["name"], seats["A1"]["email"]) == ("Gareth", None, None)
    members = cast["ify"]("list_members", partnership=lismorrow.partnership.id)["items"]
    assert {member["email"] for member in members} == {None}
    assert {member["name"] for member in members if member["group"] == "U"} == {None}
    assert {"Gareth", "Orla Devane", "Tomasz"} <= {member["name"] for member in members}


def test_one_sees_ones_own_name_and_the_convenor_everything(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    seats = _seats(cast["jamie"], lismorrow)
    assert (seats["U1"]["name"], seats["U2"]["name"]) == ("Jamie", None)
    assert _seats(cast["orla"], lismorrow)["U2"] == {
        "member": seats["U2"]["member"],
        "name": "Margaret",
        "email": "margaret@example.org",
    }


def test_a_person_found_by_address_is_named_and_keeps_the_name_they_have(
    lismorrow: Lismorrow, cast: Mapping[str, Caller]
) -> None:
    partnership = lismorrow.partnership.id
    group = cast["orla"]("add_group", partnership=partnership, key="X", name="X", kind="community", seats=1)
    seat = group["seats"][0]["id"]
    given = cast["orla"]("assign_seat", partnership=partnership, seat=seat, email="STAN@example.org", name="Somebody")
    assert given["member"]["name"] == "Stan"
    assert cast["stan"]("me")["partnerships"][0]["seat"] == "X1"


def test_me_tells_everybody_what_they_are_where(lismorrow: Lismorrow, cast: Mapping[str, Caller]) -> None:
    tomasz = cast["tomasz"]("me").body
    assert (tomasz["name"], tomasz["email"]) == ("Tomasz", "tomasz@example.org")
    assert tomasz["partnerships"] == [
        {"id": str(lismorrow.partnership.id), "name": "Lismorrow", "seat": "O1", "group": "O", "roles": ["auditor"]}
    ]
