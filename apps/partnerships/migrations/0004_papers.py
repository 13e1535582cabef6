"""How long before a vote its papers go out."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0003_data_protection_officer")]

    operations = [
        migrations.AddField(
            model_name="partnership",
            name="papers_days",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="How many working days before a vote its papers go out at the latest; 0: nobody asks for it.",
            ),
        ),
        migrations.AddField(
            model_name="partnership",
            name="days_off",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateField(),
                default=list,
                help_text="Days from Monday to Friday on which nobody works.",
                size=None,
            ),
        ),
    ]
