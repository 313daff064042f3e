#!/bin/sh
# The scenarios as they are shipped: nothing for lint to say, and complaints in other people's words
# (tests/wordings/ID.mbox, in twelve languages) are judged as what they are.  Then one of the operator's
# own, as README.md shows it, from the file to the header.
. "$(dirname "$0")/lib.sh"
cd "$top" || exit 1

settings </dev/null
ctl () {
    "$B/abusectl" --config "$work/settings.yaml" "$@" 2>&1
}

is "lint has nothing to say of the scenarios" "" "$(ctl scenarios lint | grep -v 'findings$')"

judged () { # a mail a line, as "scenario file#number"
    ctl classify --json "$@" | sed -n 's/^.*"file":"\([^"]*\)".*"complaint":[a-z]*,"scenario":"\([^"]*\)".*$/\2 \1/p'
}

judged tests/wordings/*.mbox >"$work/judged"
for wordings in tests/wordings/*.mbox; do
    id=$(basename "$wordings" .mbox)
    mails=$(grep -c '^From ' "$wordings")
    is "$id in other words: all $mails" "$mails" "$(grep -c "^$id $wordings#" "$work/judged")"
    grep " $wordings#" "$work/judged" | grep -v "^$id " | sed 's/^/#   is judged /'
done

# --- the one that README.md shows -----------------------------------------------------------------

mkdir "$work/own"
sed -n '/^## A scenario of your own/,/^## /s/^    //p' README.md | sed '/^abusectl /,$d' >"$work/own/game-cheating.yaml"
own_scenarios=yes
echo "scenarios: [$top/scenarios, $work/own]" | settings
cat >"$work/mail.eml" <<'EOM'
From: Referee <referee@play.example.com>
To: abuse@example.net
Subject: Wallhack on our game server
Date: Fri, 20 Nov 2026 03:09:00 +0000
Message-ID: <1@play.example.com>

Somebody at 198.51.100.7 plays with an aimbot on our game server every night.
EOM
lacks "it has no mistake" WRONG "$(ctl check --files)"
is "lint has nothing to say of it" "" "$(ctl scenarios lint | grep -v 'findings$')"
has "scenarios list names it" "game-cheating" "$(ctl scenarios list)"
has "scenarios test says that it wins, and by what" "cheat-words" "$(ctl scenarios test "$work/mail.eml" | sed 4q)"

try () {
    client <<EOC
connect
negotiate
queue-id 4OWN1
mail referee@play.example.com
rcpt abuse@example.net
data
file $work/mail.eml
show
quit
EOC
}

mv "$work/own/game-cheating.yaml" "$work/later.yaml"
start || { fail "the daemon starts" "an answer at $socket" "none"; finish; }
lacks "before it is there the mail is something else" "X-Abuse-Scenario: game-cheating" "$(try)"
sed 's/weight: 4/wieght: 4/' "$work/later.yaml" >"$work/own/game-cheating.yaml"
kill -HUP "$milter"
wait_for 60 logged "not reloaded"
has "with a mistake in it the daemon stays as it was" "$work/own/game-cheating.yaml:" "$(cat "$log")"
line=$(grep -n wieght "$work/own/game-cheating.yaml" | cut -d: -f1)
has "the mistake is told with its line" "game-cheating.yaml:$line: unknown key of a signal 'wieght'" "$(cat "$log")"
has "and mail is judged as before" "X-Abuse-Scenario:" "$(try)"
mv "$work/later.yaml" "$work/own/game-cheating.yaml"
: >"$log"
kill -HUP "$milter"
wait_for 60 logged "reloaded settings"
has "after the reload it stands in the header" "X-Abuse-Scenario: game-cheating" "$(try)"
finish
