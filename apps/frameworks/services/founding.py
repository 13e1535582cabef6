"""Beginning a framework: its title and levels, the founding plan, which acts are open."""

from collections.abc import Iterable, Mapping
from datetime import date

from apps.common.errors import Conflict, Invalid
from apps.common.texts import clean_line
from apps.frameworks.models import Edition, Framework, Gate, Slot
from apps.frameworks.selectors import state
from apps.frameworks.services.editions import digest
from apps.frameworks.services.locking import lock
from apps.partnerships.actors import Actor
from apps.partnerships.rules import require_convenor
from apps.record.act import act

LEVELS = 8


def create_framework(*, by: Actor, title: str, starts_on: date) -> Framework:
    """Begin a framework. Proposing, offering changes and objecting are open from the start."""
    require_convenor(by)
    title = clean_line("title", title, 200)
    with act(by=by.by, log=by.log) as a:
        made = Framework.objects.create(
            partnership=by.partnership, title=title, starts_on=starts_on, created_at=a.at, gates=list(Gate.values)
        )
        data = {"title": title, "starts_on": starts_on.isoformat(), "scoring_rule": made.scoring_rule}
        a.add("framework.created", data, on={"framework": made.id})
    return made


def seal_plan(*, by: Actor, framework: Framework, slots: Iterable[Mapping[str, str]] = ()) -> Edition:
    """Seal what stands now as the founding plan, edition 0, with its open places. It can be done once."""
    require_convenor(by)
    places = [_slot(place) for place in slots]
    if len({key for key, _ in places}) < len(places):
        raise Invalid("plan.slots", "Two open places have the same key.", {"slots": "keys must differ"})
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        if framework.sealed_at is not None:
            raise Conflict("plan.sealed", "The founding plan is sealed already.")
        Slot.objects.bulk_create([Slot(framework=framework, key=key, title=title) for key, title in places])
        frozen = state(framework)
        data = {
            "elements": [item["id"] for item in frozen],
            "slots": [{"key": key, "title": title} for key, title in places],
            "state_sha256": digest(frozen),
        }
        entry = a.add("plan.sealed", data, on={"framework": framework.id})
        framework.sealed_at = a.at
        framework.save(update_fields=["sealed_at"])
        return Edition.objects.create(framework=framework, number=0, state=frozen, seq=entry.seq, published_at=a.at)


def open_gates(*, by: Actor, framework: Framework, gates: Iterable[str]) -> Framework:
    """Say which acts are open in a framework from now on; the others are shut."""
    require_convenor(by)
    wanted = set(gates)
    if wanted - set(Gate.values):
        raise Invalid("gate.unknown", f"Gates are {', '.join(Gate.values)}.", {"gates": "unknown"})
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        framework.gates = [gate for gate in Gate.values if gate in wanted]
        framework.save(update_fields=["gates"])
        a.add("gates.set", {"open": framework.gates}, on={"framework": framework.id})
    return framework


def offer_template(*, by: Actor, framework: Framework, offered: bool) -> Framework:
    """Invite others to begin with a copy of this framework, or no longer."""
    require_convenor(by)
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        if framework.is_template != offered:
            framework.is_template = offered
            framework.save(update_fields=["is_template"])
            a.add("template.offered", {"offered": offered}, on={"framework": framework.id})
    return framework


def name_levels(*, by: Actor, framework: Framework, levels: Iterable[str]) -> Framework:
    """Say what the levels of the outcome tree are called here, from the top: goal, outcome, sub-outcome."""
    require_convenor(by)
    names = [clean_line("levels", name, 60) for name in levels]
    if len(names) > LEVELS or len(set(names)) < len(names):
        why = f"at most {LEVELS} different names"
        raise Invalid("framework.levels", f"A tree of outcomes has {why} for its levels.", {"levels": why})
    with act(by=by.by, log=by.log) as a:
        framework = lock(framework.id)
        framework.levels = names
        framework.save(update_fields=["levels"])
        a.add("levels.named", {"levels": names}, on={"framework": framework.id})
    return framework


def _slot(place: Mapping[str, str]) -> tuple[str, str]:
    return clean_line("key", place.get("key", ""), 40), clean_line("title", place.get("title", ""), 300)
