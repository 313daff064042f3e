#!/bin/sh
# What is old leaves the log, or loses its people: told first, done when confirmed, while the milter writes, too.
. "$(dirname "$0")/lib.sh"

ask () { sqlite3 "$db" "$1"; }

if ! command -v sqlite3 >/dev/null; then
    skip "retention" "no sqlite3"
    finish
fi

mail () { # N DATE ADDRESS
    cat <<END
Return-Path: <wombat$1@example.org>
Delivered-To: abuse@example.com
From: Wilma Wombat <wombat$1@example.org>
Reply-To: Wilma Wombat <wombat-desk@example.org>
To: abuse@example.com
Subject: Wombat Farm was attacked by $3
Date: $2
Message-ID: <wombat-$1@example.org>
References: <wombat-before-$3@example.org>

Hello, your host $3 tries to log in to our server 203.0.113.9. Please stop it within 24 hours.
The log is at http://wombat.example.net/log/$1 and says:

Nov 20 03:04:05 web sshd[71]: Failed password for wombat from $3 port 4431$(($1 % 10)) ssh2
END
}

ctl () { "$B/abusectl" --config "$work/settings.yaml" "$@" 2>"$work/err" </dev/null; }
tables () { ask "SELECT (SELECT count (*) FROM reports), (SELECT count (*) FROM details), (SELECT count (*) FROM accused), (SELECT count (*) FROM texts), (SELECT count (*) FROM search), (SELECT count (*) FROM cases), (SELECT count (*) FROM case_notes), (SELECT count (*) FROM corrections)"; }

settings <<END
keep_text: true
networks: [{cidr: 198.51.100.0/24, relay: quokka1}]
END
mkdir "$work/box"
n=0
while [ $n -lt 250 ]; do # an address has five reports, all of them old: 50 cases
    mail $n "Mon, 20 Jan 2025 0$((n % 10)):00:00 +0000" 198.51.100.$((n % 50)) >"$work/box/$n.eml"
    n=$((n + 1))
done
recent=$(date -u -R -d '-2 days')
mail 900 "$(date -u -R -d '-5 days')" 198.51.100.200 >"$work/box/new1.eml"
mail 901 "$recent" 198.51.100.200 >"$work/box/new2.eml"
mail 902 "$recent" 198.51.100.201 | sed 's/198.51.100.201/192.0.2.77/g' >"$work/box/new3.eml"
ctl import "$work/box" >"$work/out"
is "the log is filled" "253 mails read, 253 stored, 0 there already" "$(cat "$work/out")"
case=$(ask "SELECT case_id FROM reports WHERE message_id = 'wombat-7@example.org'")
ask "INSERT INTO case_notes VALUES ('$case', 1, 1737500000000, 'op', 'Wilma called')"
ask "INSERT INTO corrections SELECT seq, 1, 1737500000000, 'ssh-bruteforce', 'op', 'not Wilma' FROM reports WHERE message_id = 'wombat-7@example.org'"
before=$(tables)

# wrong, and not confirmed
for command in prune anonymise; do
    ctl $command >"$work/out"; is "$command without an age was called wrongly" 2 $?
    ctl $command --older-than soon >"$work/out"; is "$command: soon is no age" 2 $?
    has "$command says what is" "90d" "$(cat "$work/err")"
    ctl $command --older-than 0d >"$work/out"; is "$command: now is not in the past" 2 $?
    ctl $command --older-than 90d now >"$work/out"; is "$command: an argument is too much" 2 $?
    ctl $command --help >"$work/out"; is "$command --help says how" 0 $?
    ctl $command --older-than 90d >"$work/out"; is "$command is not done unless confirmed" 1 $?
    has "$command says what it would do" ": 250 to be" "$(cat "$work/out")"
    has "$command says how to confirm" "--yes" "$(cat "$work/err")"
    "$B/abusectl" --config "$work/none.yaml" $command --older-than 9d 2>/dev/null; is "$command: no settings fail" 3 $?
done
is "nothing was changed by that" "$before" "$(tables)"
if command -v script >/dev/null; then
    echo n | script -qec "'$B/abusectl' --config '$work/settings.yaml' prune --older-than 90d" /dev/null >"$work/tty"
    has "a terminal is asked" "[y/N]" "$(cat "$work/tty")"
    is "no is no" "$before" "$(tables)"
fi
sed "s|log: .*|log: sqlite:$work/nothing.db|" "$work/settings.yaml" >"$work/nothing.yaml"
"$B/abusectl" --config "$work/nothing.yaml" prune --older-than 9d --yes 2>/dev/null; is "no log is an error" 3 $?
is "and none is made" "" "$(ls "$work"/nothing.db 2>/dev/null)"

