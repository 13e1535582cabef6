#!/bin/sh
# Makes the logins, once, when the cluster is made:
#   negotiator      owns the database and migrates it; no superuser
#   negotiator_web  what servers and workers log in as; may do nothing but take on the role negotiator_app, which may add
#                   entries to the record and read them (apps/record/guards.py)
# The superuser keeps no password: it is reached only from inside the container.
set -eu

psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv owner_password DATABASE_OWNER_PASSWORD
\getenv app_password DATABASE_APP_PASSWORD
BEGIN;
CREATE ROLE negotiator LOGIN PASSWORD :'owner_password';
CREATE ROLE negotiator_app NOLOGIN;
CREATE ROLE negotiator_web LOGIN NOINHERIT PASSWORD :'app_password';
GRANT negotiator_app TO negotiator WITH INHERIT FALSE, SET TRUE;
GRANT negotiator_app TO negotiator_web WITH INHERIT FALSE, SET TRUE;
ALTER DATABASE :"DBNAME" OWNER TO negotiator;
REVOKE ALL ON DATABASE :"DBNAME" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"DBNAME" TO negotiator_web;
REVOKE CONNECT ON DATABASE postgres, template1 FROM PUBLIC;
ALTER ROLE CURRENT_USER PASSWORD NULL;
COMMIT;
SQL
