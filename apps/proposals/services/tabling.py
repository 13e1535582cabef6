"""Tabling, revising and withdrawing proposals. Rooms above move a proposal through a round with the last four functions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from apps.common.errors import Conflict, Invalid, NotFound
from apps.common.texts import clean_line, clean_text
from apps.frameworks.domain import fields as typed
from apps.frameworks.models import Element, Framework, Gate, Kind
from apps.frameworks.rules import require_open
from apps.frameworks.selectors import element_in
from apps.frameworks.services import lock
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import group_in
from apps.proposals.domain import states
from apps.proposals.domain.patch import apply
from apps.proposals.models import Action, Offer, Proposal, ProposalVersion
from apps.proposals.rules import require_speaker, require_voice
from apps.proposals.services.lineage import check_parents, derive
from apps.proposals.services.versions import new_version, subjects, table
from apps.record.act import Act, act

WORDS = 4000


@dataclass(frozen=True)
class Subject:
    """What a proposal is about, before anything is written."""

    id: UUID
    kind: str
    code: str
    base: int


def submit_proposal(
    *,
    by: Actor,
    framework: Framework,
    action: str,
    patch: Mapping[str, Any],
    rationale: str,
    element: UUID | None = None,
    kind: str = "",
    code: str = "",
    parent: UUID | None = None,
    slot: str = "",
    sponsors: Sequence[str] = (),
    offers_until: date | None = None,
    observed_on: date | None = None,
    from_offer: Offer | None = None,
    grew_from: Sequence[Proposal] = (),
    relation: str = "counter",
) -> Proposal:
    """Table a proposal for everybody to see: add, change, confirm or retire one element by a patch of its fields.

    A seat proposes for its group; the convenor may table a text for nobody in particular or for sponsors. `sponsors` are the
    keys of further groups that table it together. Until the day `offers_until` other groups can offer changes. `grew_from` are
    proposals it came out of: as an alternative to them (counter), taking them in (merged) or as a part of one (split).
    """
    groups = sponsors_of(by, sponsors)
    subject = _subject(framework, action, element, kind, code)
    values = _check_patch(action, subject.kind, patch)
    words = clean_text("rationale", rationale, WORDS)
    check_parents(framework.id, grew_from, relation)
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        require_open(framework, Gate.PROPOSE)
        _check_places(framework, subject, action, parent, slot)
        today = by.partnership.today(a.at)
        require_window(today, offers_until)
        proposal = Proposal(
            framework=framework,
            element=subject.id,
            action=str(action),
            kind=subject.kind,
            code=subject.code,
            parent=parent,
            slot=slot,
            group=by.seat.group if by.seat else None,
            seat=by.seat,
            sponsors=groups,
            observed_on=observed_on,
            offers_from=today,
            offers_until=offers_until,
            from_offer=from_offer,
            tabled_at=a.at,
        )
        require_sense(proposal, values)
        made = table(a, proposal, values, subject.base, words)
        derive(a, made, grew_from, relation)
        return made


def revise_proposal(
    *, by: Actor, proposal: Proposal, patch: Mapping[str, Any], rationale: str, on_number: int
) -> ProposalVersion:
    """Make a new version of one's own proposal. `on_number` is the version it was written on: a newer one refuses it."""
    require_speaker(by, proposal)
    values = _check_patch(proposal.action, proposal.kind, patch)
    words = clean_text("rationale", rationale, WORDS)
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(proposal.id)
        states.require_tabled(proposal.state)
        if on_number != proposal.number:
            raise Conflict(
                "proposal.stale", f"Version {proposal.number} has come in the meantime; look at it and revise that one."
            )
        require_sense(proposal, values)
        return new_version(a, proposal, values, words)


def withdraw_proposal(*, by: Actor, proposal: Proposal, reason: str, into: Proposal | None = None) -> Proposal:
    """Take a proposal off the table, with a reason; `into` is another one that takes it in."""
    require_speaker(by, proposal)
    if into is not None:
        check_parents(into.framework_id, [proposal], "merged")
        if into.id == proposal.id or into.state not in {"tabled", "in_round"}:
            raise Conflict("proposal.into", "It can only be taken in by another proposal that is on the table.")
    words = clean_text("reason", reason, WORDS)
    with act(by=by.by, log=by.log) as a:
        proposal = lock_proposal(proposal.id)
        if proposal.packages.filter(state__in=["open", "subject"]).exists():
            raise Conflict("proposal.in_package", "It is bound to others in a package: dissolve the package first.")
        _move(proposal, "withdrawn")
        proposal.withdrawn_because, ref = a.text(words, "proposal.withdrawal")
        proposal.save(update_fields=["withdrawn_because"])
        a.add("proposal.withdrawn", {"reason": ref}, on=subjects(proposal))
        if into is not None:
            derive(a, into, [proposal], "merged")
    return proposal


