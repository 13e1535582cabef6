"""From the count of one line of an agenda to its decisions: what is adopted, with the act it is, and who disagrees."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from apps.consensus import ItemResult, Rule, parse_rule
from apps.deliberation import facts
from apps.deliberation.domain.acts import joint_act
from apps.deliberation.domain.dissent import disagreeing
from apps.deliberation.models import Decision, Dissent, RoundAlternative, RoundItem
from apps.proposals.models import Proposal, ProposalVersion
from apps.proposals.services import close_proposal, return_to_table
from apps.record.act import Act

Option = RoundItem | RoundAlternative
NOT_CHOSEN = "not_chosen"
"""What becomes of an alternative where another is chosen. It is no outcome of a rule."""
FELL = "fell_with_package"
"""What becomes of something agreed whose package is not adopted as a whole. It is no outcome of a rule either."""


@dataclass(frozen=True)
class Ruling:
    """What the rule found on one line, as it applies to each of its options."""

    item: RoundItem
    rule: Rule
    result: ItemResult
    effective: date
    because: int
    fell: frozenset[UUID] = frozenset()

    def adopts(self, option: Option) -> bool:
        """Whether this option is adopted: the rule adopts it, and it does not fall with its package."""
        return option.adopted and option.proposal_id not in self.fell

    def outcome(self, option: Option) -> str:
        """What becomes of this option."""
        if option.adopted and not self.adopts(option):
            return FELL
        return NOT_CHOSEN if self.item.adopted and not option.adopted else self.item.outcome

    def dissenting(self, option: Option) -> list[str]:
        """The groups that do not concur in what is adopted."""
        return [key for key in self.result.groups if key not in self.result.concurring] if self.adopts(option) else []


def decide_item(a: Act, item: RoundItem, result: ItemResult, because: int, fell: frozenset[UUID] = frozenset()) -> None:
    """Decide every option of a line, in the order of the agenda. `item.round` and its framework are locked by the caller;
    `fell` are proposals that fall with their packages."""
    round = item.round
    effective = round.effective or round.framework.partnership.today(a.at)
    ruling = Ruling(item, parse_rule(round.rule.document), result, effective, because, fell)
    for option in item.options:
        _decide(a, ruling, option)


def _decide(a: Act, ruling: Ruling, option: Option) -> None:
    round, adopted = ruling.item.round, ruling.adopts(option)
    proposal, version = _subject(option)
    proposal.framework = round.framework
    act_data = _joint(ruling, proposal, version) if adopted else None
    dissent = ruling.dissenting(option)
    entry = a.add(
        "decision.made",
        _told(ruling, option, act_data),
        on={"element": proposal.element, "framework": round.framework_id, "round": round.id},
        because=ruling.because,
    )
    decision = Decision.objects.create(
        framework_id=round.framework_id,
        element=proposal.element,
        item=ruling.item,
        proposal=proposal,
        kind="decision",
        adopted=adopted,
        outcome=ruling.outcome(option),
        patch=version.patch if adopted else {},
        act=act_data,
        effective=ruling.effective,
        review_on=round.review_on if dissent else None,
        seq=entry.seq,
        decided_at=a.at,
    )
    Dissent.objects.bulk_create([_dissent(decision, key, ruling) for key in dissent])
    if adopted:
        close_proposal(proposal)
    else:
        return_to_table(proposal)


def _told(ruling: Ruling, option: Option, act_data: dict[str, Any] | None) -> dict[str, Any]:
    """What the record says of the decision."""
    proposal, version = _subject(option)
    data: dict[str, Any] = {
        "outcome": ruling.outcome(option),
        "adopted": ruling.adopts(option),
        "action": proposal.action,
        "proposal": str(proposal.id),
        "version": str(version.id),
        "rule_hash": ruling.item.round.rule.hash,
        "effective": ruling.effective.isoformat(),
        "reason": ruling.result.reason,
        "dissent": ruling.dissenting(option),
    }
    if act_data is not None:
        data["act"] = act_data
    if option.key:
        others = [str(one.proposal_id) for one in ruling.item.options if one.key != option.key]
        data |= {"alternative": option.key, "chosen": ruling.item.chosen, "together_with": others}
    return data


def _subject(option: Option) -> tuple[Proposal, ProposalVersion]:
    assert option.proposal is not None
    assert option.version is not None
    return option.proposal, option.version


def _joint(ruling: Ruling, proposal: Proposal, version: ProposalVersion) -> dict[str, Any]:
    round = ruling.item.round
    parts = facts.parts_set(proposal.element, proposal.kind, version.fields)
    opened = round.opened_on or proposal.offers_from
    return joint_act(
        facts.setting(proposal.framework, ruling.effective),
        facts.proposed(proposal, parts, opened),
        ruling.rule,
        ruling.result,
        first=facts.is_first(proposal.element),
        binding=round.binding,
    )


def _dissent(decision: Decision, key: str, ruling: Ruling) -> Dissent:
    against = disagreeing(ruling.rule, ruling.result.groups[key].counts)
    return Dissent(decision=decision, group_key=key, against=against, review_on=decision.review_on)
