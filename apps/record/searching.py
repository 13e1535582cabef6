"""Finding entries by what they say: in their own data, or in words they refer to that still stand."""

import re
from uuid import UUID

from django.db import connection

FOUND_AT_MOST = 500
SAYING = """
WITH texts AS (SELECT id::text FROM record_text WHERE log_id = %(log)s AND body ILIKE %(like)s)
SELECT e.seq FROM record_entry e
WHERE e.log_id = %(log)s AND e.type <> 'ballot.cast' AND e.subjects @> %(subjects)s AND EXISTS (
    SELECT FROM jsonb_path_query(convert_from(e.body, 'UTF8')::jsonb -> 'data', '$.** ? (@.type() == "string")') AS found
    WHERE found #>> '{}' IN (SELECT id FROM texts)
    OR (found #>> '{}' ILIKE %(like)s AND found #>> '{}' !~ '^([0-9a-f]{64}|[0-9a-f-]{36})$')
) ORDER BY e.seq DESC LIMIT %(limit)s
"""


def saying(log: UUID, words: str, subject: UUID | None = None) -> list[int]:
    """The numbers of the entries (on this subject, if given) that say these words, the newest 500. Upper and lower case
    are the same.

    Ballots are not looked through, nor ids and hashes, nor words that have been erased.
    """
    like = "%" + re.sub(r"([\\%_])", r"\\\1", words) + "%"
    with connection.cursor() as cursor:
        about = [subject] if subject else []
        cursor.execute(SAYING, {"log": log, "like": like, "subjects": about, "limit": FOUND_AT_MOST})
        return [seq for (seq,) in cursor.fetchall()]
