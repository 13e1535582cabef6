"""Methods whose ballots are one of a few words (`for`, `against`, ...)."""

from collections.abc import Mapping

from apps.common.errors import Invalid
from apps.consensus.rules import ABSTAIN


def canonical_word(choice: str, known: tuple[str, ...]) -> str:
    """`choice` as one of the known words; nothing written means abstained."""
    if not choice:
        return ABSTAIN
    if choice not in known:
        raise unknown_choice(choice, ", ".join(known))
    return choice


def unknown_choice(choice: str, expected: str) -> Invalid:
    """The refusal of a choice the rule does not know."""
    return Invalid(
        "ballot.unknown_choice", f"'{choice}' is not a choice here; expected {expected}", {"choice": expected}
    )


def head_count(votes: Mapping[str, int], words: tuple[str, ...], seats: int) -> dict[str, int]:
    """Ballots by word, with `present` (every ballot), `cast` (present without abstentions) and `entitled` (seats)."""
    counts = {word: votes.get(word, 0) for word in words}
    present = sum(votes.values())
    return counts | {"present": present, "cast": present - votes.get(ABSTAIN, 0), "entitled": seats}
