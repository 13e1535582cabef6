"""What a round votes on: proposals one by one, or questions that several answer. Checked when drafted, fixed when opened."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from apps.common.errors import Conflict, Invalid, NotFound
from apps.consensus import Rule, parse_rule
from apps.consensus.methods.selection import Selection
from apps.deliberation.models import RegisteredRule, Round, RoundAlternative, RoundItem
from apps.deliberation.packages import refuse_torn
from apps.frameworks.models import ElementVersion, Framework
from apps.proposals.models import Action, Proposal, ProposalVersion
from apps.proposals.selectors import current_version
from apps.proposals.services import put_in_round

Question = Mapping[str, Proposal | None]
"""What each name of a selecting rule stands for: a proposal, or None for keeping what is in force."""
ITEMS_AT_MOST = 200
NAME_AT_MOST = 60
BALLOT_AT_MOST = 2000
"""Characters of a ballot that names every alternative."""


def check_names(rule: Rule) -> None:
    """Whether ballots on these alternatives can be kept: short names, in letters that every reader of the record can write."""
    names = rule.alternatives
    for name in names:
        if len(name) > NAME_AT_MOST or not name.isascii():
            raise Invalid(
                "rule.alternative_name",
                f"'{name}': name alternatives in at most {NAME_AT_MOST} unaccented letters, such as A, B and C. "
                "Each round says what they stand for.",
                {"method.alternatives": "too long, or with accents"},
            )
    if sum(len(name) + 8 for name in names) > BALLOT_AT_MOST:
        raise Invalid(
            "rule.alternative_name",
            "These names are too long together for one ballot: use A, B, C.",
            {"method.alternatives": "too long together"},
        )


def check_agenda(
    framework: Framework, rule: RegisteredRule, proposals: Sequence[Proposal], questions: Sequence[Question]
) -> None:
    """Whether a round under this rule can vote on this. Raises `Invalid`, `NotFound` or `Conflict`, saying why not."""
    if not 1 <= len(proposals) + len(questions) <= ITEMS_AT_MOST:
        raise Invalid(
            "round.agenda", f"A round votes on 1 to {ITEMS_AT_MOST} questions.", {"proposals": "choose at least one"}
        )
    everything = [*proposals, *(one for question in questions for one in question.values() if one is not None)]
    if len({proposal.id for proposal in everything}) < len(everything):
        raise Invalid("round.agenda", "The same proposal stands on the agenda twice.", {"proposals": "twice"})
    if rule.framework_id != framework.id or any(proposal.framework_id != framework.id for proposal in everything):
        raise NotFound("proposal.foreign", "Rule and proposals must belong to this framework.")
    if any(proposal.state != "tabled" for proposal in everything):
        raise Conflict("proposal.not_tabled", "Only proposals that are on the table can be voted on.")
    refuse_torn(everything)
    _check_fit(parse_rule(rule.document), proposals, questions)
    _refuse_same([[proposal] for proposal in proposals] + [_standing(question) for question in questions])


def write_agenda(round: Round, proposals: Sequence[Proposal], questions: Sequence[Question]) -> None:
    """The lines of a drafted round: the proposals, then the questions, alternatives in the order of the rule."""
    lines = [RoundItem(round=round, proposal=proposal) for proposal in proposals]
    lines += [RoundItem(round=round) for _ in questions]
    for order, line in enumerate(lines):
        line.order = order
    RoundItem.objects.bulk_create(lines)
    names = parse_rule(round.rule.document).alternatives
    RoundAlternative.objects.bulk_create(
        RoundAlternative(item=line, key=name, order=order, proposal=question[name])
        for line, question in zip(lines[len(proposals) :], questions, strict=True)
        for order, name in enumerate(names)
    )


def fix_agenda(round: Round) -> list[dict[str, Any]]:
    """Fix the versions voted on, as the round opens; what the record says of them, line by line."""
    lines = round.items.select_related("proposal").prefetch_related("alternatives__proposal").order_by("order")
    return [_fix(line) for line in lines]


def _fix(line: RoundItem) -> dict[str, Any]:
    if line.proposal is None:
        beside = [one.proposal_id for one in line.options if one.proposal_id]
        return {
            "item": str(line.id),
            "alternatives": [_fix_alternative(one, beside) for one in line.alternatives.all()],
        }
    line.version = _fixed(line.proposal, [line.proposal.id])
    line.save(update_fields=["version"])
    return {"item": str(line.id), "proposal": str(line.proposal_id), "version": str(line.version_id)}


def _fix_alternative(alternative: RoundAlternative, beside: Sequence[UUID]) -> dict[str, Any]:
    if alternative.proposal is None:
        return {"name": alternative.key}
    alternative.version = _fixed(alternative.proposal, beside)
    alternative.save(update_fields=["version"])
    proposal, version = str(alternative.proposal_id), str(alternative.version_id)
    return {"name": alternative.key, "proposal": proposal, "version": version}


def _fixed(proposal: Proposal, beside: Sequence[UUID]) -> ProposalVersion:
    version = current_version(proposal)
    _refuse_stale(proposal, version)
    _refuse_taken(proposal, beside)
    put_in_round(proposal)
    return version


def _refuse_stale(proposal: Proposal, version: ProposalVersion) -> None:
    """A field that has been decided since the proposal was written must be looked at again before it is voted on."""
    since = ElementVersion.objects.filter(element=proposal.element, number__gt=version.base).values_list(
        "changed", flat=True
    )
    clash = sorted({field for changed in since for field in changed} & set(version.fields))
    if clash:
        fields = ", ".join(clash)
        raise Conflict(
            "proposal.stale_base",
            f"'{proposal.code}' has changed since this proposal was written: {fields}. Revise it first.",
        )


def _refuse_taken(proposal: Proposal, beside: Sequence[UUID]) -> None:
    """A code that was given away since the proposal was written, or may be by a round that is open, cannot be given again.

    `beside` are the alternatives of the same question, of which only one is adopted.
    """
    if proposal.action != Action.ADD:
        return
    rivals = Proposal.objects.filter(
        framework=proposal.framework_id, state="in_round", action=Action.ADD, code=proposal.code
    )
    if rivals.exclude(id__in=beside).exists():
        raise Conflict(
            "element.code_voted_on", f"Another round votes on adding '{proposal.code}' now: wait until it has ended."
        )
    if proposal.framework.elements.filter(code=proposal.code).exists():
        raise Conflict(
            "element.code_taken",
            f"There is an element '{proposal.code}' by now, so this cannot be added under that name: propose it anew.",
        )


def _check_fit(rule: Rule, proposals: Sequence[Proposal], questions: Sequence[Question]) -> None:
    if not isinstance(rule.method, Selection):
        if questions:
            raise _misfit("This rule judges each proposal by itself: it cannot choose among alternatives.")
        return
    if proposals:
        names = ", ".join(rule.alternatives)
        raise _misfit(f"This rule chooses among {names}: say which proposal each of them stands for.")
    for question in questions:
        _check_question(question, rule.alternatives, rule.method.seats)


def _check_question(question: Question, names: Sequence[str], places: int) -> None:
    if set(question) != set(names):
        said = ", ".join(question) or "nothing"
        raise _misfit(f"This rule chooses among {', '.join(names)}; the question names {said}.")
    standing = _standing(question)
    kept = len(question) - len(standing)
    if kept > 1:
        raise _misfit("Keeping what is in force can be one of the alternatives, not several of them.")
    if kept and any(proposal.action == Action.CONFIRM for proposal in standing):
        raise _misfit("A proposal to confirm what is in force is among the alternatives already: leave out keeping it.")
    _check_together(standing, places, kept)


def _standing(question: Question) -> list[Proposal]:
    return [proposal for proposal in question.values() if proposal is not None]


def _check_together(standing: Sequence[Proposal], places: int, kept: int) -> None:
    """One text comes out of a question on one element; only new elements can be chosen several at a time."""
    adding = all(proposal.action == Action.ADD for proposal in standing)
    if places > 1:
        if not adding or len({proposal.element for proposal in standing}) < len(standing):
            raise _misfit(
                f"This rule chooses {places} alternatives, but they are about one text, of which only one can be in force. "
                "It can choose among proposals that each add something new."
            )
        if kept:
            raise _misfit("A rule that chooses several has no place for keeping what is in force.")
        _refuse_same([[proposal] for proposal in standing])
    elif not adding and len({proposal.element for proposal in standing}) > 1:
        raise _misfit(
            "Alternatives must be about the same text, or each add something new: otherwise one excludes nothing."
        )


def _refuse_same(together: Sequence[Sequence[Proposal]]) -> None:
    """Of each of these lists one may be adopted: what may be adopted together must not take the same code or open place."""
    taken: set[tuple[str, str]] = set()
    for standing in together:
        codes = {("code", proposal.code) for proposal in standing if proposal.action == Action.ADD}
        wanted = codes | {("place", proposal.slot) for proposal in standing if proposal.slot}
        if wanted & taken:
            raise Invalid(
                "round.same_place",
                "Two of these proposals take the same code or the same open place of the plan: they can only be alternatives.",
                {"proposals": "take the same place"},
            )
        taken |= wanted


def _misfit(sentence: str) -> Invalid:
    return Invalid("round.alternatives", sentence, {"questions": "do not fit the rule"})
