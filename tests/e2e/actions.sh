#!/bin/sh
# The actions of the settings: off by default, then each through the protocol and through a Postfix.
. "$(dirname "$0")/lib.sh"
. "$top/tests/scratch-postfix.sh"

more_to_clean_up () {
    postfix_stop "$work/postfix"
}

mail () { # NAME SUBJECT-LINE: a complaint
    cat >"$work/$1.eml" <<EOF
From: "Security" <security@example.org>
To: abuse@example.net
${2:+$2
}Date: Fri, 20 Nov 2026 03:09:00 +0000
Message-ID: <$1@example.org>

Your address 198.51.100.7 tried to guess passwords on our server. Please stop this.

Nov 20 03:04:05 host sshd[4711]: Failed password for root from 198.51.100.7 port 43122 ssh2
EOF
}
mail plain "Subject: SSH login attempts"
mail folded "Subject: SSH login
 attempts"
mail none ""
mail tagged "Subject: Re: [ssh-bruteforce] SSH login attempts"
mail injecting "$(printf 'Subject: SSH login\rX-Evil: attempts')"

all_actions='actions:
  - {scenario: [ssh-bruteforce, web-bruteforce], subject_tag: "[{scenario}]"}
  - {priority: normal, add_recipient: oncall@example.net}
  - {scenario: ssh-bruteforce, redirect: "+{scenario}"}
  - {priority: urgent, quarantine: never}'

try () { # NAME [ACTIONS-OFFERED]: what came back for one mail
    printf 'connect\nnegotiate %s\nqueue-id 4ACT\nmail s@example.org\nrcpt bob@example.net\nrcpt abuse@example.net\ndata\nfile %s\nshow\nquit\n' \
        "$2" "$work/$1.eml" | client
}

hup () { # TEXT
    : >"$log"
    kill -HUP "$milter"
    wait_for 20 logged "$1" || fail "SIGHUP is heard" "$1" "$(cat "$log")"
}

# --- through the protocol -------------------------------------------------------------------------

settings </dev/null
start || { fail "the daemon starts" "an answer" "none"; finish; }
out=$(try plain)
has "without actions a mail is tagged" "| X-Abuse-Scenario: ssh-bruteforce" "$out"
lacks "and nothing else is done to it" "eom: change" "$out"
lacks "nobody is added or taken away" "eom: edit" "$out"

echo "$all_actions" | settings
hup "reloaded settings"
out=$(try plain)
has "a tag stands before the subject" "| Subject: [ssh-bruteforce] SSH login attempts" "$out"
is "there is still one subject" 1 "$(echo "$out" | grep -c '^| Subject:')"
has "a recipient is added" "edit + <oncall@example.net>" "$out"
has "the watched recipient becomes its plus-address" "edit + <abuse+ssh-bruteforce@example.net>" "$out"
has "and is taken away" "edit - <abuse@example.net>" "$out"
is "the new one comes first, so that somebody has the mail" "+ -" \
    "$(echo "$out" | sed -n 's/^eom: edit \([+-]\) <abuse.*/\1/p' | xargs)"
lacks "the others stay as they are" "<bob@" "$(echo "$out" | grep edit)"
lacks "an action for another priority does not hold" "edit q" "$out"
has "and the mail goes on" "eom continue" "$out"
has "a folded subject stays folded" 'Subject: [ssh-bruteforce] SSH login\n attempts' "$(try folded | grep change)"
has "a mail without a subject gets one" "| Subject: [ssh-bruteforce]" "$(try none)"
lacks "a subject that has the tag is left alone" "change" "$(try tagged)"
lacks "a carriage return in a subject ends no line" '\r' "$(try injecting | grep change)"

out=$(try plain 0x11)
has "an MTA that takes no recipients gets a tagged mail all the same" "| X-Abuse-Scenario: ssh-bruteforce" "$out"
has "which goes on" "eom accept" "$out"
has "and the failure is told" "4ACT: the MTA did not do the action add_recipient" "$(cat "$log")"

printf 'actions:\n  - {quarantine: "held, {priority}"}\n' | settings
hup "reloaded settings"
has "a quarantine has its reason" "edit q held, normal" "$(try plain)"

{ echo "on_error: tempfail"; echo "$all_actions"; } | settings
hup "reloaded settings"
has "with on_error: tempfail a mail whose action fails is deferred" "eom tempfail" "$(try plain 0x11)"

# --- mistakes -------------------------------------------------------------------------------------

printf 'actions:\n  - {subject_tag: a}\n  - subject_tag: b\n    scenario: [ddos,\n       ssh-brutforce, nonsense]\n' | settings
line=$(grep -n ssh-brutforce "$work/settings.yaml" | cut -d: -f1)
out=$("$B/abuse-milter" --check --config "$work/settings.yaml" 2>&1)
is "a scenario that nobody has is a mistake" 78 $?
has "told with its line" "$work/settings.yaml:$line: there is no scenario 'ssh-brutforce' (did you mean 'ssh-bruteforce'?)" "$out"
has "each of them" "$work/settings.yaml:$line: there is no scenario 'nonsense'" "$out"
hup "not reloaded"
has "a reload stays with the old actions" "| Subject: [ssh-bruteforce]" "$(try plain)"
stop
is "the daemon ends with 0" 0 $stopped_with

# --- through Postfix ------------------------------------------------------------------------------

why=$(postfix_why_not)
if [ -n "$why" ]; then
    skip "actions through Postfix" "$why"
    finish
fi
postfix_names="abuse bob oncall abuse+ssh-bruteforce"
{ echo 'socket_mode: "0666"'; echo "$all_actions"; } | settings
start || { fail "the daemon starts" "an answer" "none"; finish; }
port=$(free_port)
if ! postfix_start "$work/postfix" "$port" "$socket" 2>"$work/postfix.err"; then
    fail "a scratch Postfix starts" "an answer at port $port" "$(cat "$work/postfix.err")"
    finish
fi
inbox=$work/postfix/mail

submit () { # NAME
    "$B/tests/smtp-send" "$port" security@example.org abuse@example.net "$work/$1.eml" >"$work/smtp" 2>&1
}
delivered () { # USER NAME
    grep -rl "Message-ID: <$2@example.org>" "$inbox/$1/new" 2>/dev/null
}

submit plain
wait_for 30 delivered abuse+ssh-bruteforce plain
wait_for 30 delivered oncall plain
for who in abuse+ssh-bruteforce oncall; do
    out=$(cat "$(delivered $who plain)" 2>/dev/null)
    has "$who has it, with the tag" "Subject: [ssh-bruteforce] SSH login attempts" "$out"
    has "and the headers" "X-Abuse-Scenario: ssh-bruteforce" "$out"
done
is "the redirected one has nothing" "" "$(delivered abuse plain)"
submit folded
wait_for 30 delivered oncall folded
is "a folded subject is one field" "Subject: [ssh-bruteforce] SSH login| attempts" \
    "$(grep -A1 '^Subject:' "$(delivered oncall folded)" | tr '\n' '|' | sed 's/|$//')"

{ echo 'socket_mode: "0666"'; printf 'actions:\n  - {quarantine: "by hand"}\n'; } | settings
hup "reloaded settings"
submit tagged
held () { grep -rqa tagged@example.org "$work/postfix/queue/hold" 2>/dev/null; }
wait_for 30 held && pass "a quarantined mail is held" || fail "a quarantined mail is held" "in the hold queue" "$(ls -R "$work/postfix/queue" | head -40)"
is "and delivered to nobody" "" "$(delivered abuse tagged)"
finish
