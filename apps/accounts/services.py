"""What people do with their own accounts: tokens with which programs act for them."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from apps.accounts.models import ApiToken, Person
from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotFound
from apps.common.texts import clean_line

TOKENS_AT_MOST = 50
DAYS_AT_MOST = 365


def make_token(*, by: Person, label: str, days: int = 90) -> tuple[ApiToken, str]:
    """Make a token for oneself, good for 1 to 365 days; returns its row and the token, which is shown once."""
    label = clean_line("label", label, 80)
    if not 1 <= days <= DAYS_AT_MOST:
        raise Invalid("token.days", f"A token is good for 1 to {DAYS_AT_MOST} days.", {"days": f"1 to {DAYS_AT_MOST}"})
    if by.tokens.filter(ends_at__gt=clock.now()).count() >= TOKENS_AT_MOST:
        raise Conflict("token.too_many", f"You have {TOKENS_AT_MOST} tokens: take one back first.")
    return give_token(person=by, label=label, until=clock.now() + timedelta(days=days))


def give_token(*, person: Person, label: str, until: datetime) -> tuple[ApiToken, str]:
    """Make a token for a person; whoever calls this has checked the right to it."""
    token = ApiToken.make(person, label, ends_at=until)
    return ApiToken.objects.get(digest=ApiToken.digest_of(token)), token


def revoke_token(*, by: Person, id: int) -> None:
    """Take one's own token back: from now on it opens nothing."""
    if not by.tokens.filter(id=id).delete()[0]:
        raise NotFound("token.unknown", "You have no such token.")


def erase_account(person: Person) -> None:
    """Delete a person with everything that hangs on the account: addresses, tokens, sign-in keys and open sessions."""
    ids = {str(person.id), *([person.email] if person.email else [])}
    for session in Session.objects.iterator():
        if any(id in str(session.get_decoded()) for id in ids):
            session.delete()
    person.delete()
