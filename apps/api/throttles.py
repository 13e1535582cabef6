"""How often the few things can be done that leave something behind without anybody's leave. Counted per person, in PostgreSQL."""

from rest_framework.throttling import UserRateThrottle


class Founding(UserRateThrottle):
    """Founding partnerships and joining by links."""

    scope = "founding"
    rate = "120/hour"


class TokenMaking(UserRateThrottle):
    """Making tokens for oneself."""

    scope = "tokens"
    rate = "30/hour"


class MemberTokenMaking(UserRateThrottle):
    """Making tokens for the people of a demonstration: a rehearsal makes one for every seat."""

    scope = "member_tokens"
    rate = "3000/hour"
