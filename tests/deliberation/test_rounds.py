"""The life of a round, from its registered rule to the adopted version and the verdict."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from apps.deliberation.models import Ballot, Decision, RegisteredRule, Round
from apps.deliberation.selectors import field_states, visible_tally
from apps.deliberation.services import close_round, draft_round, open_round, register_rule
from apps.deliberation.tasks import tick
from apps.frameworks.models import Element
from apps.frameworks.services import create_framework
from apps.partnerships.actors import actor_in
from apps.proposals.models import Proposal
from apps.proposals.services import revise_proposal, submit_proposal
from apps.provenance.models import Verdict
from apps.record import selectors as record
from tests.people import CONSENT, LONELINESS, MAJORITY_OF_EVERY_GROUP, Lismorrow

pytestmark = pytest.mark.django_db
ALL_FOR = dict.fromkeys(("gareth", "moira", "colm", "ify", "ruth", "samira", "pat", "jamie", "margaret"), "for")


def types(lismorrow: Lismorrow) -> list[str]:
    return [entry.type for entry in record.entries(lismorrow.log)]


def test_from_ballots_to_a_verdict_everything_follows_in_order(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose())
    lismorrow.decide(round, **ALL_FOR)
    assert types(lismorrow)[-6:] == [
        "round.closed",
        "round.tallied",
        "decision.made",
        "element.changed",
        "verdict.recorded",
        "pulse.opened",
    ]
    element = Element.objects.get(code="M4")
    assert element.fields == LONELINESS
    assert {state.state for state in field_states(element.id).values()} == {"agreed"}
    verdict = Verdict.objects.get()
    assert verdict.label_ni == "negotiated"
    assert verdict.headline.startswith("Agreed by all 6 groups")


def test_a_tie_in_one_group_is_not_agreement_of_every_group(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose()
    lismorrow.decide(lismorrow.open(proposal), **{**ALL_FOR, "moira": "against"})
    decision = Decision.objects.get()
    assert (decision.adopted, decision.outcome) == (False, "not_agreed")
    assert not Element.objects.exists()
    proposal.refresh_from_db()
    assert proposal.state == "tabled"


def test_carried_over_the_heads_of_groups_leaves_their_dissent_and_a_review(lismorrow: Lismorrow) -> None:
    pooled = {
        **MAJORITY_OF_EVERY_GROUP,
        "groups": {**MAJORITY_OF_EVERY_GROUP["groups"], "composition": {"kind": "pooled"}},
    }
    review = clock.now().date() + timedelta(days=365)
    round = lismorrow.open(lismorrow.propose(), rule=pooled, review_on=review)
    lismorrow.decide(round, **{**ALL_FOR, "samira": "against", "pat": "against"})
    decision = Decision.objects.get()
    assert decision.adopted
    assert decision.act is not None
    assert decision.act["method"] == "vote"
    assert [(dissent.group_key, dissent.against, dissent.review_on) for dissent in decision.dissents.all()] == [
        ("C", 2, review)
    ]


def test_reading_twice_changes_nothing(lismorrow: Lismorrow) -> None:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **ALL_FOR)
    before = types(lismorrow)
    lismorrow.settle()
    assert types(lismorrow) == before


def test_the_rule_is_hashed_and_recorded_before_the_round_opens(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose())
    told = types(lismorrow)
    assert told.index("rule.registered") < told.index("round.opened")
    (opened,) = record.entries(lismorrow.log, types=["round.opened"])
    assert opened.data["rule_hash"] == round.rule.hash
    assert opened.data["entitled"] == {"A": 2, "P": 1, "F": 1, "T": 1, "C": 2, "U": 2}
    with pytest.raises(DatabaseError), transaction.atomic():
        RegisteredRule.objects.update(document={})


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({}, None),
        ({**MAJORITY_OF_EVERY_GROUP, "mood": 1}, None),
        (
            {**MAJORITY_OF_EVERY_GROUP, "groups": {"deciding": ["A", "Z"], "composition": {"kind": "all"}}},
            "rule.unknown_group",
        ),
        (
            {**MAJORITY_OF_EVERY_GROUP, "groups": {"deciding": ["A", "O"], "composition": {"kind": "all"}}},
            "rule.unknown_group",
        ),
    ],
)
def test_a_rule_that_makes_no_sense_here_is_not_registered(
    lismorrow: Lismorrow, document: dict[str, object], code: str | None
) -> None:
    with pytest.raises(Invalid) as refused:
        register_rule(by=lismorrow.orla, framework=lismorrow.framework, title="A rule", document=document)
    assert refused.value.code.startswith("rule.")
    assert code in {None, refused.value.code}


def test_only_the_convenor_runs_rounds(lismorrow: Lismorrow) -> None:
    proposal, rule = lismorrow.propose(), lismorrow.rule()
    drafted = draft_round(by=lismorrow.orla, framework=lismorrow.framework, title="R", rule=rule, proposals=[proposal])
    for name in ("gareth", "tomasz", "stan"):
        with pytest.raises(NotAllowed):
            open_round(by=getattr(lismorrow, name), round=drafted)


def test_a_round_opens_once_and_closes_once(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose())
    with pytest.raises(Conflict):
        open_round(by=lismorrow.orla, round=round)
    close_round(by=lismorrow.orla, round=round)
    with pytest.raises(Conflict):
        close_round(by=lismorrow.orla, round=round)


def test_while_a_round_is_open_its_text_stands_still(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose()
    lismorrow.open(proposal)
    with pytest.raises(Conflict) as refused:
        revise_proposal(by=lismorrow.gareth, proposal=proposal, patch=LONELINESS, rationale="Better.", on_number=1)
    assert refused.value.code == "proposal.in_round"


def test_a_proposal_cannot_stand_in_two_rounds(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose()
    lismorrow.open(proposal)
    proposal.refresh_from_db()
    with pytest.raises(Conflict):
        lismorrow.open(proposal)


def test_rule_and_proposals_of_another_framework_are_refused(lismorrow: Lismorrow) -> None:
    other = create_framework(by=lismorrow.orla, title="Another", starts_on=date(2024, 1, 1))
    with pytest.raises(NotFound):
        draft_round(
            by=lismorrow.orla, framework=other, title="R", rule=lismorrow.rule(), proposals=[lismorrow.propose()]
        )


def test_a_field_decided_in_the_meantime_must_be_looked_at_again(lismorrow: Lismorrow) -> None:
    lismorrow.decide(lismorrow.open(lismorrow.propose()), **ALL_FOR)
    element = Element.objects.get()

    def change(target: str) -> Proposal:
        patch = {"target": {"value": target, "by": "2027/28"}}
        return submit_proposal(
            by=lismorrow.ify,
            framework=lismorrow.framework,
            action="change",
            element=element.id,
            patch=patch,
            rationale="Better.",
        )

    first, second = change("15"), change("14")
    lismorrow.decide(lismorrow.open(first), **ALL_FOR)
    with pytest.raises(Conflict) as refused:
        lismorrow.open(second)
    assert refused.value.code == "proposal.stale_base"


def test_an_advisory_poll_is_counted_and_decides_nothing(lismorrow: Lismorrow) -> None:
    proposal = lismorrow.propose()
    lismorrow.decide(lismorrow.open(proposal, advisory=True), **ALL_FOR)
    proposal.refresh_from_db()
    assert types(lismorrow)[-1] == "round.tallied"
    assert proposal.state == "tabled"
    assert not Decision.objects.exists()


def test_a_round_closes_by_the_clock_when_its_time_has_come(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(), closes_at=clock.now() + timedelta(hours=1))
    tick()
    assert Round.objects.get(id=round.id).state == "open"
    Round.objects.filter(id=round.id).update(closes_at=clock.now() - timedelta(seconds=1))
    tick()
    tick()
    (closed,) = record.entries(lismorrow.log, types=["round.closed"])
    assert closed.by == {"system": "clock"}


def test_nothing_takes_effect_before_it_is_decided(lismorrow: Lismorrow) -> None:
    with pytest.raises(Conflict) as refused:
        lismorrow.open(lismorrow.propose(), effective=date(2001, 1, 1))
    assert refused.value.code == "round.backdated"


@pytest.mark.parametrize("name", ["orla", "gareth", "tomasz", "nobody"])
def test_nobody_sees_choices_of_a_private_round_before_it_is_counted(lismorrow: Lismorrow, name: str) -> None:
    viewer = actor_in(lismorrow.partnership, None) if name == "nobody" else getattr(lismorrow, name)
    round = lismorrow.open(lismorrow.propose())
    lismorrow.vote(round, ify="against", ruth="for")
    (view,) = visible_tally(viewer, round)
    assert view.result is None
    assert {turnout.group: turnout.voted for turnout in view.turnout} == {
        "A": 0,
        "P": 0,
        "F": 1,
        "T": 1,
        "C": 0,
        "U": 0,
    }
    told = b"".join(entry.to_bytes() for entry in record.entries(lismorrow.log, types=["ballot.cast"]))
    assert b"against" not in told
    assert b'"choice"' not in told
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    round.refresh_from_db()
    (view,) = visible_tally(viewer, round)
    assert view.final
    assert view.result is not None
    assert view.result["groups"]["F"]["counts"]["against"] == 1


def test_an_open_round_shows_how_it_stands(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose(), secrecy="open")
    lismorrow.vote(round, ify="against")
    (view,) = visible_tally(lismorrow.ruth, round)
    assert view.result is not None
    assert not view.final


def test_salts_of_ballots_that_were_cast_again_are_deleted_at_the_count(lismorrow: Lismorrow) -> None:
    round = lismorrow.open(lismorrow.propose())
    lismorrow.vote(round, ify="against")
    lismorrow.vote(round, ify="for")
    close_round(by=lismorrow.orla, round=round)
    lismorrow.settle()
    first, last = Ballot.objects.order_by("seq")
    assert first.salt is None
    assert last.salt is not None


def test_consent_is_withheld_by_one_objection(lismorrow: Lismorrow) -> None:
    choices = dict.fromkeys(ALL_FOR, "consent")
    lismorrow.decide(lismorrow.open(lismorrow.propose(), rule=CONSENT), **{**choices, "ify": "object"})
    assert not Decision.objects.get().adopted


def test_a_round_without_items_or_with_bad_secrecy_is_refused(lismorrow: Lismorrow) -> None:
    rule, proposal = lismorrow.rule(), lismorrow.propose()
    cases: tuple[dict[str, Any], ...] = (
        {"proposals": []},
        {"proposals": [proposal, proposal]},
        {"secrecy": "whispered"},
        {"title": ""},
    )
    for more in cases:
        given = {"proposals": [proposal], "title": "R"} | more
        with pytest.raises(Refusal):
            draft_round(by=lismorrow.orla, framework=lismorrow.framework, rule=rule, **given)
