"""The three forms a ballot among alternatives takes in files: a ranking `A>B=C`, approvals `A|C`, scores `A:5|B:0`.

Alternatives are numbered in the order of the rule; a form turns a choice into numbers and back into its one spelling.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from apps.consensus.documents import names, refuse
from apps.consensus.methods.scales import Scale
from apps.consensus.methods.words import unknown_choice
from apps.consensus.rules import ABSTAIN, UNABLE

MARKS = ">=|:\r\n"
MOST = 300
"""More alternatives than anybody can compare; counts over pairs grow with the cube of their number."""

Ranking = tuple[tuple[int, ...], ...]
"""Groups of alternatives ranked equal, best first; who is not listed stands last, together with the others not listed."""
Approvals = tuple[int, ...]
"""The approved alternatives, ascending."""
Scores = tuple[int | None, ...]
"""One score per alternative; None where the ballot says nothing."""

Ballot = TypeVar("Ballot", covariant=True)


class Form(Protocol[Ballot]):
    """How ballots of one kind are written."""

    @property
    def alternatives(self) -> tuple[str, ...]:
        """What is chosen from."""

    def canonical(self, choice: str) -> str:
        """The one spelling; `Invalid` (`ballot.unknown_choice`) if it cannot be read."""

    def read(self, canonical: str) -> Ballot:
        """The ballot in a canonical choice."""

    def first(self, canonical: str) -> tuple[str, ...]:
        """What the ballot puts first: the top of a ranking, all that is approved, the highest scores."""


@dataclass(frozen=True)
class Named(Generic[Ballot]):
    """What the forms share: the alternatives and their numbers."""

    alternatives: tuple[str, ...]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each alternative, under its name with and without blanks around it."""
        bare = {name.strip(): number for number, name in enumerate(self.alternatives)}
        return bare | {name: number for number, name in enumerate(self.alternatives)}

    @cached_property
    def spelled(self) -> frozenset[str]:
        """The names exactly as the rule spells them."""
        return frozenset(self.alternatives)

    def number(self, name: str, choice: str) -> int:
        """The number of the alternative called `name` in `choice`."""
        found = self.numbers.get(name, self.numbers.get(name.strip()))
        if found is None:
            raise unknown_choice(choice, f"alternatives among {', '.join(self.alternatives)}")
        return found

    def once(self, numbers: Iterable[int], choice: str) -> None:
        """Refuse a ballot that names an alternative twice."""
        listed = list(numbers)
        if len(set(listed)) != len(listed):
            raise unknown_choice(choice, "every alternative at most once")


class RankingForm(Named[Ranking]):
    """`A>B=C>D`: ties stay ties, unlisted alternatives stay unlisted."""

    def canonical(self, choice: str) -> str:
        """The same ranking; equals in the order of the rule, without blanks."""
        listed = choice.split(">")
        if len(set(listed)) == len(listed) and self.spelled.issuperset(listed):
            return choice
        groups = [sorted(self.number(name, choice) for name in group.split("=")) for group in listed]
        self.once((number for group in groups for number in group), choice)
        return ">".join("=".join(self.alternatives[number] for number in group) for group in groups)

    def read(self, canonical: str) -> Ranking:
        """Groups of equals, best first."""
        numbers = self.numbers
        if "=" not in canonical:
            return tuple([(numbers[name],) for name in canonical.split(">")])
        return tuple(tuple(numbers[name] for name in group.split("=")) for group in canonical.split(">"))

    def first(self, canonical: str) -> tuple[str, ...]:
        """The top of the ranking; several if they are equal."""
        return tuple(canonical.partition(">")[0].split("="))


class ApprovalForm(Named[Approvals]):
    """`A|C`: a set."""

    def canonical(self, choice: str) -> str:
        """The same set in the order of the rule."""
        listed = sorted(self.number(name, choice) for name in choice.split("|"))
        self.once(listed, choice)
        return "|".join(self.alternatives[number] for number in listed)

    def read(self, canonical: str) -> Approvals:
        """The approved alternatives."""
        return tuple(self.numbers[name] for name in canonical.split("|"))

    def first(self, canonical: str) -> tuple[str, ...]:
        """Everything that is approved."""
        return tuple(canonical.split("|"))


@dataclass(frozen=True)
class ScoreForm(Named[Scores]):
    """`A:5|B:0`: a score on the scale for some or all alternatives."""

    scale: Scale

    def canonical(self, choice: str) -> str:
        """The same scores in the order of the rule."""
        scores = dict(self._pair(part, choice) for part in choice.split("|"))
        self.once((self.number(part.rpartition(":")[0], choice) for part in choice.split("|")), choice)
        return "|".join(f"{self.alternatives[number]}:{scores[number]}" for number in sorted(scores))

    def _pair(self, part: str, choice: str) -> tuple[int, str]:
        name, _, score = part.rpartition(":")
        number = self.number(name, choice)
        if score.strip() in (UNABLE, ABSTAIN, ""):
            raise unknown_choice(choice, f"a score from {self.scale.low} to {self.scale.high} after every ':'")
        return number, self.scale.canonical(score.strip())

    def read(self, canonical: str) -> Scores:
        """One score per alternative, None where there is none."""
        pairs = (part.rpartition(":") for part in canonical.split("|"))
        scores = {self.numbers[name]: int(score) for name, _, score in pairs}
        return tuple(scores.get(number) for number in range(len(self.alternatives)))

    def first(self, canonical: str) -> tuple[str, ...]:
        """Those with the highest score given."""
        scores = {name: int(score) for name, _, score in (part.rpartition(":") for part in canonical.split("|"))}
        top = max(scores.values())
        return tuple(name for name, score in scores.items() if score == top)


def read_alternatives(value: object, place: str) -> tuple[str, ...]:
    """Two or more different alternatives whose names cannot be confused with a ballot's marks."""
    read = names(value, place, _read_name)
    if not 2 <= len(read) <= MOST:
        refuse("out_of_range", place, f"must name 2 to {MOST} alternatives")
    names([name.strip() for name in read], place)
    return read


def _read_name(value: object, place: str) -> str:
    if not isinstance(value, str):
        refuse("wrong_type", place, "must be a text")
    if not value.strip() or any(mark in value for mark in MARKS) or value.strip() in (ABSTAIN, UNABLE):
        refuse("bad_alternative", place, f"must not be empty, contain > = | : or be '{ABSTAIN}' or '{UNABLE}'")
    return value
