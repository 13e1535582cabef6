"""Selections: which of several alternatives is chosen. All ballots on the item count together.

Ties are followed in every way they could fall; where that leaves the result open they are reported, unless the rule declares how
they are broken: `"tie_break": "listed"` (the order of the alternatives in the rule) or `{"lot": "a published seed"}`.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from apps.consensus.documents import at, fields, integer, one_of, refuse, text
from apps.consensus.methods.scales import Scale, read_scale
from apps.consensus.rules import ABSTAIN, UNABLE, Judgement, Side
from apps.consensus.selecting.counts import Contest, Count, Selected, Ties, by_lot, select
from apps.consensus.selecting.forms import ApprovalForm, Form, RankingForm, ScoreForm, read_alternatives
from apps.consensus.selecting.meek import count_meek
from apps.consensus.selecting.pairwise import count_ranked_pairs, count_schulze
from apps.consensus.selecting.proportional import count_equal_shares, count_phragmen, count_sequential_pav
from apps.consensus.selecting.runoffs import count_irv
from apps.consensus.selecting.scored import (
    count_approval,
    count_borda,
    count_majority_judgment,
    count_score,
    count_star,
)
from apps.consensus.selecting.scottish import count_scottish

Counter = Callable[[Contest[Any], Ties], Count]
NO_SCORES = Scale(0, 5)
LISTED = "listed"


@dataclass(frozen=True)
class Selection:
    """A method of selection with its alternatives, places, form of ballot, count, and declared order for ties (None: reported)."""

    kind: str
    form: Form[Any]
    counter: Counter
    seats: int = 1
    tie_order: tuple[int, ...] | None = None
    tie_break: str | None = None

    @property
    def alternatives(self) -> tuple[str, ...]:
        """What is chosen from."""
        return self.form.alternatives

    def choices(self) -> tuple[str, ...]:
        """The alternatives, from which a ballot is made."""
        return self.alternatives

    def canonical(self, choice: str) -> str:
        """The one spelling of a ballot; blank is abstain; scores may be `unable`."""
        if choice in ("", ABSTAIN):
            return ABSTAIN
        if choice == UNABLE and isinstance(self.form, ScoreForm):
            return UNABLE
        return self.form.canonical(choice)

    def judge(self, votes: Mapping[str, int], seats: int) -> Judgement:
        """For if these ballots alone choose clearly, open if they leave a tie or nobody voted."""
        present = sum(votes.values())
        counts = {
            "abstain": votes.get(ABSTAIN, 0),
            "present": present,
            "cast": present - votes.get(ABSTAIN, 0),
            "entitled": seats,
        }
        selected = self.select(votes)
        statistics: dict[str, object] = {
            "winners": self._names(selected.winners),
            "ties": [self._names(tied) for tied in selected.ties],
            "stages": list(selected.stages),
        }
        if selected.ties and self.tie_break:
            statistics["ties_broken_by"] = self.tie_break
        side = Side.FOR if selected.decided and selected.winners else Side.OPEN
        return Judgement(counts, {}, side, self._why(selected, counts["cast"]), statistics=statistics)

    def needs(self, seats: int) -> str:
        """What the group's ballots do."""
        return "its ballots alone must choose the same as all ballots together"

    def select(self, votes: Mapping[str, int]) -> Selected:
        """Count the ballots among these votes."""
        ballots = tuple(
            (self.form.read(choice), many)
            for choice, many in sorted(votes.items())
            if many and choice not in (ABSTAIN, UNABLE)
        )
        if not ballots:
            return Selected((), (), (), False)
        return select(self.counter, Contest(self.alternatives, self.seats, ballots), self.tie_order)

    def with_first(self, votes: Mapping[str, int], names: Collection[str]) -> int:
        """How many ballots put at least one of these alternatives first."""
        wanted = frozenset(names)
        return sum(
            many
            for choice, many in votes.items()
            if choice not in (ABSTAIN, UNABLE) and not wanted.isdisjoint(self.form.first(choice))
        )

    def _names(self, numbers: tuple[int, ...]) -> list[str]:
        return [self.alternatives[number] for number in numbers]

    def _why(self, selected: Selected, cast: int) -> str:
        if not cast:
            return "Nobody chose."
        winners = ", ".join(self._names(selected.winners))
        if selected.decided:
            broken = f"; ties were broken as declared ({self.tie_break})" if selected.ties else ""
            return f"{_ballots(cast)} {winners or 'nothing'}{broken}."
        open_ones = ", ".join(self._names(selected.ties[0])) if selected.ties else "nothing"
        sure = f"{winners} chosen; " if self.seats > 1 and winners else ""
        return f"{_ballots(cast).rpartition(' ')[0]}: {sure}a tie is left between {open_ones}."


