#!/bin/sh
# The daemon driven through the milter protocol, as an MTA would and as none should.
. "$(dirname "$0")/lib.sh"

cat >"$work/complaint.eml" <<'EOF'
Received: from mx.example.org by mx.example.net; Fri, 20 Nov 2026 03:10:00 +0000
From: "Security" <security@example.org>
To: abuse@example.net
Subject: SSH login attempts from 198.51.100.7
Date: Fri, 20 Nov 2026 03:09:00 +0000
Message-ID: <1@example.org>
X-Abuse-Id: 01FORGED
x-abuse-SCENARIO: not-a-complaint
X-Abuse-Priority: low
X-Other: stays
X-Abuse-Scenario: not-a-complaint

Your address 198.51.100.7 tried to guess passwords on our server.

Nov 20 03:04:05 host sshd[4711]: Failed password for root from 198.51.100.7 port 43122 ssh2

Times are UTC. Please stop this.
EOF
good="mail security@example.org
rcpt abuse@example.net
data
file $work/complaint.eml"
tagged='eom continue'

settings </dev/null
start || { fail "the daemon starts" "an answer at $socket" "none"; finish; }

# --- a watched mail -------------------------------------------------------------------------------

out=$(client <<EOF
connect
negotiate
queue-id 4WATCHED01
$good
show
quit
EOF
)
has "a watched mail goes on" "$tagged" "$out"
has "it is tagged with its scenario" "| X-Abuse-Scenario: ssh-bruteforce" "$out"
is "our headers stand at the top" "| X-Abuse-Id:" \
    "$(echo "$out" | grep '^|' | head -1 | cut -d' ' -f1,2)"
lacks "a forged id is gone" "01FORGED" "$(echo "$out" | grep '^|')"
lacks "forged scenarios are gone, in any case" "not-a-complaint" "$(echo "$out" | grep '^|')"
has "other headers stay" "| X-Other: stays" "$out"
is "the deletions go from the highest index down" "2 1" \
    "$(echo "$out" | sed -n 's/^eom: delete \([0-9]*\) [Xx]-[Aa]buse-[Ss][Cc].*/\1/p' | xargs)"
has "the row is there when the mail goes on, under the id of the header" \
    "$(echo "$out" | sed -n 's/^| X-Abuse-Id: //p') ssh-bruteforce 4WATCHED01" "$(rows)"
has "the log line begins with the queue id" "4WATCHED01: ssh-bruteforce" "$(cat "$log")"

out=$(client <<EOF
connect
negotiate 0x1ff 0xfffff
$good
show
quit
EOF
)
has "without the leading-space flag the headers are the same" \
    "| X-Abuse-Scenario: ssh-bruteforce" "$out"

# --- unwatched mail -------------------------------------------------------------------------------

out=$(client <<EOF
connect
negotiate
mail a@example.org
rcpt bob@example.net
data
file $work/complaint.eml
$good
quit
EOF
)
has "an unwatched mail is accepted at DATA" "data accept" "$out"
has "and its body is never sent" "body not-sent" "$out"
has "the next mail on the connection is tagged" "$tagged" "$out"

out=$(client <<EOF
connect
negotiate 0x1ff 0x7f 3
mail a@example.org
rcpt bob@example.net
file $work/complaint.eml
$good
quit
EOF
)
has "an MTA without DATA is told at the end of the header" "eoh accept" "$out"
has "and a watched mail is tagged there too" "$tagged" "$out"

out=$(client <<EOF
connect
negotiate
mail a@example.org
rcpt bob@example.net
rcpt ABUSE@Example.NET
data
expect continue
quit
EOF
) && pass "one watched recipient among others is enough, in any case" ||
    fail "one watched recipient among others is enough, in any case" continue "$out"

out=$(client <<EOF
connect
negotiate
mail <>
rcpt alias@example.net abuse@example.net
data
expect continue
quit
EOF
) && pass "what the MTA made of the recipient counts" ||
    fail "what the MTA made of the recipient counts" continue "$out"

out=$(client <<EOF
connect
negotiate 0x1 0x1fffff
mail a@example.org
rcpt abuse@example.net
data
expect accept
quit
EOF
) && pass "an MTA that lets no header be changed gets its mail accepted" ||
    fail "an MTA that lets no header be changed gets its mail accepted" accept "$out"

# --- aborts ---------------------------------------------------------------------------------------

for stage in mail rcpt data header eoh body; do
    steps="mail a@example.org"
    case $stage in rcpt | data | header | eoh | body) steps="$steps
rcpt abuse@example.net" ;; esac
    case $stage in data | header | eoh | body) steps="$steps
