"""From the fields of a ballot form to the choice a ballots file holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from apps.consensus.methods.selection import Selection
from apps.consensus.rules import Rule
from apps.consensus.selecting.forms import ApprovalForm, ScoreForm

SHAPES = ONE, RANKING, APPROVALS, SCORES = "one", "ranking", "approvals", "scores"


@dataclass(frozen=True)
class BallotForm:
    """What a voter is asked: `one` of `choices`, or a `ranking` of them, `approvals`, or `scores` from `low` to `high`."""

    shape: str
    choices: tuple[str, ...]
    low: int = 0
    high: int = 0


def ballot_form(rule: Rule) -> BallotForm:
    """The form of ballot this rule needs."""
    method = rule.method
    if not isinstance(method, Selection):
        return BallotForm(ONE, method.choices())
    if isinstance(method.form, ScoreForm):
        return BallotForm(SCORES, method.alternatives, method.form.scale.low, method.form.scale.high)
    return BallotForm(APPROVALS if isinstance(method.form, ApprovalForm) else RANKING, method.alternatives)


def write_ranking(places: Mapping[str, int]) -> str:
    """`A>B=C` from the place given to each alternative, 1 the best; equal places are ties, those without a place stay unlisted."""
    groups = [[name for name in places if places[name] == place] for place in sorted(set(places.values()))]
    return ">".join("=".join(group) for group in groups)


def read_ranking(choice: str) -> dict[str, int]:
    """The place of each alternative in `A>B=C`: 1, 2, 2."""
    return {name: place for place, group in enumerate(choice.split(">"), start=1) for name in group.split("=") if name}


def write_approvals(ticked: Iterable[str]) -> str:
    """`A|C` from the alternatives that are ticked; none is an abstention."""
    return "|".join(ticked)


def read_approvals(choice: str) -> tuple[str, ...]:
    """The alternatives in `A|C`."""
    return tuple(name for name in choice.split("|") if name)


def write_scores(scores: Mapping[str, int]) -> str:
    """`A:5|B:0` from the scores given; none is an abstention."""
    return "|".join(f"{name}:{score}" for name, score in scores.items())


def read_scores(choice: str) -> dict[str, int]:
    """The score of each alternative in `A:5|B:0`."""
    pairs = (part.rpartition(":") for part in choice.split("|") if part)
    return {name: int(score) for name, _, score in pairs}
