"""What each group could live with."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("frameworks", "0004_imports"),
        ("partnerships", "0003_data_protection_officer"),
        ("proposals", "0006_comments_and_lineage"),
        ("record", "0005_witnesses"),
    ]

    operations = [
        migrations.CreateModel(
            name="AcceptableRange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("element", models.UUIDField(db_index=True)),
                ("field", models.CharField(max_length=40)),
                ("low", models.DecimalField(decimal_places=9, max_digits=24, null=True)),
                ("high", models.DecimalField(decimal_places=9, max_digits=24, null=True)),
                ("stated_at", models.DateTimeField()),
                ("seq", models.BigIntegerField()),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ranges", to="frameworks.framework"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.stakeholdergroup",
                    ),
                ),
                (
                    "reason",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.text"),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnerships.seat"
                    ),
                ),
            ],
            options={
                "ordering": ["seq"],
            },
        ),
    ]
