#!/bin/sh
# The daemon's own life: options, start and refusal, reload, drain, a killed one's leftovers.
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

try () { # one mail; prints what came back
    printf 'connect\nnegotiate\n%s\nshow\nquit\n' "$good" | client
}

begin_mail () { # and come back when the milter has heard of it
    rm -f "$work/on"
    {
        printf 'connect\nnegotiate\nmail a@example.org\nrcpt abuse@example.net\ndata\n'
        wait_for 120 test -e "$work/on"
        printf 'file %s\nshow\nquit\n' "$work/complaint.eml"
    } | client >"$work/during" &
    during=$!
    wait_for 60 grep -q '^data' "$work/during"
}

end_mail () { # what came back is in $work/during
    touch "$work/on"
    wait $during
}

# --- options --------------------------------------------------------------------------------------

is "--version" "abuse-milter 0.1.0" "$("$B/abuse-milter" --version)"
has "--help tells the settings" "message_limit" "$("$B/abuse-milter" --help)"
out=$("$B/abuse-milter" --frobnicate 2>&1)
is "an unknown option ends with 64" 64 $?
has "and is named" "--frobnicate" "$out"

own_scenarios=yes
cp -r "$top/scenarios" "$work/scenarios"
plain () {
    settings <<EOF
scenarios: [$work/scenarios]
pid_file: $work/pid
EOF
}
plain
out=$("$B/abuse-milter" --check --config "$work/settings.yaml" 2>&1)
is "--check of good settings ends with 0" 0 $?
has "and counts the scenarios" "scenarios are fine" "$out"

printf 'listen: 7\nwatsch: x\n' >"$work/bad.yaml"
out=$("$B/abuse-milter" --check --config "$work/bad.yaml" 2>&1)
is "--check of bad settings ends with 78" 78 $?
has "every mistake has its line" "$work/bad.yaml:1:" "$out"
has "all of them in one run" "$work/bad.yaml:2:" "$out"

out=$("$B/abuse-milter" --foreground --config "$work/none.yaml" 2>&1)
is "a settings file that is not there ends with 78" 78 $?
has "and is named" "$work/none.yaml" "$out"

# --- starting -------------------------------------------------------------------------------------

start || { fail "the daemon starts" "an answer at $socket" "none"; finish; }
is "the socket has the mode of the settings" "660" "$(stat -c %a "$work/milter.sock")"
is "the pid file has its process" "$milter" "$(cat "$work/pid")"

out=$("$B/abuse-milter" --foreground --config "$work/settings.yaml" 2>&1)
is "a second one refuses to start" 1 $?
has "and says who is there" "another abuse-milter is running (process $milter)" "$out"
sed '/pid_file/d' "$work/settings.yaml" >"$work/second.yaml"
out=$("$B/abuse-milter" --foreground --config "$work/second.yaml" 2>&1)
is "a second one without a pid file refuses the same socket" 1 $?
has "and says why" "another program answers there" "$out"
has "the first one goes on" "eom continue" "$(try)"

# --- reload ---------------------------------------------------------------------------------------

hup () { # TEXT: SIGHUP, and wait until the log says so
    : >"$log"
    kill -HUP "$milter"
    wait_for 60 logged "$1"
}

{ plain; echo 'header_prefix: X-Complaint-' >>"$work/settings.yaml"; }
hup "reloaded settings" && pass "SIGHUP reads the settings again" ||
    fail "SIGHUP reads the settings again" "reloaded settings" "$(cat "$log")"
has "the new settings hold" "| X-Complaint-Scenario: ssh-bruteforce" "$(try)"

plain
echo 'on_error: perhaps' >>"$work/settings.yaml"
line=$(wc -l <"$work/settings.yaml")
hup "not reloaded"
has "a mistake in the settings is told with its line" "$work/settings.yaml:$line:" "$(cat "$log")"
has "the old settings stay" "| X-Complaint-Scenario: ssh-bruteforce" "$(try)"

plain
echo 'nonsense: [' >>"$work/scenarios/ssh-bruteforce.yaml"
hup "not reloaded"
has "a mistake in a scenario is told with its line" "$work/scenarios/ssh-bruteforce.yaml:" "$(cat "$log")"
has "the old scenarios stay, with their settings" "| X-Complaint-Scenario: ssh-bruteforce" "$(try)"
cp "$top/scenarios/ssh-bruteforce.yaml" "$work/scenarios/"

begin_mail # under the settings as they were
hup "reloaded settings"
end_mail
has "a mail that began before a reload keeps its settings" "| X-Complaint-Scenario:" \
    "$(cat "$work/during")"
has "the next one has the new" "| X-Abuse-Scenario:" "$(try)"

: >"$log"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do kill -HUP "$milter"; done
wait_for 60 logged "reloaded settings"
has "twenty SIGHUPs at once do not end it" "eom continue" "$(try)"

# --- the end --------------------------------------------------------------------------------------

begin_mail
kill -TERM "$milter"
wait_for 60 logged "stopping" # and does not end yet
end_mail
stop TERM
has "SIGTERM lets a mail that has begun be finished" "| X-Abuse-Scenario: ssh-bruteforce" \
    "$(cat "$work/during")"
