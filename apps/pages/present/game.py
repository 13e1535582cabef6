"""The rules of the game as their page shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from apps.frameworks.models import Framework
from apps.pages.present.verdicts import position_of, position_of_scored
from apps.pages.present.words import day
from apps.pages.shown import Position, Step
from apps.provenance.game import Game, Setting
from apps.record.domain.entry import moment

WORDS: Mapping[str, str] = {
    "groups": "Which groups there are",
    "standing": "Who decides, who advises",
    "decision_rules": "By which rules rounds decide",
    "scoring_rule": "How it is worked out who decided",
}


@dataclass(frozen=True)
class Row:
    """One thing the rules of the game settle, what stands, and who set it last."""

    what: str
    stands: Sequence[str]
    by: str
    entry: Step | None


def position(found: Game) -> Position | None:
    """Their place on both lines."""
    if found.verdict is not None:
        return position_of(found.verdict)
    return None if found.scored is None else position_of_scored(found.scored)


def rows(framework: Framework, found: Game) -> list[Row]:
    """The four things, in a fixed order."""
    return [_row(framework, setting) for setting in found.settings]


def _row(framework: Framework, setting: Setting) -> Row:
    by = "a round" if setting.by_round else "the convenor"
    if not setting.entries:
        return Row(WORDS[setting.key], setting.stands, "this platform, from the start", None)
    last = setting.entries[-1]
    link = reverse("entry", args=[framework.partnership_id, last.seq])
    return Row(WORDS[setting.key], setting.stands, by, Step(day(moment(last.at)), link))
