#!/bin/sh
# The log's incidents for others: as CSV, JSON and XARF; what is not known is counted, not invented.
. "$(dirname "$0")/lib.sh"

send () { # ID, the mail on standard input
    cat >"$work/$1.eml"
    client >>"$work/sent" <<EOF
connect
negotiate
queue-id 4EXP$1
mail kim@example.org
rcpt abuse@example.net
data
file $work/$1.eml
quit
EOF
}

head_of () { # ID SUBJECT
    cat <<EOF
From: Kim Example <kim@example.org>
To: abuse@example.net
Subject: $2
Date: Fri, 20 Nov 2026 03:10:00 +0000
Message-ID: <export-$1@example.org>
EOF
}

ctl () {
    "$B/abusectl" --config "$work/settings.yaml" "$@" 2>"$work/err"
}

settings <<EOF
reply: {from: abuse@example.net, name: Example Relays}
EOF
start || { fail "the daemon starts" "an answer at $socket" "none"; finish; }

ctl export --help >"$work/out"; is "--help says how" 0 $?
has "and what is left out" "Nothing is invented" "$(cat "$work/out")"
ctl export >"$work/out"; is "no format is called wrongly" 2 $?
ctl export --format xml >"$work/out"; is "an unknown one, too" 2 $?
has "and says which there are" "csv, json or xarf" "$(cat "$work/err")"
ctl export --format csv --lenient >"$work/out"; is "CSV cannot be lenient" 2 $?
ctl export --format xarf now >"$work/out"; is "an argument is too much" 2 $?

{ head_of 1 '=HYPERLINK("http://example.org/","look")'; cat <<EOF; } | send 1

Nov 20 03:01:05 host sshd[4701]: Failed password for root from 198.51.100.7 port 43101 ssh2
Nov 20 03:02:05 host sshd[4702]: Failed password for root from 198.51.100.7 port 43102 ssh2
Times are UTC.
EOF
{ head_of 2 'Password guessing over SSH'; cat <<EOF; } | send 2

Somebody at 198.51.100.8 guesses SSH passwords on our server. Please stop it.
EOF
{ head_of 3 'How can I block Tor?'; cat <<EOF; } | send 3

How can I block all Tor exit nodes, 198.51.100.9 among them?
EOF
{ head_of 4 'Abuse report'; cat <<EOF; } | send 4
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b

This is an email abuse report for a message from 198.51.100.10.
--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Example/1.0
Version: 1
Source-IP: 198.51.100.10
Source-Port: 40101
Original-Mail-From: <pills@mail.example.com>
Arrival-Date: Fri, 20 Nov 2026 03:00:00 +0000

--b
Content-Type: message/rfc822

From: <pills@mail.example.com>
To: kim@example.org
Subject: Pills

Buy pills.
--b--
EOF
is "four reports are in the log" 4 "$(ctl list | wc -l)"

out=$(ctl export --format csv); is "CSV is written" 0 $?
has "with a line of names" "report,received,case,scenario,confidence,priority,ip,prefix" "$out"
is "a row for each incident" 3 "$(echo "$out" | grep -c ',ssh-bruteforce,')"
has "with its values" ",198.51.100.7,,,43101,,,tcp,2026-11-20T03:01:05Z," "$out"
has "a subject is no formula" "\"'=HYPERLINK(\"\"http://example.org/\"\",\"\"look\"\")\"" "$out"
is "each row has all columns" 28 "$(ctl export --format csv --ip 198.51.100.8 | tail -1 | tr -cd , | wc -c | awk '{print $1 + 1}')"

is "JSON is that of list" "$(ctl list --json)" "$(ctl export --format json)"

out=$(ctl export --format xarf); is "XARF is written" 0 $?
is "of what is known whole" 3 "$(echo "$out" | grep -c '"xarf_version":"4.2.0"')"
has "a login" '"source_identifier":"198.51.100.7","category":"connection","type":"login_attack"' "$out"
has "with who reports" '"reporter":{"org":"Kim Example","contact":"kim@example.org","domain":"example.org"}' "$out"
has "and who passes it on" '"sender":{"org":"Example Relays","contact":"abuse@example.net","domain":"example.net"}' "$out"
has "a spam with its envelope sender" '"smtp_from":"pills@mail.example.com"' "$out"
is "their ids are the same each time" "$out" "$(ctl export --format xarf)"
is "and each is one" 3 "$(echo "$out" | grep -o '"report_id":"[^"]*"' | sort -u | wc -l)"
ctl export --format xarf >"$work/out"
has "what is left out is counted" "1  ssh-bruteforce (connection/login_attack): timestamp, first_seen, source_port" "$(cat "$work/err")"
has "with the reason" "1  ban-request: XARF has no such type" "$(cat "$work/err")"
ctl export --format xarf --ip 198.51.100.8 >"$work/out"; is "nothing written is nothing found" 1 $?
out=$(ctl export --format xarf --lenient --ip 198.51.100.8); is "leniently it is written" 0 $?
has "as far as it is known" '"source_identifier":"198.51.100.8"' "$out"
lacks "without what is not" "source_port" "$out"
has "and said so" "that lack what XARF requires: 1" "$(cat "$work/err")"

ctl correct "$(ctl list --ip 198.51.100.7 --columns id)" --scenario child-abuse >"$work/out"
for format in csv json xarf; do
    lacks "children's abuse: no URL as $format" "example.org/" "$(ctl export --format $format --lenient --ip 198.51.100.7 2>/dev/null; ctl export --format $format --ip 198.51.100.7)"
done
stop
finish
