# A Dovecot of our own in a folder that takes mail by LMTP and files it with Sieve; no port is opened and
# nothing of the system's is read or written.  To be sourced.  Needs root, as Dovecot does.
#
#     dovecot_start FOLDER SIEVE      waits until it answers at FOLDER/run/lmtp
#     dovecot_stop FOLDER
#
# Mail to NAME@... is filed into the Maildir FOLDER/mail/NAME.

dovecot_why_not () { # why none can be started; nothing: it can
    if ! command -v dovecot >/dev/null || ! [ -x /usr/lib/dovecot/lmtp ] || ! command -v sievec >/dev/null; then
        echo "dovecot-core, dovecot-lmtpd or dovecot-sieve is not installed (dist/install-deps test)"
    elif [ "$(id -u)" -ne 0 ]; then
        echo "only root can start a Dovecot"
    fi
}

dovecot_conf () { # FOLDER SIEVE
    cat <<END
base_dir = $1/run
state_dir = $1/state
log_path = $1/log
protocols = lmtp
ssl = no
mail_location = maildir:$1/mail/%n
passdb {
  driver = static
  args = nologin=yes nopassword=yes
}
userdb {
  driver = static
  args = uid=65534 gid=65534 home=$1/home/%n allow_all_users=yes
}
first_valid_uid = 1
service lmtp {
  unix_listener lmtp {
    mode = 0666
  }
}
protocol lmtp {
  postmaster_address = postmaster@example.net
  mail_plugins = sieve
}
plugin {
  sieve = file:$2
}
END
}

dovecot_start () {
    mkdir -p "$1/run" "$1/state" "$1/mail" "$1/home"
    chmod 755 "$1"
    chown 65534:65534 "$1/mail" "$1/home"
    dovecot_conf "$@" >"$1/dovecot.conf"
    sievec -c "$1/dovecot.conf" "$2" >"$1/said" 2>&1 &&
        dovecot -c "$1/dovecot.conf" >>"$1/said" 2>&1 &&
        wait_for 60 test -S "$1/run/lmtp" && return 0
    cat "$1/said" "$1/log" >&2
    return 1
}

dovecot_stop () {
    [ -f "$1/run/master.pid" ] || return 0
    dovecot -c "$1/dovecot.conf" stop >/dev/null 2>&1
}
