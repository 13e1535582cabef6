"""A ballot as a form without scripts: radio rows, numbers for places, ticks, selects; and back to the choice that is cast.

Fields: `choice`; or `place:NAME`, `approve`, `score:NAME` for alternatives, with `instead` for abstaining or being unable to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from apps.common.errors import Invalid
from apps.consensus import (
    BallotForm,
    read_approvals,
    read_ranking,
    read_scores,
    write_approvals,
    write_ranking,
    write_scores,
)

ABSTAIN, UNABLE = "abstain", "unable"
EMPTY: Mapping[str, str] = {
    "one": "Choose one of the answers, then send your vote.",
    "ranking": "Give at least one of them a place, or say that you abstain, then send your vote.",
    "approvals": "Tick at least one of them, or say that you abstain, then send your vote.",
    "scores": "Give at least one of them a score, or say that you abstain, then send your vote.",
}


@dataclass(frozen=True)
class Filled:
    """What stands in the fields of a ballot: `values` by alternative, `instead` abstain or unable, `choice` where one is chosen;
    `why` is the reason."""

    choice: str = ""
    instead: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


def filled_by(form: BallotForm, choice: str) -> Filled:
    """The fields as a choice that was cast fills them."""
    if form.shape == "one":
        return Filled(choice=choice)
    if choice in ("", ABSTAIN, UNABLE):
        return Filled(instead=choice)
    if form.shape == "approvals":
        return Filled(values=dict.fromkeys(read_approvals(choice), "on"))
    numbers = read_ranking(choice) if form.shape == "ranking" else read_scores(choice)
    return Filled(values={name: str(number) for name, number in numbers.items()})


def sent_in(form: BallotForm, sent: QueryDict) -> Filled:
    """The fields as somebody sent them."""
    why = sent.get("why", "").strip()
    if form.shape == "one":
        return Filled(choice=sent.get("choice", ""), why=why)
    if form.shape == "approvals":
        values = dict.fromkeys(sent.getlist("approve"), "on")
    else:
        prefix = {"ranking": "place", "scores": "score"}[form.shape]
        values = {name: sent.get(f"{prefix}:{name}", "").strip() for name in form.choices}
    given = {name: value for name, value in values.items() if value}
    return Filled(instead=sent.get("instead", ""), values=given, why=why)


def choice_of(form: BallotForm, filled: Filled) -> str:
    """The choice that these fields make. `Invalid` where they make none, with the sentence for it."""
    if form.shape == "one":
        return _required(form, filled.choice)
    if filled.instead and filled.values:
        raise Invalid("ballot.both", "You have answered and also chosen to abstain: take one of them back.")
    if filled.instead:
        return filled.instead
    if form.shape == "approvals":
        return _required(form, write_approvals(filled.values))
    numbers = {name: _number(name, value) for name, value in filled.values.items()}
    return _required(form, write_ranking(numbers) if form.shape == "ranking" else write_scores(numbers))


def _required(form: BallotForm, choice: str) -> str:
    if not choice:
        raise Invalid("ballot.empty", EMPTY[form.shape])
    return choice


def _number(name: str, value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise Invalid("ballot.not_a_number", f"{name}: '{value[:20]}' is not a whole number.") from None


def names_said(form: BallotForm, choice: str) -> Sequence[str]:
    """A cast choice among alternatives in words: best first."""
    if form.shape == "ranking":
        groups = [group.replace("=", " and ") for group in choice.split(">")]
        return [f"{place}. {group}" for place, group in enumerate(groups, start=1)]
    if form.shape == "approvals":
        return read_approvals(choice)
    return [f"{name} {score}" for name, score in read_scores(choice).items()]
