"""Proposals that stand or fall together, what was promised for them, who must ratify them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("frameworks", "0004_imports"),
        ("partnerships", "0003_data_protection_officer"),
        ("proposals", "0007_ranges"),
        ("record", "0005_witnesses"),
    ]

    operations = [
        migrations.CreateModel(
            name="Package",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "On the table"),
                            ("subject", "Agreed, subject to ratification"),
                            ("adopted", "Adopted"),
                            ("fallen", "Not adopted"),
                            ("dissolved", "Dissolved"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("seq", models.BigIntegerField()),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="packages", to="frameworks.framework"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.stakeholdergroup",
                    ),
                ),
                (
                    "heading",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.text"),
                ),
                ("proposals", models.ManyToManyField(related_name="packages", to="proposals.proposal")),
                (
                    "reason",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.text"),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnerships.seat"
                    ),
                ),
            ],
            options={
                "ordering": ["-seq"],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("due", models.DateField()),
                ("kept_at", models.DateTimeField(null=True)),
                (
                    "reminded",
                    models.CharField(blank=True, choices=[("due", "Due soon"), ("overdue", "Overdue")], max_length=8),
                ),
                ("seq", models.BigIntegerField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.stakeholdergroup",
                    ),
                ),
                (
                    "what",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.text"),
                ),
                (
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="proposals.package"
                    ),
                ),
            ],
            options={
                "ordering": ["due"],
            },
        ),
        migrations.CreateModel(
            name="Ratification",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("due", models.DateField()),
                (
                    "answer",
                    models.CharField(
                        blank=True, choices=[("ratified", "Ratified"), ("refused", "Refused")], max_length=8
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True)),
                ("seq", models.BigIntegerField()),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.text"
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
                    "package",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratifications",
                        to="proposals.package",
                    ),
                ),
            ],
            options={
                "ordering": ["due"],
                "constraints": [
                    models.UniqueConstraint(fields=("package", "group"), name="a_group_ratifies_a_package_once")
                ],
            },
        ),
    ]
