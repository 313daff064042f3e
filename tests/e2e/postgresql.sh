#!/bin/bash
# One log for several mail hosts: the log's tests on PostgreSQL, and four milters that write to one
# database while it is restarted again and again.  TAP on standard output.
. "$(dirname "$0")/lib.sh"
mails=${POSTGRESQL_MAILS:-4000}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -x "$bin/initdb" ] || { echo "1..0 # SKIP no PostgreSQL"; exit 0; }
data=$work/pg/data
mkdir -m 777 "$work/pg"

as_other () { # PostgreSQL does not run as root
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"; else "$@"; fi
}

server () { # start, stop, restart
    as_other "$bin/pg_ctl" -D "$data" -l "$work/pg/log" -w -t 120 -m immediate \
        -o "-k $work/pg -c listen_addresses= -c unix_socket_permissions=0777 -c max_connections=60" "$1" >/dev/null 2>&1
}

pids=
more_to_clean_up () {
    [ -z "$pids" ] || kill -9 $pids 2>/dev/null
    server stop
}

as_other "$bin/initdb" -A trust -U desk -E UTF8 --locale=C "$data" >"$work/pg/initdb" 2>&1 && server start ||
    { fail "PostgreSQL starts" "a server" "$(tail -5 "$work/pg/initdb" "$work/pg/log" 2>&1)"; finish; }
pass "PostgreSQL starts"
uri="postgresql:///postgres?host=$work/pg&user=desk"

for unit in logstore logdetail logquery logcase logspool cases cmd-log store-kill; do
    said=$(TEST_POSTGRESQL=$uri "$B/tests/test-$unit" 2>&1)
    code=$?
    n=$(echo "$said" | grep '^ok' | grep -vc '# SKIP')
    [ $code -eq 0 ] && [ "$n" -gt 0 ] && pass "test-$unit on PostgreSQL ($n)" || fail "test-$unit on PostgreSQL" "exit 0" "$code: $(echo "$said" | tail -5)"
done

# --- four milters, one log -------------------------------------------------------------------------

ask () { # SQL
    as_other "$bin/psql" -h "$work/pg" -U desk -qtA -c "$1" postgres
}

db_uri=$uri
for i in 1 2 3 4; do
    mkdir -m 777 "$work/host$i"
    socket=unix:$work/host$i/milter.sock
    cat >"$work/host$i/settings.yaml" <<EOF
listen: $socket
log: "$db_uri"
log_spool: $work/host$i/log.spool
log_to: stderr
scenarios: [$top/scenarios]
EOF
    "$B/abuse-milter" --foreground --config "$work/host$i/settings.yaml" >>"$work/host$i/log" 2>&1 &
    pids="$pids $!"
    wait_for 60 answers || fail "milter $i starts" "an answer" "$(tail -5 "$work/host$i/log")"
done

feed () { # HOST: mails of its own, one connection
    for n in $(seq $((mails / 4))); do
        printf 'mail <a@example.net>\nrcpt <abuse@example.org>\ndata\n'
        printf 'header From: Watch <watch@example.net>\nheader Message-ID: <%d.%d@example.net>\nheader Subject: SSH\neoh\n' "$1" "$n"
        printf 'body Failed password for root from 198.51.100.%d port 22022 ssh2 on 2026-11-20T03:04:05Z\neom\n' $((n % 250 + 1))
    done >"$work/host$1/script"
    { printf 'connect\nnegotiate\n'; cat "$work/host$1/script"; printf 'quit\n'; } |
        "$B/tests/milter-client" "unix:$work/host$1/milter.sock" >"$work/host$1/client" 2>&1
}

for i in 1 2 3 4; do
    feed $i &
    feeders="$feeders $!"
done
restarts=0
while kill -0 $feeders 2>/dev/null; do
    server restart && restarts=$((restarts + 1))
done
wait $feeders
server restart
[ $restarts -gt 0 ] && pass "the database was restarted under way ($restarts times)" || fail "the database was restarted under way" "at least once" 0

sent=$((mails / 4 * 4))
all_there () { [ "$(ask 'SELECT count (*) FROM reports')" -ge $sent ]; }
wait_for 180 all_there
is "every mail has a row" $sent "$(ask 'SELECT count (DISTINCT message_id) FROM reports')"
is "and one only" $sent "$(ask 'SELECT count (*) FROM reports')"
is "with its accused" $sent "$(ask 'SELECT count (*) FROM accused')"
for pid in $pids; do kill -TERM $pid; done
for pid in $pids; do wait $pid; done
pids=
is "nothing is left in the spools" "" "$(cat "$work"/host*/log.spool* 2>/dev/null | head -c 300)"

# --- the commands -----------------------------------------------------------------------------------

cp "$work/host1/settings.yaml" "$work/settings.yaml"
is "list works" 50 "$("$B/abusectl" --config "$work/settings.yaml" list | grep -c ssh)"
is "a search works" 1 "$("$B/abusectl" --config "$work/settings.yaml" list --ip 198.51.100.77 --limit 1 | grep -c 198.51.100.77)"
id=$("$B/abusectl" --config "$work/settings.yaml" list --limit 1 | awk '{print $1}')
has "show works" 198.51.100. "$("$B/abusectl" --config "$work/settings.yaml" show "$id")"
has "check tells of it" "schema version" "$("$B/abusectl" --config "$work/settings.yaml" check 2>&1)"
finish
