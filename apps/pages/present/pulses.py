"""What people say beside what the record shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.consensus.statistics.pooling import FLOOR
from apps.measurement.models import Pulse
from apps.pages.present.words import day, listed
from apps.partnerships.models import Partnership
from apps.provenance.domain.gap import gap, moved
from apps.provenance.models import Verdict


@dataclass(frozen=True)
class SaidRow:
    """What some groups said together."""

    who: str
    answers: str
    shape: str
    matter: str


@dataclass(frozen=True)
class PulseCard:
    """One pulse: what it followed, what was said, what the record shows, and where the two are apart."""

    heading: str
    url: str
    rows: Sequence[SaidRow]
    record: str
    gaps: Sequence[str]
    waiting: str


def private_words(group: str) -> str:
    """What happens with an answer."""
    return (
        f"Nobody sees what you answer: not your manager, not the convenor. It counts as {group}'s, and is shown only together "
        f"with at least four other answers; small groups are shown together."
    )


def pulse_cards(
    partnership: Partnership, found: Sequence[Pulse], verdicts: Iterable[Verdict], groups: Mapping[str, str]
) -> list[PulseCard]:
    """Pulses on one measure, newest first, without earlier ones that too few answered; each takes its verdict from `verdicts`."""
    labels = {verdict.because: verdict.label_ni for verdict in verdicts}
    closed = [pulse for pulse in found if pulse.closed_seq is not None and pulse.result]
    shown = [pulse for pulse in found if pulse.closed_seq is None or pulse.result or pulse is found[0]]
    return [_card(partnership, pulse, labels.get(pulse.about, ""), _before(pulse, closed), groups) for pulse in shown]


def _before(pulse: Pulse, closed: Sequence[Pulse]) -> Pulse | None:
    return next((earlier for earlier in closed if earlier.seq < pulse.seq), None)


def _card(
    partnership: Partnership, pulse: Pulse, label: str, earlier: Pulse | None, groups: Mapping[str, str]
) -> PulseCard:
    said = pulse.result or []
    return PulseCard(
        heading=f"After the decision of {day(pulse.opened_on)}",
        url=reverse("entry", args=[partnership.id, pulse.about]),
        rows=[_row(one, groups) for one in said],
        record=label,
        gaps=[*_gaps(said, label, groups), *_moves(said, earlier.result or [] if earlier else [], groups)],
        waiting=_waiting(pulse, said),
    )


def _waiting(pulse: Pulse, said: Sequence[Any]) -> str:
    if pulse.closed_seq is None:
        return f"Being asked until {day(pulse.closes_on)}; shown afterwards."
    return "" if said else f"Fewer than {FLOOR} answered, so nothing is shown."


def _row(one: Mapping[str, Any], groups: Mapping[str, str]) -> SaidRow:
    return SaidRow(_who(one, groups), f"{one['answers']} of {one['seats']}", one["shape"], one["matter"])


def _who(one: Mapping[str, Any], groups: Mapping[str, str]) -> str:
    return listed(groups.get(key, key) for key in one["groups"])


def _gaps(said: Sequence[Mapping[str, Any]], label: str, groups: Mapping[str, str]) -> list[str]:
    return [words for one in said if (words := gap(label, one["shape"], _who(one, groups)))]


def _moves(
    said: Sequence[Mapping[str, Any]], earlier: Sequence[Mapping[str, Any]], groups: Mapping[str, str]
) -> list[str]:
    """Where it matters more or less than it did, for groups that were shown in the same company before."""
    before = {tuple(one["groups"]): one for one in earlier}
    pairs = [(before[tuple(one["groups"])], one) for one in said if tuple(one["groups"]) in before]
    told = [
        moved(old["matter"], new["matter"], _who(new, groups), [new["answers"], new["seats"]]) for old, new in pairs
    ]
    return [words for words in told if words]
