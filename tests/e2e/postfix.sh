#!/bin/sh
# Postfix and the milter over a unix socket, and what happens while the log is in trouble.
. "$(dirname "$0")/lib.sh"
. "$top/tests/scratch-postfix.sh"
. "$top/tests/e2e/lib-through.sh"

why=$(postfix_why_not)
if [ -n "$why" ]; then
    skip "Postfix over a unix socket" "$why"
    finish
fi
more_to_clean_up () {
    postfix_stop "$work/postfix"
    [ -n "$tiny" ] && umount -l "$tiny" 2>/dev/null
    [ -n "$locker" ] && kill $locker 2>/dev/null
}
tiny= locker= more=
start_milter () {
    printf '%s\n' 'socket_mode: "0666"' "$more" | settings
    start
}

start_milter || { fail "the daemon starts" "an answer" "none"; finish; }
port=$(free_port)
if ! postfix_start "$work/postfix" "$port" "$socket" 2>"$work/postfix.err"; then
    fail "a scratch Postfix starts" "an answer at port $port" "$(cat "$work/postfix.err")"
    finish
fi
inbox=$work/postfix/mail
queue_id () {
    postfix_queue_id
}
mta_wait_empty () {
    postfix_wait_empty "$work/postfix" "$1"
}

tagged_or_let_through
milter_goes_away

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
more='log_wait: 500ms'
start_milter
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
    start_milter
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
    start_milter
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

more=
start_milter
hostile_mail
nothing_is_left
postfix_saw_no_error "$work/postfix"
finish
