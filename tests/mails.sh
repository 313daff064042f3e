#!/bin/sh
# Every tests/mails/SCENARIO/NAME.eml has a NAME.want beside it: the header lines that the mail must
# get, unfolded, in order, without X-Abuse-Id and X-Abuse-Confidence.  TAP on standard output.
top=$(cd "$(dirname "$0")/.." && pwd)
B=${B:-$top/build}
case $B in /*) ;; *) B=$top/$B ;; esac
count=0
status=0
cd "$top" || exit 1

settings=$(mktemp)
trap 'rm -f "$settings"' EXIT
printf 'scenarios: [%s/scenarios]\nlog: none\n' "$top" >"$settings"

for mail in tests/mails/*/*.eml; do
    want=${mail%.eml}.want
    count=$((count + 1))
    name=${mail#tests/mails/}
    if [ ! -f "$want" ]; then
        status=1
        echo "not ok $count - $name"
        echo "#   $want is missing"
        continue
    fi
    if difference=$("$B/abusectl" --config "$settings" classify --headers "$mail" 2>&1 |
        grep -vE '^X-Abuse-(Id|Confidence):' | diff -u --label wanted --label got "$want" -); then
        echo "ok $count - $name"
    else
        status=1
        echo "not ok $count - $name"
        echo "$difference" | sed 's/^/#   /'
    fi
done

[ $count -gt 0 ] || { echo "not ok 1 - there are sample mails"; count=1; status=1; }
echo "1..$count"
exit $status
