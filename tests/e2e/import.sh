#!/bin/sh
# Mailboxes into the log: what is there once, when it came, in which case; while the milter writes, too.
. "$(dirname "$0")/lib.sh"

ask () { sqlite3 "$db" "$1"; }

if ! command -v sqlite3 >/dev/null; then
    skip "import" "no sqlite3"
    finish
fi

mail () { # N DATE ADDRESS
    cat <<END
Return-Path: <kim@example.org>
Delivered-To: abuse@example.com
Received: from mx.example.org by mx.example.com; $2
From: Kim <kim@example.org>
To: abuse@example.com
Subject: SSH login attempts from $3
Date: $2
Message-ID: <import-$1@example.org>

Hello, your host $3 tries to log in to our server 203.0.113.9:

Nov 20 03:04:0$(($1 % 10)) web sshd[71]: Failed password for root from $3 port 4431$(($1 % 10)) ssh2
END
}

ctl () { "$B/abusectl" --config "$work/settings.yaml" "$@" 2>"$work/err"; }

settings <<END
keep_text: true
networks: [{cidr: 198.51.100.0/24, relay: quokka1}]
END
mkdir -p "$work/box/cur" "$work/box/new"
n=0
while [ $n -lt 10 ]; do
    mail $n "Thu, 20 Nov 2025 03:1$n:00 +0000" 198.51.100.$((n % 2)) >"$work/box/cur/$n.eml"
    n=$((n + 1))
done
# one that names no time, one from the future, and one whose URLs nothing may repeat
printf 'From: Jo <jo@example.org>\nSubject: Scans\n\nYour host 198.51.100.9 scans our ports.\n' >"$work/box/new/a.eml"
sed 's/2025/2099/; s/import-0/future/; s/100\.0/100.50/g' "$work/box/cur/0.eml" >"$work/box/new/b.eml"
cat >"$work/box/new/c.eml" <<END
From: Hotline <hotline@example.org>
Subject: Child sexual abuse material on your network
Date: Thu, 20 Nov 2025 04:00:00 +0000
Message-ID: <withheld@example.org>

Child sexual abuse material (CSAM) is available at http://bad.example.net/hidden on 198.51.100.77.
END

out=$(ctl import "$work/box"); is "a Maildir is imported" 0 $?
is "and counted" "13 mails read, 13 stored, 0 there already" "$out"
is "nothing is said on standard error" "" "$(cat "$work/err")"
is "it came when its topmost Received says" "2025-11-20 03:15:00" \
    "$(ask "SELECT datetime (received_unix_ms / 1000, 'unixepoch') FROM reports WHERE message_id = 'import-5@example.org'")"
is "by the envelope of its header" "kim@example.org|abuse@example.com" \
    "$(ask "SELECT sender, json_extract (detail, '\$.recipients') FROM reports JOIN details ON report = seq WHERE message_id = 'import-5@example.org'")"
is "nothing came in the future" 0 "$(ask "SELECT count (*) FROM reports WHERE received_unix_ms > (strftime ('%s', 'now') + 60) * 1000")"
is "rows are in the order of the mails" "$(seq 0 9 | sed 's/.*/import-&@example.org/' | tr '\n' ' ')" \
    "$(ask "SELECT message_id FROM reports WHERE message_id LIKE 'import-%' ORDER BY seq" | tr '\n' ' ')"
is "one case an offender" 2 "$(ask "SELECT count (DISTINCT case_id) FROM reports WHERE message_id LIKE 'import-%'")"
is "which counts its reports" "5 5" "$(ask "SELECT reports FROM cases ORDER BY reports DESC LIMIT 2" | tr '\n' ' ' | sed 's/ $//')"
is "its text is kept" 1 "$(ask "SELECT count (*) FROM texts JOIN reports ON report = seq WHERE message_id = 'import-5@example.org' AND text LIKE '%Failed password for root%'")"
is "but not where its URLs are withheld" "child-abuse 0" "$(ask "SELECT scenario || ' ' || (SELECT count (*) FROM texts WHERE report = seq) FROM reports WHERE message_id = 'withheld@example.org'")"
sqlite3 "$db" .dump >"$work/dump"
lacks "which stand nowhere" "bad.example.net" "$(grep -a bad.example.net "$work/dump")"
is "all of it is searchable" 13 "$(ask "SELECT count (*) FROM search")"

