#!/bin/sh
# What can go wrong with a mail, kind by kind: by default it goes on, with on_error: tempfail it is
# deferred; each failure is counted, the first told at once, the others in one line.
. "$(dirname "$0")/lib.sh"

cat >"$work/complaint.eml" <<'EOF'
From: security@example.org
To: abuse@example.net
Subject: SSH login attempts from 198.51.100.7
Date: Fri, 20 Nov 2026 03:09:00 +0000

Nov 20 03:04:05 host sshd[4711]: Failed password for root from 198.51.100.7 port 43122 ssh2
EOF
{
    sed '/^$/q' "$work/complaint.eml"
    i=0
    while [ $i -lt 20000 ]; do
        echo "Nov 20 03:04:05 host sshd[$i]: Failed password for u$i from 198.51.100.7 port $((1024 + i)) ssh2"
        i=$((i + 1))
    done
} >"$work/heavy.eml"

good="mail security@example.org
rcpt abuse@example.net
data
file $work/complaint.eml"
other=
more_to_clean_up () {
    [ -z "$other" ] || kill "$other" 2>/dev/null
}

other_begins () { # a client of its own, that does what $work/other says
    "$B/tests/milter-client" "$socket" <"$work/other" >"$work/other.out" 2>&1 &
    other=$!
}

other_ends () {
    kill "$other" 2>/dev/null
    wait "$other" 2>/dev/null
    other=
}

try () { # what the end of one mail is answered with
    printf 'connect\nnegotiate %s\nqueue-id 4FAIL\n%s\nquit\n' "$1" "$good" | client |
        grep -E '^(data|eoh|eom) (accept|tempfail|reject|closed)' | head -1
}

restart () { # lines of settings on standard input
    stop
    : >"$log"
    settings
    start || { fail "the daemon starts" "an answer" "$(cat "$log")"; finish; }
}

fell_back () { # KIND DEFERRED-AT GOT WORD-IN-THE-LOG
    is "$1: $policy" "$2 $word" "$3"
    has "$1 is told" "$4" "$(cat "$log")"
}

for policy in accept tempfail; do
    word=$policy

    # --- the memory is held by others
    restart <<EOF
on_error: $policy
message_limit: 64KiB
memory_limit: 1984KiB
memory_total: 34MiB
max_wait: 200ms
EOF
    printf 'connect\nnegotiate\nmail a@example.org\nrcpt abuse@example.net\ndata\nheader Subject: x\neoh\nbytes 60000\nsleep 600000\n' >"$work/other"
    other_begins
    wait_for 30 grep -q '^body' "$work/other.out" ||
        fail "a mail holds the memory" "body continue" "$(cat "$work/other.out")"
    fell_back "no memory for a mail" eom "$(try)" "4FAIL: not judged: other mails hold what memory_total allows"
    try >/dev/null
    try >/dev/null
    is "the next ones are counted, not told" 1 "$(grep -c 'memory_total allows' "$log")"
    other_ends
    free_again () { [ -z "$(try)" ]; }
    wait_for 30 free_again && pass "when they are gone the next mail is judged" ||
        fail "when they are gone the next mail is judged" "eom continue" "$(try)"
    stop
    has "at the end all are summed up" "so far, " "$(grep 'memory_total allows' "$log" | tail -1)"

    # --- it was nobody's turn
    restart <<EOF
on_error: $policy
max_judging: 1
max_wait: 0s
EOF
    {
        printf 'connect\nnegotiate\n'
        for i in $(seq 200); do
            printf 'mail a@example.org\nrcpt abuse@example.net\ndata\nfile %s\n' "$work/heavy.eml"
        done
    } >"$work/other"
    other_begins
    crowded_out () { got=$(try); [ -n "$got" ]; }
    wait_for 60 crowded_out
    fell_back "no turn" eom "$got" "not judged: its turn did not come within 0 ms"
    other_ends

    # --- neither log nor spool
    mkdir "$work/gone"
    db=$work/gone/log.db
    restart <<EOF
on_error: $policy
EOF
    stop
    rm -r "$work/gone"
    : >"$log"
    start || { fail "the daemon starts without its log" "an answer" "$(cat "$log")"; finish; }
    if [ $policy = accept ]; then
        is "no log: the mail goes on" "" "$(try)"
        out=$(printf 'connect\nnegotiate\n%s\nshow\nquit\n' "$good" | client)
        has "tagged" "| X-Abuse-Scenario: ssh-bruteforce" "$out"
        lacks "without an id that nothing keeps" "X-Abuse-Id" "$out"
    else
        is "no log: tempfail" "eom tempfail" "$(try)"
    fi
    has "no log is told" "neither the log nor its spool took the report" "$(cat "$log")"
    db=$work/log.db

    # --- the MTA
    restart <<EOF
on_error: $policy
EOF
    fell_back "an MTA that lets nothing be changed" data "$(try 0x1)" "the MTA does not let us change headers"
    is "but unwatched mail goes on" "data accept" \
        "$(printf 'connect\nnegotiate 0x1\nmail a@example.org\nrcpt bob@example.net\ndata\nquit\n' | client | grep ^data)"
    "$B/tests/log-lock" "$db" 600 >"$work/locked" & # so that the end of a mail takes its time
    other=$!
    wait_for 60 grep -q locked "$work/locked"
    for attempt in 1 2 3 4 5 6 7 8 9 10; do # libmilter forgets what came before a close that it sees first
        printf 'connect\nnegotiate\nqueue-id 4GONE\nmail a@example.org\nrcpt abuse@example.net\ndata\nheader Subject: SSH attack\neoh\nbody 198.51.100.7\\n\neom-drop 500\n' |
            client >/dev/null
        wait_for 5 logged "4GONE: the MTA did not take our headers" && break
    done
    other_ends
    has "an MTA that is gone at the end of a mail is told" "4GONE: the MTA did not take our headers" "$(cat "$log")"
    is "and the next mail is judged" "" "$(try)"
    stop
    is "the daemon ends with 0" 0 $stopped_with
done

is "no internal error or sanitizer's report" "" "$(grep -E 'internal error|Sanitizer|runtime error|leak' "$log")"
finish
