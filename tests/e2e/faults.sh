#!/bin/sh
# What no MTA should do, and what hostile mail may hold: nothing of it ends the daemon, makes it leak,
# or holds others up; and nothing a sender wrote becomes a header, a line, an escape, SQL or a path.
. "$(dirname "$0")/lib.sh"

cat >"$work/complaint.eml" <<'EOF'
From: security@example.org
To: abuse@example.net
Subject: SSH login attempts from 198.51.100.7
Date: Fri, 20 Nov 2026 03:09:00 +0000

Nov 20 03:04:05 host sshd[4711]: Failed password for root from 198.51.100.7 port 43122 ssh2
EOF
good="mail security@example.org
rcpt abuse@example.net
data
file $work/complaint.eml"
other=
more_to_clean_up () {
    [ -z "$other" ] || kill $other 2>/dev/null
}

serves () { # NAME: another mail is tagged
    has "$1" "eom continue" "$(printf 'connect\nnegotiate\n%s\nquit\n' "$good" | client)"
}

open_files () {
    ls "/proc/$milter/fd" | wc -l
}

settings <<EOF
keep_text: true
EOF
start || { fail "the daemon starts" "an answer at $socket" "none"; finish; }
serves "a mail is tagged"
files=$(open_files)

# --- breaking off ---------------------------------------------------------------------------------

# In each of a mail's packets: half of it and an end; half of it, a while, and an end; all of it and an end.
steps="negotiate
mail a@example.org
rcpt abuse@example.net
data
header From: <left@example.org>
header X-Abuse-Id: left-over
eoh
body left over\\n
eom"
n=$(echo "$steps" | wc -l)
for last in $(seq "$n"); do
    before=$(echo "$steps" | head -$((last - 1)))
    step=$(echo "$steps" | sed -n "${last}p")
    for how in "half
$step
drop" "half
$step
sleep 20
drop" "$step
drop" "half
$step
quit" "$step
abort
drop"; do
        printf 'connect\n%s\n%s\n' "$before" "$how" | client >/dev/null 2>&1
    done
done
serves "connections that broke in each packet leave it serving"

# Two halves of each packet, with a wait between them, are one.
out=$(printf 'connect\nslow 7 2\nnegotiate\n%s\nquit\n' "$good" | client)
has "a mail in pieces of seven bytes is tagged" "eom continue" "$out"

# --- out of order ---------------------------------------------------------------------------------

for script in "eom" "body text" "eoh" "header A: b" "data" "rcpt abuse@example.net" "abort" \
    "mail a@example.org
mail b@example.org" "mail a@example.org
rcpt abuse@example.net
eom
eom" "mail a@example.org
rcpt abuse@example.net
data
header : no name
eoh
eom" "mail a@example.org
rcpt abuse@example.net
data
data
eoh
eoh
header A: b
body text
rcpt abuse@example.net
eom" "negotiate
negotiate" "mail a@example.org
rcpt abuse@example.net
negotiate
data
eom" "abort
abort
abort
mail a@example.org
abort
abort"; do
    printf 'timeout 3\nconnect\nnegotiate\n%s\ndrop\n' "$script" | client >/dev/null 2>&1
done
serves "steps out of order leave it serving"
for version in 0 1 2 3 4 5 6 7 4294967295; do
    printf 'timeout 3\nconnect\nnegotiate 0x1ff 0x1fffff %s\n%s\nquit\n' "$version" "$good" | client >/dev/null 2>&1
done
serves "so do versions that nobody speaks"

# --- packets --------------------------------------------------------------------------------------

# From whom it comes: unknown, a unix socket, IPv4, IPv6, a family nobody knows, without an end.
for peer in 'host\0U' 'host\0L\0\0/var/run/x\0' 'host\x004\x12\x34192.0.2.1\0' 'host\x006\x12\x34IPv6:2001:db8::1\0' 'host\0?\0\0\0' 'host' '\0' ''; do
    printf 'connect\nnegotiate\nraw \\0\\0\\0\\x14C%s\nsleep 5\ndrop\n' "$peer" | client >/dev/null 2>&1
