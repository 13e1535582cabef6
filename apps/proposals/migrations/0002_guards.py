"""Versions of proposals are immutable, below the application."""

from django.db import migrations

from apps.record.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial"), ("record", "0002_guards")]
    operations = [migrations.RunSQL(append_only("proposals_proposalversion"), migrations.RunSQL.noop)]
