"""Who is asking: a program with a token in the header, or a person signed in by a session (see settings)."""

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from apps.accounts.models import Person
from apps.accounts.selectors import person_by_token

SCHEME = "Bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <token>`. A token that is not known, has ended or belongs to nobody active is a 401."""

    def authenticate(self, request: Request) -> tuple[Person, str] | None:
        """The person the token speaks for, and how they came in; None where there is no such header."""
        scheme, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        person = person_by_token(token.strip())
        if person is None:
            raise AuthenticationFailed("This token is not known or has ended. Make a new one.")
        return person, "token"

    def authenticate_header(self, request: Request) -> str:
        return SCHEME


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the OpenAPI document names it."""

    target_class = "apps.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": SCHEME.lower()}
