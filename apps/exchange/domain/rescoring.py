"""Verdicts of a dossier, computed again from the acts in its entries by the published rule."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from apps.common.errors import Invalid
from apps.exchange.domain.reading import Told
from apps.exchange.domain.wording import OTHER_HEADLINE, OTHER_WORDS, without_words
from apps.provenance.domain.events import history_document
from apps.provenance.domain.headline import headline
from apps.provenance.domain.history import read_history
from apps.provenance.domain.rule import RULES, Rule
from apps.provenance.domain.scoring import Scored, score
from apps.record.domain.entry import Entry

DECIDING = ("decision.made", "imposition.made", "imposition.lapsed", "outside.recorded", "inheritance.recorded")
NAMING = ("element.changed", "proposal.submitted", "inheritance.recorded")


def rule_of(verdict: Entry) -> Rule:
    """The scoring rule a verdict names. Raises `Invalid` where it is none that is known here."""
    rule = RULES.get(verdict.data["rule"])
    if rule is None or rule.hash != verdict.data["rule_hash"]:
        raise Invalid("dossier.verdict", f"scoring rule {verdict.data['rule']} is not one this program knows")
    return rule


def history_of(told: Told, verdict: Entry) -> dict[str, Any]:
    """The history a verdict rests on, as the file `score` reads."""
    cause, element = told.at(verdict.because, *DECIDING), verdict.on["element"]
    begun = told.of("framework.created", framework=verdict.on["framework"])
    if not begun:
        raise Invalid("dossier.incomplete", "the entry that began the framework is not in this file")
    events = [e for e in told.of(*DECIDING, element=element) if e.seq <= cause.seq]
    groups = {e.data["key"]: e.data["kind"] for e in told.of("group.added") if e.seq <= cause.seq}
    named = told.of(*NAMING, element=element)
    return history_document(
        [{"seq": e.seq, "at": e.at, "data": e.data} for e in events],
        groups,
        date.fromisoformat(begun[0].data["starts_on"]),
        date.fromisoformat(cause.data["effective"]),
        element=named[0].data["kind"] if named else "measure",
        rule=rule_of(verdict),
    )


def rescore(told: Told, verdict: Entry) -> Scored:
    """The verdict, computed here."""
    rule = rule_of(verdict)
    return score(read_history(history_of(told, verdict), rule), rule)


def verdict_faults(told: Told, verdict: Entry, scored: Scored) -> Iterator[str]:
    """Where what was recorded is not what computing gives."""
    data = verdict.data
    document = scored.document() if verdict.v > 1 else scored.to_json()
    recorded = [data["document"], data["label"], data["flags"], data["entries"]]
    computed = [document, list(scored.label), list(scored.flags), list(scored.entries)]
    if without_words(recorded) != without_words(computed):
        yield "computing it again from the acts gives another verdict than the one recorded"
    elif recorded != computed:
        yield OTHER_WORDS
    elif data["headline"] != headline(scored, names=told.group_names(verdict.seq)):
        yield OTHER_HEADLINE
