#!/bin/bash
# The desk's pages in a real Chromium, driven by its WebDriver: every page, filters, narrow and wide, light
# and dark; nothing in the console, no accessibility violation (axe-core), nothing wider than the
# screen, no script of a complaint runs.  TAP on standard output.
#
# Screenshots stay in $SHOTS, when that is set.
. "$(dirname "$0")/lib.sh"
axe_version=4.10.2
axe=$B/packages/axe-core-$axe_version.js
for tool in chromedriver chromium curl jq; do
    command -v $tool >/dev/null || { echo "1..0 # SKIP no $tool"; exit 0; }
done
if [ ! -s "$axe" ]; then
    mkdir -p "${axe%/*}"
    curl -sSf --max-time 60 "https://registry.npmjs.org/axe-core/-/axe-core-$axe_version.tgz" 2>/dev/null |
        tar -xzO package/axe.min.js >"$axe.part" 2>/dev/null && mv "$axe.part" "$axe"
fi
[ -s "$axe" ] || { echo "1..0 # SKIP axe-core cannot be fetched"; exit 0; }

port=$((20000 + $$ % 20000))
driver=
more_to_clean_up () {
    [ -z "$session" ] || call DELETE "" >/dev/null
    [ -z "$driver" ] || kill "$driver"
}

call () { # METHOD PATH [JSON]: of the session; the answer's value
    if [ -n "$3" ]; then
        printf '%s' "$3" | curl -s --max-time 120 -X "$1" -H 'Content-Type: application/json' --data-binary @- \
            "http://127.0.0.1:$((port + 1))/session$session$2"
    else
        curl -s --max-time 120 -X "$1" "http://127.0.0.1:$((port + 1))/session$session$2"
    fi
}

cdp () { # COMMAND PARAMETERS
    call POST /goog/cdp/execute "{\"cmd\":\"$1\",\"params\":$2}" >/dev/null
}

run () { # JAVASCRIPT: what it returns
    jq -n --arg s "$1" '{script: $s, args: []}' >"$work/script"
    call POST /execute/sync "$(cat "$work/script")" | jq -r '.value'
}

open_page () { # PATH
    call POST /url "{\"url\":\"http://127.0.0.1:$port$1\"}" >/dev/null
}

screen () { # WIDTH SCHEME
    cdp Emulation.setDeviceMetricsOverride "{\"width\":$1,\"height\":900,\"deviceScaleFactor\":1,\"mobile\":false}"
    cdp Emulation.setEmulatedMedia "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"$2\"}]}"
}

violations () { # what axe-core finds, a line each
    jq -Rs '{script: (. + ";var done=arguments[0];axe.run().then(r=>done(r.violations.map(v=>v.id+\" \"+v.nodes.map(n=>n.html).slice(0,3).join(\" | \")).join(\"\\n\")),e=>done(\"axe: \"+e));"), args: []}' \
        "$axe" >"$work/axe.json"
    curl -s --max-time 120 -H 'Content-Type: application/json' --data-binary @"$work/axe.json" \
        "http://127.0.0.1:$((port + 1))/session$session/execute/async" | jq -r '.value'
}

console () {
    call POST /se/log '{"type":"browser"}' | jq -r '.value[]? | select(.level != "INFO") | .message' |
        grep -v 'status of 404 (Not Found)$' # of the page that is not there
}

shot () { # NAME
    [ -n "$SHOTS" ] || return 0
    call GET /screenshot | jq -r .value | base64 -d >"$SHOTS/$1.png"
}

look_at () { # NAME PATH
    for width in 320 1400; do
        for scheme in light dark; do
            screen $width $scheme
            open_page "$2"
            is "$1, $width pixels, $scheme: axe-core finds nothing" "" "$(violations)"
            [ "$(run 'return document.documentElement.scrollWidth <= window.innerWidth')" = true ] &&
                pass "$1, $width pixels, $scheme: nothing is wider" ||
                fail "$1, $width pixels, $scheme: nothing is wider" "at most $width" "$(run 'return document.documentElement.scrollWidth')"
            shot "$1-$width-$scheme"
        done
    done
    is "$1: nothing in the console" "" "$(console)"
    is "$1: no script has run" false "$(run 'return !!window.pwned || document.querySelectorAll("script").length > 0')"
}

