"""Versions and editions are immutable, below the application."""

from django.db import migrations

from apps.record.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0001_initial"), ("record", "0002_guards")]
    operations = [
        migrations.RunSQL(append_only("frameworks_elementversion"), migrations.RunSQL.noop),
        migrations.RunSQL(append_only("frameworks_edition"), migrations.RunSQL.noop),
    ]