done
for junk in '\x7f\xff\xff\xffB' '\xff\xff\xff\xffB' '\0\0\0\0' '\0\0\0\x01\x01' '\0\0\0\x05O\0\0\0\x06' 'GET / HTTP/1.0\n\n' \
    '\0\0\0\x02M\0' '\0\0\0\x01M' '\0\0\0\x03M\0\0' '\0\0\0\x04Mabc' '\0\0\0\x02R\0' '\0\0\0\x01R' '\0\0\0\x01L' '\0\0\0\x02La' '\0\0\0\x03La\0' \
    '\0\0\0\x01D' '\0\0\0\x02DM' '\0\0\0\x04DMab' '\0\0\0\x05DM\0\0\0' '\0\0\0\x01B' '\0\0\0\x01H' '\0\0\0\x01K' '\0\0\0\x01U'; do
    for head in "" "mail a@example.org" "mail a@example.org
rcpt abuse@example.net
data"; do
        printf 'timeout 3\nconnect\nnegotiate\n%s\nraw %s\nsleep 5\ndrop\n' "$head" "$junk" | client >/dev/null 2>&1
    done
done
serves "packets cut short, too long or unknown leave it serving"

# --- sizes ----------------------------------------------------------------------------------------

out=$(client <<EOF
connect
negotiate
queue-id 4MANY
mail a@example.org
rcpt abuse@example.net
data
headers 10000
headers 3000 X-Abuse-Id
header X-Abuse-Id: forged
header Subject: SSH attack
eoh
body 198.51.100.7 tried to log in\n
eom
show
quit
EOF
)
has "a mail of 13,000 headers goes on" "eom continue" "$out"
lacks "without the forged one" "forged" "$(echo "$out" | grep '^|')"
has "and the log says that not all were read" "header fields" "$(rows | grep 4MANY)"

{
    printf 'connect\nnegotiate\nmail a@example.org\n'
    for i in $(seq 2000); do echo "rcpt somebody$i@example.net"; done
    printf 'rcpt abuse@example.net\ndata\nfile %s\nquit\n' "$work/complaint.eml"
} | client >"$work/out"
has "a mail to 2,000 others and to us is tagged" "eom continue" "$(cat "$work/out")"

out=$(client <<EOF
connect
negotiate
mail a@example.org
rcpt abuse@example.net
data
header $(printf '%0300d' 0): a long name
giant X-Giant 1000000
giant Subject 500000
giant From 200000
header To: a\0b
header X\xff\xfe: \x80\x81
eoh
body \0\0\0 \xff\xfe 198.51.100.7\0 \n
eom
quit
EOF
)
has "giant headers, NUL and bytes that are no text go on" "eom continue" "$out"

# --- others are not held up -----------------------------------------------------------------------

printf 'idle 1000\nsleep 600000\n' >"$work/idle"
"$B/tests/milter-client" "$socket" <"$work/idle" >"$work/idle.out" 2>&1 &
other=$!
wait_for 120 grep -q idle "$work/idle.out"
is "1,000 connections are taken" "idle 1000 of 1000" "$(cat "$work/idle.out")"
printf 'connect\nslow 1 200\nnegotiate\n%s\n' "$good" >"$work/slow"
slow=
for i in 1 2 3 4 5 6 7 8; do
    "$B/tests/milter-client" "$socket" <"$work/slow" >/dev/null 2>&1 &
    slow="$slow $!"
done
other="$other $slow"
out=$("$B/tests/milter-load" -t 300 -c 8 -n 80 -m 10 "$socket" "$work/complaint.eml")
has "among 1,000 idle and 8 slow ones 80 mails are tagged" "mails=80 " "$out"
has "without an error" "errors=0" "$out"
still=0
for pid in $slow; do kill -0 "$pid" 2>/dev/null && still=$((still + 1)); done
is "while the slow ones still are at it" 8 $still
kill $other 2>/dev/null
wait $other 2>/dev/null
other=
as_before () { [ "$(open_files)" -le "$((files + 2))" ]; }
wait_for 60 as_before && pass "their files are closed when they have gone" ||
    fail "their files are closed when they have gone" "about $files" "$(open_files)"

