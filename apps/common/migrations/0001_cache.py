"""The cache lives in PostgreSQL, so that sign-in limits survive Redis."""

from django.db import migrations


class Migration(migrations.Migration):
    operations = [
        migrations.RunSQL(
            "CREATE TABLE cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);"
            "CREATE INDEX cache_expires ON cache (expires);",
            "DROP TABLE cache;",
        )
    ]
