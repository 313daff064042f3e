#!/bin/sh
# What many mails at once may take: memory stays below what the settings grant, and goes back; and no
# mail, finished or broken off, leaves any behind.
#
#     SOAK_MAILS=200000 tests/e2e/crowd.sh       as `make soak' does; fewer by default
. "$(dirname "$0")/lib.sh"

case $("$B/abuse-milter" --help >/dev/null 2>&1; grep -c -m1 -aE '__(asan|tsan)_init' "$B/abuse-milter") in
0) ;;
*)
    skip "memory of many mails" "a sanitizer takes more than any mail"
    finish ;;
esac

kb () { # VmRSS or VmHWM, in KB
    sed -n "s/^$1:[^0-9]*\([0-9]*\).*/\1/p" "/proc/$milter/status"
}

below () { # NAME MOST GOT
    if [ "$3" -le "$2" ]; then pass "$1 ($3 KB)"; else fail "$1" "at most $2 KB" "$3 KB"; fi
}

complaint () { # NUMBER: about 8.6 KB
    printf 'From: "Fail2Ban" <fail2ban@host%d.example.org>\nTo: abuse@example.net\nSubject: Abuse from 198.51.100.%d\nDate: Fri, 20 Nov 2026 03:09:00 +0000\n\nWe have detected abuse from the IP address 198.51.100.%d. Please take action.\n\n' "$1" "$1" "$1"
    i=0
    while [ $i -lt 76 ]; do
        echo "Nov 20 03:04:05 host$1 sshd[$((2000 + i))]: Failed password for invalid user u$i from 198.51.100.$1 port $((40000 + i)) ssh2"
        i=$((i + 1))
    done
}
for n in 1 2 3 4 5 6 7 8 9 10; do complaint $n >"$work/complaint.$n.eml"; done

head='From: a@example.org
To: abuse@example.net
Subject: attack from 198.51.100.7
Date: Fri, 20 Nov 2026 03:09:00 +0000'
mb=25000000
{
    printf '%s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nattack from 198.51.100.7\n--b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n' "$head"
    head -c $((mb * 3 / 4)) /dev/urandom | base64
} >"$work/large.attachment.eml"
{
    printf '%s\n\n' "$head"
    yes 'Nov 20 03:04:05 h sshd[1]: Failed password for root from 198.51.100.7 port 43122 ssh2' | head -c $mb
} >"$work/large.log.eml"
{
    printf '%s\nContent-Type: text/html\n\n' "$head"
    yes '<div><table><tr><td>198.51.100.7 http://www.example.net/a' | head -c $mb
} >"$work/large.html.eml"
{
    printf '%s\nContent-Type: multipart/mixed; boundary=b\n\n' "$head"
    yes -- '--b

' | head -c $mb
} >"$work/large.parts.eml"
{
    printf '%s\n' "$head"
    yes 'X-Abuse-Id: forged' | head -c 2000000
    printf '\nattack from 198.51.100.7\n'
} >"$work/large.forged.eml"

# --- large ones -----------------------------------------------------------------------------------

settings <<EOF
memory_total: 256MiB
max_wait: 10min
EOF
start || { fail "the daemon starts" "an answer" "none"; finish; }
out=$("$B/tests/milter-load" -t 900 -c 64 -n 64 "$socket" "$work"/large.*.eml)
has "64 mails of 25 MB at once are all answered" "mails=64 " "$out"
has "without an error" "errors=0" "$out"
below "in less memory than memory_total" 262144 "$(kb VmHWM)"
is "each with its row" 64 "$(rows | wc -l)"
peak=$(kb VmHWM)
given_back () { [ "$(kb VmRSS)" -le $((peak * 2 / 3)) ]; }
wait_for 90 given_back
below "and when they are through it is given back" $((peak * 2 / 3)) "$(kb VmRSS)"
stop
is "the daemon ends with 0" 0 $stopped_with

# --- many -----------------------------------------------------------------------------------------

rm -f "$db"*
settings <<EOF
EOF
start
"$B/tests/milter-load" -t 300 -c 64 -n 1000 -m 10 "$socket" "$work"/complaint.*.eml >/dev/null
below "64 connections of complaints take at most 48 MiB" 49152 "$(kb VmHWM)"

mails=${SOAK_MAILS:-6000}
load () { # MAILS
    "$B/tests/milter-load" -t 300 --abort -c 16 -n "$1" -m 20 "$socket" "$work"/complaint.*.eml
}
has "a quarter of $mails mails, each second one broken off at some stage" "errors=0" "$(load $((mails / 4)))"
early=$(kb VmRSS)
has "and the rest of them" "errors=0" "$(load $((mails * 3 / 4)))"
below "leave no more than they found ($early KB)" $((early + 3072)) "$(kb VmRSS)"
stop
is "the daemon ends with 0" 0 $stopped_with
is "without an internal error" "" "$(grep 'internal error' "$log")"
finish
