#!/bin/sh
# Mails about the same thing become one case: seen in their headers, worked on with abusectl, and
# remembered over a restart.
. "$(dirname "$0")/lib.sh"

mail () { # NUMBER ADDRESS [HEADER]
    minute=$(printf %02d "$1")
    cat <<EOF
From: security@example.org
To: abuse@example.net
Subject: SSH login attempts from $2
Date: Fri, 20 Nov 2026 03:$minute:00 +0000
Message-ID: <$1@example.org>
${3:-X-Nothing: here}

Nov 20 03:$minute:05 host sshd[47$minute]: Failed password for root from $2 port 431$minute ssh2
EOF
}

send () { # NUMBER ADDRESS [HEADER]: prints what came back
    mail "$@" >"$work/mail.eml"
    client <<EOF
connect
negotiate
queue-id 4CASE$1
mail security@example.org
rcpt abuse@example.net
data
file $work/mail.eml
show
quit
EOF
}

header () { # NAME: of what came back
    sed -n "s/.*X-Abuse-$1: *\([0-9A-Z]*\).*/\1/p" | head -1
}

ctl () {
    "$B/abusectl" --config "$work/settings.yaml" "$@"
}

settings </dev/null
start || { fail "the daemon starts" "an answer at $socket" "none"; finish; }

out=$(send 1 198.51.100.7)
first=$(echo "$out" | header Id)
has "the first mail is logged" 01 "$first"
is "the first of a case has no X-Abuse-Case" "" "$(echo "$out" | header Case)"
is "the second joins it" "$first" "$(send 2 198.51.100.7 | header Case)"
is "one about another address does not" "" "$(send 3 198.51.100.8 | header Case)"
stop
start || { fail "the daemon starts again" "an answer at $socket" "none"; finish; }
is "after a restart it is known" "$first" "$(send 4 198.51.100.7 | header Case)"

has "case list" "open" "$(ctl case list | grep "^$first")"
is "it has three reports" "3" "$(ctl case show --json "$first" | sed 's/.*"reports":\([0-9]*\).*/\1/')"
is "list --case lists them" "3" "$(ctl list --case "$first" | wc -l)"
has "answered" "is answered, due 20" "$(ctl case answered "$first" --note 'told them about exits')"
has "the note is kept" "told them about exits" "$(ctl case show "$first")"
has "closed" "is closed" "$(ctl case close "$first")"

joined_no_more () {
    for n in 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
        case $(send $n 198.51.100.7 | header Case) in "$first") sleep 3 ;; *) return 0 ;; esac
    done
    return 1
}
if joined_no_more; then pass "the daemon hears that it is closed"
else fail "the daemon hears that it is closed" "a case of its own" "$first"; fi
is "an answer in its thread opens it again" "$first" \
    "$(send 6 198.51.100.7 'In-Reply-To: <2@example.org>' | header Case)"
has "and it is open" "$first  open" "$(ctl case list --state open)"
has "words are found before the index has them, and then" "198.51.100.8" "$(ctl list --text 'login.attempts 198.51.100.8')"
finish
