#!/bin/sh
# Sendmail and the milter over a unix socket, with the line that README gives for sendmail.mc.
if [ -z "$own_namespace" ] && unshare --mount --uts true 2>/dev/null; then
    own_namespace=yes exec unshare --mount --uts "$0"
fi
. "$(dirname "$0")/lib.sh"
. "$top/tests/scratch-postfix.sh" # for a free port
. "$top/tests/scratch-sendmail.sh"
. "$top/tests/e2e/lib-through.sh"

why=$(sendmail_why_not)
if [ -n "$why" ]; then
    skip "Sendmail" "$why"
    finish
fi
# Sendmail takes no socket from below a folder that others may write to, as /tmp is.
safe=/mnt
mount --bind "$work" $safe
socket=unix:$safe/milter.sock
db=$safe/log.db
more_to_clean_up () {
    sendmail_stop
}
start_milter () {
    settings </dev/null
    start
}

filter=$(sed -n "s|^ *\(INPUT_MAIL_FILTER(.*\)local:[^,]*,|\1local:$safe/milter.sock,|p" "$top/README.md")
has "README has a line for sendmail.mc" "INPUT_MAIL_FILTER(\`abuse-milter', \`S=local:$safe/milter.sock" "$filter"
start_milter || { fail "the daemon starts" "an answer" "none"; finish; }
port=$(free_port)
if ! sendmail_start $safe/sendmail "$port" "$filter" 2>"$work/sendmail.err"; then
    fail "a Sendmail starts" "an answer at port $port" "$(cat "$work/sendmail.err")"
    finish
fi
inbox=$safe/sendmail/mail
queue_id () {
    sendmail_queue_id
}
mta_wait_empty () {
    sendmail_wait_empty $safe/sendmail "$1"
}

tagged_or_let_through
milter_goes_away
hostile_mail
nothing_is_left
finish