complain () { # FILE...
    for file in "$@"; do
        printf 'connect\nnegotiate\nmail <a@example.net>\nrcpt <abuse@example.org>\ndata\nfile %s\nquit\n' "$file"
    done | "$B/tests/milter-client" "$socket" >/dev/null
}

cat >"$work/hostile.eml" <<'EOF'
From: "<script>window.pwned=1</script>" <x@example.net>
To: abuse@example.org
Date: Fri, 20 Nov 2026 05:00:00 +0000
Subject: <img src=x onerror="window.pwned=1"> hostile words in a row that is much longer than any screen is wide
Content-Type: text/plain; charset=utf-8

All times are UTC. </pre><script>window.pwned=1</script>
Nov 20 04:03:58 web3 sshd[21877]: Failed password for "><svg onload=window.pwned=1> from 198.51.100.7 port 43118 ssh2
https://example.net/"onmouseover="window.pwned=1
EOF

settings <<EOF
keep_text: true
web: {listen: "inet:$port@127.0.0.1"}
networks:
  - {cidr: 198.51.100.0/25, relay: quokka1, provider: Example Hosting, since: 2024-03-01}
EOF
start || exit 1
for mail in "$top"/tests/mails/*/*.eml; do
    n=$((n + 1))
    [ $((n % 4)) -eq 0 ] && complain "$mail"
done
complain "$work/hostile.eml"

chromedriver --port=$((port + 1)) >"$work/driver.log" 2>&1 &
driver=$!
wait_for 60 curl -sf "http://127.0.0.1:$((port + 1))/status"
session=/$(call POST "" '{"capabilities":{"alwaysMatch":{"goog:loggingPrefs":{"browser":"ALL"},"goog:chromeOptions":{"args":[
    "--headless=new","--no-sandbox","--disable-gpu","--disable-quic","--no-first-run","--disable-background-networking",
    "--disable-component-update","--disable-sync","--disable-dev-shm-usage","--hide-scrollbars","--user-data-dir='"$work/chromium"'"]}}}}' | jq -r .value.sessionId)
[ "$session" != /null ] || { fail "Chromium starts" "a session" "$(tail -5 "$work/driver.log")"; finish; }

first () { # PATH PATTERN: the first link like it on a page
    curl -s "http://127.0.0.1:$port$1" | grep -o "href=\"$2[0-9A-Z]*\"" | head -1 | cut -d'"' -f2
}
look_at overview /
look_at cases /cases
look_at case "$(first /cases /case/)"
look_at reports /reports
look_at nothing '/reports?q=nothing+has+these+words'
look_at report "$(first '/reports?scenario=ssh-bruteforce' /report/)"
look_at hostile "$(first '/reports?q=hostile' /report/)"
look_at copyright "$(first '/reports?scenario=copyright' /report/)"
look_at missing /report/01ARZ3NDEKTSV4RRFFQ69G5FAV

open_page /reports
run 'document.documentElement.removeAttribute("lang")' >/dev/null
has "axe-core does find what is wrong" "html-has-lang" "$(violations)"

screen 1400 light
open_page /reports
run 'document.querySelector("[name=scenario]").value = "ssh-bruteforce"; document.querySelector("form").submit()' >/dev/null
wait_for 30 eval '[ "$(run "return location.search.includes(\"scenario=ssh-bruteforce\")")" = true ]'
is "a filter chosen in the form filters" true \
    "$(run 'return [...document.querySelectorAll(".rows > li")].every(l => l.textContent.includes("ssh-bruteforce")) && document.querySelectorAll(".rows > li").length > 0')"
is "and stays chosen" ssh-bruteforce "$(run 'return document.querySelector("[name=scenario]").value')"
open_page /reports
run 'document.querySelector(".skip").focus()' >/dev/null
is "the keyboard's first stop skips to the content" "#main" "$(run 'return document.activeElement.getAttribute("href")')"
finish
