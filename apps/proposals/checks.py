"""Versions of proposals, and the answers to offers, held against the record."""

from collections.abc import Iterator

from apps.proposals.models import Offer, ProposalVersion
from apps.record import selectors as record
from apps.record.findings import Finding
from apps.record.models import Log


def check(log: Log) -> Iterator[Finding]:
    """What does not agree in one log's proposals."""
    told = {entry.seq: entry.data for entry in record.entries(log.id, types=["proposal.submitted", "proposal.revised"])}
    versions = ProposalVersion.objects.filter(proposal__framework__partnership__log=log)
    for seq, id, patch, base in versions.values_list("seq", "id", "patch", "base"):
        data = told.pop(seq, None)
        if data is None or (data["version"], data["patch"], data["base"]) != (str(id), patch, base):
            yield Finding(log.name, f"entry {seq}", f"version {id} of a proposal is not the one that was recorded")
    for seq in told:
        yield Finding(log.name, f"entry {seq}", "the version of a proposal that was recorded here is gone")
    yield from _offers(log)


def _offers(log: Log) -> Iterator[Finding]:
    since = _taken_in(log)
    answers = {entry.data["offer"]: entry.data for entry in record.entries(log.id, types=["amendment.answered"])}
    for offer in Offer.objects.filter(proposal__framework__partnership__log=log):
        told = answers.get(str(offer.id), {"answer": "offered"})
        state = "declined" if offer.state == "put_to_vote" else offer.state
        if state != told["answer"] or (offer.taken_patch or None) != told.get("taken"):
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
