"""Registered rules and decisions are immutable; of a ballot only the salt can be deleted."""

from django.db import migrations

from apps.record.guards import append_only

BALLOTS = """
CREATE FUNCTION deliberation_ballot_only_loses_salt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.salt IS NOT NULL OR to_jsonb(NEW) - 'salt' <> to_jsonb(OLD) - 'salt' THEN
        RAISE EXCEPTION 'deliberation_ballot: a ballot is never changed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER deliberation_ballot_only_loses_salt BEFORE UPDATE OR DELETE ON deliberation_ballot
    FOR EACH ROW EXECUTE FUNCTION deliberation_ballot_only_loses_salt();
CREATE TRIGGER deliberation_ballot_no_truncate BEFORE TRUNCATE ON deliberation_ballot
    FOR EACH STATEMENT EXECUTE FUNCTION negotiator_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0001_initial"), ("record", "0002_guards")]
    operations = [
        migrations.RunSQL(append_only("deliberation_registeredrule"), migrations.RunSQL.noop),
        migrations.RunSQL(append_only("deliberation_decision"), migrations.RunSQL.noop),
        migrations.RunSQL(BALLOTS, "DROP FUNCTION deliberation_ballot_only_loses_salt() CASCADE"),
    ]
