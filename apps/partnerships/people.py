"""Finding the person meant by a name and an address, or making one."""

import re

from apps.accounts.models import Person
from apps.accounts.selectors import person_by_email
from apps.common.errors import Invalid
from apps.common.texts import clean_line


def find_or_make(name: str, email: str) -> Person:
    """The person with this address, or a new one. Without an address always a new one, known by name only."""
    known = person_by_email(email) if email else None
    if known is not None:
        return known
    if email and not re.fullmatch(r"[^@\s]+@[^@\s]+", email):
        raise Invalid("person.email", "This is not an e-mail address.", {"email": "like name@example.org"})
    return Person.objects.create_user(email=email or None, name=clean_line("name", name or email, 120))
