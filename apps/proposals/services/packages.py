"""Packages: proposals that stand or fall together, what is promised for them, and who must still ratify them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q

from apps.common import clock
from apps.common.errors import Conflict, Invalid, NotAllowed
from apps.common.texts import clean_line, clean_text
from apps.frameworks.models import Framework
from apps.frameworks.services import lock
from apps.partnerships.actors import CLOCK, Actor
from apps.partnerships.models import Partnership
from apps.partnerships.selectors import group_in
from apps.proposals.models import Commitment, Package, Proposal, Ratification
from apps.proposals.rules import require_speaker
from apps.proposals.services.tabling import WORDS
from apps.record.act import Act, act

MOST = 50
SOON = timedelta(days=14)


@dataclass(frozen=True)
class Promise:
    """Who brings what by when."""

    group: str
    what: str
    due: date


def make_package(
    *,
    by: Actor,
    framework: Framework,
    title: str,
    proposals: Sequence[Proposal],
    reason: str,
    promises: Sequence[Promise] = (),
    ratified_by: Mapping[str, date] | None = None,
) -> Package:
    """Bind proposals together: all of them are adopted, or none. For those who speak for each of them, or the convenor.

    `promises` are what groups bring so that it works; `ratified_by` are the groups whose own body must still say yes, each
    with its last day: until then it is agreed subject to ratification.
    """
    for proposal in proposals:
        if not by.is_convenor:
            require_speaker(by, proposal)
    title, words = clean_line("title", title, 200), clean_text("reason", reason, WORDS)
    _check(framework, proposals)
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        _require_free(proposals)
        text, ref = a.text(words, "package.reason")
        heading, heading_ref = a.text(title, "package.title")
        package = Package(
            id=uuid4(),
            framework=framework,
            heading=heading,
            group=by.seat.group if by.seat else None,
            seat=by.seat,
            reason=text,
            made_at=a.at,
        )
        data = {"title": heading_ref, "proposals": sorted(str(one.id) for one in proposals), "reason": ref}
        package.seq = a.add("package.made", data, on=_on(package)).seq
        package.save(force_insert=True)
        package.proposals.set(proposals)
        for promise in promises:
            _promise(a, by, package, promise)
        for group, due in (ratified_by or {}).items():
            _ask(a, by, package, group, due)
    return package


def dissolve_package(*, by: Actor, package: Package, reason: str) -> Package:
    """Let the proposals of a package stand by themselves again."""
    if not by.is_convenor and by.require_seat().group_id != package.group_id:
        raise NotAllowed("package.not_yours", "Only the group that made a package, or the convenor, can dissolve it.")
    words = clean_text("reason", reason, WORDS)
    with act(by=by.by, log=by.log) as a:
        lock(package.framework_id)
        found = Package.objects.select_for_update().get(id=package.id)
        if found.state != "open" or found.proposals.filter(state="in_round").exists():
            raise Conflict("package.closed", "It is being voted on, or has been decided.")
        _, ref = a.text(words, "package.reason")
        a.add("package.dissolved", {"reason": ref}, on=_on(found), because=found.seq)
        found.state = "dissolved"
        found.save(update_fields=["state"])
    return found


def keep_commitment(*, by: Actor, commitment: Commitment) -> Commitment:
    """Say that what was promised has been brought: for the group that promised it, or the convenor."""
    if not by.is_convenor and by.require_seat().group_id != commitment.group_id:
        raise NotAllowed("commitment.not_yours", "Only the group that promised it says that it has been brought.")
    with act(by=by.by, log=by.log) as a:
        found = Commitment.objects.select_for_update(of=("self",)).select_related("package").get(id=commitment.id)
        if found.kept_at is not None:
            raise Conflict("commitment.kept", "It has been brought already.")
        found.kept_at = a.at
        found.save(update_fields=["kept_at"])
        a.add("commitment.kept", {"commitment": str(found.id)}, on=_on(found.package), because=found.seq)
    return found


def answer_ratification(*, by: Actor, ratification: Ratification, answer: str, evidence: str) -> Ratification:
    """Say for a group whether its own body has ratified what is agreed, and what shows it. The decision follows from it."""
    if by.require_seat().group_id != ratification.group_id:
        raise NotAllowed("ratification.not_yours", "Only the group that is to ratify it answers.")
    if answer not in {"ratified", "refused"}:
        raise Invalid("ratification.answer", "Answer with ratified or refused.", {"answer": "choose one"})
    words = clean_text("evidence", evidence, WORDS)
    with act(by=by.by, log=by.log) as a:
        lock(ratification.package.framework_id)
        found = _locked(ratification.id)
        if found.answer or found.package.state not in {"open", "subject"}:
            raise Conflict("ratification.over", "It has been answered already, or is over.")
        found.evidence, ref = a.text(words, "ratification.evidence")
        data = {"group": found.group.key, "answer": answer, "evidence": ref}
        a.add("ratification.answered", data, on=_on(found.package), because=found.seq)
        found.answer, found.answered_at = answer, a.at
        found.save(update_fields=["answer", "evidence", "answered_at"])
    return found


def remind(partnership: Partnership) -> int:
    """The clock's acts: remind of promises that are near or overdue, and let ratifications run out; returns how many."""
    today = partnership.today(clock.now())
    mine = Q(package__framework__partnership=partnership, package__state__in=["open", "subject", "adopted"])
    near = Commitment.objects.filter(mine, kept_at=None, due__lte=today + SOON).exclude(reminded="overdue")
    over = Ratification.objects.filter(mine, answer="", due__lt=today, package__state__in=["open", "subject"])
    reminded = sum(_remind(partnership, id, today) for id in near.values_list("id", flat=True))
    return reminded + sum(_run_out(partnership, id) for id in over.values_list("id", flat=True))


