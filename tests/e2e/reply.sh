#!/bin/sh
# Drafts of answers: from files and from the log, into a pipe, a Maildir and an editor; and each of them is
# a mail that a strict Postfix takes and delivers as it is.
. "$(dirname "$0")/lib.sh"
. "$top/tests/scratch-postfix.sh"
export SOURCE_DATE_EPOCH=1795251600 # 2026-11-21
unset VISUAL EDITOR

settings <<EOT
socket_mode: "0666"
keep_text: true
networks:
  - {cidr: 192.0.2.0/24, relay: quokka1, provider: Example Hosting, since: 2020-01-01}
  - {cidr: 198.51.100.0/24, relay: quokka2}
  - {cidr: "2001:db8::/32", relay: quokka3}
tor:
  exit_policy: |
    reject *:25
    accept *:*
reply: {from: abuse@example.net, name: Jö Example}
EOT
printf 'log: none\nreply: {from: abuse@example.net}\nscenarios: [%s/scenarios]\nnetworks: [{cidr: 192.0.2.0/24}, {cidr: 198.51.100.0/24}]\n' \
    "$top" >"$work/host.yaml"

ctl () {
    "$B/abusectl" --config "$work/settings.yaml" "$@" 2>"$work/err"
}

mail=$top/tests/mails/ssh-bruteforce/german-admin.eml

# --- called rightly and wrongly -------------------------------------------------------------------

ctl reply --help >"$work/out"; is "--help says how" 0 $?
has "and what it does not do" "Nothing is ever sent" "$(cat "$work/out")"
ctl reply >"$work/out"; is "without ID or FILE it was called wrongly" 2 $?
has "which it says" "no ID or FILE given" "$(cat "$work/err")"
ctl reply a b >"$work/out"; is "with two of them, too" 2 $?
ctl reply "$work/none.eml" >"$work/out"; is "a file that is not there is the world's fault" 3 $?
has "and is named" "none.eml" "$(cat "$work/err")"
"$B/abusectl" --config "$work/host.yaml" reply 01KAFC0S01 >"$work/out" 2>"$work/err"
is "an ID without a log, too" 3 $?
{ echo "From a@example.org Fri Nov 20 03:09:00 2026"; cat "$mail"; echo; echo "From b@example.org Fri Nov 20 03:09:00 2026"; cat "$mail"; } >"$work/two.mbox"
ctl reply "$work/two.mbox" >"$work/out"; is "several mails in a file are too many" 2 $?
is "and nothing is printed" "" "$(cat "$work/out")"

# --- into a pipe, a Maildir, an editor ------------------------------------------------------------

ctl reply "$mail" >"$work/file.eml"; is "a file is answered" 0 $?
is "standard output is the mail alone" "Date: Sat, 21 Nov 2026 09:00:00 +0000" "$(head -1 "$work/file.eml")"
is "and nothing needs a note" "" "$(cat "$work/err")"
ctl reply - <"$mail" | cmp - "$work/file.eml"; is "standard input gives the same" 0 $?
ctl reply "$top/tests/mails/malware-hosting/automated-feed.eml" >"$work/out"
has "an address that nobody reads is noted" "noreply@malwatch.example.org is an address that nobody reads" "$(cat "$work/err")"
lacks "but not in the draft" "nobody reads" "$(cat "$work/out")"

mkdir -p "$work/Maildir/cur" "$work/Maildir/new" "$work/Maildir/tmp"
path=$(ctl reply --maildir "$work/Maildir" "$mail")
has "it goes into the Maildir's Drafts" "$work/Maildir/.Drafts/cur/" "$path"
cmp -s "$path" "$work/file.eml"; is "the same mail" 0 $?
is "and nothing stays in tmp" 0 "$(ls "$work/Maildir/.Drafts/tmp" | wc -l)"
ctl reply --maildir "$work" "$mail" >"$work/out"; is "a folder that is no Maildir is told" 3 $?
path=$(EDITOR='sed -i s/Kind/Best/' ctl reply --edit -m "$work/Maildir" "$mail")
has "an editor may change it first" "Best regards" "$(cat "$path")"
EDITOR=false ctl reply --edit "$mail" >"$work/out"; is "an editor that fails is told" 3 $?
kept=$(sed -n 's/.*the draft is in \([^:]*\):.*/\1/p' "$work/err")
cmp -s "$kept" "$work/file.eml"; is "and the draft is kept" 0 $?
rm -f "$kept"

# --- the samples ---------------------------------------------------------------------------------

