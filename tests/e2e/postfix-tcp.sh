#!/bin/sh
# Postfix and the milter over TCP.
. "$(dirname "$0")/lib.sh"
. "$top/tests/scratch-postfix.sh"
. "$top/tests/e2e/lib-through.sh"

why=$(postfix_why_not)
if [ -n "$why" ]; then
    skip "Postfix over TCP" "$why"
    finish
fi
more_to_clean_up () {
    postfix_stop "$work/postfix"
}
start_milter () {
    settings </dev/null
    start
}

milter_port=$(free_port)
socket=inet:$milter_port@127.0.0.1
start_milter || { fail "the daemon starts" "an answer" "none"; finish; }
port=$(free_port)
if ! postfix_start "$work/postfix" "$port" "inet:127.0.0.1:$milter_port" 2>"$work/postfix.err"; then
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
hostile_mail
nothing_is_left
postfix_saw_no_error "$work/postfix"
finish
