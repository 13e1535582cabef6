"""Search over everything one may see: elements, proposals, offers of change, comments, rounds. PostgreSQL's full text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from apps.accounts.models import Person
from apps.common.errors import Invalid
from apps.partnerships.selectors import partnerships_for

LONGEST = 200
MOST = 100
LOOKED_AT = 200
"""How many of each kind are compared, where a word is said very often."""
OPEN_MARK, CLOSE_MARK = "\ue000", "\ue001"
"""Private characters around what was found in a passage; faces make marks of them."""

SEARCH = """
WITH asked AS (
    SELECT to_tsquery('simple', %(beginnings)s) || websearch_to_tsquery('english', %(words)s) AS query
), place AS (
    SELECT f.id, f.title, f.partnership_id FROM frameworks_framework f WHERE f.partnership_id = ANY(%(partnerships)s)
), hits AS (
    (SELECT 'element' AS what, e.id, e.framework_id, e.code, e.kind, e.fields ->> 'title' AS title,
           e.fields::text AS body, 2 AS weight
    FROM frameworks_element e JOIN place ON place.id = e.framework_id, asked
    WHERE searchable(e.fields::text) @@ query LIMIT %(looked_at)s)
  UNION ALL
    (SELECT 'proposal', p.id, p.framework_id, p.code, p.kind, '', t.body, 1
    FROM record_text t JOIN proposals_proposalversion v ON t.id IN (v.wording_id, v.rationale_id)
    JOIN proposals_proposal p ON p.id = v.proposal_id AND p.number = v.number
    JOIN place ON place.id = p.framework_id, asked
    WHERE t.body IS NOT NULL AND searchable(t.body) @@ query LIMIT %(looked_at)s)
  UNION ALL
    (SELECT 'offer', p.id, p.framework_id, p.code, p.kind, '', t.body, 1
    FROM record_text t JOIN proposals_offer o ON t.id IN (o.wording_id, o.reason_id)
    JOIN proposals_proposal p ON p.id = o.proposal_id JOIN place ON place.id = p.framework_id, asked
    WHERE t.body IS NOT NULL AND searchable(t.body) @@ query LIMIT %(looked_at)s)
  UNION ALL
    (SELECT CASE WHEN c.proposal_id IS NULL THEN 'element_comment' ELSE 'comment' END,
           coalesce(c.proposal_id, c.element), c.framework_id, '', '', '', t.body, 1
    FROM record_text t JOIN proposals_comment c ON t.id = c.words_id JOIN place ON place.id = c.framework_id, asked
    WHERE t.body IS NOT NULL AND c.taken_back_at IS NULL AND searchable(t.body) @@ query LIMIT %(looked_at)s)
  UNION ALL
    (SELECT 'round', r.id, r.framework_id, '', '', r.title, r.title, 2
    FROM deliberation_round r JOIN place ON place.id = r.framework_id, asked
    WHERE searchable(r.title) @@ query LIMIT %(looked_at)s)
), ranked AS (
    SELECT hits.*, ts_rank(searchable(body), query) * weight AS rank FROM hits, asked
), best AS (
    SELECT DISTINCT ON (what, id) * FROM ranked ORDER BY what, id, rank DESC
), first AS (
    SELECT * FROM best ORDER BY rank DESC, code, id LIMIT %(limit)s
)
SELECT what, first.id, first.framework_id, place.title, code, kind, first.title,
       ts_headline('simple', regexp_replace(body, '"[a-z_]+":|[{}"\\[\\]]', ' ', 'g'), query, %(options)s)
FROM first JOIN place ON place.id = first.framework_id, asked ORDER BY rank DESC, code, first.id
"""


@dataclass(frozen=True)
class Found:
    """Something that says what was asked for. `what` is element, proposal, offer, comment, element_comment or round; `id` is
    the element's, proposal's or round's whose page shows it; `passage` holds OPEN_MARK and CLOSE_MARK around what was found.
    """

    what: str
    id: UUID
    framework: UUID
    framework_title: str
    code: str
    kind: str
    title: str
    passage: str


def search(person: Person | None, words: str, *, limit: int = 50) -> list[Found]:
    """Whatever says all of these words, or words that begin with them, in partnerships this person may read; best first
    (of very common words, the best among two hundred of each kind).

    Words that have been erased are not found. Two queries. Raises `Invalid` (search.words).
    """
    asked = words.strip()
    beginnings = re.findall(r"\w+", asked)
    if not beginnings or len(asked) > LONGEST or not asked.isprintable():
        why = f"write one or more words, {LONGEST} characters at most"
        raise Invalid("search.words", f"To search, {why}.", {"q": why})
    given: dict[str, Any] = {
        "beginnings": " & ".join(f"{word}:*" for word in beginnings),
        "words": asked,
        "partnerships": list(partnerships_for(person).order_by().values_list("id", flat=True)),
        "limit": min(limit, MOST),
        "looked_at": LOOKED_AT,
        "options": f"StartSel={OPEN_MARK}, StopSel={CLOSE_MARK}, MaxWords=30, MinWords=10, MaxFragments=1",
    }
    with connection.cursor() as cursor:
        cursor.execute(SEARCH, given)
        return [Found(*row) for row in cursor.fetchall()]


def pieces(passage: str) -> Sequence[tuple[bool, str]]:
    """A passage in runs of words, each with whether it is what was found."""
    runs = re.split(f"([{OPEN_MARK}{CLOSE_MARK}])", passage)
    found, marked = [], False
    for run in runs:
        if run in (OPEN_MARK, CLOSE_MARK):
            marked = run == OPEN_MARK
        elif run:
            found.append((marked, run))
    return found
