"""Which addresses answer."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    ["email/", "password/change/", "password/reset/", "signup/", "2fa/", "2fa/totp/activate/", "reauthenticate/"],
)
def test_pages_of_the_sign_in_library_that_have_no_place_here_are_not_there(client: Client, path: str) -> None:
    assert client.get(f"/accounts/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/accounts/login/", "/livez", "/readyz", "/api/schema/", "/"])
def test_what_everybody_needs_answers(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200
