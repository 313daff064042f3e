#!/bin/sh
# Mail through a real Postfix: tagged, let through, and never lost, whatever happens to the milter.
. "$(dirname "$0")/lib.sh"
. "$top/tests/scratch-postfix.sh"

why=$(postfix_why_not)
if [ -n "$why" ]; then
    skip "Postfix end to end" "$why"
    finish
fi
more_to_clean_up () {
    postfix_stop "$work/postfix"
    [ -n "$tiny" ] && umount -l "$tiny" 2>/dev/null
    [ -n "$locker" ] && kill $locker 2>/dev/null
}
tiny= locker=

more='socket_mode: "0666"'
settings <<EOF
$more
EOF
start || { fail "the daemon starts" "an answer" "none"; finish; }
port=$(free_port)
if ! postfix_start "$work/postfix" "$port" "$socket" 2>"$work/postfix.err"; then
    fail "a scratch Postfix starts" "an answer at port $port" "$(cat "$work/postfix.err")"
    finish
fi
inbox=$work/postfix/mail

mail () { # NAME SUBJECT: a complaint
    cat >"$work/$1.eml" <<EOF
From: "Security" <security@example.org>
To: abuse@example.net
Subject: $2
Date: Fri, 20 Nov 2026 03:09:00 +0000
Message-ID: <$1@example.org>
X-Abuse-Id: 01FORGED
X-ABUSE-Scenario: not-a-complaint
X-Abuse-Scenario : not-a-complaint

Your address 198.51.100.7 tried to guess passwords on our server. Please stop this.

Nov 20 03:04:05 host sshd[4711]: Failed password for root from 198.51.100.7 port 43122 ssh2
EOF
}

deliver () { # NAME [RECIPIENT]: prints the mail as it was delivered
    who=${2:-abuse}
    before=$(ls "$inbox/$who/new" 2>/dev/null | wc -l)
    "$B/tests/smtp-send" "$port" security@example.org "$who@example.net" "$work/$1.eml" >"$work/smtp" 2>&1
    for try in $(seq 600); do
        new=$(grep -rl "Message-ID: <$1@example.org>" "$inbox/$who/new" 2>/dev/null)
        [ -n "$new" ] && break
        sleep 0.1
    done
    [ -n "$new" ] && cat $new || { cat "$work/smtp"; tail -20 "$work/postfix/log/maillog"; }
}

# --- tagged, or let through -----------------------------------------------------------------------

mail one "SSH login attempts"
out=$(deliver one)
has "a complaint is tagged" "X-Abuse-Scenario: ssh-bruteforce" "$out"
is "above all that is not delivery's own" "X-Abuse-Id" \
    "$(echo "$out" | grep -vE '^(Return-Path|X-Original-To|Delivered-To):' | head -1 | cut -d: -f1)"
is "and once" 1 "$(echo "$out" | grep -ci '^x-abuse-scenario')"
lacks "forged headers are gone" "not-a-complaint" "$out"
lacks "the forged id too" "01FORGED" "$out"
has "the body is as it was" "Failed password for root from 198.51.100.7 port 43122" "$out"
id=$(echo "$out" | sed -n 's/^X-Abuse-Id: //p')
queue_id=$(sed 's/.*queued as //' "$work/smtp")
has "its row is in the log with Postfix's queue id" "$id ssh-bruteforce $queue_id" "$(rows)"
has "and the daemon's line has it too" "$queue_id: ssh-bruteforce" "$(cat "$log")"

mail two "not for abuse"
out=$(deliver two bob)
has "a mail to somebody else arrives" "Subject: not for abuse" "$out"
has "untouched" "X-Abuse-Id: 01FORGED" "$out"
lacks "and is not in the log" "$(sed 's/.*queued as //' "$work/smtp")" "$(rows)"

{ mail big large; i=0; head -c 9000000 /dev/zero | tr '\0' 'x' | fold -w 76; } >"$work/filler"
cat "$work/filler" >>"$work/big.eml"
out=$(deliver big | head -40)
has "a mail of 9 MB is tagged" "X-Abuse-Scenario:" "$out"

# --- the milter goes away -------------------------------------------------------------------------

stop KILL
mail three "while it is dead"
out=$(deliver three)
has "with the milter killed a mail arrives" "Subject: while it is dead" "$out"
lacks "untagged" "ssh-bruteforce" "$out"
start
mail four "it is back"
has "with the milter back a mail is tagged" "X-Abuse-Scenario: ssh-bruteforce" "$(deliver four)"

