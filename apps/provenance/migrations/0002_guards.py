"""Verdicts are immutable: a new one stands beside the old."""

from django.db import migrations

from apps.record.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("provenance", "0001_initial"), ("record", "0002_guards")]
    operations = [migrations.RunSQL(append_only("provenance_verdict"), migrations.RunSQL.noop)]