def take_off(a: Act, proposal: Proposal, because: int | None = None) -> None:
    """Take a proposal off the table because its wording is about to be erased; it is locked by the caller."""
    _move(proposal, "withdrawn")
    a.add("proposal.withdrawn", {}, on=subjects(proposal), because=because)


def require_sense(proposal: Proposal, patch: Mapping[str, Any], touched: Mapping[str, Any] | None = None) -> None:
    """Refuse values that make no sense beside those that stay: a best middle value where there is none, for one.
    `touched` are the fields somebody answers for, by default all of the patch.
    """
    known = Element.objects.filter(id=proposal.element).values_list("fields", flat=True).first() or {}
    typed.require_whole(proposal.kind, apply(known, patch), touched or patch)


def lock_proposal(id: UUID) -> Proposal:
    """Lock a proposal's framework, then the proposal."""
    framework = Proposal.objects.values_list("framework_id", flat=True).filter(id=id).first()
    if framework is None:
        raise NotFound("proposal.unknown", "There is no such proposal.")
    lock(framework)
    return (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("framework__partnership")
        .get(id=id)
    )


def put_in_round(proposal: Proposal) -> None:
    """A round has opened on it: no more revisions until it closes."""
    _move(proposal, "in_round")


def return_to_table(proposal: Proposal) -> None:
    """A round has ended without a decision on it: it can be revised and voted on again."""
    _move(proposal, "tabled")


def close_proposal(proposal: Proposal) -> None:
    """It has been decided."""
    _move(proposal, "decided")


def require_window(today: date, offers_until: date | None) -> None:
    """Refuse a time for offers that is over before it begins."""
    if offers_until is not None and offers_until < today:
        raise Invalid("proposal.window", "The last day for offers lies in the past.", {"offers_until": "in the past"})


def _move(proposal: Proposal, state: str) -> None:
    proposal.state = states.move_proposal(proposal.state, state)
    proposal.save(update_fields=["state"])


def sponsors_of(by: Actor, others: Sequence[str]) -> list[str]:
    """The groups that table something: the seat's own and these; the convenor's own text may have none."""
    for key in others:
        group_in(by.partnership, key)
    if by.seat is None:
        require_convenor(by)
        return list(dict.fromkeys(others))
    require_voice(by)
    return list(dict.fromkeys([by.seat.group.key, *others]))


def _subject(framework: Framework, action: str, element: UUID | None, kind: str, code: str) -> Subject:
    if action not in Action.values:
        raise Invalid(
            "proposal.action", "A proposal adds, changes, confirms or retires an element.", {"action": "choose one"}
        )
    if action != Action.ADD:
        if element is None:
            raise Invalid("proposal.element", "Say which element it is about.", {"element": "is missing"})
        known = element_in(framework, element)
        if known.retired_at is not None:
            raise Conflict("element.retired", f"{known.code} has been retired.")
        return Subject(known.id, known.kind, known.code, known.number)
    if kind not in Kind.values:
        raise Invalid("proposal.kind", f"An element is one of {', '.join(Kind.values)}.", {"kind": "choose one"})
    return Subject(element or uuid4(), kind, clean_line("code", code, 20), 0)


def _check_patch(action: str, kind: str, patch: Mapping[str, Any]) -> dict[str, Any]:
    values = typed.validate(kind, dict(patch), complete=action == Action.ADD)
    if action == Action.CHANGE and not values:
        raise Invalid("proposal.empty", "This proposal changes nothing.", {"patch": "is empty"})
    if action in {Action.CONFIRM, Action.RETIRE} and values:
        raise Invalid(
            "proposal.patch",
            "Confirming or retiring an element changes none of its fields.",
            {"patch": "must be empty"},
        )
    return values


def _check_places(framework: Framework, subject: Subject, action: str, parent: UUID | None, slot: str) -> None:
    if action == Action.ADD:
        if framework.elements.filter(code=subject.code).exists():
            raise Conflict("element.code_taken", f"There is already an element '{subject.code}'.", {"code": "taken"})
        if framework.elements.filter(id=subject.id).exists():
            raise Conflict("element.exists", "This element is in force already: change it instead.")
    if parent is not None and not framework.proposals.filter(element=parent, action=Action.ADD).exists():
        element_in(framework, parent)
    if slot and not framework.slots.filter(key=slot, filled_by=None).exists():
        raise Conflict("slot.unknown", f"The founding plan has no open place '{slot}'.", {"slot": "no such open place"})
