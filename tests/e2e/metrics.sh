#!/bin/bash
# After many mails, half of them to nobody watched, the metrics and the log say the same.  TAP on
# standard output.
. "$(dirname "$0")/lib.sh"
mails=${METRICS_MAILS:-10000}
command -v curl >/dev/null || { echo "1..0 # SKIP no curl"; exit 0; }
web=$work/web.sock
settings <<EOF
web: {listen: "unix:$web"}
log_wait: 60s
EOF
start || exit 1

"$B/tests/milter-load" -c 8 -n $((mails / 2)) -m 50 "$socket" "$top"/tests/mails/*/*.eml >"$work/load" 2>&1 ||
    fail "the watched mails go through" "no errors" "$(cat "$work/load")"
"$B/tests/milter-load" -c 8 -n $((mails / 2)) -m 50 -r nobody@example.org "$socket" "$top"/tests/mails/*/*.eml >>"$work/load" 2>&1 ||
    fail "the others go through" "no errors" "$(cat "$work/load")"

metrics=$(curl -s --unix-socket "$web" http://desk/metrics)
metric () { # NAME{LABELS}
    echo "$metrics" | grep -F "abuse_milter_$1 " | awk '{print $NF}'
}
by () { # LABEL: its values and the reports of each, sorted
    echo "$metrics" | sed -n "s/^abuse_milter_reports_total{.*$1=\"\([^\"]*\)\".*} \(.*\)/\1 \2/p" |
        awk '{ n[$1] += $2 } END { for (name in n) print name, n[name] }' | sort
}
logged () { # WHAT: the same of the log
    "$B/abusectl" --config "$work/settings.yaml" stats --by "$1" --json -n 100 |
        jq -r '"\(.name) \(.reports)"' | sort
}
is "tagged" $((mails / 2)) "$(metric 'mails_total{outcome="tagged"}')"
is "let through unread" $((mails / 2)) "$(metric 'mails_total{outcome="unwatched"}')"
is "nothing failed" "0 0" "$(metric 'mails_total{outcome="untagged"}') $(metric 'mails_total{outcome="deferred"}')"
is "each has a row" $((mails / 2)) "$(metric 'log_rows_total{outcome="committed"}')"
is "each stage is timed" "$((mails / 2)) $((mails / 2)) $((mails / 2)) $((mails / 2))" \
    "$(for stage in read judge log reply; do metric "stage_seconds_count{stage=\"$stage\"}"; done | tr '\n' ' ' | sed 's/ $//')"
if command -v jq >/dev/null; then
    is "by scenario the log says the same" "$(logged scenario)" "$(by scenario)"
    is "by priority the log says the same" "$(logged priority)" "$(by priority)"
else
    skip "by scenario the log says the same" "no jq"
    skip "by priority the log says the same" "no jq"
fi
finish
