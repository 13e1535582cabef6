"""The verdict, by a reader of the record: after every act that decides something about an element, where does it stand now?"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from apps.frameworks.models import Framework
from apps.frameworks.services import lock
from apps.partnerships.selectors import group_names
from apps.provenance.domain.headline import headline
from apps.provenance.domain.rule import RULES
from apps.provenance.domain.scoring import Scored
from apps.provenance.models import Verdict
from apps.provenance.selectors import score_element
from apps.record import selectors as record
from apps.record.act import By, act
from apps.record.domain.entry import Entry, moment

VERDICT = By(system="verdict")


def record_verdict(entry: Entry) -> None:
    """Score the element from its entries up to this one, and log the verdict with its terms and what it rests on."""
    if not entry.data.get("adopted", True):
        return
    framework = Framework.objects.select_related("partnership").get(id=entry.on["framework"])
    element = UUID(entry.on["element"])
    rule = RULES[framework.scoring_rule]
    scored = score_element(framework, element, upto=entry.seq, until=date.fromisoformat(entry.data["effective"]))
    words = headline(scored, names=group_names(framework.partnership))
    document = scored.document()
    with act(by=VERDICT, log=UUID(entry.log)) as a:
        data: dict[str, Any] = {
            "rule": rule.version,
            "rule_hash": rule.hash,
            "label": list(scored.label),
            "flags": list(scored.flags),
            "document": document,
            "entries": list(scored.entries),
            "headline": words,
            "status": scored.status,
        }
        on = {"element": element, "framework": framework.id}
        recorded = a.add("verdict.recorded", data, on=on, because=entry.seq)
        _keep(framework, element, scored, document, words, entry.seq, recorded)


def adopt_scoring_rule(entry: Entry) -> None:
    """A round decided on rules of the game that name another version of the scoring rule: from now on that one is in force.

    Only a round can: what a mandate sets, or was in force before, leaves the scoring rule as it is.
    """
    if entry.data["kind"] != "rules" or "scoring_rule" not in entry.data["changed"] or entry.because is None:
        return
    rule = RULES.get(int(entry.data["fields"].get("scoring_rule") or 0))
    if rule is None or not _by_a_round(UUID(entry.log), entry.because):
        return
    with act(by=VERDICT, log=UUID(entry.log)) as a:
        framework = lock(UUID(entry.on["framework"]))
        if framework.scoring_rule == rule.version:
            return
        data = {"rule": rule.version, "rule_hash": rule.hash, "before": framework.scoring_rule}
        a.add("scoring_rule.adopted", data, on={"framework": framework.id}, because=entry.because)
        framework.scoring_rule = rule.version
        framework.save(update_fields=["scoring_rule"])


def _by_a_round(log: UUID, seq: int) -> bool:
    return any(record.entries(log, since=seq, until=seq + 1, types=["decision.made"]))


def _keep(
    framework: Framework,
    element: UUID,
    scored: Scored,
    document: dict[str, Any],
    words: str,
    because: int,
    recorded: Entry,
) -> None:
    now = document["current"]
    Verdict.objects.create(
        framework=framework,
        element=element,
        because=because,
        seq=recorded.seq,
        rule=framework.scoring_rule,
        ni=Decimal(now["NI"]) if now["NI"] is not None else None,
        pe=Decimal(now["PE"]) if now["PE"] is not None else None,
        label_ni=scored.label[0],
        label_pe=scored.label[1],
        flags=list(scored.flags),
        headline=words,
        document=document,
        at=moment(recorded.at),
    )
