"""A ballot as the page shows it: what is asked, every answer with its words, and one's own vote said back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.consensus import BallotForm, Rule, ballot_form
from apps.pages.forms.ballot import Filled, names_said
from apps.pages.present.words import listed

LABELS: Mapping[str, str] = {
    "for": "Yes, I am for it",
    "against": "No, I am against it",
    "consent": "Yes, I can live with it",
    "stand_aside": "I stand aside: let it pass without my support",
    "object": "I object: it does harm that could be avoided",
    "block": "I block it",
    "abstain": "I abstain: do not count me",
    "unable": "I cannot say",
}
ASIDE = ("unable", "abstain")
GRADES = ("reject", "poor", "acceptable", "good", "very good", "excellent")
"""Words for the usual six grades, 0 to 5."""
WIDEST = 11
"""As many ratings as fit in a row; more are picked from a list."""
HINTS: Mapping[str, str] = {
    "ranking": "Give each a number: 1 for the best, 2 for the next. The same number means equally good. "
    "One without a number counts as last.",
    "approvals": "Tick every one you could agree to, as many as you like.",
    "scores": "Give each a score: {low} is the lowest, {high} the highest. One without a score counts as the lowest.",
    "grades": "Give each a grade. One without a grade counts as the lowest.",
    "grades left out": "Give each a grade. One without a grade is left out of the count for it.",
}


@dataclass(frozen=True)
class Answer:
    """One thing to choose, rank, tick or score: its value, its words, and what is filled in so far."""

    value: str
    label: str
    filled: str = ""


@dataclass(frozen=True)
class BallotShown:
    """The fields of a ballot. `shape` is choice, rating, list, ranking, approvals or scores; `aside` are the ways of not
    choosing; `numbers` are what a place or score can be, with words where there are some."""

    shape: str
    answers: Sequence[Answer]
    aside: Sequence[Answer]
    hint: str = ""
    low: str = ""
    high: str = ""
    numbers: Sequence[tuple[str, str]] = ()

    @property
    def thirds(self) -> bool:
        """Whether the steps fall into three threes."""
        return len(self.answers) == 9


def ballot_shown(rule: Rule, names: Mapping[str, str], filled: Filled) -> BallotShown:
    """The ballot of a rule. `names` say what its alternatives stand for."""
    form = ballot_form(rule)
    if form.shape == "one":
        return _one(rule, form, filled)
    answers = [Answer(key, _named(key, names), filled.values.get(key, "")) for key in form.choices]
    aside = ASIDE if form.shape == "scores" else ("abstain",)
    return BallotShown(
        shape=form.shape,
        answers=answers,
        aside=[_aside(way, filled.instead) for way in aside],
        hint=_hint(rule, form),
        numbers=_numbers(rule, form),
    )


def said(rule: Rule, choice: str) -> str:
    """A vote said back to the voter."""
    form = ballot_form(rule)
    if form.shape == "one" or choice in ASIDE:
        return LABELS.get(choice, choice)
    return listed(names_said(form, choice))


def _named(key: str, names: Mapping[str, str]) -> str:
    return f"{key}: {names[key]}" if key in names else key


def _one(rule: Rule, form: BallotForm, filled: Filled) -> BallotShown:
    """A choice, or a rating. Who rates leaves a question out instead of abstaining."""
    marked = [Answer(value, LABELS.get(value, value), "on" if value == filled.choice else "") for value in form.choices]
    if rule.kind != "rating":
        return BallotShown("choice", marked, ())
    steps = [answer for answer in marked if answer.value not in ASIDE]
    unable = [answer for answer in marked if answer.value == "unable"]
    return BallotShown(
        shape="rating" if len(steps) <= WIDEST else "list",
        answers=steps,
        aside=unable,
        low=f"{steps[0].value}: does not belong here",
        high=f"{steps[-1].value}: belongs here for certain",
    )


def _aside(way: str, instead: str) -> Answer:
    return Answer(way, LABELS[way], "on" if way == instead else "")


def _hint(rule: Rule, form: BallotForm) -> str:
    if rule.kind == "majority_judgment":
        method = rule.document["method"]
        left_out = isinstance(method, Mapping) and method.get("blank") == "excluded"
        return HINTS["grades left out" if left_out else "grades"]
    return HINTS[form.shape].format(low=form.low, high=form.high)


def _numbers(rule: Rule, form: BallotForm) -> list[tuple[str, str]]:
    """The scores or grades there are, the highest first."""
    if form.shape != "scores":
        return []
    values = range(form.high, form.low - 1, -1)
    worded = rule.kind == "majority_judgment" and (form.low, form.high) == (0, len(GRADES) - 1)
    return [(str(value), f"{value}: {GRADES[value]}" if worded else str(value)) for value in values]
