#!/bin/sh
# Mail through Postfix in eight sessions, while the milter is killed and started again, its database is
# locked, made read-only and replaced, its disk is filled, and its settings are reloaded, good and bad:
# every mail is delivered once, and every tagged one has one row in the log.
#
#     TORTURE_MAILS=300 TORTURE_PAUSE_MS=400     mails, and a session's pause between two
. "$(dirname "$0")/lib.sh"
. "$top/tests/scratch-postfix.sh"
mails=${TORTURE_MAILS:-300}
pause=${TORTURE_PAUSE_MS:-400}

why=$(postfix_why_not)
if [ -n "$why" ]; then
    skip "torture" "$why"
    finish
fi
more_to_clean_up () {
    postfix_stop "$work/postfix"
    kill $load $locker 2>/dev/null
    umount -l "$disk" 2>/dev/null
}
load= locker=

disk=$work/disk # a small one for the log alone
mkdir "$disk" "$work/aside"
mount -t tmpfs -o size=48m,mode=755 tmpfs "$disk" 2>/dev/null && small_disk=full || small_disk=
chown 65534:65534 "$disk"
db=$disk/log.db

good_settings () {
    settings <<END
socket_mode: "0666"
user: nobody
log_wait: 500ms
END
}

# --- what goes wrong ------------------------------------------------------------------------------

kinds="kill lock readonly kill replace $small_disk reload"

spooled () {
    cat "$db.spool" 2>/dev/null | wc -l
}
felt () { # rows come into the spool, or mail has ended
    [ "$(spooled)" -gt 2 ] || gone $load
}

# Every second time the milter is killed in the midst of the trouble.
during () {
    wait_for 60 felt
    [ "$(spooled)" -eq 0 ] || felt_count=$((felt_count + 1))
    troubles=$((troubles + 1))
    [ $((troubles % 2)) -eq 0 ] || trouble_kill
}
felt_count=0 troubles=0

trouble_kill () {
    stop KILL
    start
}

trouble_lock () {
    : >"$work/locked"
    setpriv --reuid 65534 --regid 65534 --clear-groups "$B/tests/log-lock" "$db" 600 >"$work/locked" 2>&1 &
    locker=$!
    wait_for 70 grep -q locked "$work/locked"
    during
    kill $locker
    wait $locker 2>/dev/null
    locker=
}

trouble_readonly () {
    chmod 0440 "$db"
    kill -HUP "$milter"
    during
    chmod 0640 "$db"
}

trouble_full () {
    dd if=/dev/zero of="$disk/filler" bs=4k 2>/dev/null
    during
    rm "$disk/filler"
}

let_go () { # PATH: the milter has it open no more
    ! find "/proc/$milter/fd" -lname "$1" 2>/dev/null | grep -q .
}
trouble_replace () {
    replaced=$((replaced + 1))
    mv "$db" "$disk/old.$replaced"
    kill -HUP "$milter"
    wait_for 60 let_go "$disk/old.$replaced"
    mv "$disk/old.$replaced" "$work/aside/$replaced.db"
}
replaced=0

trouble_reload () {
    : >"$log"
    echo 'watch: 7' >>"$work/settings.yaml"
    kill -HUP "$milter"
    wait_for 60 logged "not reloaded"
    good_settings
    kill -HUP "$milter"
    wait_for 60 logged "reloaded settings"
}

# --- mail meanwhile -------------------------------------------------------------------------------

good_settings
start || { fail "the daemon starts" "an answer" "$(cat "$log")"; finish; }
port=$(free_port)
if ! postfix_start "$work/postfix" "$port" "$socket" "enable_long_queue_ids = yes" 2>"$work/postfix.err"; then
    fail "a scratch Postfix starts" "an answer at port $port" "$(cat "$work/postfix.err")"
    finish
fi

