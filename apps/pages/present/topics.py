"""What a reader of the record looks for, and the types of entries that tell it."""

from collections.abc import Mapping, Sequence

EVERYTHING = "all"
TOPICS: Mapping[str, tuple[str, Sequence[str]]] = {
    "decisions": (
        "Decisions",
        (
            *("decision.made", "imposition.made", "imposition.lapsed", "outside.recorded", "inheritance.recorded"),
            *("verdict.recorded", "scoring_rule.adopted", "element.changed"),
        ),
    ),
    "proposals": (
        "Proposals and offers of change",
        (
            *("proposal.submitted", "proposal.revised", "proposal.withdrawn", "proposal.derived"),
            *("amendment.offered", "amendment.answered", "amendment.withdrawn", "amendment.joined"),
            *("amendment.counter_answered", "amendment.window_set", "objection.recorded", "objection.withdrawn"),
            *("comment.made", "comment.taken_back", "drafting.declared", "drafting.tabled", "range.stated"),
            *("package.made", "package.dissolved", "ratification.asked", "ratification.answered"),
        ),
    ),
    "rounds": (
        "Rounds and votes",
        (
            *("rule.registered", "round.drafted", "round.announced", "round.opened", "phase.begun", "round.paused"),
            *("round.resumed", "round.extended", "papers.asked", "papers.sent", "interest.declared", "interest.ruled"),
            *("ballot.cast", "paper.entered", "paper.discarded", "round.closed", "round.tallied", "reason.recorded"),
            "note.corrected",
        ),
    ),
    "floor": (
        "Who comes, who spoke, and who was ready",
        ("coming.said", "hand.raised", "hand.lowered", "floor.given", "floor.ended", "ready.said"),
    ),
    "alone": (
        "Mandates, and what was set under them",
        (
            *("mandate.recorded", "mandate.passed", "mandate.ended", "imposition.made", "imposition.lapsed"),
            *("outside.recorded", "act.refused", "review.called", "notice.given"),
        ),
    ),
    "disagreed": (
        "Disagreement, and what was contested",
        (
            *("reservation.recorded", "dissent.review_called", "challenge.made", "challenge.answered"),
            *("challenge.withdrawn", "panel.drawn", "panel.changed", "opinion.given"),
        ),
    ),
    "practice": (
        "What people say of it, and what practice noticed",
        (
            *("pulse.opened", "pulse.answered", "pulse.closed", "practice.noticed", "need.stated", "need.withdrawn"),
            *("alignment.stated", "commitment.made", "commitment.kept", "commitment.reminded"),
        ),
    ),
    "people": (
        "Groups, seats and roles",
        (
            *("partnership.founded", "group.added", "seat.assigned", "seat.vacated", "role.given", "role.taken"),
            *("invitation.made", "member_token.made"),
        ),
    ),
    "framework": (
        "Founding plan, editions and what is open",
        (
            *("framework.created", "framework.imported", "gates.set", "levels.named", "plan.sealed"),
            *("edition.published", "template.offered", "story.moved"),
        ),
    ),
    "protected": (
        "What was erased, kept and taken away",
        (
            *("erasure.requested", "erasure.refused", "person.erased", "text.erased", "retention.set"),
            *("exemption.marked", "exemption.lifted", "export.made"),
        ),
    ),
    "record": (
        "The record itself: keys, witnesses, alarms",
        (
            *("key.rotated", "key.retired", "witness.added", "witness.removed", "history.disputed"),
            *("keeper.chosen", "keeper.confirmed", "keeper.tried", "keeper.removed"),
        ),
    ),
}
OF_AN_ELEMENT: Sequence[str] = (
    *("proposal.submitted", "proposal.revised", "proposal.withdrawn", "amendment.offered", "amendment.answered"),
    *("objection.recorded", "objection.withdrawn", "decision.made", "imposition.made", "imposition.lapsed"),
    *("review.called", "outside.recorded", "inheritance.recorded", "act.refused"),
)
"""The story of one element: without votes, counts and what follows by itself."""
OF_A_FRAMEWORK: Sequence[str] = (
    *TOPICS["framework"][1],
    *("rule.registered", "round.opened", "round.tallied", "decision.made", "imposition.made", "imposition.lapsed"),
    *("outside.recorded", "inheritance.recorded", "scoring_rule.adopted", "package.made", "package.dissolved"),
)
"""The story of a framework: what was decided, and what it was decided by."""
