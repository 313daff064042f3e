#!/bin/bash
# One log copied into another: SQLite to SQLite, and to PostgreSQL and back where there is one; and mailboxes
# imported into PostgreSQL, made anonymous and pruned there.
. "$(dirname "$0")/lib.sh"

if ! command -v sqlite3 >/dev/null; then
    skip "copy-log" "no sqlite3"
    finish
fi

mail () { # N
    cat <<END
Delivered-To: abuse@example.com
From: Quinn <quinn$1@example.org>
Subject: Quokka $1 was attacked
Date: Mon, 20 Jan 2025 0$(($1 % 10)):00:00 +0000
Message-ID: <quokka-$1@example.org>

Hello, your host 198.51.100.$(($1 % 50)) tries to log in to our server 203.0.113.9. Please stop it.

Nov 20 03:04:05 web sshd[71]: Failed password for quokka from 198.51.100.$(($1 % 50)) port 4431$(($1 % 10)) ssh2
END
}

ctl () { settings_file=$1; shift; "$B/abusectl" --config "$work/$settings_file.yaml" "$@" 2>"$work/err" </dev/null; }
config () { # NAME URI
    settings <<END
keep_text: true
log_spool: $work/$1.spool
networks: [{cidr: 198.51.100.0/24, relay: quokka1}]
END
    sed "s|^log: .*|log: \"$2\"|" "$work/settings.yaml" >"$work/$1.yaml"
}

# All that the commands can say of a log.
said () { ctl "$1" list --json --limit 100000; ctl "$1" case list --limit 100000 2>&1 | sort; ctl "$1" list --text 'quokka 7' --csv; }

mkdir "$work/box"
n=0
while [ $n -lt 1203 ]; do # more than two steps
    mail $n >"$work/box/$n.eml"
    n=$((n + 1))
done
config first "sqlite:$db"
config second "sqlite:$work/second.db"
ctl first import "$work/box" >"$work/out"
is "the log is filled" "1203 mails read, 1203 stored, 0 there already" "$(cat "$work/out")"
sqlite3 "$db" "INSERT INTO corrections SELECT seq, n, 1737500000000, 'ssh-bruteforce', NULL, 'note' || n FROM reports, (SELECT 1 AS n UNION SELECT 2) WHERE seq % 3 = 0;
    INSERT INTO case_notes SELECT id, 1, 1737500000000, 'op', 'a note' FROM cases;
    DELETE FROM details WHERE report = 5; DELETE FROM accused WHERE report = 5; DELETE FROM texts WHERE report = 5; DELETE FROM search WHERE report = 5; DELETE FROM reports WHERE seq = 5"
said first >"$work/first.said"

ctl first copy-log >"$work/out"; is "without --to it was called wrongly" 2 $?
ctl first copy-log --to mysql:x >"$work/out"; is "a wrong URI, too" 2 $?
has "and what is right is said" "sqlite:" "$(cat "$work/err")"
ctl first copy-log --to "sqlite:$work/b.db" now >"$work/out"; is "an argument is too much" 2 $?
ctl first copy-log --help >"$work/out"; is "--help says how" 0 $?
ctl second copy-log --to "sqlite:$work/third.db" >"$work/out"; is "no log is an error" 3 $?
ctl first copy-log --to "sqlite:$db" >"$work/out"; is "a log is not copied into itself" 3 $?
has "for it is not empty" "not empty" "$(cat "$work/err")"
is "a copy is made" 0 "$(ctl first copy-log --to "sqlite:$work/second.db" >"$work/out"; echo $?)"
has "and counted" "1202 reports copied" "$(cat "$work/out")"
ctl first copy-log --to "sqlite:$work/second.db" >"$work/out"; is "but once" 3 $?
said second >"$work/second.said"
is "it says the same" "" "$(diff "$work/first.said" "$work/second.said" | head -3)"
for table in reports details accused texts corrections cases case_notes search indexed; do
    for log in "$db" "$work/second.db"; do
        sqlite3 "$log" "SELECT * FROM $table" | sort >"$work/$(basename "$log").rows"
    done
    cmp -s "$work/log.db.rows" "$work/second.db.rows" && pass "$table is the same" ||
        fail "$table is the same" "no difference" "$(diff "$work/log.db.rows" "$work/second.db.rows" | head -3)"