samples=$(grep -Li "^X-Abuse-" "$top"/tests/mails/*/*.eml)
sent=0
send () { # MAILS: in the background, numbered on
    "$B/tests/smtp-load" -c 8 -n "$1" -m 2 -w "$pause" --first $((sent + 1)) "$port" $samples \
        >>"$work/loads" 2>>"$work/refused" &
    load=$!
    sent=$((sent + $1))
}

begin=$(date +%s)
send "$mails"
cycle=0
while ! gone $load; do
    for kind in $kinds; do
        if gone $load; then
            [ $cycle -eq 0 ] || break
            send 100 # each kind at least once while mail comes in
        fi
        sleep 0.5
        last=$kind
        trouble_$kind
        sleep 0.5
    done
    cycle=$((cycle + 1))
    cat "$log" >>"$work/whole.log"
    : >"$log"
done
cat "$log" >>"$work/whole.log"
wait $load
postfix_wait_empty "$work/postfix" 300
echo "# $sent mails, $cycle times each of: $kinds; $felt_count times felt, $(($(date +%s) - begin)) s"
sed 's/^/# /' "$work/loads"

# --- what came of it ------------------------------------------------------------------------------

# "NUMBER QUEUE-ID ID" of each mail; "-" for an id that it has not, "." when it has none of our headers.
find "$work/postfix/mail/abuse/new" -type f -print0 | xargs -0 awk '
    FNR == 1 { number = queue = id = ""; ours = 0; over = 0 }
    over { next }
    /^$/ { print number, queue, (id != "" ? id : ours ? "-" : "."); over = 1; next }
    /^X-Number: / && number == "" { number = $2 }
    /^X-Abuse-Id: / { id = $2 }
    /^X-Abuse-/ { ours = 1 }
    /^[ \t]+by mx\.example\.net .* id / && queue == "" { queue = $NF }' >"$work/delivered"
all_rows () {
    for file in "$work"/aside/*.db "$db"; do
        [ ! -e "$file" ] || "$B/tests/log-rows" "sqlite:$file" || echo "$file cannot be read"
    done
}
no_row_yet () { # ids of tagged mails
    all_rows | awk 'NR == FNR { row[$1]; next } length($3) > 1 && !($3 in row) { print $3 }' - "$work/delivered"
}
all_taken () {
    [ -z "$(no_row_yet)" ]
}

is "Postfix took every mail" "" "$(head -5 "$work/refused")"
is "every mail is delivered, and once" "" "$(awk -v sent=$sent '
    { n[$1]++ }
    END { for (i = 1; i <= sent; i++) if (n[i] != 1) print "mail " i ": " n[i] + 0 " times" }' "$work/delivered" | head -5)"
wait_for 60 all_taken || { ls -la "$disk"; tail -20 "$work/whole.log"; echo "behind the last trouble, $last:"; cat "$log"; } | sed 's/^/# /'
stop TERM
all_rows >"$work/rows"
is "every mail with an id has its row" "" "$(no_row_yet | head -5)"
is "no id has two" "" "$(awk '{ print $1 }' "$work/rows" | sort | uniq -d | head -5)"
is "every tagged mail has one row with its queue id" "" "$(awk 'NR == FNR { rows[$3]++; next }
    $3 != "." && rows[$2] != 1 { print $0 ": " rows[$2] + 0 " rows" }' "$work/rows" "$work/delivered" | head -5)"
tagged=$(awk '$3 != "."' "$work/delivered" | wc -l)
echo "# $tagged mails are tagged, $(wc -l <"$work/rows") rows in $((replaced + 1)) databases"
[ $((tagged * 4)) -gt $sent ] && pass "many mails are tagged" || fail "many mails are tagged" "more than a quarter of $sent" $tagged
[ $felt_count -gt 1 ] && pass "rows went through the spool" || fail "rows went through the spool" "some times" $felt_count
is "nothing waits in the spool" 0 "$(spooled)"
cat "$log" >>"$work/whole.log"
is "no row was lost and no bug seen" "" \
    "$(grep -E 'neither the log|internal error|Sanitizer|CRITICAL|assert' "$work/whole.log" | head -5)"
[ -n "$small_disk" ] || skip "a full disk" "no tmpfs can be mounted here"
finish
