from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0017_sealed_papers")]
    operations = [
        migrations.AddField(
            model_name="voice",
            name="coming",
            field=models.CharField(
                choices=[("comes", "Comes"), ("apologies", "Sends apologies"), ("unsaid", "Has not said")],
                default="unsaid",
                max_length=9,
            ),
        ),
        migrations.AddField(model_name="voice", name="coming_seq", field=models.BigIntegerField(null=True)),
        migrations.AddField(model_name="voice", name="coming_noted", field=models.BooleanField(default=False)),
        migrations.AddConstraint(
            model_name="voice",
            constraint=models.CheckConstraint(
                condition=models.Q(("coming", "unsaid"), ("coming_seq__isnull", False), _connector="OR"),
                name="coming_is_in_the_record",
            ),
        ),
    ]
