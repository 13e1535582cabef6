"""Who is meant."""

from django.db.models import Q, QuerySet

from apps.accounts.models import ApiToken, Person
from apps.common import clock


def person_by_token(token: str) -> Person | None:
    """The active person a token speaks for, or None."""
    found = (
        ApiToken.objects.select_related("person")
        .filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=clock.now()),
            digest=ApiToken.digest_of(token),
            person__is_active=True,
        )
        .first()
    )
    return found.person if found else None


def person_by_email(email: str) -> Person | None:
    """The person with this address (upper and lower case are the same), or None."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """A person's tokens, also those that have ended."""
    return person.tokens.all()
