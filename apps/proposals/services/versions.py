"""Versions of proposals, written inside an act: the words go where they can be erased, the entry says which fields they touch."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

from apps.frameworks.models import Element
from apps.proposals.models import Proposal, ProposalVersion
from apps.proposals.selectors import current_version
from apps.record.act import Act
from apps.record.domain.canonical import encode


def table(
    a: Act, proposal: Proposal, patch: dict[str, Any], base: int, words: str, because: int | None = None
) -> Proposal:
    """Record a new proposal with its first version; `because` is the entry of what brought it, a table for one."""
    text, ref = a.text(words, "proposal.rationale")
    source = proposal.from_offer
    before = [source.wording, current_version(source.proposal).wording] if source else []
    wording, wording_ref = a.text(as_text(patch), "proposal.wording", after=before)
    version = ProposalVersion(
        proposal=proposal,
        number=1,
        wording=wording,
        fields=sorted(patch),
        base=base,
        rationale=text,
        made_at=a.at,
    )
    data: dict[str, Any] = {
        "action": proposal.action,
        "kind": proposal.kind,
        "code": proposal.code,
        "version": str(version.id),
        "wording": wording_ref,
        "fields": version.fields,
        "base": base,
        "sponsors": proposal.sponsors,
        "rationale": ref,
        "offers_from": proposal.offers_from.isoformat(),
    }
    extras = {key: getattr(proposal, key) for key in ("offers_until", "observed_on", "slot", "parent")}
    extras["from_offer"] = proposal.from_offer_id
    data |= {key: str(value) for key, value in extras.items() if value}
    entry = a.add("proposal.submitted", data, on=subjects(proposal), because=because)
    proposal.seq = version.seq = entry.seq
    proposal.save(force_insert=True)
    version.save(force_insert=True)
    return proposal


def new_version(
    a: Act, proposal: Proposal, patch: Mapping[str, Any], words: str, offers: Sequence[UUID] = ()
) -> ProposalVersion:
    """Add the next version inside an act; the proposal is locked by the caller. `offers` are those taken into it."""
    text, ref = a.text(words, "proposal.rationale")
    taken = proposal.offers.filter(id__in=offers).select_related("wording")
    before = [current_version(proposal).wording, *(offer.wording for offer in taken)]
    wording, wording_ref = a.text(as_text(patch), "proposal.wording", after=before)
    number, id = proposal.number + 1, uuid4()
    base = base_of(proposal)
    data: dict[str, Any] = {
        "version": str(id),
        "number": number,
        "wording": wording_ref,
        "fields": sorted(patch),
        "base": base,
        "rationale": ref,
    }
    if offers:
        data["offers"] = sorted(map(str, offers))
    entry = a.add("proposal.revised", data, on=subjects(proposal))
    proposal.number = number
    proposal.save(update_fields=["number"])
    return ProposalVersion.objects.create(
        id=id,
        proposal=proposal,
        number=number,
        wording=wording,
        fields=sorted(patch),
        base=base,
        rationale=text,
        seq=entry.seq,
        made_at=a.at,
    )


def as_text(patch: Mapping[str, Any]) -> str:
    """A patch as the words that are kept: canonical JSON (RFC 8785)."""
    return encode(dict(patch)).decode()


def subjects(proposal: Proposal) -> dict[str, UUID]:
    """What an entry about a proposal is about."""
    return {"proposal": proposal.id, "element": proposal.element, "framework": proposal.framework_id}


def base_of(proposal: Proposal) -> int:
    """The number of the element's version that a new version of a proposal rests on."""
    return Element.objects.filter(id=proposal.element).values_list("number", flat=True).first() or 0
