#!/bin/bash
# The pages and metrics that the daemon serves: what they show, who may see them, and that nothing a
# complaint says becomes markup.  TAP on standard output.
. "$(dirname "$0")/lib.sh"
command -v curl >/dev/null || { echo "1..0 # SKIP no curl"; exit 0; }
web=$work/web.sock
token=0123456789abcdef0123

get () { # PATH [CURL OPTION...]
    local path=$1
    shift
    curl -s --max-time 20 --unix-socket "$web" "$@" "http://desk$path"
}

status_of () { # PATH [CURL OPTION...]
    get "$@" -o /dev/null -w '%{http_code}'
}

complain () { # FILE: through the milter, as an MTA would
    printf 'connect\nnegotiate\nqueue-id Q1\nmail <a@example.net>\nrcpt <abuse@example.org>\ndata\nfile %s\nquit\n' "$1" |
        "$B/tests/milter-client" "$socket" >/dev/null
}

cat >"$work/hostile.eml" <<'EOF'
From: "<script>alert(1)</script>" <x@example.net>
To: abuse@example.org
Date: Fri, 20 Nov 2026 05:00:00 +0000
Subject: <img src=x onerror=alert(1)> "quoted" & 'so'
Content-Type: text/plain; charset=utf-8

All times are UTC. </pre><script>alert(2)</script> javascript:alert(3)
Nov 20 04:03:58 web3 sshd[21877]: Failed password for "><svg onload=alert(4)> from 198.51.100.7 port 43118 ssh2
https://example.net/"onmouseover="alert(5)
EOF

settings <<EOF
keep_text: true
web: {listen: "unix:$web", token_file: $work/token}
EOF
echo "$token" >"$work/token"
start
complain "$work/hostile.eml"
complain "$top/tests/mails/ssh-bruteforce/fail2ban-complain.eml"

is "health asks for no token" ok "$(get /healthz)"
is "a page asks for one" 401 "$(status_of /reports)"
is "a wrong one is none" 401 "$(status_of /reports -H 'Authorization: Bearer 0123456789abcdef0124')"
is "a beginning of it is none" 401 "$(status_of /reports -H 'Authorization: Bearer 0123456789abcdef')"
auth=(-H "Authorization: Bearer $token")
is "the right one opens it" 200 "$(status_of /reports "${auth[@]}")"
is "there are no other pages" 404 "$(status_of /etc/passwd "${auth[@]}")"
is "nor a way up" 404 "$(status_of /../log.db --path-as-is "${auth[@]}")"
is "nothing can be posted" 405 "$(status_of /reports "${auth[@]}" -X POST -d a=b)"
is "a filter that is none is told" 400 "$(status_of '/reports?ip=nonsense' "${auth[@]}")"
is "a time that is none is told" 400 "$(status_of '/reports?since=soon' "${auth[@]}")"
is "a report that is not there" 404 "$(status_of /report/01ARZ3NDEKTSV4RRFFQ69G5FAV "${auth[@]}")"
is "an id that is none" 404 "$(status_of "/report/'%20OR%201=1" "${auth[@]}")"

headers=$(get /reports "${auth[@]}" -D - -o /dev/null)
has "a policy without scripts" "Content-Security-Policy: default-src 'none'" "$headers"
has "nothing is kept by caches" "Cache-Control: no-store" "$headers"

list=$(get /reports "${auth[@]}")
has "the list has the sample" "198.51.100.7" "$list"
lacks "no markup of a subject" "<img" "$list"
is "a filter filters" 1 "$(get '/reports?q=onerror' "${auth[@]}" | grep -c 'href="/report/')"
is "a filter's text stays text" 0 "$(get '/reports?q=%22%3E%3Cscript%3E' "${auth[@]}" | grep -c '<script')"

id=$(get '/reports?q=onerror' "${auth[@]}" | grep -o '/report/[0-9A-Z]*' | head -1)
page=$(get "$id" "${auth[@]}")
has "the report's text is there, as text" "&lt;svg onload=alert(4)&gt;" "$page"
has "what was found is marked" "accused, address" "$page"
for markup in '<script' '<svg onload' '<img' 'href="javascript' 'href="https://example.net'; do
    lacks "no $markup of a complaint" "$markup" "$page"
done
is "well-formed to a parser" "" "$(echo "$page" | xmllint --html --noout - 2>&1 | grep -i 'error' | grep -viE 'tag (main|nav|header|section|svg|time|mark|rect|circle|line|title) invalid')"

metrics=$(get /metrics "${auth[@]}")
has "tagged mails are counted" 'abuse_milter_mails_total{outcome="tagged"} 2' "$metrics"
has "rows are counted" 'abuse_milter_log_rows_total{outcome="committed"} 2' "$metrics"
has "stages are timed" 'abuse_milter_stage_seconds_count{stage="judge"} 2' "$metrics"
if command -v promtool >/dev/null; then
    is "promtool has nothing to say" "" "$(echo "$metrics" | promtool check metrics 2>&1)"
    is "nor about the alert rules" 0 "$(promtool check rules "$top/dist/prometheus/abuse-milter.rules.yml" >/dev/null 2>&1; echo $?)"
else
    skip "promtool has nothing to say" "no promtool"
    skip "nor about the alert rules" "no promtool"
fi
echo 'listen: nonsense' >"$work/broken"
cp "$work/settings.yaml" "$work/good"
cat "$work/broken" >>"$work/settings.yaml"
kill -HUP "$milter"
wait_for () { for _ in $(seq 300); do "$@" && return 0; sleep 0.1; done; return 1; }
refused () { get /metrics "${auth[@]}" | grep -q '^abuse_milter_reload_success 0'; }
wait_for refused && pass "a refused reload shows" || fail "a refused reload shows" "reload_success 0" "$(get /metrics "${auth[@]}" | grep reload)"
stop
[ ! -e "$web" ] && pass "the socket is gone with the daemon" || fail "the socket is gone with the daemon" "no file" "$(ls -l "$web")"
finish
