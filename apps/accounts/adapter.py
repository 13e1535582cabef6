"""How sign-in behaves here: a code by mail, and nobody makes an account without having been asked in."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come into being by an invitation or by founding a partnership, so the open sign-up page stays closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
