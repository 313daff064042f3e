#!/bin/sh
# What would keep us from those who asked to be left alone: of the log, and valid for the real tor and the
# real nft.
. "$(dirname "$0")/lib.sh"

ask () { # ID ADDRESS PORT WISH
    cat >"$work/$1.eml" <<EOF
From: Kim <kim$1@example.org>
To: abuse@example.net
Subject: Password guessing
Date: $(date -u -R)
Message-ID: <ask-$1@example.org>

Somebody guesses passwords on our server. $4

SRC=198.51.100.7 DST=$2 PROTO=TCP SPT=43122 DPT=$3
EOF
}

send () { # ID
    client <<EOF
connect
negotiate
queue-id 4ASK$1
mail kim$1@example.org
rcpt abuse@example.net
data
file $work/$1.eml
quit
EOF
}

ctl () {
    "$B/abusectl" --config "$work/settings.yaml" "$@" 2>"$work/err"
}

settings <<EOF
networks: [{cidr: 198.51.100.0/24, relay: quokka1}]
tor:
  ipv6_exit: true
  exit_policy: |
    reject *:25
    accept *:*
EOF
start || { fail "the daemon starts" "an answer at $socket" "none"; finish; }

ctl suggest --help >"$work/out"; is "--help says how" 0 $?
ctl suggest now >"$work/out"; is "an argument is too much" 2 $?
ctl suggest --for never >"$work/out"; is "a wrong time was called wrongly" 2 $?
has "and says what was expected" "30d" "$(cat "$work/err")"
ctl suggest --as iptables >"$work/out"; is "a wrong form, too" 2 $?

ask 0 203.0.113.7 22 "Please stop it."
send 0 >"$work/sent"
ctl suggest >"$work/out"; is "nobody asked: nothing found" 1 $?
is "and nothing printed" "" "$(cat "$work/out")"

ask 1 203.0.113.9 22 "Please block our network in your exit policy."
ask 2 203.0.113.10 5432 "Please block port 5432 towards us."
ask 3 2001:db8:5::1 22 "Please block our network in your exit policy."
for i in 1 2 3; do send $i >>"$work/sent"; done
ctl suggest >"$work/torrc.part"; is "who asked is listed" 0 $?
out=$(cat "$work/torrc.part")
has "their address" "ExitPolicy reject 203.0.113.9:*" "$out"
has "also an IPv6 one" "ExitPolicy reject6 [2001:db8:5::1]:*" "$out"
has "or a port of it" "ExitPolicy reject 203.0.113.10:5432" "$out"
has "and who that was" "kim1@example.org" "$out"
lacks "others are not" "203.0.113.7" "$out"
has "in a script" '"ip":"203.0.113.9","port":null' "$(ctl suggest --as json)"

if command -v tor >/dev/null; then
    { printf 'DataDirectory %s\nORPort 9001\nAddress 198.51.100.7\nExitRelay 1\nIPv6Exit 1\n' "$work/tor"
        cat "$work/torrc.part"; } >"$work/torrc"
    out=$(tor --verify-config -f "$work/torrc" --defaults-torrc "$work/none" --ignore-missing-torrc 2>&1)
    has "tor takes its lines" "Configuration was valid" "$out"
else
    skip "tor takes its lines" "tor is not installed (dist/install-deps test)"
fi

ctl suggest --as nftables >"$work/rules.nft"
has "for a relay's firewall there is a warning" "bad exit" "$(cat "$work/rules.nft")"
PATH=$PATH:/usr/sbin:/sbin
if ! command -v nft >/dev/null; then
    skip "nft takes its sets" "nftables is not installed (dist/install-deps test)"
elif ! echo 'table inet try' | unshare -n nft -f - 2>/dev/null; then
    skip "nft takes its sets" "no network of one's own can be made here"
else
    # In a network of its own, which ends with the command.
    out=$(unshare -n sh -c 'nft -f "$1" && nft -f "$1" && nft list ruleset' sh "$work/rules.nft" 2>&1)
    has "nft takes its sets, also for the second time" "203.0.113.9 timeout" "$out"
    has "and the ports" "203.0.113.10 . 5432 timeout" "$out"
    has "and rejects by them" "ip6 daddr @alone6 reject" "$out"
fi
stop
finish