mkdir "$work/drafts"
wrong=
answer () { # WHO FILE: their draft of it
    name=$1.$(basename "$(dirname "$2")").$(basename "$2" .eml)
    "$B/abusectl" --config "$work/$1.yaml" reply "$2" >"$work/drafts/$name" 2>"$work/err" || wrong="$wrong $2"
}
cp "$work/settings.yaml" "$work/relay.yaml"
for scenario in "$top"/tests/mails/*/; do # the first two of each
    set -- "$scenario"*.eml
    answer relay "$1"
    answer host "$1"
    [ -z "$2" ] || answer relay "$2"
done
is "the samples of every scenario have drafts" "" "$wrong"
# Reports that they quote in part may seem malformed, and what is withheld is said.
"$B/abusectl" --config "$work/host.yaml" classify --json "$work/drafts" >"$work/read" 2>"$work/err"
is "each of which is read again" "$(ls "$work/drafts" | wc -l)" "$(grep -c '"message_id":"[0-9a-f]*@example.net"' "$work/read")"
is "without a defect of its own" "" \
    "$(grep -o '"defects":.*' "$work/read" | grep -vE '\[("(malformed [a-z]*: |URLs are withheld)[^"]*",?)*\]' | head -3)"
wrong=$(grep -LE '^(From|Subject|In-Reply-To|References|Message-Id): ' "$work/drafts"/* | head -3)
is "and has its headers" "" "$wrong"
for file in "$work/drafts"/*; do sed '1,/^$/d; /^>/d' "$file" >"$work/said.${file##*/}"; done
wrong=$(awk 'FNR == 1 { blank = 0 } /[{}]|^On .*, +wrote:/ || (blank && $0 == "") { print FILENAME ": " $0 } { blank = $0 == "" }' \
    "$work"/said.* | head -3)
is "no variable is left in any, and no hole" "" "$wrong"
wrong=$(grep -iE 'torproject|\bTor\b|\bexits?\b|\brelays?\b' "$work"/said.host.* | grep -v ':On .* wrote:$' | head -3)
is "who runs no relay says nothing of Tor" "" "$wrong"
wrong=$(LC_ALL=C grep -lE "$(printf '[\001-\010\013-\037\177]')" "$work/drafts"/* | head -3)
is "and nothing in them controls a terminal" "" "$wrong"

# --- a real Postfix takes them --------------------------------------------------------------------

why=$(postfix_why_not)
if [ -n "$why" ]; then
    skip "Postfix takes every draft" "$why"
    finish
fi
more_to_clean_up () {
    postfix_stop "$work/postfix"
}
start || { fail "the daemon starts" "an answer" "none"; finish; }
port=$(free_port)
if ! postfix_start "$work/postfix" "$port" "$socket" 'strict_7bit_headers = yes' \
    'strict_8bitmime = yes' 'strict_8bitmime_body = yes' 'strict_mime_encoding_domain = yes' \
    2>"$work/postfix.err"; then
    fail "a scratch Postfix starts" "an answer at port $port" "$(cat "$work/postfix.err")"
    finish
fi
inbox=$work/postfix/mail

"$B/tests/smtp-send" "$port" abuse@example.net bob@example.net "$work/drafts"/* >"$work/smtp" 2>&1
is "Postfix takes every draft" 0 $?
is "and says so of each" "$(ls "$work/drafts" | wc -l)" "$(grep -c '	250 ' "$work/smtp")"
all_there () {
    [ "$(ls "$inbox/bob/new" 2>/dev/null | wc -l)" -ge "$(ls "$work/drafts" | wc -l)" ]
}
wait_for 60 all_there
for file in "$work/drafts"/*; do sed '1,/^$/d' "$file" | cksum; done | sort >"$work/sent"
for file in "$inbox/bob/new"/*; do sed '1,/^$/d' "$file" | cksum; done | sort >"$work/arrived"
is "and delivers them as they are" "" "$(diff "$work/sent" "$work/arrived" | head -5)"

# --- by ID ----------------------------------------------------------------------------------------

"$B/tests/smtp-send" "$port" edv@praxis.example.com abuse@example.net "$mail" >"$work/smtp" 2>&1
wait_for 20 ls "$inbox/abuse/new"/*
id=$(sed -n 's/^X-Abuse-Id: //p' "$inbox/abuse/new"/* | head -1)
ctl reply "$id" >"$work/id.eml"; is "a report of the log is answered by its ID" 0 $?
is "with the text that a file would get" "$(sed '1,/^$/d' "$work/file.eml" | cksum)" \
    "$(sed '1,/^$/d' "$work/id.eml" | cksum)"
ctl reply 7ZZZZZZZ >"$work/out"; is "an unknown ID is nothing found" 1 $?
stop
finish
