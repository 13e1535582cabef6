"""Papers that have gone out before a vote."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0015_reasons")]

    operations = [
        migrations.CreateModel(
            name="PapersSent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("versions", models.JSONField(help_text="The version that was sent, by proposal.")),
                ("seq", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="papers_sent",
                        to="deliberation.round",
                    ),
                ),
            ],
            options={"ordering": ["seq"]},
        ),
    ]
