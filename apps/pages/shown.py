"""What the partial templates show, as plain values. Pages fill these from selectors; templates hold no rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from apps.pages.drawing.bar import Choice
from apps.provenance.presenting.place import Number

# The seven parts of a measure (methods of the scoring rule, version 1), in the order and words in which pages show them.
PARTS = {
    "definition": "What is counted",
    "formula": "How it is worked out",
    "population": "Who is counted",
    "target": "Where it starts and what is aimed for",
    "source": "Where the figure comes from",
    "frequency": "How often",
    "consequence": "What follows if it is missed",
}


@dataclass(frozen=True)
class Step:
    """One step of "where am I"; the last has no `url`."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Position:
    """Where something stands, and the words beside its mark ("mixed; imposed in 2008"). None: no decision yet."""

    ni: Number | None
    pe: Number | None
    words: str
    origin: tuple[Number, Number] | None = None


@dataclass(frozen=True)
class Line:
    """One act of a story: `act` in words, `who` by group, `why` the reason given.

    `url` leads to the entry `number` of the record.
    """

    at: str
    act: str
    who: str = ""
    why: str = ""
    url: str = ""
    number: int | None = None
    position: Position | None = None


@dataclass(frozen=True)
class Fact:
    """A field and its value in words, with unit; where it stands, and its own page."""

    label: str
    value: str
    key: str = ""
    url: str = ""
    state: str = ""
    state_words: str = ""


@dataclass(frozen=True)
class Part:
    """One of the seven parts with its fields; `set_by` says who set it when, `state` is agreed, imposed, contested or open."""

    key: str
    facts: Sequence[Fact]
    set_by: str = ""
    state: str = ""
    state_words: str = ""
    position: Position | None = None
    url: str = ""

    @property
    def title(self) -> str:
        """The part in plain words."""
        return PARTS[self.key]


@dataclass(frozen=True)
class ResultRow:
    """One deciding group, or all together (`overall`).

    `choices` are those the threshold counts, in the order drawn; `apart` are the rest.
    `sentence` ends with a full stop ("25 % for, more than half needed."). `threshold` is a share of those counted, 0..1;
    `state` is agreed, contested or open, with `state_words` ("agreed", "not agreed").
    """

    name: str
    choices: Sequence[Choice]
    took_part: int
    entitled: int
    sentence: str
    threshold: Fraction | None = None
    apart: Sequence[Choice] = ()
    state: str = ""
    state_words: str = ""
    overall: bool = False

    @property
    def counts(self) -> str:
        """All counts in words: "5 for, 2 against, 1 abstained"."""
        return ", ".join(f"{choice.count} {choice.label}" for choice in (*self.choices, *self.apart))

    @property
    def turnout(self) -> Fraction | None:
        """The share of those who could vote that took part; None where nobody could."""
        return Fraction(self.took_part, self.entitled) if self.entitled else None


@dataclass(frozen=True)
class Piece:
    """A run of words in a text diff, with its own spaces: `kind` is same, added or removed."""

    kind: str
    words: str


@dataclass(frozen=True)
class Change:
    """What a patch does to one field. `kind` is number, range, set, text or plain; only that kind's values are used.

    number, plain: `old`, `new`, `unit`. range: `old_range`, `new_range` within `scale`, and `unit`.
    set: `removed`, `added`, `kept`. text: `pieces`. An empty `old` or `new` means there was, or will be, none.
    """

    label: str
    kind: str
    old: str = ""
    new: str = ""
    unit: str = ""
    removed: Sequence[str] = ()
    added: Sequence[str] = ()
    kept: Sequence[str] = ()
    pieces: Sequence[Piece] = ()
    old_range: tuple[float, float] | None = None
    new_range: tuple[float, float] | None = None
    scale: tuple[float, float] | None = None
