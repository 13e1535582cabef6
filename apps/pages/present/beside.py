"""What stands beside an element's own story on its page: challenges, what people say, what practice noticed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from apps.frameworks.models import Element, Framework
from apps.measurement.models import Pulse
from apps.measurement.selectors import pulses
from apps.pages.present.challenges import ChallengeCard, challenge_cards, mark_contested
from apps.pages.present.direction import NoticedLine, noticed_lines
from apps.pages.present.pulses import PulseCard, pulse_cards
from apps.pages.shown import Part
from apps.partnerships.actors import Actor
from apps.provenance.contesting import challenges
from apps.provenance.models import Verdict

LISTED = 20


@dataclass(frozen=True)
class Beside:
    """Everything that other people say about how an element was decided."""

    challenges: Sequence[ChallengeCard]
    parts: Sequence[Part]
    contest: str
    pulses: Sequence[PulseCard]
    pulse: str
    noticed: Sequence[NoticedLine]


def beside(
    viewer: Actor,
    framework: Framework,
    element: Element,
    parts: Sequence[Part],
    verdicts: Sequence[Verdict],
    groups: Mapping[str, str],
) -> Beside:
    """Read once for the whole page; `parts` are its cards, in which what is contested is marked."""
    verdict = verdicts[0] if verdicts else None
    found = list(challenges(framework, element=element.id)[:LISTED])
    partnership = viewer.partnership
    urls = {one.about: reverse("entry", args=[partnership.id, one.about]) for one in found}
    may = viewer.person is not None and viewer.is_member and verdict is not None
    said = list(pulses(framework, element=element.id)[:LISTED])
    return Beside(
        challenges=challenge_cards(found, groups) if found else [],
        parts=mark_contested(parts, found, urls),
        contest=reverse("contest", args=[partnership.id, verdict.seq]) if may and verdict else "",
        pulses=pulse_cards(partnership, said, verdicts, groups) if said else [],
        pulse=_open(viewer, said),
        noticed=noticed_lines(partnership, framework, element.id, groups),
    )


def _open(viewer: Actor, said: Sequence[Pulse]) -> str:
    """Where this viewer can answer the questions that are open."""
    heard = viewer.seat is not None and viewer.seat.group.kind != "observer"
    waiting = next((one for one in said if one.closed_seq is None), None)
    return reverse("pulse", args=[waiting.id]) if waiting and heard else ""