data" ;; esac
    case $stage in header | eoh | body) steps="$steps
header From: <left@example.org>
header X-Abuse-Id: left-over" ;; esac
    case $stage in eoh | body) steps="$steps
eoh" ;; esac
    case $stage in body) steps="$steps
body left over\\n" ;; esac
    out=$(printf 'connect\nnegotiate\n%s\nabort\n%s\nshow\nquit\n' "$steps" "$good" | client)
    has "a mail after an abort behind $stage is tagged" "$tagged" "$out"
    is "and is its own, not the one before" "1" \
        "$(echo "$out" | grep -c '^eom: delete [0-9]* X-Abuse-Id')"
    printf 'connect\nnegotiate\n%s\ndrop\n' "$steps" | client >/dev/null
    printf 'connect\nnegotiate\n%s\nhalf\nheader Subject: cut off\ndrop\n' "$steps" |
        client >/dev/null
done
has "connections that broke at every stage leave it serving" "$tagged" \
    "$(printf 'connect\nnegotiate\n%s\n' "$good" | client)"

# --- strange mail ---------------------------------------------------------------------------------

out=$(client <<EOF
connect
negotiate
mail a@example.org
rcpt abuse@example.net
data
headers 1000
headers 500  x
header X-Abuse-Id: last
eoh
body Nothing in here.\n
eom
show
quit
EOF
)
has "a mail of 1500 headers goes on" "$tagged" "$out"
lacks "and the forged one behind them is gone" "| X-Abuse-Id: last" "$out"

out=$(client <<EOF
connect
negotiate
mail a@example.org
rcpt abuse@example.net
data
header From: <a@example.org>
giant X-Giant 900000
eoh
body one\0two\xff\n
eom
quit
EOF
)
has "a giant header and NUL bytes in the body go on" "$tagged" "$out"

out=$(printf 'connect\nnegotiate\nmail a@example.org\nrcpt abuse@example.net\ndata\ngiant X 5000000\neoh\n' | client)
lacks "a packet of 5 MB is not swallowed" "eoh continue" "$out"

out=$(client <<EOF
connect
negotiate
mail
rcpt abuse@example.net
data
eoh
eom
quit
EOF
)
has "a mail without header and body goes on" "$tagged" "$out"

out=$(client <<EOF
connect
negotiate
queue-id 4LARGE01
mail a@example.org
rcpt abuse@example.net
data
header Subject: large
eoh
bytes 3000000
bytes 3000000
eom
quit
EOF
)
has "of a large mail the rest is not sent" "body skip" "$out"
has "but it is tagged" "$tagged" "$out"
has "and the log says that only its head was read" "only the first 4194304 of the mail's bytes" \
    "$(rows | grep 4LARGE01)"

out=$(client <<EOF
connect
slow 3 1
negotiate
$good
quit
EOF
)
has "a client that writes three bytes at a time is served" "$tagged" "$out"

hang () { # NAME LINE...: a client that has sent them, and nothing more before $work/enough is there
    name=$1
    shift
    { printf '%s\n' "$@"; wait_for 120 test -e "$work/enough"; } | client >"$work/$name" &
    hanging="$hanging $!"
}
hanging=
hang in-half connect negotiate half "mail a@example.org"
hang in-silence connect
wait_for 60 grep -q '^mail' "$work/in-half"
wait_for 60 grep -q '^connect' "$work/in-silence"
has "others are served while one hangs in half a packet" "$tagged" \
    "$(printf 'connect\nnegotiate\n%s\n' "$good" | timeout 60 "$B/tests/milter-client" "$socket")"
touch "$work/enough"
wait $hanging

for junk in '\x7f\xff\xff\xffB' '\0\0\0\0' '\0\0\0\x01\x01' '\0\0\0\x05O\0\0\0\x06' 'GET / HTTP/1.0\n\n'; do
    printf 'connect\nraw %s\nsleep 50\ndrop\n' "$junk" | client >/dev/null
done
has "junk instead of packets leaves it serving" "$tagged" \
    "$(printf 'connect\nnegotiate\n%s\n' "$good" | client)"

before=$(rows | wc -l)
out=$(printf 'connect\nnegotiate\n%s\n%s\n%s\nquit\n' "$good" "$good" "$good" | client)
is "three mails on one connection are three rows" 3 $(($(rows | wc -l) - before))

is "it is still the same process" "alive" "$(kill -0 "$milter" 2>/dev/null && echo alive)"
stop TERM
is "and ends with 0" 0 $stopped_with
is "without an internal error or a sanitizer's report" "" \
    "$(grep -E 'internal error|Sanitizer|runtime error|leak' "$log")"

finish
