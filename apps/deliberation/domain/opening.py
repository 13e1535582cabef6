"""What a voter's own receipt shows of the entry it was given for: the choice itself, a sealed one that it opens, or nothing."""

from apps.common.errors import Invalid
from apps.deliberation.domain.ballots import canonical_ballot, commitment
from apps.record.domain.entry import Entry


def is_secret(entry: Entry) -> bool:
    """Whether an entry says no more than that a seat has voted: a receipt of it proves turnout, not choice."""
    return entry.type == "ballot.cast" and not {"choice", "commitment"} & entry.data.keys()


def opened(entry: Entry, choice: str, salt: str) -> bool:
    """Whether choice and salt open the sealed choice in an entry. Raises `Invalid` (receipt.does_not_open) where they do not."""
    if "commitment" not in entry.data or not choice or not salt:
        return False
    try:
        raw, key = _ballot(entry, choice), bytes.fromhex(salt)
    except ValueError as error:
        raise Invalid("receipt.malformed", "The salt in your receipt is not whole.") from error
    if commitment(key, raw) != entry.data["commitment"]:
        words = f"The choice “{choice}” and the salt in your receipt do not open the sealed ballot."
        raise Invalid("receipt.does_not_open", words)
    return True


def _ballot(entry: Entry, choice: str) -> bytes:
    return canonical_ballot(
        round=entry.on["round"],
        item=entry.data["item"],
        seat=entry.by["seat"],
        version=entry.data["version"],
        choice=choice,
    )
