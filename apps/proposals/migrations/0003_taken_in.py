"""Each offer that was taken knows the version that has it first. Rows from before: version and answer were one act."""

from django.db import migrations, models

BACKFILL = """
UPDATE proposals_offer AS o SET taken_in = v.number
FROM proposals_proposalversion AS v
WHERE v.proposal_id = o.proposal_id AND v.made_at = o.answered_at AND v.number > 1
  AND o.taken_patch IS NOT NULL AND o.taken_patch <> 'null'::jsonb
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_guards")]
    operations = [
        migrations.AddField(
            model_name="offer",
            name="taken_in",
            field=models.PositiveIntegerField(
                help_text="Number of the proposal's version that has it first, when taken.", null=True
            ),
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
    ]
