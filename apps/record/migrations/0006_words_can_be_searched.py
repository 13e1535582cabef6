"""Full text: what words say, by their letters and by their English stems, in an index of their own."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION searchable(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_tsvector('simple', told) || to_tsvector('english', told)
    FROM (SELECT regexp_replace(coalesce(words, ''), '"[a-z_]+":', ' ', 'g') AS told) AS without_keys
$$
"""
INDEX = "CREATE INDEX text_searchable ON record_text USING gin (searchable(body)) WHERE body IS NOT NULL"


class Migration(migrations.Migration):
    """The keys of wordings that are kept as JSON are left out: they are not words anybody chose."""

    dependencies = [("record", "0005_witnesses")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION searchable(text)"),
        migrations.RunSQL(INDEX, "DROP INDEX text_searchable"),
    ]
