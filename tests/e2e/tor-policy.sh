#!/bin/sh
# Our exit policies against the real tor's, which runs here without any network: 50 made-up policies
# are set on it, and what it says of each is compared with ours for 4000 address/port pairs.
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
    tor -f "$work/torrc" --defaults-torrc "$work/none" --ignore-missing-torrc >"$work/tor.log" 2>&1 &
    tor_pid=$!
    wait_for 20 test -S "$work/control"
}

start_tor </dev/null || { fail "tor starts" "a control socket" "$(tail -5 "$work/tor.log")"; finish; }
pass "tor starts: $(tor --version | head -1)"

out=$(cd "$top" && timeout 300 "$B/tests/tor-policy" "unix:$work/control" $relay $policies $pairs "${SEED:-7}" 2>&1)
code=$?
echo "# $out"
is "ours and tor's answers agree" 0 $code
has "for $policies policies and $((policies * pairs)) pairs" "$policies policies, $((policies * pairs)) pairs" "$out"
has "none differs" ", 0 differ" "$out"
end_tor
finish
