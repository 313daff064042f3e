#!/bin/sh
# Exit lists come and go while the daemon runs: it reads them again without being told.
. "$(dirname "$0")/lib.sh"

cat >"$work/complaint.eml" <<'EOF'
From: security@example.org
To: abuse@example.net
Subject: SSH login attempts from 198.51.100.7
Date: Fri, 20 Nov 2026 03:09:00 +0000

Nov 20 03:04:05 host sshd[4711]: Failed password for root from 198.51.100.7 port 43122 ssh2
EOF

try () { # the Tor header of one mail
    printf 'connect\nnegotiate\nmail security@example.org\nrcpt abuse@example.net\ndata\nfile %s\nshow\nquit\n' \
        "$work/complaint.eml" | client | grep 'X-Abuse-Tor:'
}

settings <<EOF
networks:
  - {cidr: 198.51.100.0/28, relay: quokka1}
tor:
  exit_policy: |
    reject *:4321
  exit_lists: [$work/exit-addresses]
EOF
start || { fail "the daemon starts" "an answer at $socket" "$(cat "$log")"; finish; }
pass "it starts while a list is missing"
has "and says which" "exit list $work/exit-addresses: No such file or directory" "$(cat "$log")"
lacks "no header claims to know" "exit=" "$(try)"

: >"$log"
cat >"$work/new" <<'EOF'
ExitNode 0000000000000000000000000000000000000001
Published 2026-11-19 18:00:00
LastStatus 2026-11-20 12:30:00
ExitAddress 198.51.100.7 2026-11-20 02:00:00
EOF
mv "$work/new" "$work/exit-addresses"
wait_for 60 logged "1 addresses in exit lists" && pass "a new list is read without being told" ||
    fail "a new list is read without being told" "1 addresses in exit lists" "$(cat "$log")"
has "and its answer is in the header" "our-relay; relay=quokka1; exit=yes" "$(try)"

: >"$log"
sed -i 's/ExitAddress 198.51.100.7/ExitAddress 198.51.100.9/' "$work/exit-addresses"
wait_for 60 logged "1 addresses in exit lists"
has "a changed list is read again" "exit=no" "$(try)"

: >"$log"
kill -HUP "$milter"
wait_for 60 logged "reloaded settings"
has "a reload reads it, too" "1 addresses in exit lists" "$(cat "$log")"
has "and goes on" "exit=no" "$(try)"
finish
