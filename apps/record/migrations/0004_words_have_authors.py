"""Words know their kind, who wrote them and when: what erasing somebody, and keeping words no longer than needed, rest on.

Words from before are of no known author: none were kept outside demonstrations.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    dependencies = [("record", "0003_indexes_that_serve")]
    operations = [
        migrations.AddField("text", "kind", models.CharField(default="proposal.rationale", max_length=40), False),
        migrations.AddField(
            "text",
            "authors",
            django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None),
        ),
        migrations.AddField("text", "made_at", models.DateTimeField(default=timezone.now), False),
        migrations.AddField("text", "erased_seq", models.BigIntegerField(null=True)),
        migrations.AddIndex("text", django.contrib.postgres.indexes.GinIndex(fields=["authors"], name="text_authors")),
        migrations.AddIndex(
            "text",
            models.Index(fields=["log", "kind", "made_at"], name="text_kept", condition=models.Q(erased_at=None)),
        ),
    ]
