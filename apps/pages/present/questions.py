"""The lines of a round's agenda as its page shows them: what exactly is voted on, and the texts it chooses among."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from apps.deliberation.models import Round, RoundAlternative, RoundItem
from apps.pages.present.items import Bases, bases_of, heading, newest
from apps.pages.present.values import Names, names_in
from apps.pages.present.words import number_of
from apps.pages.shown import Change, Fact
from apps.proposals.models import ProposalVersion

KEEP = "Keep what is in force"
Option = RoundItem | RoundAlternative


@dataclass(frozen=True)
class OptionShown:
    """One text that is voted on: under which name (of several alternatives), what it is, and what exactly it changes."""

    key: str
    title: str
    url: str = ""
    version: int = 0
    facts: Sequence[Fact] = ()
    changes: Sequence[Change] = ()
    why: str = ""


@dataclass(frozen=True)
class Line:
    """One line of the agenda: a question in words, and one text, or several to choose among."""

    item: RoundItem
    title: str
    options: Sequence[OptionShown]

    @property
    def names(self) -> Mapping[str, str]:
        """What the names of the alternatives stand for."""
        return {option.key: option.title for option in self.options if option.key}

    @property
    def texts(self) -> list[tuple[Option, OptionShown]]:
        """What may be adopted, with how it is shown; keeping what is in force is not among it."""
        return list(zip(self.item.options, [option for option in self.options if option.url], strict=True))


def agenda_lines(round: Round, items: Sequence[RoundItem], places: int) -> list[Line]:
    """The agenda, its texts read with few queries. `places` is how many a rule that selects chooses."""
    options = [option for item in items for option in item.options]
    versions = {option: _version(option) for option in options}
    pairs = ((one.proposal.element, found.base) for one in options if one.proposal and (found := versions[one]))
    bases, names = bases_of(round.framework, pairs), names_in(round.framework)
    shown = {option: _shown(option, versions[option], bases, names) for option in options}
    return [_line(item, shown, places) for item in items]


def _line(item: RoundItem, shown: Mapping[Option, OptionShown], places: int) -> Line:
    if item.proposal_id:
        return Line(item, shown[item].title, [shown[item]])
    alternatives = list(item.alternatives.all())
    options = [shown[one] if one.proposal_id else OptionShown(one.key, KEEP) for one in alternatives]
    return Line(item, _question(alternatives, places), options)


def _question(alternatives: Sequence[RoundAlternative], places: int) -> str:
    if places > 1:
        return f"Which {places} of these {len(alternatives)}?"
    codes = {one.proposal.code for one in alternatives if one.proposal}
    if len(codes) == 1:
        return f"Which text for {codes.pop()}?"
    return f"Which of these {number_of(len(alternatives), 'text')}?"


def _shown(option: Option, version: ProposalVersion | None, bases: Bases, names: Names) -> OptionShown:
    proposal = option.proposal
    assert proposal is not None
    return OptionShown(
        key=option.key,
        title=heading(proposal, bases.title(proposal, version)),
        url=reverse("proposal", args=[proposal.id]),
        version=version.number if version else proposal.number,
        facts=bases.facts(proposal, version, names) if version else [],
        changes=bases.changes(proposal, version, names) if version else [],
        why=(version.rationale.body if version and version.rationale else "") or "",
    )


def _version(option: Option) -> ProposalVersion | None:
    return option.version or (newest(option.proposal) if option.proposal else None)
