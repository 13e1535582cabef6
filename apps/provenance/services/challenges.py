"""Contesting a verdict or a recorded fact, and taking that back."""

from typing import Any
from uuid import UUID, uuid4

from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound
from apps.common.texts import clean_text
from apps.frameworks.models import Framework
from apps.frameworks.services import lock
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_member
from apps.provenance.contesting import Bench, bench_for
from apps.provenance.domain.panels import SIZE, draw
from apps.provenance.models import Challenge, PanelMember
from apps.record import selectors as record
from apps.record.act import Act, By, act
from apps.record.domain.entry import Entry
from apps.record.domain.tree import leaf_hash

WORDS = 4000
PANEL = By(system="panel")
SUBJECTS = {
    "verdict.recorded": "verdict",
    "decision.made": "fact",
    "imposition.made": "fact",
    "imposition.lapsed": "fact",
    "outside.recorded": "fact",
    "inheritance.recorded": "fact",
    "practice.noticed": "fact",
}
"""The types of entry that can be contested, and as what."""


def contest(*, by: Actor, framework: Framework, about: int, reason: str) -> Challenge:
    """Contest a verdict or a recorded fact, by the number of its entry. A panel of three from three groups is drawn at once:
    never who contests it, whose act it is, or the convenor."""
    require_member(by)
    words = clean_text("reason", reason, WORDS)
    contested = contested_entry(framework, about)
    me = by.by.person
    assert me is not None
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        if Challenge.objects.filter(framework=framework, about=about, by=me).exists():
            raise Conflict("challenge.made", "You have contested this already; the answer to it stands there.")
        bench = bench_for(framework.partnership, contested, by)
        return _made(a, by, framework, contested, bench, words)


def withdraw_challenge(*, by: Actor, challenge: Challenge, reason: str) -> Challenge:
    """Take one's own challenge back while it is open."""
    require_member(by)
    words = clean_text("reason", reason, WORDS)
    with act(by=by.by, log=by.log) as a:
        challenge = lock_challenge(challenge)
        if challenge.by != by.by.person:
            raise NotAllowed("challenge.not_yours", "Only who contested it can take it back.")
        data = {"reason": a.text(words, "challenge.reason", after=[challenge.reason])[1]}
        entry = a.add("challenge.withdrawn", data, on=subjects(challenge), because=challenge.seq)
        challenge.state, challenge.answered_seq = "withdrawn", entry.seq
        challenge.save(update_fields=["state", "answered_seq"])
    return challenge


def contested_entry(framework: Framework, about: int) -> Entry:
    """The entry of this framework that is contested. Raises `NotFound`, or `Invalid` where it is nothing to contest."""
    entry = record.entry(framework.partnership.log_id, about)
    if entry.on.get("framework") != str(framework.id):
        raise NotFound("entry.unknown", f"There is no entry {about} in the record of this framework.")
    if entry.type not in SUBJECTS:
        raise Invalid(
            "challenge.subject",
            "What can be contested is how something was decided, or a fact that rests on.",
            {"about": "is neither a verdict nor such a fact"},
        )
    return entry


def lock_challenge(challenge: Challenge) -> Challenge:
    """Lock an open challenge, its framework first. Raises `Conflict` once it is closed."""
    lock(challenge.framework_id)
    found = Challenge.objects.select_for_update(of=("self",), no_key=True).select_related("reason").get(id=challenge.id)
    if found.state != "open":
        raise Conflict("challenge.closed", "This challenge is closed.")
    return found


def subjects(challenge: Challenge) -> dict[str, UUID]:
    """What the entries of a challenge are about."""
    return {"challenge": challenge.id, "element": challenge.element, "framework": challenge.framework_id}


def _made(a: Act, by: Actor, framework: Framework, contested: Entry, bench: Bench, words: str) -> Challenge:
    assert by.by.person is not None
    reason, ref = a.text(words, "challenge.reason")
    challenge = Challenge(
        id=uuid4(),
        framework=framework,
        element=UUID(contested.on["element"]),
        about=contested.seq,
        subject=SUBJECTS[contested.type],
        by=by.by.person,
        group_key=by.seat.group.key if by.seat else "",
        reason=reason,
        barred=sorted(bench.barred),
        sides=sorted(bench.sides),
        made_at=a.at,
    )
    data: dict[str, Any] = {"about": contested.seq, "subject": challenge.subject, "reason": ref}
    data |= {"group": challenge.group_key} if challenge.group_key else {}
    entry = a.add("challenge.made", data, on=subjects(challenge), because=contested.seq)
    seed = leaf_hash(entry.to_bytes())
    panel = draw(bench.candidates, seed, bench.sides)
    if len(panel) < SIZE:
        raise Conflict(
            "challenge.no_panel",
            "A panel takes three groups with somebody who has no part in it; there are not enough seats held for that.",
        )
    challenge.seed, challenge.seq = seed.hex(), entry.seq
    challenge.save(force_insert=True)
    PanelMember.objects.bulk_create(
        [PanelMember(challenge=challenge, seat_id=one.seat, place=place) for place, one in enumerate(panel, 1)]
    )
    drawn = {
        "seats": [str(one.seat) for one in panel],
        "groups": [one.group for one in panel],
        "seed": challenge.seed,
        "barred": [str(id) for id in challenge.barred],
    }
    a.add("panel.drawn", drawn, on=subjects(challenge), because=entry.seq, by=PANEL)
    return challenge
