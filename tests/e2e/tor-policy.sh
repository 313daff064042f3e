#!/bin/sh
# Our exit policies against the real tor's, which runs here without any network: 50 made-up policies
# are set on it, and what it says of each is compared with ours for 4000 address/port pairs.  Then what
# the settings' `control' gives: the policy of a running tor, by each way of authentication.
. "$(dirname "$0")/lib.sh"
policies=50 pairs=4000
relay=198.51.100.7

if ! command -v tor >/dev/null; then
    skip "policies as tor's" "tor is not installed (dist/install-deps test)"
    finish
fi

tor_pid=
end_tor () {
    [ -z "$tor_pid" ] || { kill "$tor_pid"; wait "$tor_pid"; tor_pid=; } 2>/dev/null
}
more_to_clean_up () {
    end_tor
}
chmod 700 "$work" # tor refuses a control socket that others may reach

start_tor () { # more lines of torrc on standard input
    {
        echo "DataDirectory $work/tor"
        echo "ORPort 127.0.0.1:$((20000 + $$ % 20000))"
        echo "Address $relay"
        echo "AssumeReachable 1"
        echo "PublishServerDescriptor 0"
        echo "SocksPort 0"
        echo "ControlSocket $work/control"
        echo "ExitRelay 1"
        echo "ExitPolicy reject *:4321"
        # The only directory authority is nobody: tor knows of no one to talk to.
        echo "DirAuthority dummy orport=9 v3ident=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA 127.0.0.1:9 BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"
        cat
    } >"$work/torrc"
    rm -f "$work/control"
    tor -f "$work/torrc" --defaults-torrc "$work/none" --ignore-missing-torrc >"$work/tor.log" 2>&1 &
    tor_pid=$!
    wait_for 60 test -S "$work/control"
}

start_tor </dev/null || { fail "tor starts" "a control socket" "$(tail -5 "$work/tor.log")"; finish; }
pass "tor starts: $(tor --version | head -1)"

for try in 1 2 3 4 5; do # 2: a tor on a loaded machine did not answer in time
    out=$(cd "$top" && timeout 300 "$B/tests/tor-policy" "unix:$work/control" $relay $policies $pairs "${SEED:-7}" 2>&1)
    code=$?
    [ $code -eq 2 ] || break
done
echo "# $out"
is "ours and tor's answers agree" 0 $code
has "for $policies policies and $((policies * pairs)) pairs" "$policies policies, $((policies * pairs)) pairs" "$out"
has "none differs" ", 0 differ" "$out"
end_tor

complaint () { # PORT
    cat <<EOF
From: noc@example.org
To: abuse@example.net
Subject: Attack from $relay
Date: Fri, 20 Nov 2026 08:00:00 +0000

Please stop this attack.

Source IP: $relay
Destination IP: 203.0.113.77
Destination port: $1
Protocol: tcp
Time: 2026-11-20 03:04:05 UTC
EOF
}

ctl () {
    ABUSE_MILTER_SCENARIOS=$top/scenarios "$B/abusectl" --config "$work/ctl.yaml" "$@"
}

answers_policy () { # tor needs a moment for its descriptor
    ! ctl check | grep -q '^WRONG *tor'
}

impossible () { # PORT: what classify says of a complaint about it, with its complaints
    complaint "$1" | ctl classify --json - 2>&1 | grep -o '"impossible":[^,}]*' | tail -1
}

says () {
    [ "$(impossible "$1")" = "$2" ]
}

is_impossible () { # NAME EXPECTED PORT: as soon as tor answers in time
    wait_for 60 says "$3" "$2"
    is "$1" "$2" "$(impossible "$3")"
}

start_tor <<EOF
CookieAuthentication 1
EOF
printf 'networks: [{cidr: %s}]\ntor: {control: "unix:%s"}\n' $relay "$work/control" >"$work/ctl.yaml"
wait_for 60 answers_policy
has "by its cookie: the policy is read" "exit policy of" "$(ctl check | grep '^ok *tor')"
is_impossible "a port that it rejects is impossible" '"impossible":"rejected-by-policy"' 4321
is_impossible "one that it accepts is not" '"impossible":null' 4322
end_tor

start_tor <<EOF
HashedControlPassword $(tor --quiet --hash-password 'let "me" in' | tail -1)
EOF
has "without its password: tor says no" "it wants a password" "$(ctl check | grep '^WRONG *tor')"
is "and nothing is known of a port" '"impossible":null' "$(impossible 4321)"
cat >"$work/ctl.yaml" <<EOF
tor:
  exit_policy: reject *:5432
  control: unix:$work/control
  control_password: let "me" in
EOF
wait_for 60 answers_policy
has "by its password: the policy is read" "exit policy of" "$(ctl check | grep '^ok *tor')"
is_impossible "tor's answer counts, not the settings' policy" '"impossible":null' 5432
end_tor
is "while it does not run the settings' policy does" '"impossible":"rejected-by-policy"' "$(impossible 5432)"
finish
