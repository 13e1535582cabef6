"""Nobody reads ballots or entries past the two doors, except the few modules named here, each for a reason."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.architecture.test_house import ROOT, SOURCES

COUNTING = {
    "deliberation.agreement": "statistics, of what has been counted",
    "deliberation.checks": "holds rows against entries",
    "deliberation.counting": "counts",
    "deliberation.feedback": "what was chosen how often among the alternatives of a counted round",
    "deliberation.movement": "how many of each pool of groups moved between two counted rounds",
    "deliberation.own": "one's own ballots",
    "deliberation.readers": "counts, once a round is closed",
    "deliberation.reasons": "whether a seat changed hands between a reason and the ballot that counts",
    "deliberation.selectors": "the doors themselves, and one's own ballots",
    "deliberation.sealed": "opens sealed ballots for the count, and for their own voters",
    "deliberation.services.paper": "casts what two witnesses have entered",
    "deliberation.services.reaffirming": "casts one's own earlier choices again",
    "deliberation.services.reasons": "whether one's own seat has voted",
    "deliberation.services.rounds": "how many ballots there were, when a round closes",
    "deliberation.simulating": "tries a rule on votes that the door shows",
    "deliberation.taking_part": "who has voted, for turnout",
    "deliberation.turnout": "how many have voted, as far as it may be told",
    "exchange.dossiers.building": "opens the ballots of counted rounds",
    "pages.paper": "a type only",
    "pages.present.desk": "on which open questions one's own seat has voted",
    "pages.trying": "the counts of votes that the door shows",
    "protection.own": "one's own ballots",
}
"""Modules that read ballots, or what counts them, without asking who looks."""
READING = {
    "deliberation.checks": "holds rows against entries",
    "deliberation.checks_around": "holds rows against entries",
    "deliberation.counting": "votes that are open",
    "deliberation.own": "one's own entries",
    "deliberation.readers": "who was entitled when a round opened",
    "deliberation.sealed": "the count of a secret round",
    "deliberation.selectors": "the doors themselves",
    "deliberation.simulating": "who was entitled when a round opened",
    "deliberation.turnout": "who took part in a counted secret round",
    "frameworks.checks": "holds rows against entries",
    "live.news": "whose rights have changed",
    "measurement.checks": "holds rows against entries",
    "notifications.selectors": "what a notice is about, for whom it was given to",
    "pages.present.removed": "that words were erased, and when",
    "pages.ruling": "the simulation kept with a rule",
    "partnerships.checks": "holds rows against entries",
    "partnerships.services.tokens": "who was brought in by whom",
    "proposals.checks": "holds rows against entries",
    "proposals.services.drafts": "who had a draft open",
    "protection.services.exports": "that this export has been recorded already",
    "provenance.checks": "holds rows against entries",
    "provenance.contesting": "who took part in what is contested",
    "provenance.game": "how the game was set up",
    "provenance.presenting.steps": "the groups, as they were added",
    "provenance.readers": "whether there is a decision",
    "provenance.selectors": "decisions, and what they name",
    "provenance.services.challenges": "what is contested",
}
"""Modules that read entries without asking who looks: of types that everybody sees, or for themselves."""
BALLOTS = {
    "Ballot", "PaperBallot", "latest_ballots", "counting_rows", "turnout", "taking_part", "recount", "live_votes", "LiveCounts",
    "counts_of", "tally_of",
}  # fmt: skip
ENTRIES = {"entries", "entry", "entries_at"}
WHERE_THEY_ARE = ("deliberation.models", "deliberation.services.ballots", "deliberation.services.booth", "record.")


def module(path: Path) -> str:
    """`deliberation.selectors` for apps/deliberation/selectors.py."""
    return ".".join(path.relative_to(ROOT / "apps").with_suffix("").parts).removesuffix(".__init__")


def reads_ballots(tree: ast.AST) -> bool:
    """Whether names of ballots are brought in from the deliberation room."""
    return bool(BALLOTS & set(imported(tree, "apps.deliberation"))) or "deliberation_ballot" in ast.unparse(tree)


def reads_entries(tree: ast.AST) -> bool:
    """Whether entries are read from the record itself."""
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_record(node.value)}
    if "selectors" not in imported(tree, "apps.record"):
        called = set()
    return bool(ENTRIES & (called | set(imported(tree, "apps.record.selectors"))))


def imported(tree: ast.AST, room: str) -> Iterator[str]:
    """The names that are brought in from a room."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(room):
            yield from (name.name for name in node.names)


def _is_record(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "record"


@pytest.mark.parametrize(("named", "reads"), [(COUNTING, reads_ballots), (READING, reads_entries)])
def test_only_these_modules_read_past_the_doors(named: Mapping[str, str], reads: object) -> None:
    assert callable(reads)
    apps = {module(path): path for path in SOURCES if path.is_relative_to(ROOT / "apps")}
    found = {name for name, path in apps.items() if reads(ast.parse(path.read_text()))}
    past = {name for name in found if not name.startswith(WHERE_THEY_ARE)}
    assert past - set(named) == set(), "ask visible_tally or visible_entries, or say here why not"
    assert set(named) - past == set(), "these do not read past the doors any more"


def test_the_guard_sees_who_reads_past_the_doors() -> None:
    assert reads_ballots(ast.parse("from apps.deliberation.models import Ballot"))
    assert reads_ballots(ast.parse("run('SELECT choice FROM deliberation_ballot')"))
    assert not reads_ballots(ast.parse("from apps.deliberation.selectors import visible_tally"))
    assert reads_entries(ast.parse("from apps.record import selectors as record\nrecord.entries(log)"))
    assert reads_entries(ast.parse("from apps.record.selectors import entries_at"))
    assert not reads_entries(ast.parse("from apps.deliberation.selectors import visible_entries"))
