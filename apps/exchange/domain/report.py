"""What a verification says: one check after the other, in plain words, and what remains unproved."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

TITLES = {
    "archive": "The file is whole",
    "contents": "Every part is the one the keeper of the record signed",
    "checkpoint": "The record was signed as it stood",
    "entries": "Every entry stands in the record",
    "texts": "The words are those that were recorded",
    "ballots": "The votes, counted again",
    "verdict": "Where it stands, computed again",
    "kept": "Held against checkpoints kept elsewhere",
}


@dataclass
class Check:
    """One check: `said` what it found to be so, `faults` what is wrong, each a sentence. Without either it had nothing to do."""

    key: str
    said: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return TITLES[self.key]

    @property
    def state(self) -> str:
        """`failed`, `passed` or `nothing`."""
        if self.faults:
            return "failed"
        return "passed" if self.said else "nothing"


@dataclass(frozen=True)
class Report:
    """All checks in order, what the file is about, and what no check of it can prove."""

    subject: str
    checks: Sequence[Check]
    unproved: Sequence[str]

    @property
    def is_verified(self) -> bool:
        return not any(check.faults for check in self.checks)

    @property
    def failed(self) -> list[str]:
        """The keys of the checks that failed."""
        return [check.key for check in self.checks if check.faults]

    def to_json(self) -> dict[str, object]:
        """The report as plain JSON values."""
        checks = [{"check": c.key, "state": c.state, "said": c.said, "faults": c.faults} for c in self.checks]
        return {
            "verified": self.is_verified,
            "subject": self.subject,
            "checks": checks,
            "unproved": list(self.unproved),
        }

    def to_text(self) -> str:
        """The report for a reader, one sentence to a line."""
        lines = [self.subject, ""]
        for check in self.checks:
            mark = {"passed": "[proved] ", "failed": "[WRONG]  ", "nothing": "[nothing]"}[check.state]
            lines.append(f"{mark} {check.title}")
            lines += [f"            ! {fault}" for fault in check.faults]
            lines += [f"            {sentence}" for sentence in check.said]
        lines += ["", "What this cannot prove:", *(f"  - {sentence}" for sentence in self.unproved), ""]
        wrong = sum(len(check.faults) for check in self.checks)
        told = "VERIFIED" if self.is_verified else f"NOT VERIFIED: {wrong} {'fault' if wrong == 1 else 'faults'}"
        return "\n".join([*lines, told, ""])


def unproved(kind: str, *, key_given: bool, seen_elsewhere: bool, secret: bool) -> Iterator[str]:
    """What a dossier of this kind leaves unproved, each a sentence."""
    yield "Who sat at the keyboard: an entry names a seat, and a person by a number that means nothing elsewhere."
    yield (
        f"That everything about this {kind} is here: whoever keeps the record chose what went in. Votes are the exception:"
        " the entry that closed a round says how many there were."
    )
    if secret:
        yield (
            "That the votes counted in secret rounds are those people cast: the ballots were deleted at the count, and what is"
            " left fits the number of seats that voted. While such a round was open, whoever runs the server could have read"
            " them; copies kept from that time may still hold them."
        )
    if not key_given:
        yield "That the signing key is the keeper's: compare it with the one you had from elsewhere, or give yours."
    if not seen_elsewhere:
        yield (
            "That everybody is shown the same record: nobody else has signed this checkpoint,"
            " and you gave none that you kept."
        )
    yield "That the story in words (story.html) tells it well: it was written by the keeper from these entries."
