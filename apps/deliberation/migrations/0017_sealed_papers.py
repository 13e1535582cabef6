from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0016_papers_sent")]
    operations = [
        migrations.AddField(model_name="paperballot", name="sealed", field=models.BinaryField(null=True)),
        migrations.AddConstraint(
            model_name="paperballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("sealed", None), ("choice", ""), _connector="OR"), name="paper_sealed_or_readable"
            ),
        ),
    ]
