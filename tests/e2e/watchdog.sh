#!/bin/sh
# What systemd is told: when the daemon is ready, reloads and stops, and that it is alive - which it
# asks its own socket, as an MTA would.
. "$(dirname "$0")/lib.sh"

said=$work/said
more_to_clean_up () {
    [ -z "$listener" ] || kill "$listener" 2>/dev/null
}
"$B/tests/notify-listen" "$work/notify" >>"$said" &
listener=$!
listens () { [ -S "$work/notify" ]; }
wait_for 30 listens || { fail "somebody listens" "$work/notify" "nobody"; finish; }

heard () { # LINE: since the last forget
    grep -qx -- "$1" "$said"
}
forget () {
    : >"$said"
}

settings </dev/null
export NOTIFY_SOCKET="$work/notify" WATCHDOG_USEC=400000
start || { fail "the daemon starts" "an answer" "none"; finish; }
unset NOTIFY_SOCKET WATCHDOG_USEC
wait_for 30 heard READY=1 && pass "it says when it is ready" || fail "it says when it is ready" READY=1 "$(cat "$said")"
forget
wait_for 30 heard WATCHDOG=1 && pass "it feeds the watchdog" || fail "it feeds the watchdog" WATCHDOG=1 "$(cat "$said")"

# Nobody can reach it any more: it is alive, and of no use.
mv "$work/milter.sock" "$work/elsewhere"
wait_for 30 logged "the watchdog is not fed" && pass "it says so when its socket does not answer" ||
    fail "it says so when its socket does not answer" "the watchdog is not fed" "$(cat "$log")"
forget
sleep 2
lacks "and does not feed the watchdog" "WATCHDOG=1" "$(cat "$said")"
mv "$work/elsewhere" "$work/milter.sock"
forget
wait_for 30 heard WATCHDOG=1 && pass "when the socket answers again it does" ||
    fail "when the socket answers again it does" WATCHDOG=1 "$(cat "$said")"

forget
kill -HUP "$milter"
reloaded () { heard RELOADING=1 && heard READY=1; }
wait_for 30 reloaded && pass "it says that it reloads, and when that is done" ||
    fail "it says that it reloads, and when that is done" "RELOADING=1 READY=1" "$(cat "$said")"
forget
stop
wait_for 30 heard STOPPING=1 && pass "it says that it stops" || fail "it says that it stops" STOPPING=1 "$(cat "$said")"

if command -v systemd-analyze >/dev/null && systemd-analyze security --help >/dev/null 2>&1; then
    unit=$(systemd-analyze security --offline=true --threshold=20 --no-pager "$top/dist/systemd/abuse-milter.service" 2>&1)
    code=$?
    case $unit in
    *"Overall exposure level"*) is "the unit's exposure is at most 2.0" 0 $code ;;
    *) skip "the unit's exposure" "this systemd-analyze cannot tell it offline" ;;
    esac
else
    skip "the unit's exposure" "there is no systemd-analyze"
fi
finish
