"""What stands beside an element's own story on its page: challenges to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from apps.frameworks.models import Element, Framework
from apps.pages.present.challenges import ChallengeCard, challenge_cards, mark_contested
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


def beside(
    viewer: Actor, framework: Framework, element: Element, parts: Sequence[Part], verdict: Verdict | None
) -> Beside:
    """Read once for the whole page; `parts` are its cards, in which what is contested is marked."""
    found = list(challenges(framework, element=element.id)[:LISTED])
    partnership = viewer.partnership
    urls = {one.about: reverse("entry", args=[partnership.id, one.about]) for one in found}
    may = viewer.person is not None and viewer.is_member and verdict is not None
    return Beside(
        challenges=challenge_cards(partnership, found) if found else [],
        parts=mark_contested(parts, found, urls),
        contest=reverse("contest", args=[partnership.id, verdict.seq]) if may and verdict else "",
    )
