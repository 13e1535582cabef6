"""What a proposal or an offer would say is kept with all other words, so that it can be erased; its fields stay known."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

FIELDS = django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)
VERSION, OFFER = "proposals_proposalversion", "proposals_offer"


def words(null: bool = False, help_text: str = "") -> "models.Field[object, object]":
    """A column that points to words."""
    on_delete = django.db.models.deletion.PROTECT
    return models.ForeignKey("record.text", on_delete, related_name="+", null=null, help_text=help_text)


def keep(table: str, patch: str, words: str, fields: str, kind: str) -> str:
    """SQL that moves a column of patches into the table of words. Their authors are not known any more."""
    return f"""
INSERT INTO record_text (id, log_id, kind, authors, made_at, salt, body)
SELECT md5('{words}' || r.id)::uuid, p.log_id, '{kind}', '{{}}', now(), sha256(gen_random_uuid()::text::bytea), r.{patch}::text
FROM {table} r JOIN proposals_proposal q ON q.id = r.proposal_id JOIN frameworks_framework f ON f.id = q.framework_id
JOIN partnerships_partnership p ON p.id = f.partnership_id WHERE jsonb_typeof(r.{patch}) = 'object';
UPDATE {table} SET {words} = md5('{words}' || id)::uuid, {fields} = ARRAY(SELECT jsonb_object_keys({patch}) ORDER BY 1)
WHERE jsonb_typeof({patch}) = 'object';
"""  # noqa: S608 (names of our own columns)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_taken_in"), ("record", "0004_words_have_authors")]
    operations = [
        migrations.AddField("proposalversion", "wording", words(null=True)),
        migrations.AddField("proposalversion", "fields", FIELDS),
        migrations.AddField("offer", "wording", words(null=True)),
        migrations.AddField("offer", "fields", FIELDS),
        migrations.AddField("offer", "taken", words(null=True, help_text="What was taken of it.")),
        migrations.AddField("offer", "taken_fields", FIELDS),
        migrations.RunSQL(
            [
                f"ALTER TABLE {VERSION} DISABLE TRIGGER {VERSION}_append_only",
                keep(VERSION, "patch", "wording_id", "fields", "proposal.wording"),
                keep(OFFER, "patch", "wording_id", "fields", "offer.wording"),
                keep(OFFER, "taken_patch", "taken_id", "taken_fields", "offer.wording"),
                "SET CONSTRAINTS ALL IMMEDIATE",
                f"ALTER TABLE {VERSION} ENABLE TRIGGER {VERSION}_append_only",
            ]
        ),
        migrations.AlterField("proposalversion", "wording", words()),
        migrations.AlterField("offer", "wording", words()),
        migrations.RemoveField("proposalversion", "patch"),
        migrations.RemoveField("offer", "patch"),
        migrations.RemoveField("offer", "taken_patch"),
    ]
