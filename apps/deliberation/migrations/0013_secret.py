"""Secret rounds: sealed ballots and their key, which the database lets go only together, after the count is in the record."""

import django.db.models.deletion
from django.db import migrations, models

BEFORE = """
DROP FUNCTION deliberation_ballot_only_loses_salt() CASCADE;
CREATE FUNCTION deliberation_ballot_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.sealed IS NOT NULL
            AND NOT EXISTS (SELECT FROM deliberation_roundkey WHERE round_id = OLD.round_id) THEN
        RETURN OLD;
    END IF;
    IF TG_OP <> 'UPDATE' OR NEW.salt IS NOT NULL OR to_jsonb(NEW) - 'salt' <> to_jsonb(OLD) - 'salt' THEN
        RAISE EXCEPTION 'deliberation_ballot: a ballot is never changed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deliberation_ballot_never_changed BEFORE UPDATE OR DELETE ON deliberation_ballot
    FOR EACH ROW EXECUTE FUNCTION deliberation_ballot_never_changed();
"""
"""A ballot can go only if it was sealed and its key has gone before."""
KEY = """
CREATE FUNCTION deliberation_roundkey_goes_once_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' OR NOT EXISTS (
        SELECT FROM record_entry WHERE type = 'round.tallied' AND subjects @> ARRAY[OLD.round_id]
    ) THEN
        RAISE EXCEPTION 'deliberation_roundkey: a key goes when its round has been counted, not before'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER deliberation_roundkey_goes_once_counted BEFORE UPDATE OR DELETE ON deliberation_roundkey
    FOR EACH ROW EXECUTE FUNCTION deliberation_roundkey_goes_once_counted();
CREATE TRIGGER deliberation_roundkey_no_truncate BEFORE TRUNCATE ON deliberation_roundkey
    FOR EACH STATEMENT EXECUTE FUNCTION negotiator_refuse_change();
CREATE FUNCTION deliberation_roundkey_goes_with_ballots() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM deliberation_ballot WHERE round_id = OLD.round_id) THEN
        RAISE EXCEPTION 'deliberation_roundkey: key and ballots go together' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER deliberation_roundkey_goes_with_ballots AFTER DELETE ON deliberation_roundkey
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION deliberation_roundkey_goes_with_ballots();
"""
"""A key can go only once the count is in the record, and no ballot of its round may be left when that is committed."""


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0011_meetings"), ("record", "0002_guards")]
    operations = [
        migrations.AlterField(
            model_name="round",
            name="secrecy",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("blind", "Private until closing"),
                    ("secret", "Secret: only the count is kept"),
                ],
                default="blind",
                max_length=8,
            ),
        ),
        migrations.AddField(model_name="ballot", name="sealed", field=models.BinaryField(null=True)),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.CheckConstraint(
                condition=models.Q(("sealed", None), models.Q(("choice", ""), ("salt", None)), _connector="OR"),
                name="sealed_or_readable",
            ),
        ),
        migrations.CreateModel(
            name="RoundKey",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="deliberation.round",
                    ),
                ),
                ("key", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(KEY, migrations.RunSQL.noop),
    ]