def _remind(partnership: Partnership, id: UUID, today: date) -> bool:
    with act(by=CLOCK, log=partnership.log_id) as a:
        found = Commitment.objects.select_for_update(of=("self",)).select_related("package", "group").get(id=id)
        stage = "overdue" if found.due < today else "due"
        if found.kept_at is not None or found.reminded == stage:
            return False
        data = {"commitment": str(id), "group": found.group.key, "stage": stage, "due": found.due.isoformat()}
        a.add("commitment.reminded", data, on=_on(found.package), because=found.seq)
        found.reminded = stage
        found.save(update_fields=["reminded"])
    return True


def _run_out(partnership: Partnership, id: UUID) -> bool:
    with act(by=CLOCK, log=partnership.log_id) as a:
        found = _locked(id)
        if found.answer:
            return False
        data = {"group": found.group.key, "answer": "refused"}
        a.add("ratification.answered", data, on=_on(found.package), because=found.seq)
        found.answer, found.answered_at = "refused", a.at
        found.save(update_fields=["answer", "answered_at"])
    return True


def _promise(a: Act, by: Actor, package: Package, promise: Promise) -> None:
    group = group_in(by.partnership, promise.group)
    text, ref = a.text(clean_text("what", promise.what, WORDS), "commitment.what")
    id = uuid4()
    data = {"commitment": str(id), "group": group.key, "what": ref, "due": promise.due.isoformat()}
    seq = a.add("commitment.made", data, on=_on(package), because=package.seq).seq
    Commitment.objects.create(id=id, package=package, group=group, what=text, due=promise.due, seq=seq)


def _ask(a: Act, by: Actor, package: Package, key: str, due: date) -> None:
    group = group_in(by.partnership, key)
    if due < by.partnership.today(a.at):
        raise Invalid("ratification.day", "The day for ratifying it has passed.", {"ratified_by": "in the past"})
    seq = a.add("ratification.asked", {"group": key, "due": due.isoformat()}, on=_on(package), because=package.seq).seq
    Ratification.objects.create(package=package, group=group, due=due, seq=seq)


def _check(framework: Framework, proposals: Sequence[Proposal]) -> None:
    if not 2 <= len({one.id for one in proposals}) <= MOST:
        raise Invalid(
            "package.size", f"A package binds 2 to {MOST} proposals together.", {"proposals": "choose two or more"}
        )
    if any(one.framework_id != framework.id for one in proposals):
        raise Invalid("package.framework", "They belong to another framework.", {"proposals": "elsewhere"})


def _require_free(proposals: Sequence[Proposal]) -> None:
    ids = [one.id for one in proposals]
    if Proposal.objects.filter(id__in=ids).exclude(state="tabled").exists():
        raise Conflict("package.not_tabled", "Only proposals on the table can be bound together.")
    if Package.objects.filter(proposals__in=ids, state__in=["open", "subject"]).exists():
        raise Conflict("package.bound", "One of them is bound in another package already.")


def _locked(id: UUID) -> Ratification:
    return Ratification.objects.select_for_update(of=("self",)).select_related("package", "group").get(id=id)


def _on(package: Package) -> dict[str, Any]:
    return {"package": package.id, "framework": package.framework_id}
