"""What the database itself refuses, below the application: rights of the application's role, and triggers.

Rights are granted anew after every migration, because new tables come; triggers are part of migrations.
"""

from typing import Any

from django.conf import settings
from django.db import connections, router

APPEND_ONLY = ("record_entry", "record_node", "record_checkpoint", "record_cosignature", "record_alarm")
REFUSE = """
CREATE OR REPLACE FUNCTION negotiator_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def append_only(table: str) -> str:
    """SQL that makes a table refuse update, delete and truncate, whoever asks."""
    return f"""
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION negotiator_refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION negotiator_refuse_change();
"""


def grant_rights(*, using: str, **_: Any) -> None:
    """Give the application's role what it needs and no more. Runs after every migration, as the owner."""
    if not router.allow_migrate(using, "record"):
        return
    role = settings.APP_ROLE
    statements = [
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN"
        f" CREATE ROLE {role} NOLOGIN; END IF; END $$",
        f"DO $$ BEGIN IF NOT pg_has_role(current_user, '{role}', 'SET') THEN"
        f" EXECUTE format('GRANT {role} TO %I', current_user); END IF; END $$",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(APPEND_ONLY)} FROM {role}",
        f"REVOKE DELETE, TRUNCATE ON record_log, record_text FROM {role}",
        f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    ]
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
