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
    answers = {entry.data["offer"]: entry.data for entry in record.entries(log.id, types=["amendment.answered"])}
    for offer in Offer.objects.filter(proposal__framework__partnership__log=log).select_related("wording", "taken"):
        told = offered.get(str(offer.id), {})
        if ("wording" in told and told["wording"]["text"] != str(offer.wording_id)) or not told:
            yield Finding(log.name, f"offer {offer.id}", "it is not the one that was recorded")
        answer = answers.get(str(offer.id), {"answer": "offered"})
        state = "declined" if offer.state == "put_to_vote" else offer.state
        if state != answer["answer"] or _taken(offer, answer.get("taken")) != answer.get("taken"):
            yield Finding(log.name, f"offer {offer.id}", "its answer is not the one that was recorded")
        if offer.taken_in != since.get(str(offer.id)):
            yield Finding(log.name, f"offer {offer.id}", "it was not taken into the version that was recorded")


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
