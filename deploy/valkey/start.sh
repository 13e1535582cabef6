#!/bin/sh
# Starts Valkey with nothing on disk: none of what it holds is truth. The password comes by standard input, where the
# list of processes does not show it.
set -eu

refuse() {
    echo "VALKEY_PASSWORD: at least 24 letters, digits, - and _, random, used for nothing else." >&2
    exit 1
}

case "${VALKEY_PASSWORD:-}" in
    *change-me* | *[!A-Za-z0-9_-]*) refuse ;;
esac
[ "${#VALKEY_PASSWORD}" -ge 24 ] || refuse

exec valkey-server - <<CONFIG
requirepass $VALKEY_PASSWORD
port 6379
bind * -::*
dir /tmp
save ""
appendonly no
maxmemory 192mb
maxmemory-policy noeviction
CONFIG
