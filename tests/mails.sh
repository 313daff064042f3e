#!/bin/sh
# Every tests/mails/SCENARIO/NAME.eml has a NAME.want beside it: the header lines that the mail must
# get, unfolded, in order, without X-Abuse-Id and X-Abuse-Confidence.  TAP on standard output.
top=$(cd "$(dirname "$0")/.." && pwd)
B=${B:-$top/build}
case $B in /*) ;; *) B=$top/$B ;; esac
count=0
status=0
cd "$top" || exit 1

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'scenarios: [%s/scenarios]\nlog: none\n' "$top" >"$work/settings.yaml"

check () { # NAME OFFENCE
    count=$((count + 1))
    if [ -z "$2" ]; then
        echo "ok $count - $1"
    else
        status=1
        echo "not ok $count - $1"
        echo "$2" | sed 's/^/#   /'
    fi
}

# All in one run, which reads the scenarios once; each mail's headers begin with its scenario.
"$B/abusectl" --config "$work/settings.yaml" classify --headers tests/mails/*/*.eml >"$work/all" 2>"$work/trouble"
check "classify ends without trouble" "$(cat "$work/trouble")"
grep -vE '^X-Abuse-(Id|Confidence):' "$work/all" |
    awk -v to="$work" '/^X-Abuse-Scenario:/ { n++ } { print >(to "/got." n) }'

n=0
for mail in tests/mails/*/*.eml; do
    n=$((n + 1))
    touch "$work/got.$n"
    want=${mail%.eml}.want
    check "${mail#tests/mails/}" "$(diff -u --label wanted --label got "$want" "$work/got.$n" 2>&1)"
done

[ $n -ge 40 ] && few= || few="only $n samples in tests/mails"
check "there are at least 40 samples" "$few"
echo "1..$count"
exit $status