done
is "its index is sound" "ok" "$(sqlite3 "$work/second.db" "INSERT INTO words (words, rank) VALUES ('integrity-check', 1); PRAGMA integrity_check")"
mail 5000 >"$work/new.eml"
ctl second import "$work/new.eml" >"$work/out"
is "it goes on behind the last" 1204 "$(sqlite3 "$work/second.db" 'SELECT max (seq) FROM reports')"
echo '{"v":1}' >"$work/first.spool"; mv "$work/first.spool" "$db.spool"
ctl first copy-log --to "sqlite:$work/third.db" >"$work/out"; is "rows that wait in the spool are not left behind" 3 $?
has "and it is said" "1 rows still wait" "$(cat "$work/err")"
rm "$db.spool"

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ ! -x "$bin/initdb" ]; then
    skip "the same on PostgreSQL" "no PostgreSQL"
    finish
fi
data=$work/pg/data
mkdir -m 777 "$work/pg"
as_other () { # PostgreSQL does not run as root
    if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"; else "$@"; fi
}
server () {
    as_other "$bin/pg_ctl" -D "$data" -l "$work/pg/log" -w -t 120 -m immediate \
        -o "-k $work/pg -c listen_addresses= -c unix_socket_permissions=0777" "$1" >/dev/null 2>&1
}
more_to_clean_up () { server stop; }
as_other "$bin/initdb" -A trust -U desk -E UTF8 --locale=C "$data" >"$work/pg/initdb" 2>&1 && server start ||
    { fail "PostgreSQL starts" "a server" "$(tail -5 "$work/pg/initdb" "$work/pg/log" 2>&1)"; finish; }
uri="postgresql:///postgres?host=$work/pg&user=desk"
ask () { as_other "$bin/psql" -h "$work/pg" -U desk -qtA -c "$1" postgres; }
config pg "$(echo "$uri" | sed 's/&/\\&/g')"
config back "sqlite:$work/back.db"
is "a copy is made on PostgreSQL" 0 "$(ctl first copy-log --to "$uri" >"$work/out"; echo $?)"
has "and counted there" "1202 reports copied" "$(cat "$work/out")"
said pg >"$work/pg.said"
is "PostgreSQL says the same" "" "$(diff "$work/first.said" "$work/pg.said" | head -3)"
is "and back" 0 "$(ctl pg copy-log --to "sqlite:$work/back.db" >"$work/out"; echo $?)"
said back >"$work/back.said"
is "and nothing was lost on the way" "" "$(diff "$work/first.said" "$work/back.said" | head -3)"
ctl pg import "$work/new.eml" "$work/box/7.eml" >"$work/out"
is "mails are imported there, once" "2 mails read, 1 stored, 1 there already" "$(cat "$work/out")"
is "with numbers behind the last" 1204 "$(ask 'SELECT max (seq) FROM reports')"
ctl pg anonymise --older-than 90d --yes >"$work/out"; is "they are made anonymous" 0 $?
has "all of them" "1203 reports anonymised" "$(cat "$work/out")"
is "nobody is named any more" "0|0|0" "$(ask "SELECT (SELECT count (*) FROM reports WHERE from_address IS NOT NULL), (SELECT count (*) FROM search WHERE text LIKE '%quinn%'), (SELECT count (*) FROM details WHERE detail::text LIKE '%203.0.113.9%')")"
ctl pg prune --older-than 90d --yes >"$work/out"; is "and pruned" 0 $?
is "nothing is left" "0|0|0|0|0" "$(ask "SELECT (SELECT count (*) FROM reports), (SELECT count (*) FROM details), (SELECT count (*) FROM accused), (SELECT count (*) FROM search), (SELECT count (*) FROM cases)")"
finish