for n in 1 2 3 4 5 6 7 8; do
    mail "wave$n" "a wave"
    "$B/tests/smtp-send" "$port" security@example.org abuse@example.net "$work/wave$n.eml" >/dev/null 2>&1
    [ $n = 4 ] && { stop KILL; start; }
done
postfix_wait_empty "$work/postfix" 120
is "of eight mails around a kill and a restart each arrives once" 8 \
    "$(grep -rl 'Subject: a wave' "$inbox/abuse/new" | wc -l)"

# --- the log is in trouble ------------------------------------------------------------------------

in_spool_then_in () { # WHAT NAME: was delivered tagged; wait until its row is in the log
    id=$(echo "$3" | sed -n 's/^X-Abuse-Id: //p')
    has "with the database $1 a mail is tagged" "X-Abuse-Scenario: ssh-bruteforce" "$3"
    [ -n "$id" ] || { fail "and has an id" "X-Abuse-Id" "$3"; return; }
    grep -q "$id" "$work"/*spool* "$tiny"/*spool* 2>/dev/null &&
        pass "its row is in the spool" || fail "its row is in the spool" "$id" "$(ls -la "$work")"
    "$2"
    row_is_in () { rows | grep -q "$id"; }
    wait_for 120 row_is_in && pass "and taken into the log when that is over, once" ||
        fail "and taken into the log when that is over, once" "$id" "$(rows | head -5)"
    is "as one row" 1 "$(rows | grep -c "$id")"
}

stop
settings <<EOF
$more
log_wait: 500ms
EOF
start
if [ -x "$B/tests/log-lock" ]; then
    "$B/tests/log-lock" "$db" 600 >"$work/locked" &
    locker=$!
    wait_for 60 grep -q locked "$work/locked"
    unlock () { kill $locker; wait $locker 2>/dev/null; locker=; }
    mail locked "the database is locked"
    in_spool_then_in locked unlock "$(deliver locked)"
fi

stop
tiny=$work/tiny
mkdir "$tiny"
if mount -t tmpfs -o size=400k tmpfs "$tiny" 2>/dev/null; then
    db=$tiny/log.db
    settings <<EOF
$more
log_wait: 500ms
EOF
    start
    mail before "there is room"
    deliver before >/dev/null
    dd if=/dev/zero of="$tiny/filler" bs=1k 2>/dev/null
    mail full "the disk is full"
    out=$(deliver full)
    has "on a full disk a mail is tagged" "X-Abuse-Scenario: ssh-bruteforce" "$out"
    rm "$tiny/filler"
    mail after "there is room again"
    out=$(deliver after)
    id=$(echo "$out" | sed -n 's/^X-Abuse-Id: //p')
    row_is_in () { rows | grep -q "$id"; }
    wait_for 120 row_is_in && pass "with room again rows go into the log" ||
        fail "with room again rows go into the log" "$id" "$(rows | head -5; tail -5 "$log")"

    stop
    mount -o remount,ro "$tiny"
    start
    mail readonly "the file system is read-only"
    out=$(deliver readonly)
    has "on a read-only file system a mail is tagged" "X-Abuse-Scenario: ssh-bruteforce" "$out"
    lacks "without an id that nothing keeps" "X-Abuse-Id:" "$out"
    has "and the failure is told" "neither the log nor its spool" "$(cat "$log")"
    mount -o remount,rw "$tiny"
    stop
    umount "$tiny"
    tiny=
    db=$work/log.db
else
    skip "a full and a read-only disk" "no tmpfs can be mounted here"
fi

# --- hostile mail ---------------------------------------------------------------------------------

settings <<EOF
$more
EOF
start
printf 'From: "=?utf-8?q?a=0d=0aX-Abuse-Scenario:_evil?=" <x@example.org>\nSubject: =?utf-8?q?=1b]0;evil=07=0aforged:_line?=\nMessage-ID: <hostile@example.org>\n\n\nSSH attack from 198.51.100.7\n' >"$work/hostile.eml"
out=$(deliver hostile)
is "an encoded line break makes no header" 1 "$(echo "$out" | grep -ci '^x-abuse-scenario')"
is "and no line in the log" 0 "$(grep -c '^forged' "$log")"
lacks "the log has no terminal escape" "$(printf '\033')" "$(cat "$log")"

postfix_wait_empty "$work/postfix" 120
is "nothing is left in Postfix's queue" "" \
    "$(find "$work/postfix/queue/incoming" "$work/postfix/queue/active" "$work/postfix/queue/deferred" -type f)"
lacks "Postfix saw no protocol error" "milter" "$(grep -E 'warning|error' "$work/postfix/log/maillog" |
    grep -v 'connect to Milter\|Connection refused\|No such file\|unreasonable\|Milter service .*: No such')"
finish
