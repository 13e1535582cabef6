"""Triggers below the application: entries, nodes and checkpoints are append-only; heads only grow; texts are only erased."""

from django.db import migrations

from apps.record.guards import REFUSE, append_only

APPEND_ONLY = ("record_entry", "record_node", "record_checkpoint")
HEAD = """
CREATE FUNCTION record_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.id <> OLD.id OR NEW.size < OLD.size OR NEW.demo <> OLD.demo THEN
        RAISE EXCEPTION 'record_log: a log only grows' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_log_only_grows BEFORE UPDATE OR DELETE ON record_log FOR EACH ROW EXECUTE FUNCTION record_log_only_grows();
CREATE TRIGGER record_log_no_truncate BEFORE TRUNCATE ON record_log FOR EACH STATEMENT EXECUTE FUNCTION negotiator_refuse_change();
"""
TEXTS = """
CREATE FUNCTION record_text_only_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.id <> OLD.id OR NEW.log_id <> OLD.log_id OR NEW.body IS NOT NULL OR NEW.salt IS NOT NULL THEN
        RAISE EXCEPTION 'record_text: a text is only ever erased' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_text_only_erased BEFORE UPDATE OR DELETE ON record_text FOR EACH ROW EXECUTE FUNCTION record_text_only_erased();
CREATE TRIGGER record_text_no_truncate BEFORE TRUNCATE ON record_text FOR EACH STATEMENT EXECUTE FUNCTION negotiator_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0001_initial")]
    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION negotiator_refuse_change() CASCADE"),
        *[migrations.RunSQL(append_only(table), migrations.RunSQL.noop) for table in APPEND_ONLY],
        migrations.RunSQL(HEAD, "DROP FUNCTION record_log_only_grows() CASCADE"),
        migrations.RunSQL(TEXTS, "DROP FUNCTION record_text_only_erased() CASCADE"),
    ]