# anonymise: all that is older than three days
ctl anonymise --older-than 3d --yes >"$work/out"; is "anonymising is done" 0 $?
has "and counted" "251 reports anonymised" "$(cat "$work/out")"
is "two are younger and have their people" 2 "$(ask "SELECT count (*) FROM reports WHERE from_address LIKE 'wombat%'")"
is "the report stays, counted as before" "251|1" \
    "$(ask "SELECT count (*), count (DISTINCT scenario) FROM reports WHERE from_address IS NULL AND subject = '' AND accused LIKE '198.51.100.%' AND tor_relay = 'quokka1'")"
is "accused addresses of ours stay" 250 "$(ask "SELECT count (*) FROM reports WHERE received_unix_ms < 1740000000000 AND seq IN (SELECT report FROM accused)")"
ask "SELECT sender, message_id, from_address, from_name, subject, complainant_address, correction_note, detail FROM reports JOIN details ON report = seq WHERE subject = ''" >"$work/rest"
ask "SELECT text FROM search WHERE report IN (SELECT seq FROM reports WHERE subject = '')" >>"$work/rest"
ask "SELECT note FROM corrections; SELECT note FROM case_notes" >>"$work/rest"
is "of its people nothing is left" "" "$(grep -i 'wombat\|wilma\|203.0.113.9\|abuse@' "$work/rest" | head -3)"
is "nor the texts" 2 "$(ask "SELECT count (*) FROM texts")"
is "they are not found by their words" 2 "$(ctl list --text wombat | wc -l)"
is "but by the address" 5 "$(ctl list --text 198.51.100.7 | wc -l)"
ctl show "$(ask "SELECT min (id) FROM reports")" >"$work/out"; is "it can be shown" 0 $?
is "and is sound" "ok" "$(ask "INSERT INTO words (words, rank) VALUES ('integrity-check', 1); PRAGMA integrity_check")"
ctl anonymise --older-than 3d >"$work/out"; is "a second time there is nothing to do" 0 $?
has "and it is said" ": 0 to be" "$(cat "$work/out")"
ctl anonymise --older-than 1d --yes >"$work/out"
is "an accused address that is not ours goes" "|0" "$(ask "SELECT accused, (SELECT count (*) FROM accused WHERE report = seq) FROM reports ORDER BY seq DESC LIMIT 1")"
is "with the name of its case" 0 "$(ask "SELECT count (*) FROM cases WHERE offender LIKE '192.%'")"

# prune, while the milter writes
start || { fail "the daemon starts" "an answer at $socket" "none"; finish; }
n=0
while [ $n -lt 60 ]; do
    mail $((2000 + n)) "$(date -u -R)" 198.51.100.$((100 + n)) >"$work/live.eml"
    printf 'connect\nnegotiate\nqueue-id 4L%d\nmail wombat@example.org\nrcpt abuse@example.com\ndata\nfile %s\nquit\n' $n "$work/live.eml" |
        client >>"$work/sent" 2>&1
    n=$((n + 1))
done &
writer=$!
ctl prune --older-than 90d --yes >"$work/out"; is "pruning is done beside the milter" 0 $?
has "what was told" "250 to be removed, 0 with the mail's text; 50 cases with them, 50 of them not closed" "$(cat "$work/out")"
has "and counted" "250 reports removed" "$(cat "$work/out")"
wait $writer
live () { ask "SELECT count (*) FROM reports WHERE message_id LIKE 'wombat-2%'"; }
all_live () { [ "$(live)" = 60 ]; }
wait_for 60 all_live # a row that had to wait for too long on a slow machine comes by the spool
is "the milter's reports are all there" 60 "$(live)"
is "of the old ones nothing is left" "0|0|0|0" \
    "$(ask "SELECT (SELECT count (*) FROM reports WHERE received_unix_ms < 1740000000000), (SELECT count (*) FROM cases WHERE last_unix_ms < 1740000000000), (SELECT count (*) FROM case_notes), (SELECT count (*) FROM corrections)")"
is "nothing hangs in the air" "0|0|0|0" \
    "$(ask "SELECT (SELECT count (*) FROM details WHERE report NOT IN (SELECT seq FROM reports)), (SELECT count (*) FROM accused WHERE report NOT IN (SELECT seq FROM reports)), (SELECT count (*) FROM texts WHERE report NOT IN (SELECT seq FROM reports)), (SELECT count (*) FROM search WHERE report NOT IN (SELECT seq FROM reports))")"
stop

# all of it, and what comes then is found
ask "UPDATE reports SET id = '00' || substr (id, 3), received_unix_ms = 1"
ctl prune --older-than 1d --yes >"$work/out"
is "all of it can go" "0|0|0|0|0|0|0|0" "$(tables)"
is "the index is sound" "ok" "$(ask "INSERT INTO words (words, rank) VALUES ('integrity-check', 1); PRAGMA integrity_check")"
ctl import "$work/box/new2.eml" >"$work/out"
is "what comes then is found by its words" 1 "$(ctl list --text 'wombat farm' | wc -l)"
finish
