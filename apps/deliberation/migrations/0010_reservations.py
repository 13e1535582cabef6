"""What groups say about their disagreement, and the reviews it calls."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0009_paper"),
        ("partnerships", "0003_data_protection_officer"),
        ("record", "0005_witnesses"),
    ]

    operations = [
        migrations.AddField(
            model_name="dissent",
            name="called_seq",
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dissent", "Disagreement"),
                            ("objection", "Objection"),
                            ("stand_aside", "Standing aside"),
                        ],
                        max_length=11,
                    ),
                ),
                ("review_on", models.DateField(null=True)),
                ("called_seq", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField()),
                ("seq", models.BigIntegerField()),
                (
                    "called_because",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.text"
                    ),
                ),
                (
                    "condition",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.text"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reservations",
                        to="deliberation.decision",
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
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnerships.seat"
                    ),
                ),
                (
                    "words",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.text"),
                ),
            ],
            options={
                "ordering": ["seq"],
            },
        ),
    ]
