# Mail through a real MTA: tagged, let through, and never lost.  To be sourced behind lib.sh by the test
# of each way in which an MTA and the milter meet, which gives
#
#     $port, $inbox               where the MTA listens; mail to NAME@example.net comes into $inbox/NAME/new
#     start_milter                with the settings that go with it
#     queue_id                    of what the MTA answered to a mail, on standard input
#     mta_wait_empty SECONDS      until nothing is in its queue

mail () { # NAME SUBJECT: a complaint that brings headers of ours along
    cat >"$work/$1.eml" <<END
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
END
}

submit () { # NAME [RECIPIENT]: what the MTA says of it
    "$B/tests/smtp-send" "$port" security@example.org "${2:-abuse}@example.net" "$work/$1.eml"
}

arrived () { # NAME WHO: its file
    grep -rl "Message-ID: <$1@example.org>" "$inbox/$2/new" 2>/dev/null | grep .
}

deliver () { # NAME [RECIPIENT]: prints the mail as it was delivered
    submit "$@" >"$work/smtp" 2>&1
    wait_for 60 arrived "$1" "${2:-abuse}" && cat $(arrived "$1" "${2:-abuse}") || cat "$work/smtp"
}

own_headers () { # of a delivered mail, without those that delivery adds
    grep -vE '^(From |Return-Path:|X-Original-To:|Delivered-To:)'
}

tagged_or_let_through () {
    mail one "SSH login attempts"
    out=$(deliver one)
    has "a complaint is tagged" "X-Abuse-Scenario: ssh-bruteforce" "$out"
    is "above all that is not delivery's own" "X-Abuse-Id" "$(echo "$out" | own_headers | head -1 | cut -d: -f1)"
    is "and once" 1 "$(echo "$out" | grep -ci '^x-abuse-scenario')"
    lacks "forged headers are gone" "not-a-complaint" "$out"
    lacks "the forged id too" "01FORGED" "$out"
    has "the body is as it was" "Failed password for root from 198.51.100.7 port 43122" "$out"
    id=$(echo "$out" | sed -n 's/^X-Abuse-Id: //p')
    queue_id=$(queue_id <"$work/smtp")
    has "its row is in the log with the MTA's queue id" "$id ssh-bruteforce $queue_id" "$(rows)"
    has "and the daemon's line has it too" "$queue_id: ssh-bruteforce" "$(cat "$log")"

    mail two "not for abuse"
    out=$(deliver two bob)
    has "a mail to somebody else arrives" "Subject: not for abuse" "$out"
    has "untouched" "X-Abuse-Id: 01FORGED" "$out"
    lacks "and is not in the log" "$(queue_id <"$work/smtp")" "$(rows)"

    mail big "a large one"
    head -c 9000000 /dev/zero | tr '\0' 'x' | fold -w 76 >>"$work/big.eml"
    has "a mail of 9 MB is tagged" "X-Abuse-Scenario:" "$(deliver big | head -40)"
}

milter_goes_away () {
    stop KILL
    mail three "while it is dead"
    out=$(deliver three)
    has "with the milter killed a mail arrives" "Subject: while it is dead" "$out"
    lacks "untagged" "ssh-bruteforce" "$out"
    start_milter
    mail four "it is back"
    has "with the milter back a mail is tagged" "X-Abuse-Scenario: ssh-bruteforce" "$(deliver four)"

    for n in 1 2 3 4 5 6 7 8; do
        mail "wave$n" "a wave"
        submit "wave$n" >/dev/null 2>&1
        [ $n = 4 ] && { stop KILL; start_milter; }
    done
    mta_wait_empty 120
    is "of eight mails around a kill and a restart each arrives once" 8 \
        "$(grep -rl 'Subject: a wave' "$inbox/abuse/new" | wc -l)"
}

hostile_mail () {
    printf 'From: "=?utf-8?q?a=0d=0aX-Abuse-Scenario:_evil?=" <x@example.org>\nSubject: =?utf-8?q?=1b]0;evil=07=0aforged:_line?=\nMessage-ID: <hostile@example.org>\n\n\nSSH attack from 198.51.100.7\n' >"$work/hostile.eml"
    out=$(deliver hostile)
    is "an encoded line break makes no header" 1 "$(echo "$out" | grep -ci '^x-abuse-scenario')"
    is "and no line in the log" 0 "$(grep -c '^forged' "$log")"
    lacks "the log has no terminal escape" "$(printf '\033')" "$(cat "$log")"
}

nothing_is_left () {
    mta_wait_empty 120 && pass "nothing is left in the MTA's queue" ||
        fail "nothing is left in the MTA's queue" "an empty queue" "mail in it"
}
