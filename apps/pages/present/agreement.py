"""Statistics beside a decision, each as a sentence that says what it is a figure of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from apps.consensus.delphi import Attrition, Stability, Standing
from apps.consensus.shares import decimal_text, percent
from apps.deliberation.agreement import Agreement, Course, ItemAgreement, figures_of
from apps.deliberation.models import Round
from apps.pages.present.words import listed
from apps.partnerships.actors import Actor
from apps.partnerships.selectors import group_names

STANDINGS: Mapping[Standing, str] = {
    Standing.RETAINED: "agreed",
    Standing.CARRIED: "goes on to the next round",
    Standing.DROPPED: "dropped",
}


@dataclass(frozen=True)
class AgreementShown:
    """What stands beside the decision: sentences on the whole, on each line, and on the rounds before."""

    whole: Sequence[str]
    lines: Sequence[tuple[str, Sequence[str]]]
    course: Sequence[str]

    def __bool__(self) -> bool:
        return bool(self.whole or self.lines or self.course)


def agreement_shown(viewer: Actor, round: Round, titles: Mapping[UUID, tuple[str, UUID | None]]) -> AgreementShown:
    """Everything there is to say; empty before the round is counted. `titles`: of each line its title and proposal."""
    figures = figures_of(viewer, round)
    if figures is None:
        return AgreementShown([], [], [])
    found, way = figures.agreement, figures.course
    lines = [(titles[item][0], [_w(w)]) for item, w in figures.concordance.items()]
    if found:
        lines += [(titles[one.item][0], _item(one)) for one in found.items]
    names = group_names(viewer.partnership)
    by_proposal = {proposal: title for title, proposal in titles.values() if proposal}
    return AgreementShown(_whole(found) if found else [], lines, _course(way, by_proposal, names) if way else [])


def _whole(found: Agreement) -> list[str]:
    told = [
        _figure("Agreement beyond chance (Krippendorff's alpha)", found.alpha, "0 as by chance, 1 complete"),
        _figure("The same where nearly all agree (Gwet's AC1)", found.ac1, "0 as by chance, 1 complete"),
    ]
    if found.complete:
        people = f"{found.complete} who rated everything"
        told.append(_figure(f"Same order of importance (Kendall's W, {people})", found.w, "0 none, 1 complete"))
    return told


def _item(one: ItemAgreement) -> list[str]:
    told = []
    if one.polarisation is not None:
        told.append(_figure("How far ratings pull apart", one.polarisation, "0 all alike, 1 half at each end"))
        told.append(_figure("How much of that lies between groups", one.between_groups, "0 nothing, 1 all of it"))
    if one.informed is not None and one.informed_mean is not None:
        told.append(
            f"How likely every group is to agree: {_short(one.informed)} over {one.groups} groups, "
            f"{one.informed_mean:.2f} for each in the mean."
        )
    return told


def _course(way: Course, titles: Mapping[UUID, str], names: Mapping[str, str]) -> list[str]:
    told = [f"Round {len(way.rounds)} on this; before: {', '.join(one.title for one in way.rounds[:-1])}."]
    for proposal, series in way.series.items():
        moved = _moved(way.stability.get(proposal))
        told.append(f"{titles.get(proposal, '')}: {STANDINGS[series.standing]}. {series.reason} {moved}".strip())
    return told + [_stayed(one, names) for one in way.attrition]


def _moved(found: Stability | None) -> str:
    if found is None:
        return "Who moved nobody knows: one of these rounds was secret."
    if found.moved is None:
        return "Nobody voted on it twice."
    settled = "opinions have settled" if found.stable else "opinions are still moving"
    return f"{percent(found.moved)} of {found.matched} who voted twice moved: {settled}."


def _stayed(one: Attrition, names: Mapping[str, str]) -> str:
    return (
        f"{_who(one.group, names)}: {one.of_the_first[-1]} of the {one.raters[0]} who voted first are still there; "
        f"{one.raters[-1]} voted in this round."
    )


def _who(group: str, names: Mapping[str, str]) -> str:
    """The names of groups whose keys stand together."""
    return listed(names.get(key, key) for key in group.split(", "))


def _w(w: Fraction | None) -> str:
    return _figure("Same order among all rankings (Kendall's W)", w, "0 none, 1 complete")


def _figure(what: str, value: Fraction | None, ends: str) -> str:
    return f"{what}: not defined here." if value is None else f"{what}: {_short(value)} ({ends})."


def _short(value: Fraction) -> str:
    return decimal_text(value, 2)
