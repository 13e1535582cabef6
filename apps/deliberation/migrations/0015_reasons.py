"""Reasons that come with votes."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0014_voices"),
        ("partnerships", "0003_data_protection_officer"),
        ("record", "0007_keepers"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoundReason",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "company",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("seq", models.BigIntegerField(null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reasons", to="deliberation.rounditem"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnerships.seat"
                    ),
                ),
                (
                    "words",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.text"),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "seat"), name="one_reason_per_seat"),
                    models.CheckConstraint(
                        condition=models.Q(("seat__isnull", True), ("seq__isnull", True), _connector="XOR"),
                        name="a_recorded_reason_has_no_seat",
                    ),
                ],
            },
        ),
    ]
