#!/bin/sh
# Dovecot's Sieve files what comes through Postfix and the milter, with the script that README shows.
. "$(dirname "$0")/lib.sh"
. "$top/tests/scratch-postfix.sh"
. "$top/tests/scratch-dovecot.sh"

why=$(postfix_why_not)
why=${why:-$(dovecot_why_not)}
if [ -n "$why" ]; then
    skip "Dovecot's Sieve" "$why"
    finish
fi
more_to_clean_up () {
    postfix_stop "$work/postfix"
    dovecot_stop "$work/dovecot"
}

sed -n '/^\*\*Sieve\*\*/,/^[A-Z]/s/^    //p' "$top/README.md" >"$work/abuse.sieve"
has "README has a script" 'fileinto :create "Abuse.${1}"' "$(cat "$work/abuse.sieve")"
dovecot_start "$work/dovecot" "$work/abuse.sieve" 2>"$work/dovecot.err" &&
    pass "it compiles, and Dovecot starts with it" ||
    { fail "it compiles, and Dovecot starts with it" "an answer" "$(cat "$work/dovecot.err")"; finish; }
echo 'socket_mode: "0666"' | settings
start || { fail "the daemon starts" "an answer" "none"; finish; }
port=$(free_port)
if ! postfix_start "$work/postfix" "$port" "$socket" \
    "virtual_transport = lmtp:unix:$work/dovecot/run/lmtp" 2>"$work/postfix.err"; then
    fail "a scratch Postfix starts" "an answer at port $port" "$(cat "$work/postfix.err")"
    finish
fi

# --- the samples ----------------------------------------------------------------------------------

wanted () { # FILE.want: "folder flags" where README's script puts such a mail
    scenario=$(sed -n 's/^X-Abuse-Scenario: //p' "$1")
    if [ "$scenario" = not-a-complaint ]; then
        echo "Abuse.noise -"
    elif grep -q '^X-Abuse-Priority: urgent' "$1"; then
        echo "INBOX F"
    else
        echo "Abuse.$scenario -"
    fi
}

filed () { # WHO QUEUE-ID: "folder flags" of each mail with that id
    (cd "$work/dovecot/mail/$1" && grep -lrE --include='*,S=*' "\<id $2\>" .) |
        awk -F/ '{ flags = $NF; if (!sub(/.*:2,/, "", flags) || flags == "") flags = "-"
                   print ($2 ~ /^(new|cur)$/ ? "INBOX" : substr($2, 2)), flags }'
}

cd "$top" || exit 1
"$B/tests/smtp-send" "$port" complaints@example.org abuse@example.net tests/mails/*/*.eml >"$work/sent"
postfix_wait_empty "$work/postfix" 120 ||
    { fail "Dovecot takes them" "nothing deferred" "$(grep -m3 deferred "$work/postfix/log/maillog"; grep -m5 Error "$work/dovecot/log")"; finish; }
good=0 wrong= folders=
while IFS="$(printf '\t')" read -r sample answer; do
    want=$(wanted "${sample%.eml}.want")
    got=$(filed abuse "${answer##*queued as }")
    if [ "$got" = "$want" ]; then good=$((good + 1)); else wrong="$wrong$sample: $got, not $want; "; fi
    folders="$folders ${want% *}"
done <"$work/sent"
is "each of the $good samples is in the folder of its scenario, once" "" "$wrong"
is "all of them" "$(ls tests/mails/*/*.eml | wc -l)" $good
for folder in Abuse.noise INBOX Abuse.ssh-bruteforce Abuse.copyright; do
    has "some are in $folder" "$folder" "$folders"
done

cat >"$work/other.eml" <<'EOM'
From: a@example.org
To: bob@example.net
Subject: lunch
Date: Fri, 20 Nov 2026 03:09:00 +0000
X-Abuse-Test: none

At noon?
EOM
"$B/tests/smtp-send" "$port" a@example.org bob@example.net "$work/other.eml" >"$work/sent"
postfix_wait_empty "$work/postfix" 120
is "mail that nobody watches stays in the inbox" "INBOX -" "$(filed bob "$(sed 's/.*queued as //' "$work/sent")")"
is "Dovecot complains of nothing" "" "$(grep -E 'Error|Fatal|Panic|Warning' "$work/dovecot/log")"
finish