is "and then ends with 0" 0 $stopped_with
is "the socket is gone" "no" "$([ -e "$work/milter.sock" ] && echo yes || echo no)"
is "the pid file is gone" "no" "$([ -s "$work/pid" ] && echo yes || echo no)"
id=$(sed -n 's/^| X-Abuse-Id: //p' "$work/during")
has "its row is in the log" "$id" "$(rows)"

start
stop KILL
is "a killed one leaves its socket" "yes" "$([ -S "$work/milter.sock" ] && echo yes || echo no)"
start && pass "the next one takes the stale socket and pid file over" ||
    fail "the next one takes the stale socket and pid file over" "an answer" "none"
has "and tags" "eom continue" "$(try)"
stop INT
is "SIGINT ends it with 0 too" 0 $stopped_with

echo precious >"$work/milter.sock"
out=$("$B/abuse-milter" --foreground --config "$work/settings.yaml" 2>&1)
is "a file that is no socket is refused" 1 $?
is "and left alone" precious "$(cat "$work/milter.sock")"
rm "$work/milter.sock"

sed "s|^listen:.*|listen: unix:$work/nowhere/milter.sock|" "$work/settings.yaml" >"$work/nowhere.yaml"
out=$("$B/abuse-milter" --foreground --config "$work/nowhere.yaml" 2>&1)
is "a socket in a folder that is not there ends with 1" 1 $?
has "and the folder is named" "$work/nowhere: No such file or directory" "$out"

# --- in the background ----------------------------------------------------------------------------

"$B/abuse-milter" --config "$work/settings.yaml" >"$log" 2>&1
is "in the background, the start returns 0 when it serves" 0 $?
has "and it does at once" "eom continue" "$(try)"
background=$(cat "$work/pid")
"$B/abuse-milter" --config "$work/settings.yaml" >"$work/out" 2>&1
is "a second start in the background returns the failure" 1 $?
has "and its reason" "is running" "$(cat "$work/out")"
kill "$background"
wait_for 60 gone "$background" && pass "SIGTERM ends it" || fail "SIGTERM ends it" "gone" "there"

# --- rights ---------------------------------------------------------------------------------------

if [ "$(id -u)" -eq 0 ]; then
    db=$work/state/log.db
    install -d -o nobody "$work/state"
    plain
    echo 'user: nobody' >>"$work/settings.yaml"
    start && pass "started as root with 'user' it serves" ||
        fail "started as root with 'user' it serves" "an answer" "$(cat "$log")"
    is "as that user, for good" "Uid: $(id -u nobody) $(id -u nobody) $(id -u nobody) $(id -u nobody)" \
        "$(grep '^Uid:' "/proc/$milter/status" | xargs)"
    is "without root's groups" "Groups: $(id -G nobody)" "$(grep '^Groups:' "/proc/$milter/status" | xargs)"
    is "its socket and its log are that user's" "nobody nobody" \
        "$(stat -c %U "$work/milter.sock" "$db" | xargs)"
    has "and it tags" "eom continue" "$(try)"
    stop
    plain
    echo 'user: nobody-of-this-name' >>"$work/settings.yaml"
    out=$("$B/abuse-milter" --foreground --config "$work/settings.yaml" 2>&1)
    is "a user that is not there ends with 1" 1 $?
    has "and is named" "there is no user 'nobody-of-this-name'" "$out"
    db=$work/log.db
else
    skip "dropping root's rights" "this is not root"
fi

# --- over TCP -------------------------------------------------------------------------------------

one_of_forty_us () { # what half of the mails take less than
    "$B/tests/milter-load" -c 1 -n 40 -m 40 "$socket" "$work/complaint.eml" | sed 's/.* p50_us=\([0-9]*\).*/\1/'
}

# Each mail that waits for a delayed acknowledgement takes 40 ms more than over the unix socket; a slow
# machine is slow at both, so it is the difference that counts, and one good try of ten.
not_delayed () {
    for try in 1 2 3 4 5 6 7 8 9 10; do
        tcp=$(one_of_forty_us)
        [ "$tcp" -lt $((unix + 20000)) ] && return 0
    done
    return 1
}

plain
start || fail "it listens at $socket" "an answer" "$(cat "$log")"
unix=$(one_of_forty_us)
stop
port=$((20000 + $$ % 20000))
for socket in "inet:$port@127.0.0.1" "inet6:$port@::1"; do
    case $socket in inet6*) grep -q . /proc/net/if_inet6 2>/dev/null ||
        { skip "$socket" "no IPv6 here"; continue; } ;; esac
    plain
    start || { fail "it listens at $socket" "an answer" "$(cat "$log")"; continue; }
    has "it serves at $socket" "eom continue" "$(try)"
    if not_delayed; then pass "mails are not delayed by acknowledgements at ${socket%%:*}"
    else fail "mails are not delayed by acknowledgements at ${socket%%:*}" "about $unix us for a mail" "$tcp us"; fi
    stop
done
finish
