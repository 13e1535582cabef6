"""A renegotiation track in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.common.errors import NotFound
from apps.deliberation.domain.reviews import ReviewState
from apps.deliberation.models import Decision
from apps.deliberation.reviews import review_of
from apps.deliberation.selectors import tracks_of, visible_entries
from apps.frameworks.domain.fields import PARTS, parts_of
from apps.frameworks.models import Element, Framework
from apps.pages.present.entries import lines_of
from apps.pages.present.items import ProposalCard, proposal_cards
from apps.pages.present.reviews import words_of
from apps.pages.present.values import facts_of, names_in
from apps.pages.present.words import METHODS, REASONS, day, listed, number_of
from apps.pages.shown import Fact, Line
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import group_names
from apps.proposals.models import Proposal
from apps.proposals.selectors import named, proposals

LISTED = 50


@dataclass(frozen=True)
class Talk:
    """What the page of a track shows. `open_parts` are keys of the parts still to be agreed on."""

    sentence: str
    parts_words: str
    open_parts: Sequence[str]
    how: Sequence[Fact]
    values: Sequence[Fact]
    before: Sequence[Line]
    since: Sequence[ProposalCard]
    review: str
    overdue: bool


def talk_on(viewer: Actor, framework: Framework, element: Element, seq: int) -> Talk:
    """The track that entry `seq` opened on an element. Raises `NotFound` (track.unknown)."""
    track = tracks_of(element.id).filter(opened_seq=seq).first()
    decision = framework.decisions.select_related("mandate__partnership", "reason").filter(seq=seq).first()
    if track is None or decision is None or decision.mandate is None:
        raise NotFound("track.unknown", "There is no such talk on this measure.")
    groups = group_names(framework.partnership)
    review = review_of(decision)
    told = visible_entries(viewer, viewer.log, since=seq, until=seq + 1)
    before = [line for number in told[0].data.get("before", []) for line in _entry(viewer, number)]
    return Talk(
        sentence=_sentence(decision, track.open_parts),
        parts_words=listed(PARTS[part] for part in track.open_parts or track.parts),
        open_parts=track.open_parts,
        how=_how(decision, decision.mandate.code, groups, review.state if review else None),
        values=_values(framework, element, track.open_parts or track.parts),
        before=list(reversed(before)),
        since=proposal_cards(_since(framework, element, decision, track.parts), groups),
        review=words_of(review.state) if review else "",
        overdue=review is not None and review.days_late > 0,
    )


def _sentence(decision: Decision, open_parts: Sequence[str]) -> str:
    assert decision.mandate is not None
    since = day(decision.effective)
    if not open_parts:
        return f"Set by {decision.mandate.authority} on {since}; every part has been decided anew since. This talk has ended."
    return (
        f"Set by {decision.mandate.authority} on {since}. Any group can suggest something else from that day on; "
        "what all agree on replaces it."
    )


def _how(decision: Decision, code: str, groups: Mapping[str, str], review: ReviewState | None) -> list[Fact]:
    """Why it stands as set by one party: who, under what, how it was prepared, who was against, what became of offers."""
    act: Mapping[str, Any] = decision.act or {}
    offers = list(act.get("offers", {}).values())
    against = listed(groups.get(key, key) for key in act.get("objecting", []))
    asked = listed(groups.get(key, key) for key in act.get("asked_by", []))
    facts = [
        Fact("Under", f"{code}, {decision.mandate.basis}" if decision.mandate else code),
        Fact("Why then", REASONS.get(decision.reason_code, decision.reason_code)),
        Fact("In their own words", (decision.reason.body if decision.reason else None) or "removed on request"),
        Fact("How it was prepared", METHODS.get(str(act.get("method")), str(act.get("method")))),
        Fact("Against it", against or "no group on record"),
        Fact("Changes offered before", _offers(offers)),
    ]
    facts += [Fact("Asked for by", asked)] if asked else []
    return facts + ([Fact("Review", words_of(review))] if review else [])


def _offers(pairs: Sequence[Sequence[int]]) -> str:
    if not pairs:
        return "none"
    return (
        f"on {number_of(sum(pair[1] for pair in pairs), 'part')}, taken on {sum(pair[0] for pair in pairs) or 'none'}"
    )


def _values(framework: Framework, element: Element, parts: Sequence[str]) -> list[Fact]:
    found = facts_of(element.kind, element.fields, names_in(framework))
    return [fact for part in parts for fact in found.get(part, [])]


def _entry(viewer: Actor, seq: int) -> list[Line]:
    return lines_of(viewer.partnership, visible_entries(viewer, viewer.log, since=seq, until=seq + 1))


def _since(framework: Framework, element: Element, decision: Decision, parts: Sequence[str]) -> list[Proposal]:
    """Proposals on these parts tabled after it was set, newest first."""
    found = named(proposals(framework, element=element.id)).filter(seq__gt=decision.seq)[:LISTED]
    wanted = set(parts)
    return [
        one
        for one in found
        if one.action in {"confirm", "retire"}
        or any(parts_of(one.kind, version.fields) & wanted for version in one.versions.all())
    ]
