"""Offers can be joined, replaced and countered; windows can be set again and capped; withdrawals keep their words."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0001_initial"),
        ("proposals", "0004_wordings_can_be_erased"),
        ("record", "0004_words_have_authors"),
    ]

    operations = [
        migrations.AddField(
            model_name="offer",
            name="counters",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="counter_offers",
                to="proposals.offer",
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="replaces",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaced_by", to="proposals.offer"
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="offers_each",
            field=models.PositiveSmallIntegerField(
                help_text="How many changes each group can offer in the present window; none: as many as it likes.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="window_seq",
            field=models.BigIntegerField(
                default=0, help_text="The entry with which the present window for offers began; 0: the first window."
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="withdrawn_because",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.text"
            ),
        ),
        migrations.CreateModel(
            name="OfferSupport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("joined_at", models.DateTimeField()),
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
                    "offer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supports", to="proposals.offer"
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnerships.seat"
                    ),
                ),
            ],
            options={
                "ordering": ["joined_at"],
                "constraints": [models.UniqueConstraint(fields=("offer", "group"), name="a_group_joins_an_offer_once")],
            },
        ),
    ]
