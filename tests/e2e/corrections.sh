#!/bin/sh
# What the operator says of reports is stored, counted against the rules, and shown again when the mails
# are judged by other scenarios.
. "$(dirname "$0")/lib.sh"

mail () { # NUMBER ADDRESS
    cat >"$work/$1.eml" <<EOF
From: security@example.org
To: abuse@example.net
Subject: SSH login attempts from $2
Date: Fri, 20 Nov 2026 03:1$1:00 +0000
Message-ID: <$1@example.org>

Nov 20 03:0$1:05 host sshd[470$1]: Failed password for root from $2 port 4310$1 ssh2
EOF
}

send () { # NUMBER ADDRESS
    mail "$@"
    client <<EOF
connect
negotiate
queue-id 4CORR$1
mail security@example.org
rcpt abuse@example.net
data
file $work/$1.eml
quit
EOF
}

ctl () {
    "$B/abusectl" --config "$work/settings.yaml" "$@" 2>"$work/err"
}

id_of () { # ADDRESS
    ctl list --ip "$1" --columns id
}

echo "keep_text: true" | settings
start || { fail "the daemon starts" "an answer at $socket" "none"; finish; }
for i in 1 2 3; do send $i 198.51.100.$i >>"$work/sent"; done

for command in correct accuracy replay; do
    ctl $command --help >"$work/out"; is "$command --help says how" 0 $?
done
ctl accuracy >"$work/out"; is "nothing is corrected yet" 1 $?
has "and accuracy says what to do" "abusectl correct" "$(cat "$work/err")"

one=$(id_of 198.51.100.1) two=$(id_of 198.51.100.2)
ctl correct "$one" >"$work/out"; is "without a scenario it was called wrongly" 2 $?
ctl correct "$one" --scenario port-scna >"$work/out"; is "an unknown scenario, too" 2 $?
has "and the nearest is named" "did you mean port-scan?" "$(cat "$work/err")"
ctl correct 7ZZZZZZZZZ --scenario port-scan >"$work/out"; is "an unknown report is not found" 1 $?
ctl correct 7Z --scenario port-scan >"$work/out"; is "what is no id was called wrongly" 2 $?

SUDO_USER=jo ctl correct "$one" --scenario port-scan --note "no login was tried" >"$work/out"
is "a correction is stored" 0 $?
has "and told" "$one  port-scan, not ssh-bruteforce" "$(cat "$work/out")"
ctl correct "$two" --scenario ssh-bruteforce >"$work/out"
has "the same scenario is a confirmation" "$two  ssh-bruteforce, confirmed" "$(cat "$work/out")"
is "list goes by it" "$one" "$(ctl list --scenario port-scan --columns id)"
out=$(ctl show "$one")
has "show has it" "port-scan (jo)" "$out"
has "with its note" "no login was tried" "$out"

out=$(ctl accuracy)
has "accuracy counts both" "1 of 2 corrected or confirmed reports were right (50.0 %)" "$out"
has "by scenario" "ssh-bruteforce  1      1      0       0.50       1.00" "$out"
has "what was missed, too" "port-scan       0      0      1       -          0.00" "$out"
has "and names the mail" "$one  ssh-bruteforce" "$out"
has "in a script, too" '"reports":2,"right":1' "$(ctl accuracy --json)"
ctl accuracy --since 2027-01-01 >"$work/out"; is "of later reports nothing is known" 1 $?

out=$(ctl replay); is "judged again: done" 0 $?
has "by the same scenarios nothing differs" "3 mails judged again: 3 as in the log, 0 not" "$out"
has "and corrections are counted" "of 2 that you corrected or confirmed 1 were right, and 1 would be" "$out"
mkdir "$work/own"
sed 's/^priority:.*//; s/^title: .*/&\npriority: urgent/' "$top/scenarios/ssh-bruteforce.yaml" >"$work/own/ssh-bruteforce.yaml"
sed "s|^scenarios:.*|scenarios: [$top/scenarios, $work/own]|" "$work/settings.yaml" >"$work/other.yaml"
out=$("$B/abusectl" --config "$work/other.yaml" replay 2>"$work/err"); is "other scenarios: done as well" 0 $?
has "what would differ is shown" "priority  normal  urgent" "$out"
has "and counted" "0 as in the log, 3 not (scenario 0, priority 3, accused 0)" "$out"
out=$("$B/abusectl" --config "$work/other.yaml" replay --json --ip 198.51.100.2 2>"$work/err")
has "in a script, too" "{\"id\":\"$two\",\"mail\":\"SSH login attempts from 198.51.100.2\",\"what\":\"priority\",\"log\":\"normal\",\"now\":\"urgent\",\"corrected\":\"ssh-bruteforce\"}" "$out"
mail 4 198.51.100.4
out=$("$B/abusectl" --config "$work/other.yaml" replay "$work/2.eml" "$work/4.eml" 2>"$work/err")
has "given mails are found in the log" "1 mail judged again: 0 as in the log, 1 not" "$out"
has "and named" "$work/2.eml" "$out"
has "one that is not there is counted" "1 mail whose Message-ID is in no such report" "$(cat "$work/err")"
ctl replay "$work/none.eml" >"$work/out"; is "a file that is not there" 3 $?
stop

echo "keep_text: false" | settings
start || { fail "the daemon starts again" "an answer at $socket" "none"; finish; }
send 5 198.51.100.5 >>"$work/sent"
ctl replay --ip 198.51.100.5 >"$work/out"; is "without a kept text no mail can be judged" 1 $?
has "which is said" "1 report without the mail's text" "$(cat "$work/err")"
stop
finish
