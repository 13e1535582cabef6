"""The verdict, by a reader of the record: after every act that decides something about an element, where does it stand now?"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from apps.frameworks.models import Framework
from apps.partnerships.selectors import group_names
from apps.provenance.domain.headline import headline
from apps.provenance.domain.rule import RULES
from apps.provenance.domain.scoring import Scored
from apps.provenance.models import Verdict
from apps.provenance.selectors import score_element
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
