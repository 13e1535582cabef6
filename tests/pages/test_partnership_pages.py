"""The partnership's page and the convenor's forms: by hand, without scripts."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.partnerships.models import Holding, Mandate, Partnership, Role, Seat
from tests.pages.conftest import Browser
from tests.pages.reading import words
from tests.people import Lismorrow, found_lismorrow

pytestmark = pytest.mark.django_db


def address(lismorrow: Lismorrow, name: str = "partnership", *more: object) -> str:
    return reverse(name, args=[lismorrow.partnership.id, *more])


def test_everybody_reads_groups_and_seats_of_a_public_partnership(lismorrow: Lismorrow, browser: Browser) -> None:
    text = words(browser("").get(address(lismorrow)))
    assert "People who use services" in text
    assert "2 seats, 2 held; decides" in text
    assert "Jamie" not in text


def test_members_see_who_holds_seats_but_not_of_people_who_use_services(lismorrow: Lismorrow, browser: Browser) -> None:
    seen_by_member, seen_by_convenor = (words(browser(name).get(address(lismorrow))) for name in ("ify", "orla"))
    assert "Gareth" in seen_by_member
    assert "Jamie" not in seen_by_member
    assert "Jamie" in seen_by_convenor


def test_only_the_convenor_is_offered_to_convene(lismorrow: Lismorrow, browser: Browser) -> None:
    assert "Add a group" in words(browser("orla").get(address(lismorrow)))
    assert "Add a group" not in words(browser("ify").get(address(lismorrow)))


@pytest.mark.parametrize("name", ["", "stan"])
def test_a_members_only_partnership_is_unknown_to_others(db: None, name: str) -> None:
    lismorrow = found_lismorrow(visibility="members")
    client = Client()
    if name:
        client.force_login(lismorrow.people["Stan"])
    for page in ("partnership", "record"):
        answer = client.get(address(lismorrow, page))
        assert answer.status_code == 404
        assert "Lismorrow" not in words(answer)
    assert "Lismorrow" not in words(client.get("/"))


def test_members_of_a_members_only_partnership_read_it(db: None) -> None:
    lismorrow = found_lismorrow(visibility="members")
    client = Client()
    client.force_login(lismorrow.people["Ify"])
    assert client.get(address(lismorrow)).status_code == 200


def test_founding_a_partnership_makes_one_its_convenor(lismorrow: Lismorrow, browser: Browser) -> None:
    sent = {"name": "Northgate", "summary": "", "visibility": "public"}
    answer = browser("stan").post(reverse("found"), sent, follow=True)
    assert "Northgate is founded. You convene it." in words(answer)
    assert Role.objects.filter(partnership__name="Northgate", person=lismorrow.people["Stan"], name="convenor").exists()


def test_founding_without_a_name_says_which_field(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("stan").post(reverse("found"), {"name": " ", "visibility": "public"})
    assert answer.status_code == 422
    assert "Name of the partnership – Fill this in." in words(answer)
    assert Partnership.objects.count() == 1


def test_founding_asks_to_sign_in_and_comes_back(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("").get(reverse("found"))
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('found')}"


GROUP = {"name": "Youth forum", "key": "Y", "kind": "community", "seats": "3", "standing": "decides"}


def test_adding_a_group(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("orla").post(address(lismorrow, "new_group"), GROUP, follow=True)
    assert "Youth forum is added with 3 seats." in words(answer)
    assert Seat.objects.filter(group__key="Y").count() == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"key": "A"}, "There is already a group with the sign 'A'."),
        ({"key": "1x"}, "A group's sign is a letter followed by letters"),
        ({"seats": "9999"}, "Ensure this value is less than or equal to 500"),
        ({"kind": "observer"}, "Observers do not decide."),
        ({"kind": "emperor"}, "Select a valid choice"),
    ],
)
def test_a_group_that_cannot_be_is_refused_in_words(
    wrong: dict[str, str], said: str, lismorrow: Lismorrow, browser: Browser
) -> None:
    before = lismorrow.partnership.groups.count()
    answer = browser("orla").post(address(lismorrow, "new_group"), GROUP | wrong)
    assert answer.status_code in {409, 422}
    assert said in words(answer)
    assert lismorrow.partnership.groups.count() == before


@pytest.mark.parametrize("page", ["new_group", "role", "new_mandate", "new_framework"])
def test_convening_is_refused_to_members(page: str, lismorrow: Lismorrow, browser: Browser) -> None:
    for answer in (browser("ify").get(address(lismorrow, page)), browser("ify").post(address(lismorrow, page), GROUP)):
        assert answer.status_code == 403
        assert "Only the convenor of this partnership can do this." in words(answer)


def test_a_seat_changes_its_holder(lismorrow: Lismorrow, browser: Browser) -> None:
    seat = Seat.objects.get(group__key="C", label="C2", group__partnership=lismorrow.partnership)
    client = browser("orla")
    assert "Seat C2 is free now." in words(client.post(address(lismorrow, "vacate", seat.id), follow=True))
    answer = client.post(address(lismorrow, "seat", seat.id), {"name": "Nadia", "email": ""}, follow=True)
    assert "Nadia holds seat C2 now." in words(answer)


def test_a_taken_seat_is_not_given_twice(lismorrow: Lismorrow, browser: Browser) -> None:
    seat = Seat.objects.get(group__key="C", label="C1", group__partnership=lismorrow.partnership)
    answer = browser("orla").post(address(lismorrow, "seat", seat.id), {"name": "Nadia", "email": ""})
    assert answer.status_code == 409
    assert "Seat C1 is taken." in words(answer)


def test_a_seat_of_another_partnership_is_unknown(lismorrow: Lismorrow, browser: Browser) -> None:
    client = browser("stan")
    client.post(reverse("found"), {"name": "Northgate", "visibility": "public"})
    other = Partnership.objects.get(name="Northgate")
    seat = Seat.objects.filter(group__partnership=lismorrow.partnership)[0]
    assert client.post(reverse("vacate", args=[other.id, seat.id])).status_code == 404
    assert Holding.objects.filter(seat=seat, until=None).exists()


def test_vacating_is_never_done_by_following_a_link(lismorrow: Lismorrow, browser: Browser) -> None:
    seat = Seat.objects.filter(group__partnership=lismorrow.partnership)[0]
    assert browser("orla").get(address(lismorrow, "vacate", seat.id)).status_code == 405


def test_an_auditor_is_named(lismorrow: Lismorrow, browser: Browser) -> None:
    sent = {"role": "auditor", "name": "Lena", "email": "lena@example.org"}
    assert "Lena is auditor now." in words(browser("orla").post(address(lismorrow, "role"), sent, follow=True))


def mandate(lismorrow: Lismorrow, **more: object) -> dict[str, object]:
    return {
        "code": "MD1",
        "holder": str(lismorrow.people["Moira"].id),
        "authority": "the Health Trust",
        "basis_kind": "duty",
        "basis": "Instruction of 1 March",
        "parts": ["target", "frequency"],
        "valid_from": "2026-01-01",
    } | more


def test_a_mandate_is_recorded_and_everybody_can_read_it(lismorrow: Lismorrow, browser: Browser) -> None:
    answer = browser("orla").post(address(lismorrow, "new_mandate"), mandate(lismorrow), follow=True)
    assert "Mandate MD1 is recorded." in words(answer)
    found = Mandate.objects.get(code="MD1")
    text = words(browser("").get(address(lismorrow, "mandate", found.id)))
    assert "the target and how often, of every measure" in text
    assert "Instruction of 1 March" in text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"parts": []}, "Which parts of a measure it reaches – Choose one."),
        ({"valid_until": "2020-01-01"}, "Not before it begins."),
        ({"document_sha256": "abc"}, "A fingerprint has 64 digits"),
        ({"valid_from": "soon"}, "Write the day like"),
        ({"holder": "00000000-0000-0000-0000-000000000000"}, "Select a valid choice"),
    ],
)
def test_an_incomplete_mandate_is_refused(
    wrong: dict[str, object], said: str, lismorrow: Lismorrow, browser: Browser
) -> None:
    answer = browser("orla").post(address(lismorrow, "new_mandate"), mandate(lismorrow, **wrong))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Mandate.objects.exists()
