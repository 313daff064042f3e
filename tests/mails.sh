#!/bin/sh
# Every tests/mails/SCENARIO/NAME.eml has a NAME.want beside it: the header lines that the mail must
# get, unfolded, in order, without X-Abuse-Id and X-Abuse-Confidence.  Before them
#
#     # language: de               what its writer speaks
#     # looks-like: ID             it has the words of that scenario and belongs to its own folder all the
#                                  same; as many such lines as it takes, or none
#
# TAP on standard output.
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
    grep -v '^#' "$want" >"$work/wanted"
    check "${mail#tests/mails/}" "$(diff -u --label wanted --label got "$work/wanted" "$work/got.$n" 2>&1)"
done

# --- are there enough of every kind? --------------------------------------------------------------

at_least () { # LEAST WHAT LINES...: one thing a line, none counted twice
    found=$(echo "$3" | grep . | sort -u | wc -l)
    [ "$found" -ge "$1" ] && few= || few="only $found: $(echo "$3" | sort -u | tr '\n' ' ')"
    check "at least $1 $2" "$few"
}

at_least 250 "samples" "$(ls tests/mails/*/*.eml)"
at_least 10 "languages" "$(sed -n 's/^# language: //p' tests/mails/*/*.want)"
check "every sample names its language" "$(grep -LE '^# language: [a-z]{2}$' tests/mails/*/*.want)"
for scenario in scenarios/*.yaml; do
    id=$(basename "$scenario" .yaml)
    at_least 5 "samples of $id" "$(ls tests/mails/"$id"/*.eml 2>/dev/null)"
    at_least 2 "samples elsewhere that look like $id" \
        "$(grep -lx "# looks-like: $id" tests/mails/*/*.want | grep -v "^tests/mails/$id/")"
done
check "what samples look like are other scenarios" \
    "$(grep -H '^# looks-like:' tests/mails/*/*.want | while IFS=: read -r want _ id; do
        id=${id# }
        [ -e "scenarios/$id.yaml" ] && [ "${want#tests/mails/"$id"/}" = "$want" ] || echo "$want: $id"
    done)"
echo "1..$count"
exit $status
