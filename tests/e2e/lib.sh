# Common to the end-to-end tests: TAP on standard output, and the daemon in a folder of its own.
# To be sourced.  $B is the build folder, $work the folder of this test, removed at the end.

top=$(cd "$(dirname "$0")/../.." && pwd)
B=${B:-$top/build}
case $B in /*) ;; *) B=$top/$B ;; esac
work=$(mktemp -d "${TMPDIR:-/tmp}/abuse-milter-test.XXXXXX")
chmod 755 "$work"
socket=unix:$work/milter.sock
db=$work/log.db
log=$work/daemon.log
milter=
count=0
status=0

# --- TAP ------------------------------------------------------------------------------------------

pass () {
    count=$((count + 1))
    echo "ok $count - $1"
}

fail () { # NAME EXPECTED GOT
    count=$((count + 1))
    status=1
    echo "not ok $count - $1"
    printf '%s\n' "expected: $2" "got:      $3" | sed 's/^/#   /'
}

skip () { # NAME WHY
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

is () { # NAME EXPECTED GOT
    if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "$2" "$3"; fi
}

has () { # NAME TEXT GOT: some line of GOT holds TEXT
    case $3 in *"$2"*) pass "$1" ;; *) fail "$1" "... $2 ..." "$3" ;; esac
}

lacks () { # NAME TEXT GOT
    case $3 in *"$2"*) fail "$1" "nothing with: $2" "$3" ;; *) pass "$1" ;; esac
}

finish () {
    echo "1..$count"
    exit $status
}

# --- the daemon -----------------------------------------------------------------------------------

settings () { # more lines of YAML on standard input
    {
        echo "listen: $socket"
        echo "log: sqlite:$db"
        echo "log_to: stderr"
        echo "time_limit: 10min" # a checked daemon is slow, and so may be the machine
        [ -n "$own_scenarios" ] || echo "scenarios: [$top/scenarios]"
        cat
    } >"$work/settings.yaml"
}

wait_for () { # SECONDS COMMAND...: until it succeeds; SECONDS for a slow and loaded machine
    tries=$(($1 * 20))
    shift
    while [ $tries -gt 0 ]; do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.05
        tries=$((tries - 1))
    done
    return 1
}

answers () {
    printf 'connect\nexpect ok\nnegotiate\nexpect ok\nquit\n' | "$B/tests/milter-client" "$socket"
}

# With VALGRIND set, as `make valgrind' does, the daemon runs under it and ends with 99 when it has found
# something, which is then in the daemon's log.
checked=
patience=60
if [ -n "$VALGRIND" ]; then
    checked="valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --suppressions=$top/tests/valgrind.supp"
    patience=300
fi

start () {
    $checked "$B/abuse-milter" --foreground --config "$work/settings.yaml" "$@" >>"$log" 2>&1 &
    milter=$!
    wait_for $patience answers && return 0
    echo "# the daemon did not start:"
    sed 's/^/#   /' "$log"
    return 1
}

gone () {
    ! kill -0 "$1" 2>/dev/null
}

stop () { # what a signal does: default TERM
    [ -n "$milter" ] || return 0
    kill "-${1:-TERM}" "$milter" 2>/dev/null
    wait "$milter" 2>/dev/null
    stopped_with=$?
    milter=
    [ $stopped_with -ne 99 ] || grep '^==' "$log" | sed 's/^/#   /'
}

logged () { # TEXT: the daemon's log holds it
    grep -qF -- "$1" "$log"
}

client () {
    "$B/tests/milter-client" "$socket"
}

rows () {
    "$B/tests/log-rows" "sqlite:$db"
}

clean_up () {
    stop KILL
    command -v more_to_clean_up >/dev/null && more_to_clean_up
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM
