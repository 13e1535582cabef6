import django.db.models.deletion
from django.db import migrations, models

from apps.record.guards import append_only

GROWS = """
CREATE FUNCTION record_entry_with_head() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE odd uuid;
BEGIN
    SELECT come.log_id INTO odd
    FROM (SELECT log_id, min(seq) AS first, max(seq) AS last, count(*) AS n FROM added GROUP BY log_id) come
    JOIN record_log ON record_log.id = come.log_id
    WHERE come.last - come.first + 1 <> come.n OR come.last + 1 <> record_log.size;
    IF FOUND THEN
        RAISE EXCEPTION 'record_entry: entries of log % come without their head, or leave a gap', odd USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER record_entry_with_head AFTER INSERT ON record_entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION record_entry_with_head();

CREATE FUNCTION record_log_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE many bigint; last bigint;
BEGIN
    SELECT count(*), max(seq) INTO many, last FROM record_entry WHERE log_id = NEW.id AND seq >= OLD.size;
    IF many <> NEW.size - OLD.size OR last IS DISTINCT FROM NEW.size - 1 THEN
        RAISE EXCEPTION 'record_log: log % counts % entries, but they are not there', NEW.id, NEW.size USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER record_log_counts AFTER UPDATE OF size ON record_log FOR EACH ROW
    WHEN (NEW.size <> OLD.size) EXECUTE FUNCTION record_log_counts();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0004_words_have_authors"),
    ]

    operations = [
        migrations.CreateModel(
            name="Witness",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("vkey", models.CharField(max_length=300, unique=True)),
                ("url", models.URLField(blank=True, max_length=300)),
                ("mail", models.EmailField(blank=True, max_length=254)),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("note", models.TextField()),
                ("seen_by", models.CharField(max_length=120)),
                ("why", models.TextField()),
                ("at", models.DateTimeField()),
                ("seq", models.BigIntegerField()),
                (
                    "log",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.log"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Showing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("how", models.CharField(choices=[("web", "To its address"), ("mail", "By mail")], max_length=4)),
                ("size", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=200)),
                (
                    "log",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="record.log"),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="record.witness"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("witness", "log", "how"), name="one_showing_per_witness_and_log")
                ],
            },
        ),
        migrations.CreateModel(
            name="Cosignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("line", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "checkpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cosignatures", to="record.checkpoint"
                    ),
                ),
                (
                    "witness",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cosignatures", to="record.witness"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("checkpoint", "witness"), name="one_cosignature_per_witness")
                ],
            },
        ),
        *[
            migrations.RunSQL(append_only(table), migrations.RunSQL.noop)
            for table in ("record_cosignature", "record_alarm")
        ],
        migrations.RunSQL(
            GROWS,
            "DROP FUNCTION record_entry_with_head() CASCADE; DROP FUNCTION record_log_counts() CASCADE",
        ),
    ]
