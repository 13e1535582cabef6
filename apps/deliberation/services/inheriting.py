"""What is in force already when the work begins enters as it stands, with what is attested of how it came about."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from apps.common.errors import Conflict, Invalid
from apps.common.texts import clean_line, clean_text
from apps.deliberation.domain.inheriting import Attested, check, inherited_act
from apps.deliberation.models import Decision
from apps.frameworks.domain import fields as typed
from apps.frameworks.domain.importing import Drafts, Item, Plan, plan
from apps.frameworks.models import Framework
from apps.frameworks.services import lock
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.partnerships.selectors import group_kinds
from apps.proposals.selectors import standing_in
from apps.proposals.services.importing import told
from apps.record.act import Act, act
from apps.record.models import Text

WORDS = 4000


@dataclass(frozen=True)
class _Entering:
    """One list of inherited elements under way."""

    act: Act
    framework: Framework
    facts: Attested
    kinds: dict[str, str]
    evidence: Text
    reference: dict[str, str]
    because: int
    ids: dict[str, UUID]


def plan_inherited(*, by: Actor, framework: Framework, drafts: Drafts) -> Plan:
    """What entering these drafts as inherited would do now: nothing is written."""
    require_convenor(by)
    _require_first_day(framework)
    return plan(drafts, standing_in(framework, by), only_new=True)


def inherit(*, by: Actor, framework: Framework, drafts: Drafts, source: bytes, facts: Attested, evidence: str) -> Plan:
    """Enter what is in force already, before the founding plan is sealed: afterwards it is recorded as set outside.

    The convenor attests `facts` with `evidence`; they are part of the record, can be contested, and the verdict says how
    much of them is known. What is there already is never touched. One act: all or nothing.
    """
    require_convenor(by)
    kinds = group_kinds(by.partnership)
    facts = _cleaned(facts)
    check(facts, list(kinds))
    words = clean_text("evidence", evidence, WORDS)
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        _require_first_day(framework)
        if facts.since is not None and facts.since > by.partnership.today(a.at):
            why = "lies in the future"
            raise Invalid("inherited.since", f"The day since which it is in force {why}.", {"since": why})
        found = plan(drafts, standing_in(framework, by), only_new=True)
        if new := found.of("add"):
            text, reference = a.text(words, "inherited.evidence")
            entry = a.add("framework.imported", told(found, source, "inherited"), on={"framework": framework.id})
            ids = {item.draft.key: uuid4() for item in new}
            entering = _Entering(a, framework, facts, dict(kinds), text, reference, entry.seq, ids)
            Decision.objects.bulk_create([_enter(entering, item) for item in new])
    return found


def _enter(entering: _Entering, item: Item) -> Decision:
    """One element: the entry, and the decision that brings it into force."""
    framework, facts, draft = entering.framework, entering.facts, item.draft
    element = entering.ids[draft.key]
    fields = dict(draft.fields)
    parts = sorted(typed.parts_of(draft.kind, fields))
    required = bool(fields.get("required_from_outside"))
    act_data = inherited_act(facts, entering.kinds, parts, framework.starts_on, required=required)
    effective = facts.since or framework.starts_on
    above = entering.ids.get(item.above) if isinstance(item.above, str) else item.above
    data = {
        "kind": draft.kind,
        "code": item.code,
        "patch": fields,
        "parts": parts,
        "evidence": entering.reference,
        "effective": effective.isoformat(),
        "act": act_data,
    } | ({"parent": str(above)} if above else {})
    on = {"element": element, "framework": framework.id}
    entry = entering.act.add("inheritance.recorded", data, on=on, because=entering.because)
    return Decision(
        framework=framework,
        element=element,
        kind="inherited",
        adopted=True,
        outcome="inherited",
        patch=fields,
        act=act_data,
        reason=entering.evidence,
        effective=effective,
        seq=entry.seq,
        decided_at=entering.act.at,
    )


def _require_first_day(framework: Framework) -> None:
    if framework.sealed_at is not None:
        raise Conflict(
            "plan.sealed",
            "The founding plan is sealed. What came into force since is recorded as set outside.",
        )


def _cleaned(facts: Attested) -> Attested:
    by, under = (clean_line(name, getattr(facts, name), 300, required=False) for name in ("by", "under"))
    return Attested(facts.since, facts.method, facts.origin, by, under, tuple(dict.fromkeys(facts.concurring)))
