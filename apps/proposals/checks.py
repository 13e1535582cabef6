"""Versions of proposals, and the answers to offers, held against the record."""

from collections.abc import Iterator, Mapping
from typing import Any

from apps.proposals.models import Offer, ProposalVersion
from apps.record import selectors as record
from apps.record.findings import Finding
from apps.record.models import Log


def check(log: Log) -> Iterator[Finding]:
    """What does not agree in one log's proposals."""
    told = {entry.seq: entry.data for entry in record.entries(log.id, types=["proposal.submitted", "proposal.revised"])}
    versions = ProposalVersion.objects.filter(proposal__framework__partnership__log=log).select_related("wording")
    for version in versions:
        data = told.pop(version.seq, None)
        if data is None or _of(data) != _in(version, data):
            yield _finding(log, version, f"version {version.id} of a proposal is not the one that was recorded")
        elif version.wording.erased_at is None and sorted(version.patch) != version.fields:
            yield _finding(
                log, version, f"the wording of version {version.id} of a proposal gives values to other fields"
            )
    for seq in told:
        yield Finding(log.name, f"entry {seq}", "the version of a proposal that was recorded here is gone")
    yield from _offers(log)


def _of(data: Mapping[str, Any]) -> tuple[Any, ...]:
    """What an entry says of a version. Version 1 of the entry held the wording itself."""
    wording = data["patch"] if "patch" in data else data["wording"]["text"]
    return data["version"], wording, data["base"]


def _in(version: ProposalVersion, data: Mapping[str, Any]) -> tuple[Any, ...]:
    wording = version.patch if "patch" in data else str(version.wording_id)
    return str(version.id), wording, version.base


def _finding(log: Log, version: ProposalVersion, what: str) -> Finding:
    return Finding(log.name, f"entry {version.seq}", what)


def _offers(log: Log) -> Iterator[Finding]:
    since = _taken_in(log)
    offered = {entry.data["offer"]: entry.data for entry in record.entries(log.id, types=["amendment.offered"])}
    answers = _answers(log)
    for offer in Offer.objects.filter(proposal__framework__partnership__log=log).select_related("wording", "taken"):
        told = offered.get(str(offer.id), {})
        if ("wording" in told and told["wording"]["text"] != str(offer.wording_id)) or not told:
            yield Finding(log.name, f"offer {offer.id}", "it is not the one that was recorded")
        answer = answers.get(str(offer.id), {"answer": "offered"})
        state = _RECORDED.get(offer.state, offer.state)
        if state != answer["answer"] or _taken(offer, answer.get("taken")) != answer.get("taken"):
            yield Finding(log.name, f"offer {offer.id}", "its answer is not the one that was recorded")
        if offer.taken_in != since.get(str(offer.id)):
            yield Finding(log.name, f"offer {offer.id}", "it was not taken into the version that was recorded")


_RECORDED = {"put_to_vote": "declined", "lapsed": "offered"}
"""States that no answer of their own leads to: they follow from another entry."""


def _answers(log: Log) -> dict[str, dict[str, Any]]:
    """What the record says of each offer: its answer, that it was taken back, or that another has replaced it."""
    found: dict[str, dict[str, Any]] = {}
    types = ["amendment.offered", "amendment.answered", "amendment.counter_answered", "amendment.withdrawn"]
    countered: dict[str, str] = {}
    for entry in record.entries(log.id, types=types):
        data = entry.data
        if entry.type == "amendment.offered":
            earlier = data.get("replaces") or countered.pop(data.get("counters", ""), None)
            if earlier and earlier not in found:
                found[earlier] = {"answer": "replaced"}
            if "counters" in data:
                countered[data["counters"]] = data["offer"]
        else:
            found[data["offer"]] = {"answer": "withdrawn"} if entry.type == "amendment.withdrawn" else dict(data)
    return found


def _taken_in(log: Log) -> dict[str, int]:
    """The number of the version that each offer was taken into, as the record says. Version 1 of the entry names one."""
    return {
        offer: entry.data["number"]
        for entry in record.entries(log.id, types=["proposal.revised"])
        for offer in entry.data.get("offers") or [entry.data.get("offer")]
        if offer
    }


def _taken(offer: Offer, told: dict[str, Any] | None) -> dict[str, Any] | None:
    """What was taken of an offer, in the form in which the record says it: a reference to words, or the words themselves."""
    if offer.taken is None or told is None or told.keys() != {"text", "sha256"}:
        return offer.taken_patch
    return {"text": str(offer.taken_id), "sha256": told["sha256"]}
