# A Postfix of our own in a folder: own configuration, queue and data, on loopback only; nothing of
# the system's is read or written.  To be sourced.  Needs root, as Postfix does.
#
#     postfix_start FOLDER PORT MILTER [MAIN.CF LINE...]     waits until it answers
#     postfix_stop FOLDER
#     postfix_wait_empty FOLDER SECONDS                      until its queue is empty
#     postfix_queue_id                                       of smtp-send's line on standard input
#     postfix_saw_no_error FOLDER                            a test: its log complains of nothing but a dead milter
#
# Mail to NAME@example.net is delivered into FOLDER/mail/NAME/new for the names below.

postfix_names="abuse bob"

postfix_why_not () { # why no scratch Postfix can be started; nothing: it can
    PATH=$PATH:/usr/sbin:/sbin
    if ! command -v postfix >/dev/null || ! command -v postconf >/dev/null; then
        echo "postfix is not installed"
    elif [ "$(id -u)" -ne 0 ]; then
        echo "only root can start a Postfix"
    elif ! id postfix >/dev/null 2>&1; then
        echo "there is no user postfix"
    fi
}

postfix_main_cf () { # FOLDER MILTER
    cat <<EOF
compatibility_level = 3.5
queue_directory = $1/queue
data_directory = $1/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = $1/log/maillog
maillog_file_prefixes = $1/log
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = mx.example.net
mydestination =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
local_header_rewrite_clients =
smtpd_peername_lookup = no
disable_dns_lookups = yes
default_transport = error:5.1.2 nothing leaves this machine
relay_transport = error:5.1.2 nothing leaves this machine
local_transport = error:5.1.1 nobody lives here
alias_maps =
alias_database =
local_recipient_maps =
virtual_mailbox_domains = example.net
virtual_mailbox_base = $1/mail
virtual_mailbox_maps = inline:{ $(for name in $postfix_names; do printf '{ %s@example.net = %s/ } ' $name $name; done)}
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_mailbox_limit = 0
message_size_limit = 52428800
notify_classes =
smtpd_client_connection_count_limit = 0
default_process_limit = 50
in_flow_delay = 0
smtpd_milters = { $2, connect_timeout=10s, default_action=accept }
milter_protocol = 6
EOF
}

postfix_master_cf () { # PORT
    cat <<EOF
127.0.0.1:$1 inet n - n - - smtpd
pickup     unix n - n 60 1 pickup
cleanup    unix n - n - 0 cleanup
qmgr       unix n - n 300 1 qmgr
rewrite    unix - - n - - trivial-rewrite
bounce     unix - - n - 0 bounce
defer      unix - - n - 0 bounce
trace      unix - - n - 0 bounce
flush      unix n - n 1000? 0 flush
proxymap   unix - - n - - proxymap
error      unix - - n - - error
retry      unix - - n - - error
virtual    unix - n n - - virtual
lmtp       unix - - n - - lmtp
anvil      unix - - n - 1 anvil
scache     unix - - n - 1 scache
showq      unix n - n - - showq
postlog    unix-dgram n - n - 1 postlogd
EOF
}

postfix_start () {
    folder=$1 port=$2 through=$3
    shift 3
    mkdir -p "$folder/etc" "$folder/queue" "$folder/data" "$folder/mail" "$folder/log"
    chmod 755 "$folder" "$folder/etc" "$folder/queue" "$folder/log"
    chown postfix "$folder/data"
    chown 65534:65534 "$folder/mail"
    { postfix_main_cf "$folder" "$through"; [ $# -eq 0 ] || printf '%s\n' "$@"; } >"$folder/etc/main.cf"
    postfix_master_cf "$port" >"$folder/etc/master.cf"
    postfix -c "$folder/etc" start >"$folder/log/start" 2>&1 || {
        cat "$folder/log/start" "$folder/log/maillog" >&2 2>/dev/null
        return 1
    }
    left=600
    while [ $left -gt 0 ]; do
        "$B/tests/smtp-send" "$port" a@example.org bob@example.net >/dev/null 2>&1 && return 0
        left=$((left - 1))
        sleep 0.1
    done
    echo "no answer at port $port" >&2
    return 1
}

postfix_stop () {
    [ -f "$1/queue/pid/master.pid" ] || return 0
    postfix -c "$1/etc" stop >/dev/null 2>&1
    left=300
    while [ $left -gt 0 ] && postfix -c "$1/etc" status >/dev/null 2>&1; do
        left=$((left - 1))
        sleep 0.1
    done
}

postfix_wait_empty () {
    left=$(($2 * 10))
    while [ $left -gt 0 ]; do
        [ -z "$(find "$1/queue/incoming" "$1/queue/active" "$1/queue/deferred" "$1/queue/maildrop" -type f 2>/dev/null)" ] &&
            return 0
        left=$((left - 1))
        sleep 0.1
    done
    return 1
}

postfix_queue_id () {
    sed 's/.*queued as //'
}

postfix_saw_no_error () {
    lacks "Postfix saw no protocol error" "milter" "$(grep -E 'warning|error' "$1/log/maillog" |
        grep -v 'connect to Milter\|Connection refused\|No such file\|unreasonable\|Milter service .*: No such')"
}

# A port of loopback that nobody answers at.
free_port () {
    candidate=$((20000 + $$ % 20000))
    while grep -qi ":$(printf %04X $candidate) " /proc/net/tcp; do
        candidate=$((candidate + 1))
    done
    echo $candidate
}