def _ballots(cast: int) -> str:
    return "1 ballot chooses" if cast == 1 else f"{cast} ballots choose"


def read_selection(document: dict[str, object], place: str) -> Selection:
    """Any of the selections from its part of the rule."""
    kind = str(document["kind"])
    own = OPTIONS.get(kind, ())
    places = ("seats",) if kind in SEVERAL else ()
    read = fields(document, place, ("kind", "alternatives", *places), ("tie_break", *own))
    alternatives = read_alternatives(read["alternatives"], at(place, "alternatives"))
    seats = integer(read["seats"], at(place, "seats"), 1, len(alternatives)) if places else 1
    order, tie_break = _read_tie_break(read.get("tie_break"), at(place, "tie_break"), alternatives)
    form, counter = BUILDERS[kind](read, place, alternatives)
    return Selection(kind, form, counter, seats, order, tie_break)


def _read_tie_break(
    value: object, place: str, alternatives: tuple[str, ...]
) -> tuple[tuple[int, ...] | None, str | None]:
    if value is None:
        return None, None
    if value == LISTED:
        return tuple(range(len(alternatives))), LISTED
    if not isinstance(value, Mapping):
        refuse("unknown_value", place, f"must be '{LISTED}' or {{'lot': 'a published seed'}}")
    seed = text(fields(value, place, ("lot",))["lot"], at(place, "lot"))
    return by_lot(alternatives, seed), f"lot drawn from '{seed}'"


Built = tuple[Form[Any], Counter]


def _ranking(counter: Counter) -> Callable[[dict[str, object], str, tuple[str, ...]], Built]:
    return lambda read, place, alternatives: (RankingForm(alternatives), counter)


def _approval(counter: Counter) -> Callable[[dict[str, object], str, tuple[str, ...]], Built]:
    return lambda read, place, alternatives: (ApprovalForm(alternatives), counter)


def _score_form(read: dict[str, object], place: str, alternatives: tuple[str, ...]) -> ScoreForm:
    return ScoreForm(alternatives, read_scale(read["scale"], at(place, "scale")) if "scale" in read else NO_SCORES)


def _score(read: dict[str, object], place: str, alternatives: tuple[str, ...]) -> Built:
    form = _score_form(read, place, alternatives)
    return form, lambda contest, ties: count_score(contest, ties, form.scale.low)


def _star(read: dict[str, object], place: str, alternatives: tuple[str, ...]) -> Built:
    form = _score_form(read, place, alternatives)
    return form, lambda contest, ties: count_star(contest, ties, form.scale.low, form.scale.high)


def _majority_judgment(read: dict[str, object], place: str, alternatives: tuple[str, ...]) -> Built:
    form = _score_form(read, place, alternatives)
    blank = one_of(read.get("blank", "lowest"), at(place, "blank"), ("lowest", "excluded"))
    lowest = form.scale.low if blank == "lowest" else None
    return form, lambda contest, ties: count_majority_judgment(contest, ties, lowest)


def _borda(read: dict[str, object], place: str, alternatives: tuple[str, ...]) -> Built:
    truncated = one_of(read.get("truncated", "average"), at(place, "truncated"), ("average", "zero"))
    return RankingForm(alternatives), lambda contest, ties: count_borda(contest, ties, truncated)


def _stv(read: dict[str, object], place: str, alternatives: tuple[str, ...]) -> Built:
    variant = one_of(read.get("variant", "scottish"), at(place, "variant"), ("scottish", "meek"))
    return RankingForm(alternatives), count_scottish if variant == "scottish" else count_meek


def _equal_shares(read: dict[str, object], place: str, alternatives: tuple[str, ...]) -> Built:
    completion = one_of(read.get("completion", "phragmen"), at(place, "completion"), ("phragmen", "none"))
    return ApprovalForm(alternatives), lambda contest, ties: count_equal_shares(contest, ties, completion == "phragmen")


BUILDERS: dict[str, Callable[[dict[str, object], str, tuple[str, ...]], Built]] = {
    "approval": _approval(count_approval),
    "score": _score,
    "borda": _borda,
    "star": _star,
    "majority_judgment": _majority_judgment,
    "irv": _ranking(count_irv),
    "schulze": _ranking(count_schulze),
    "ranked_pairs": _ranking(count_ranked_pairs),
    "stv": _stv,
    "sequential_pav": _approval(count_sequential_pav),
    "phragmen": _approval(count_phragmen),
    "equal_shares": _equal_shares,
}
SEVERAL = ("stv", "sequential_pav", "phragmen", "equal_shares")
OPTIONS: dict[str, tuple[str, ...]] = {
    "score": ("scale",),
    "star": ("scale",),
    "majority_judgment": ("scale", "blank"),
    "borda": ("truncated",),
    "stv": ("variant",),
    "equal_shares": ("completion",),
}
