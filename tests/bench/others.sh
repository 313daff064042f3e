# The milters beside which ours is measured, each with a configuration and a socket of its own in $work.
# To be sourced by tests/bench/run.

opendkim_start () {
    PATH=$PATH:/usr/sbin
    command -v opendkim >/dev/null || return 1
    rm -f "$work/milter.sock"
    printf 'Mode v\nSyslog no\nUserID %s\nSocket local:%s/milter.sock\n' "$(id -un)" "$work" >"$work/opendkim.conf"
    opendkim -f -x "$work/opendkim.conf" & filter=$! measured=$!
    serving "unix:$work/milter.sock" || { stop; return 1; }
}

# Its default rules, without a network: no name server answers, and there is no Redis.
rspamd_start () {
    command -v rspamd >/dev/null && [ -r /etc/rspamd/common.conf ] || return 1
    rm -f "$work/milter.sock"
    mkdir -p "$work/rspamd"
    cat >"$work/rspamd.conf" <<EOF
.include "\$CONFDIR/common.conf"
options {
    .include "\$CONFDIR/options.inc"
    pidfile = "$work/rspamd/pid";
    tempdir = "$work/rspamd";
    dns { nameserver = ["127.0.0.1:9"]; timeout = 0.01s; retransmits = 1; }
}
logging { type = "file"; filename = "$work/rspamd/log"; level = "error"; }
worker "rspamd_proxy" {
    bind_socket = "$work/milter.sock mode=0666";
    milter = yes; count = 1; timeout = 60s;
    upstream "local" { default = yes; self_scan = yes; }
}
EOF
    rspamd -f -i -c "$work/rspamd.conf" --var=DBDIR="$work/rspamd" --var=RUNDIR="$work/rspamd" \
        -u "$(id -un)" -g "$(id -gn)" >"$work/rspamd/out" 2>&1 & filter=$!
    # it looks up names while it starts, and waits for answers
    serving "unix:$work/milter.sock" 1800 || { cat "$work/rspamd/out" "$work/rspamd/log" >&2; stop; return 1; }
    measured=$(pgrep -P $filter -f rspamd_proxy | head -1) # the one that scans
    [ -n "$measured" ] && return 0
    stop
    return 1
}
