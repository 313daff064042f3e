#!/bin/sh
# A report on child abuse on its way through the daemon: its URLs are in no header, log line or row,
# not even where the operator keeps the mails' texts.
. "$(dirname "$0")/lib.sh"

secret=gallery.example.com
defanged='gallery[.]example[.]com'

cat >"$work/other.eml" <<'EOF'
From: Desk <desk@hotline.example.org>
To: abuse@example.net
Subject: Phishing
Date: Fri, 20 Nov 2026 03:09:00 +0000
Message-ID: <2@hotline.example.org>

A phishing page is at https://kept.example.com/login on your server 198.51.100.7.
EOF

send () { # QUEUE-ID FILE
    client <<EOF
connect
negotiate
queue-id $1
mail desk@hotline.example.org
rcpt abuse@example.net
data
file $2
show
quit
EOF
}

stored () { # all bytes that the log has on disk
    cat "$db" "$db"-* 2>/dev/null
}

echo 'keep_text: yes' | settings
start || { fail "the daemon starts" "an answer at $socket" "none"; finish; }

out=$(send 4WITHHELD1 tests/mails/child-abuse/hotline-report.eml)
ours=$(echo "$out" | grep '^| X-Abuse-')
has "the report is tagged" "| X-Abuse-Scenario: child-abuse" "$ours"
has "it is urgent" "| X-Abuse-Priority: urgent" "$ours"
has "the address stays: it has to be acted upon" "ip=198.51.100.61" "$ours"
lacks "no header repeats the host" "gallery" "$ours"
has "the row is there" "child-abuse 4WITHHELD1" "$(rows)"
out=$(send 4REPEATED1 "$work/other.eml")
has "another report repeats its URL" "url=https://kept.example.com/login" "$out"
id=$(rows | sed -n 's/ child-abuse.*//p')
seen=$("$B/abusectl" --config "$work/settings.yaml" show "$id"
    "$B/abusectl" --config "$work/settings.yaml" list --json
    "$B/abusectl" --config "$work/settings.yaml" explain tests/mails/child-abuse/hotline-report.eml
    "$B/abusectl" --config "$work/settings.yaml" classify --json tests/mails/child-abuse/hotline-report.eml)
has "show, list, explain and classify say that URLs are withheld" "URLs are withheld" "$seen"
lacks "and repeat no host" "$secret" "$seen"
lacks "nor its defanged spelling" "$defanged" "$seen"
stop TERM
has "the log keeps the text of the other report" "A phishing page is at" \
    "$(stored | grep -aoF 'A phishing page is at')"
is "and nothing of this one's URLs" 0 "$(stored | grep -acF -e "$secret" -e "$defanged")"
lacks "nor does the daemon's log" "gallery" "$(cat "$log")"
finish
