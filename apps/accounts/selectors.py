"""Who is meant."""

from django.db.models import QuerySet

from apps.accounts.models import ApiToken, Person
from apps.common import clock
from apps.common.sql import run

COLUMNS = [field.attname for field in Person._meta.concrete_fields]
BY_TOKEN = f"""
SELECT {", ".join(f"person.{name}" for name in COLUMNS)}
FROM accounts_apitoken AS token JOIN accounts_person AS person ON person.id = token.person_id
WHERE token.digest = $1 AND (token.ends_at IS NULL OR token.ends_at > $2) AND person.is_active
"""  # noqa: S608 (the columns' own names)


def person_by_token(token: str) -> Person | None:
    """The active person a token speaks for, or None. Every call of a program begins with this: a prepared statement."""
    found = run(BY_TOKEN, [ApiToken.digest_of(token), clock.now()])
    return Person.from_db("default", COLUMNS, found[0]) if found else None


def person_by_email(email: str) -> Person | None:
    """The person with this address (upper and lower case are the same), or None."""
    return Person.objects.filter(email__iexact=email.strip()).first()


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """A person's tokens, also those that have ended."""
    return person.tokens.all()