# --- hostile texts --------------------------------------------------------------------------------

esc=$(printf '\033')
out=$(client <<EOF
connect
negotiate
queue-id 4HOSTILE
mail '); DROP TABLE report;--\x1b[2J\n\xff"@example.org
rcpt abuse@example.net
rcpt abuse\x1b]0;x\x07@b\xc3\xbccher.example
rcpt \xff\xfe@example.net
data
header From: "=?utf-8?q?a=0d=0aX-Abuse-Scenario:_evil?=" <x\x1b[31m@example.org>
header Reply-To: =?utf-8?b?DQpYLUFidXNlLUlkOiBldmls?= <evil@example.org>
header Subject: =?utf-8?q?=1b]0;evil=07=0aforged:_line=00=e2=80=ae?= SSH\x1b[2J attack
header Message-ID: <../../../../tmp/evil'; DROP TABLE report;--@example.org>
header Content-Type: multipart/mixed; boundary=b
eoh
body --b\nContent-Type: text/plain\n\n198.51.100.7 attacked http://www.example.org/\x1b[2J%0d%0aX-Abuse-Id:evil\n\nSource IP: 198.51.100.7\nPort: 22; DROP TABLE report\n
body --b\nContent-Type: application/zip; name="../../../$work/evil"\nContent-Disposition: attachment; filename="..\\\\..\\\\$work/evil"\n\nPK\x03\x04junk\n--b--\n
eom
show
quit
EOF
)
has "a mail that wants to inject goes on" "eom continue" "$out"
ours=$(echo "$out" | grep '^| X-Abuse')
is "no header of ours is there twice" "" "$(echo "$ours" | cut -d: -f1 | grep -v Incident | sort | uniq -d)"
lacks "none says what the sender wanted" "evil" "$(echo "$ours" | grep -E 'Scenario|Id:')"
is "all of ours is printable ASCII" "" "$(echo "$out" | grep -a '^eom: insert' | LC_ALL=C grep -a '[^ -~]')"
lacks "the daemon's log has no terminal escape" "$esc" "$(cat "$log")"
is "each of its lines is its own" "" "$(grep -v '^abuse-milter: ' "$log")"
export ABUSE_MILTER_SCENARIOS="$top/scenarios"
ctl () { "$B/abusectl" --config "$work/settings.yaml" "$@"; }
id=$(echo "$out" | sed -n 's/^| X-Abuse-Id: //p')
for command in "list" "show $id" "list --json"; do
    shown=$(ctl $command 2>&1)
    has "abusectl $command knows the mail" "$id" "$shown"
    is "and prints no control characters" "" "$(printf '%s\n' "$shown" | LC_ALL=C grep -a '[[:cntrl:]]' | head -3)"
done
serves "SQL in a sender leaves the log whole"
has "its row is there" "$id" "$(rows)"
is "no file came out of a mail" "" "$(find "$work" -name '*evil*')"

out=$(client <<EOF
connect
negotiate
queue-id 4UTF8
mail <b\xc3\xbccher@b\xc3\xbccher.example> SMTPUTF8 BODY=8BITMIME
rcpt <abuse@b\xc3\xbccher.example> NOTIFY=NEVER
data
header From: b\xc3\xbccher@b\xc3\xbccher.example
header Subject: SSH-Angriffe von 198.51.100.7
eoh
body 198.51.100.7\n
eom
quit
EOF
)
has "a mail with SMTPUTF8 is tagged" "eom continue" "$out"
has "and logged" 4UTF8 "$(rows)"

is "it is still the same process" "alive" "$(kill -0 "$milter" 2>/dev/null && echo alive)"
as_before && pass "and holds no more files than at first" || fail "and holds no more files than at first" "about $files" "$(open_files)"
stop
is "it ends with 0" 0 $stopped_with
is "without an internal error or a sanitizer's report" "" \
    "$(grep -E 'internal error|Sanitizer|runtime error|leak' "$log")"
finish
