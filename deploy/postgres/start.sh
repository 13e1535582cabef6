#!/bin/sh
# Starts PostgreSQL after a look at the passwords: the image makes the cluster before it runs logins.sh, and a cluster
# whose logins failed would be taken for a whole one at the next start.
set -eu

refuse() {
    echo "$1: at least 24 letters, digits, - and _, random, used for nothing else." >&2
    exit 1
}

check() { # name, value
    case "$2" in
        *change-me* | *[!A-Za-z0-9_-]*) refuse "$1" ;;
    esac
    [ "${#2}" -ge 24 ] || refuse "$1"
}

check DATABASE_OWNER_PASSWORD "${DATABASE_OWNER_PASSWORD:-}"
check DATABASE_APP_PASSWORD "${DATABASE_APP_PASSWORD:-}"
[ "$DATABASE_OWNER_PASSWORD" != "$DATABASE_APP_PASSWORD" ] || refuse DATABASE_APP_PASSWORD

# The image wants a password for the superuser while it makes the cluster; logins.sh takes it away again.
export POSTGRES_PASSWORD="$DATABASE_OWNER_PASSWORD"
exec docker-entrypoint.sh "$@"
