#!/bin/sh
# make demo: the sample complaints sent through a scratch Postfix and the milter, and what came out.
#
#     B=build [KEEP=1] tests/demo.sh       KEEP=1 leaves it running and says how to go on
#
# Ends with 0 only if every sample was tagged as its .want file says.
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
B=${B:-build}
case $B in /*) ;; *) B=$top/$B ;; esac
. tests/scratch-postfix.sh

if [ "$(id -u)" -ne 0 ] && command -v sudo >/dev/null; then
    echo "Postfix starts as root only: going on with sudo."
    exec sudo env "B=$B" "KEEP=$KEEP" "PATH=$PATH" "$0"
fi
why=$(postfix_why_not)
[ -z "$why" ] || { echo "make demo: $why" >&2; exit 1; }

if [ -t 1 ] && [ -z "$NO_COLOR" ]; then
    bold=$(printf '\033[1m') green=$(printf '\033[32m') red=$(printf '\033[31m') plain=$(printf '\033[0m')
else
    bold= green= red= plain=
fi
title () {
    printf '\n%s%s%s\n\n' "$bold" "$1" "$plain"
}

work=$(mktemp -d "${TMPDIR:-/tmp}/abuse-milter-demo.XXXXXX")
chmod 755 "$work"
socket=unix:$work/milter.sock
inbox=$work/postfix/mail/abuse/new
milter=

stop_all () {
    postfix_stop "$work/postfix"
    [ -n "$milter" ] && kill "$milter" 2>/dev/null && wait "$milter" 2>/dev/null
    milter=
}
end () {
    code=$?
    [ -n "$kept" ] && exit $code
    stop_all
    rm -rf "$work"
    exit $code
}
trap end EXIT
trap 'exit 1' HUP INT TERM

# --- start ----------------------------------------------------------------------------------------

cat >"$work/settings.yaml" <<EOF
listen: $socket
socket_mode: "0666"
log: sqlite:$work/log.db
log_to: stderr
scenarios: [$top/scenarios]
EOF
"$B/abuse-milter" --foreground --config "$work/settings.yaml" >"$work/milter.log" 2>&1 &
milter=$!
left=600
until printf 'connect\nexpect ok\n' | "$B/tests/milter-client" "$socket" >/dev/null 2>&1; do
    left=$((left - 1))
    if [ $left -eq 0 ] || ! kill -0 $milter 2>/dev/null; then
        echo "the milter did not start:" >&2
        cat "$work/milter.log" >&2
        exit 1
    fi
    sleep 0.1
done
port=$(free_port)
postfix_start "$work/postfix" "$port" "$socket" || exit 1
echo "A Postfix of its own answers at 127.0.0.1:$port and asks the milter at"
echo "$socket about every mail; the log is $work/log.db."

# --- send and look --------------------------------------------------------------------------------

"$B/tests/smtp-send" "$port" complaints@example.org abuse@example.net tests/mails/*/*.eml >"$work/sent"
postfix_wait_empty "$work/postfix" 300

headers () { # FILE: our headers on a mail, unfolded
    awk '/^$/ { exit }
         /^[ \t]/ { if (ours) { sub (/^[ \t]+/, ""); line = line " " $0 } ; next }
         { if (ours) print line; ours = tolower ($0) ~ /^x-abuse-/; line = $0 }
         END { if (ours) print line }' "$1"
}
value () { # NAME: of the headers on standard input
    sed -n "s/^X-Abuse-$1: //p" | head -1
}

# Which file has which of Postfix's ids: looked up once, not for each mail.
grep -oE '\<id [0-9A-Za-z]+\>' "$inbox"/* 2>/dev/null | sed 's/:id / /' >"$work/ids"

title "What was detected"
printf '  %-46s %-20s %-7s %-14s %s\n' "sample (tests/mails/)" scenario priority format incidents
good=0 wrong=0 shown=
tab=$(printf '\t')
while IFS=$tab read -r sample answer; do
    queue_id=${answer##*queued as }
    name=${sample#tests/mails/}
    delivered=$(awk -v id="$queue_id" '$2 == id { print $1; exit }' "$work/ids")
    if [ -z "$delivered" ]; then
        wrong=$((wrong + 1))
        printf '%s✗%s %-46s %s\n' "$red" "$plain" "${name%.eml}" "was not delivered: $answer"
        continue
    fi
    headers "$delivered" >"$work/got"
    printf '%-46s %-20s %-7s %-14s %s\n' "${name%.eml}" "$(value Scenario <"$work/got")" \
        "$(value Priority <"$work/got")" "$(value Format <"$work/got")" \
        "$(value Incident-Count <"$work/got")" >"$work/line"
    grep -v '^#' "${sample%.eml}.want" >"$work/wanted"
    if grep -vE '^X-Abuse-(Id|Confidence|Case):' "$work/got" |
        diff -u --label wanted --label got "$work/wanted" - >"$work/difference"; then
        good=$((good + 1))
        printf '%s✓%s %s\n' "$green" "$plain" "$(cat "$work/line")"
    else
        wrong=$((wrong + 1))
        printf '%s✗%s %s\n' "$red" "$plain" "$(cat "$work/line")"
        sed 1,3d "$work/difference" | grep '^[-+]' | sed 's/^/      /'
    fi
    case $name in */fail2ban*) [ -n "$shown" ] || shown=$delivered ;; esac
done <"$work/sent"

title "One of them as it was delivered"
awk '/^$/ { exit } { print "  " $0 }' "${shown:-$delivered}" |
    grep -vE '^  (Return-Path|X-Original-To|Delivered-To):'

title "The same from the log: abusectl list"
"$B/abusectl" --config "$work/settings.yaml" list | head -25 | sed 's/^/  /'

title "$good of $((good + wrong)) samples were tagged as expected"

if [ -n "$KEEP" ]; then
    kept=yes
    cat >"$work/stop" <<EOF
#!/bin/sh
/usr/sbin/postfix -c $work/postfix/etc stop
kill $milter
rm -rf $work
EOF
    chmod +x "$work/stop"
    cat <<EOF
It stays:
  send one more     $B/tests/smtp-send $port you@example.org abuse@example.net FILE
  delivered mail    $inbox
  the log           $B/abusectl --config $work/settings.yaml list
  what it says      $work/milter.log
  stop it all       $work/stop

EOF
fi
[ $wrong -eq 0 ] && [ $good -gt 0 ]
