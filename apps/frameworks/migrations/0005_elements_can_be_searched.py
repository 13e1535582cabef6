"""Full text over the fields of elements."""

from django.db import migrations


class Migration(migrations.Migration):
    """The function comes from the record, where most words lie."""

    dependencies = [("frameworks", "0004_imports"), ("record", "0006_words_can_be_searched")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX element_searchable ON frameworks_element USING gin (searchable(fields::text))",
            "DROP INDEX element_searchable",
        )
    ]