is "again stores nothing" "13 mails read, 0 stored, 13 there already" "$(ctl import "$work/box")"
for f in "$work"/box/cur/*.eml; do
    echo "From kim@example.org Thu Nov 20 03:00:00 2025"
    sed '1iStatus: RO' "$f"
    echo
done >"$work/mbox"
is "nor as an mbox that was read" "10 mails read, 0 stored, 10 there already" "$(ctl import "$work/mbox")"
is "nor from standard input" "10 mails read, 0 stored, 10 there already" "$(ctl import - <"$work/mbox")"
mail 11 "Thu, 20 Nov 2025 03:20:00 +0000" 198.51.100.0 >"$work/new.eml"
is "a new one joins its case" "2 mails read, 1 stored, 1 there already" "$(ctl import "$work/new.eml" "$work/new.eml")"
is "which is the stored one" 6 "$(ask "SELECT max (reports) FROM cases")"

ctl import "$work/nothing" "$work/new.eml" >"$work/out"; is "a file that is not there fails" 3 $?
has "and says so" "$work/nothing" "$(cat "$work/err")"
is "the others are read" "1 mail read, 0 stored, 1 there already" "$(cat "$work/out")"
ctl import >/dev/null; is "no file was called wrongly" 2 $?
ctl import --help >"$work/out"; is "--help says how" 0 $?
mkdir "$work/empty"; ctl import "$work/empty" >/dev/null; is "no mail is nothing" 1 $?
printf "scenarios: [%s]\nlog: none\n" "$top/scenarios" >"$work/no-log.yaml"
"$B/abusectl" --config "$work/no-log.yaml" import "$work/box" 2>"$work/err"; is "without a log nothing is imported" 3 $?
has "and it is said" "keep no log" "$(cat "$work/err")"

# The milter has seen a mail when it came; its mailbox is imported later, while the milter goes on.
start || { fail "the daemon starts" "an answer at $socket" "none"; finish; }
date=$(date -u -R)
cat >"$work/live.eml" <<END
From: Kim <kim@example.org>
To: abuse@example.com
Subject: SSH login attempts from 198.51.100.3
Date: $date
Message-ID: <live@example.org>

Nov 20 03:04:05 web sshd[71]: Failed password for root from 198.51.100.3 port 44311 ssh2
END
client >"$work/sent" <<END
connect
negotiate
queue-id 4LIVE
mail kim@example.org
rcpt abuse@example.com
data
file $work/live.eml
quit
END
is "the milter has it" 1 "$(ask "SELECT count (*) FROM reports WHERE message_id = 'live@example.org'")"
{ echo "Received: from mx.example.org by mx.example.com; $date"; cat "$work/live.eml"; } >"$work/stored.eml"
is "what the milter saw is there already" "1 mail read, 0 stored, 1 there already" "$(ctl import "$work/stored.eml")"
n=100
mkdir "$work/many"
while [ $n -lt 700 ]; do
    mail $n "Wed, 19 Nov 2025 0$((n / 100)):$((n / 10 % 6))$((n % 10)):00 +0000" 198.51.100.$((n % 200)) >"$work/many/$n.eml"
    n=$((n + 1))
done
is "many are stored beside the milter" "600 mails read, 600 stored, 0 there already" "$(ctl import "$work/many")"
is "each once" 600 "$(ask "SELECT count (DISTINCT message_id) FROM reports WHERE received_unix_ms < 1763596800000")"
stop
is "and the log is sound" "ok" "$(ask "PRAGMA integrity_check")"

if command -v script >/dev/null; then
    mkdir "$work/more"
    for f in "$work"/many/1*.eml; do sed 's/import-/again-/' "$f" >"$work/more/${f##*/}"; done
    script -qec "'$B/abusectl' --config '$work/settings.yaml' import '$work/more'" /dev/null >"$work/tty" </dev/null
    has "on a terminal there is a bar" " of 100" "$(cat "$work/tty")"
else
    skip "on a terminal there is a bar" "no script(1)"
fi
finish
