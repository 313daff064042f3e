# A Sendmail of our own in a folder, run from where its package was unpacked: own configuration and
# queue, on loopback only; nothing of the system's is written.  To be sourced, in a mount and UTS
# namespace of one's own: Sendmail waits a minute where the host's name has no domain, and reads
# /etc/hosts.  Needs root.
#
#     sendmail_start FOLDER PORT LINE-OF-MC...     waits until it answers
#     sendmail_stop FOLDER
#     sendmail_wait_empty FOLDER SECONDS           until its queue is empty
#     sendmail_queue_id                            of smtp-send's line on standard input
#
# No folder above FOLDER may be writable to others.  Mail to NAME@example.net is delivered into
# FOLDER/mail/NAME/new.

sendmail_package=$B/packages/sendmail
sendmail_program=$sendmail_package/usr/libexec/sendmail/sendmail

sendmail_why_not () { # why none can be started; nothing: it can
    if [ ! -x "$sendmail_program" ]; then
        echo "Sendmail's package is not unpacked in $sendmail_package (dist/install-deps test)"
    elif ldd "$sendmail_program" | grep -q 'not found'; then
        echo "a library is missing: $(ldd "$sendmail_program" | grep 'not found' | xargs)"
    elif ! command -v m4 >/dev/null; then
        echo "m4 is not installed"
    elif [ "$(id -u)" -ne 0 ]; then
        echo "only root can start a Sendmail"
    elif ! unshare --mount --uts true 2>/dev/null; then
        echo "no namespace can be made here"
    fi
}

sendmail_mc () { # FOLDER PORT LINE-OF-MC...
    folder=$1 port=$2
    shift 2
    cat <<END
divert(-1)
define(\`_CF_DIR_', \`$sendmail_package/usr/share/sendmail/cf/')
include(\`$sendmail_package/usr/share/sendmail/cf/m4/cf.m4')
OSTYPE(\`linux')
undefine(\`ALIAS_FILE')
undefine(\`HELP_FILE')
undefine(\`STATUS_FILE')
define(\`QUEUE_DIR', \`$folder/queue')
define(\`confPID_FILE', \`$folder/pid')
define(\`confSERVICE_SWITCH_FILE', \`$folder/service.switch')
define(\`confHOSTS_FILE', \`$folder/hosts')
define(\`confDOMAIN_NAME', \`mx.example.net')
define(\`confTO_IDENT', \`0')
define(\`confMAX_MESSAGE_SIZE', \`52428800')
define(\`confQUEUE_LA', \`1000')
define(\`confREFUSE_LA', \`1000')
define(\`confCONNECTION_RATE_THROTTLE', \`0')
define(\`LOCAL_MAILER_PATH', \`$folder/keep')
define(\`LOCAL_MAILER_ARGS', \`keep \$u')
MODIFY_MAILER_FLAGS(\`LOCAL', \`-w')
FEATURE(\`no_default_msa')
DAEMON_OPTIONS(\`Family=inet, Addr=127.0.0.1, Port=$port, Name=MTA')
FEATURE(\`nocanonify')
FEATURE(\`accept_unresolvable_domains')
LOCAL_DOMAIN(\`example.net')
$(printf '%s\n' "$@")
MAILER(\`local')
MAILER(\`smtp')
END
}

sendmail_keep () { # FOLDER: the program that delivers
    cat <<END
#!/bin/sh
umask 022
for name; do :; done # the last, behind -f
mkdir -p "$1/mail/\$name/tmp" "$1/mail/\$name/new" || exit 75
cat >"$1/mail/\$name/tmp/\$\$" && mv "$1/mail/\$name/tmp/\$\$" "$1/mail/\$name/new/\$\$.\$(date +%s%N)" || exit 75
END
}

sendmail_start () {
    folder=$1 port=$2
    mkdir -p "$folder/queue" "$folder/mail"
    chmod 755 "$folder"
    chmod 700 "$folder/queue"
    chmod 777 "$folder/mail" # whoever Sendmail delivers as
    hostname mx.example.net
    printf '127.0.0.1 mx.example.net localhost\n' >"$folder/hosts"
    mount --bind "$folder/hosts" /etc/hosts || return 1
    printf 'hosts files\naliases files\npasswd files\n' >"$folder/service.switch"
    sendmail_keep "$folder" >"$folder/keep"
    chmod 755 "$folder/keep"
    sendmail_mc "$@" >"$folder/sendmail.mc"
    m4 "$folder/sendmail.mc" >"$folder/sendmail.cf" 2>"$folder/m4.err" || { cat "$folder/m4.err" >&2; return 1; }
    "$sendmail_program" -C "$folder/sendmail.cf" -bD -X "$folder/traffic" >"$folder/said" 2>&1 &
    sendmail_pid=$!
    left=600
    while [ $left -gt 0 ]; do
        "$B/tests/smtp-send" "$port" a@example.org bob@example.net >/dev/null 2>&1 && return 0
        gone $sendmail_pid && break
        left=$((left - 1))
        sleep 0.1
    done
    { echo "no answer at port $port"; cat "$folder/said"; } >&2
    return 1
}

sendmail_stop () {
    [ -z "$sendmail_pid" ] || { kill $sendmail_pid; wait $sendmail_pid; } 2>/dev/null
    sendmail_pid=
}
sendmail_pid=

sendmail_wait_empty () {
    left=$(($2 * 10))
    while [ $left -gt 0 ]; do
        [ -z "$(find "$1/queue" -type f)" ] && return 0
        left=$((left - 1))
        sleep 0.1
    done
    return 1
}

sendmail_queue_id () {
    sed 's/^[^\t]*\t250 2.0.0 \([^ ]*\) Message accepted.*/\1/'
}
