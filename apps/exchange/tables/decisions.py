"""The list of all decisions as a table: what an auditor ties to the decision notes."""

from collections.abc import Iterable, Mapping

from apps.exchange.tables.writing import Cell, Table
from apps.provenance.population import Decided

HEAD = (
    *(
        "entry",
        "decided_at",
        "in_force_from",
        "framework",
        "code",
        "title",
        "kind",
        "way",
        "outcome",
        "adopted",
        "parts",
    ),
    *("round", "rule", "rule_sha256", "votes", "groups_concurring", "groups", "dissent", "mandate", "authority"),
    *("review_on", "days_overdue", "stands_negotiated_imposed", "stands_planned_emergent"),
)

SUMS = {"cast", "present", "entitled"}


def table(rows: Iterable[Decided]) -> Table:
    """One row for each decision, in the order in which they were made."""
    return Table("Decisions", HEAD, [_row(row) for row in rows])


def _row(row: Decided) -> list[Cell]:
    first: list[Cell] = [
        row.entry,
        row.decided_at,
        row.effective,
        row.framework,
        row.code,
        row.title,
        row.kind,
        row.way,
    ]
    how: list[Cell] = [
        row.outcome,
        row.adopted,
        " ".join(row.parts),
        row.round,
        row.rule,
        row.rule_hash,
        _votes(row.votes),
    ]
    who: list[Cell] = [row.concurring, row.groups, " ".join(row.dissent), row.mandate, row.authority]
    return [*first, *how, *who, row.review_on, row.days_late, row.label_ni, row.label_pe]


def _votes(votes: Mapping[str, Mapping[str, int]]) -> str:
    """A: for 4, against 0 of 4; P: for 3, abstain 1 of 4. The last number is how many could have voted."""
    return "; ".join(f"{group}: {_counts(counts)}" for group, counts in votes.items() if counts)


def _counts(counts: Mapping[str, int]) -> str:
    chosen = ", ".join(f"{choice} {count}" for choice, count in counts.items() if choice not in SUMS)
    return f"{chosen} of {counts['entitled']}" if "entitled" in counts else chosen
