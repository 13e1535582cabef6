"""Where proposals come from: alternatives to others, several taken together, one split into parts."""

from collections.abc import Sequence

from apps.common.errors import Invalid
from apps.proposals.models import Lineage, Proposal
from apps.proposals.services.versions import subjects
from apps.record.act import Act

RELATIONS = ("counter", "merged", "split")


def check_parents(framework_id: object, parents: Sequence[Proposal], relation: str) -> None:
    """Whether a proposal of this framework can come out of these."""
    if relation not in RELATIONS:
        raise Invalid("proposal.relation", f"A proposal comes from others as {', '.join(RELATIONS)}.")
    if any(parent.framework_id != framework_id for parent in parents):
        raise Invalid("proposal.parents", "They belong to another framework.", {"grew_from": "another framework"})


def derive(a: Act, child: Proposal, parents: Sequence[Proposal], relation: str) -> None:
    """Record inside an act that a proposal came out of others."""
    for parent in parents:
        data = {"parent": str(parent.id), "kind": relation}
        entry = a.add("proposal.derived", data, on=subjects(child), because=parent.seq)
        Lineage.objects.get_or_create(child=child, parent=parent, defaults={"kind": relation, "seq": entry.seq})
